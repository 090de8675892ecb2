/*
 * The messages of SimpleX's call protocol, as `simplex-call-protocol.md` tells them (its sections 1 and 2). Nothing in this folder
 * imports from `src/`: a misreading there must not be repeated here.
 */

export type CallMedia = "audio" | "video";
export type Source = "mic" | "camera" | "screenAudio" | "screenVideo";
export type Facing = "user" | "environment";

/** Parameters of a call. `aesKey`: 32 bytes, base64url with padding. Absent: no frame encryption. */
export interface CallSetup {
  readonly media: CallMedia;
  readonly aesKey?: string;
  readonly iceServers?: RTCIceServer[];
  readonly relay?: boolean;
  /** Announced: the app and its contact understand that a lost path may come back. */
  readonly reconnect?: boolean;
}

/** `offer`, `answer` and `iceCandidates` are packed: see `packing.ts`. */
export type Command =
  | { readonly type: "capabilities"; readonly media: CallMedia }
  | ({ readonly type: "start" } & CallSetup)
  | ({ readonly type: "offer"; readonly offer: string; readonly iceCandidates: string } & CallSetup)
  | { readonly type: "answer"; readonly answer: string; readonly iceCandidates: string }
  | { readonly type: "ice"; readonly iceCandidates: string }
  | { readonly type: "media"; readonly source: Source; readonly enable: boolean }
  | { readonly type: "camera"; readonly camera: Facing }
  | { readonly type: "description"; readonly state: string; readonly description: string }
  | { readonly type: "layout"; readonly layout: "default" | "localVideo" | "remoteVideo" }
  | {
      readonly type: "permission";
      readonly title: string;
      readonly chrome: string;
      readonly safari: string;
    }
  | { readonly type: "end" };

export interface Capabilities {
  readonly encryption: boolean;
}

export interface ConnectionStates {
  readonly connectionState: string;
  readonly iceConnectionState: string;
  readonly iceGatheringState: string;
  readonly signalingState: string;
}

/** Hosts read `candidateType` and `protocol` of the two ends. */
export interface ConnectionInfo {
  readonly iceCandidatePair: unknown;
  readonly localCandidate?: { readonly candidateType?: string; readonly protocol?: string };
  readonly remoteCandidate?: { readonly candidateType?: string; readonly protocol?: string };
}

export type Response =
  | { readonly type: "capabilities"; readonly capabilities: Capabilities }
  | {
      readonly type: "offer";
      readonly offer: string;
      readonly iceCandidates: string;
      readonly capabilities: Capabilities;
    }
  | { readonly type: "answer"; readonly answer: string; readonly iceCandidates: string }
  | { readonly type: "ice"; readonly iceCandidates: string }
  | { readonly type: "connection"; readonly state: ConnectionStates }
  | { readonly type: "connected"; readonly connectionInfo: ConnectionInfo }
  | { readonly type: "peerMedia"; readonly source: Source; readonly enabled: boolean }
  | { readonly type: "end" }
  | { readonly type: "ended" }
  | { readonly type: "ok" }
  | { readonly type: "error"; readonly message: string };

export type CorrelationId = string | number;

/** Host to page. */
export interface HostMessage {
  readonly corrId?: CorrelationId;
  readonly command: Command;
}

/** Page to host. A reply echoes `corrId` and the whole command; an unsolicited message carries no command. */
export interface PageMessage {
  readonly corrId?: CorrelationId;
  readonly resp: Response;
  readonly command?: Command;
}

/** The meaning of a transceiver is its mid, as text. */
export const sources: readonly Source[] = ["mic", "camera", "screenAudio", "screenVideo"];

/** Timing of the protocol in milliseconds. */
export interface Timings {
  /** A first batch of candidates goes out then, where gathering has not completed before. */
  readonly firstCandidates: number;
  /** Later batches, one every so often. */
  readonly laterCandidates: number;
  /** No candidates are sent after that. */
  readonly lastCandidates: number;
  /** `connected` comes so long after the connection. */
  readonly connected: number;
  /** A connection that never connected is reported once, so long after it was made. */
  readonly unconnected: number;
  /** Waiting time for a lost path where the app sets `reconnect`. */
  readonly patience: number;
  /** Interval between readings of `bytesReceived`. */
  readonly poll: number;
}

export const documentTimings: Timings = {
  firstCandidates: 750,
  laterCandidates: 1500,
  lastCandidates: 12_000,
  connected: 500,
  unconnected: 30_000,
  patience: 30_000,
  poll: 1000,
};

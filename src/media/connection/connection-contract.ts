import type { PathState, TrackIndex } from "../../call/terms.ts";
import type { VideoCodec } from "./codecs.ts";

/** Options of a connection. */
export interface ConnectionOptions {
  readonly iceServers: RTCIceServer[];
  readonly relayOnly: boolean;
  /** DTLS certificate, where it was created before. */
  readonly certificate?: RTCCertificate;
  /** Order of offered video codecs. */
  readonly videoCodecs?: readonly VideoCodec[];
  /**
   * Media sections, and how those of the other side are identified.
   * - `four` (default): the four of `sx-call/1`, in their order.
   * - `by-mid`: the four by their ids `0` to `3`, of which some may be missing.
   * - `by-kind`: one video and one audio section, in this order when offered; the first of each
   *   kind when answered. A shared screen replaces the camera on the wire.
   */
  readonly sections?: "four" | "by-mid" | "by-kind";
  /** Label and id of the negotiated data channel. */
  readonly control: { readonly label: string; readonly id: number };
  /** Further negotiated data channels of a foreign protocol. */
  readonly channels?: readonly { readonly label: string; readonly id: number }[];
}

/** Attaches the cipher to a sender or receiver. Called in the task that created it; resolves once no frame passes in clear. */
export interface FrameHooks {
  attachSender(sender: RTCRtpSender, track: TrackIndex): Promise<void>;
  attachReceiver(receiver: RTCRtpReceiver, track: TrackIndex): Promise<void>;
}

/** Receives events of a connection. */
export interface ConnectionListener {
  candidatesFound(candidates: RTCIceCandidateInit[], end: boolean): void;
  pathChanged(path: PathState): void;
  /** A STUN or TURN server failed. `server`: scheme, host and port. */
  serverFailed?(failure: { readonly server: string; readonly code: number }): void;
  controlOpened(): void;
  controlReceived(data: unknown): void;
  /** A channel of `ConnectionOptions.channels` opened. */
  channelOpened?(id: number): void;
  channelReceived?(id: number, data: unknown): void;
  /** Media arrives on a track for the first time, or after a pause. */
  mediaArrived?(track: TrackIndex): void;
  /** Fired when any connection state changes. */
  statesChanged?(): void;
}

/** States of a connection, by their W3C WebRTC names. */
export type ConnectionStates = Readonly<
  Pick<
    RTCPeerConnection,
    "connectionState" | "iceConnectionState" | "iceGatheringState" | "signalingState"
  >
>;

import type { PathState, TrackIndex } from "../../call/terms.ts";
import type { VideoCodec } from "./codecs.ts";

/** How a connection is made. */
export interface ConnectionOptions {
  readonly iceServers: RTCIceServer[];
  readonly relayOnly: boolean;
  /** The DTLS certificate, where it was made before. */
  readonly certificate?: RTCCertificate;
  /** The order in which codecs of the picture are offered. */
  readonly videoCodecs?: readonly VideoCodec[];
  /**
   * The media sections, and how those of the other side are told apart.
   * - `four`, by default: the four of `sx-call/1`, in their order.
   * - `by-mid`: the four by their ids, `0` to `3`, of which some may be missing.
   * - `by-kind`: one picture and one sound, in this order when offered; the first of each kind when answered. A shared screen takes
   *   the camera's place on the wire.
   */
  readonly sections?: "four" | "by-mid" | "by-kind";
  /** Label and id of the negotiated data channel. */
  readonly control: { readonly label: string; readonly id: number };
  /** Negotiated data channels that a foreign protocol has besides. */
  readonly channels?: readonly { readonly label: string; readonly id: number }[];
}

/** Takes hold of the frames of a sender or receiver. Called in the turn that made it; resolves once nothing passes in clear. */
export interface FrameHooks {
  attachSender(sender: RTCRtpSender, track: TrackIndex): Promise<void>;
  attachReceiver(receiver: RTCRtpReceiver, track: TrackIndex): Promise<void>;
}

/** What a connection tells. */
export interface ConnectionListener {
  candidatesFound(candidates: RTCIceCandidateInit[], end: boolean): void;
  pathChanged(path: PathState): void;
  /** A STUN or TURN server could not be used. `server`: scheme, host and port. */
  serverFailed?(failure: { readonly server: string; readonly code: number }): void;
  controlOpened(): void;
  controlReceived(data: unknown): void;
  /** One of `ConnectionOptions.channels` is open. */
  channelOpened?(id: number): void;
  channelReceived?(id: number, data: unknown): void;
  /** Media arrives on a track for the first time, or again after a pause. */
  mediaArrived?(track: TrackIndex): void;
  /** One of `MediaConnection.states` is another one now. */
  statesChanged?(): void;
}

/** The states of a connection by the names of W3C WebRTC. */
export type ConnectionStates = Readonly<
  Pick<
    RTCPeerConnection,
    "connectionState" | "iceConnectionState" | "iceGatheringState" | "signalingState"
  >
>;

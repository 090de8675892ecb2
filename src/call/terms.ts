/** Where a call is, in the order of a call's life. */
export type CallStateName =
  | "idle"
  | "inviting"
  | "ringing"
  | "incoming"
  | "connecting"
  | "connected"
  | "reconnecting"
  | "ended";

/** What a call was made for: sound only, or sound and picture. Either side may turn its camera on later. */
export type CallMedia = "audio" | "video";

/** Whether this side dialled or was dialled. */
export type CallDirection = "outgoing" | "incoming";

/**
 * How media is encrypted: its frames by this kit's protocol or by a foreign layout; by DTLS alone, whose fingerprints came over an
 * end-to-end encrypted channel; or by DTLS alone, with nobody who vouches for it.
 */
export type Encryption = "sx-call/1" | "compatible" | "transport" | "none";

/** Why a call ended, as it travels in the `end` message. */
export type EndReason =
  "hung-up" | "cancelled" | "declined" | "busy" | "unanswered" | "failed" | "answered-elsewhere";

/** What a call that connects is waiting for: a device, the other side's keys, a network path, or the first decrypted frame. */
export type ConnectingStep = "devices" | "keys" | "path" | "security";

/** State of the network path: W3C `RTCPeerConnectionState` without `closed`. */
export type PathState = "new" | "connecting" | "connected" | "disconnected" | "failed";

/** A device of this side that can be turned on and off. */
export type DeviceName = "microphone" | "camera" | "screen";

/** A kind of device of which one can be chosen among several. */
export type DeviceKind = "microphone" | "camera" | "speaker";

/** The four tracks of a call, in the order of the media sections: 0 microphone, 1 camera, 2 screen audio, 3 screen video. */
export type TrackIndex = 0 | 1 | 2 | 3;

/** What a person should be told of this side's devices, as measured. */
export type CaptureHint = "speaking-while-muted" | "microphone-silent" | "camera-black";

/** The timers of a call. Each fires an event `timer` with its name unless it is stopped. */
export type TimerName = "ring" | "connect" | "stuck" | "reconnect" | "restart";

/** What a person can do now. An action that is impossible in this state is not in `CallSnapshot.actions`. */
export type CallAction =
  | "accept"
  | "decline"
  | "ignore"
  | "hang-up"
  | "toggle-microphone"
  | "toggle-camera"
  | "flip-camera"
  | "toggle-screen"
  | "hide-address"
  | "hold"
  | "resume"
  | "check-code"
  | "call-back";

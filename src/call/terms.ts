/** States of a call, in the order of its life. */
export type CallStateName =
  | "idle"
  | "inviting"
  | "ringing"
  | "incoming"
  | "connecting"
  | "connected"
  | "reconnecting"
  | "ended";

/** Media that a call was made for: sound only, or sound and video. Either side may turn its camera on later. */
export type CallMedia = "audio" | "video";

/** `outgoing` where this side called, `incoming` where it was called. */
export type CallDirection = "outgoing" | "incoming";

/**
 * Encryption of media.
 * - `sx-call/1`: frames, by this kit's protocol.
 * - `compatible`: frames, by a foreign layout.
 * - `transport`: DTLS only, with fingerprints from an end-to-end encrypted channel.
 * - `none`: DTLS only, with unauthenticated fingerprints.
 */
export type Encryption = "sx-call/1" | "compatible" | "transport" | "none";

/** Reason for the end of a call, as sent in the `end` message. */
export type EndReason =
  | "hung-up"
  | "cancelled"
  | "declined"
  | "busy"
  | "unanswered"
  | "failed"
  | "answered-elsewhere";

/**
 * Prerequisite that a connecting call waits for: a device, the other side's keys, a network path, or the first decrypted frame.
 */
export type ConnectingStep = "devices" | "keys" | "path" | "security";

/** State of the network path: W3C `RTCPeerConnectionState` without `closed`. */
export type PathState = "new" | "connecting" | "connected" | "disconnected" | "failed";

/** A device of this side that can be turned on and off. */
export type DeviceName = "microphone" | "camera" | "screen";

/** A kind of device that a person can select from a list. */
export type DeviceKind = "microphone" | "camera" | "speaker";

/** Tracks of a call, in the order of the media sections: 0 microphone, 1 camera, 2 screen audio, 3 screen video. */
export type TrackIndex = 0 | 1 | 2 | 3;

/** Measured problems of this side's devices that the person should know. */
export type CaptureHint = "speaking-while-muted" | "microphone-silent" | "camera-black";

/** Timers of a call. An expired timer causes a `timer` event with its name. */
export type TimerName =
  | "ring"
  | "check"
  | "connect"
  | "stuck"
  | "reconnect"
  | "restart"
  | "interruption";

/** Actions that a person can perform. Impossible actions are absent from `CallSnapshot.actions`. */
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

import type { TrackId } from "../agreement/key-schedule.ts";

/** The part of W3C `RTCEncodedAudioFrame` and `RTCEncodedVideoFrame` (WebRTC Encoded Transform) that the cipher uses. */
export interface EncodedFrame {
  data: ArrayBuffer;
  /** Video frames only. */
  readonly type?: "key" | "delta" | "empty";
  getMetadata(): { mimeType?: string; payloadType?: number; width?: number; height?: number };
}

/** The two ends of a transform. */
export interface FrameStreams {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
}

/** Which end of a call this side is: it decides which direction's keys seal and which open. */
export type CipherRole = "initiator" | "responder";

/** Whether a transform seals what is sent or opens what was received. */
export type TransformSide = "seal" | "open";

/** What a transform is told when it is attached: the `options` of `RTCRtpScriptTransform`. */
export interface TransformOptions {
  readonly side: TransformSide;
  readonly track: TrackId;
}

/** What was counted on one track since the worker started. */
export interface TrackCounts {
  readonly track: TrackId;
  readonly sealed: number;
  /** Frames to send that were dropped: no key yet, a codec that cannot be wrapped, or a key that is used up. */
  readonly unsealed: number;
  readonly opened: number;
  /** Received frames that had come before; in the compatible layout also those that hold nothing and have no tag. */
  readonly duplicate: number;
  readonly forged: number;
  /** Received frames that were dropped because there was no key yet. */
  readonly keyless: number;
}

/** To the worker. */
export type CipherCommand =
  /** The secret of epoch 0, a non-extractable HMAC key. Taken once: a second one is refused. */
  | { readonly type: "keys"; readonly secret: CryptoKey; readonly role: CipherRole }
  /**
   * The key of a call in a foreign layout, a non-extractable AES-GCM key; `null` for a layout that has none. The first of `keys` and
   * this is the only one.
   */
  | { readonly type: "compatible-key"; readonly key: CryptoKey | null }
  /** What the payload types of the session mean, for engines whose frames do not name their codec. */
  | { readonly type: "payload-types"; readonly mimeTypes: ReadonlyMap<number, string> }
  /** The streams of an engine that hands them out in the page. */
  | ({ readonly type: "attach"; readonly options: TransformOptions } & FrameStreams)
  | { readonly type: "count"; readonly request: number };

/** From the worker. */
export type CipherReport =
  /** The worker runs. */
  | { readonly type: "ready" }
  /** A transform has its streams: from now on nothing passes it in clear. */
  | ({ readonly type: "attached" } & TransformOptions)
  /** The first frame of a track has been opened. */
  | { readonly type: "opened"; readonly track: TrackId }
  | { readonly type: "counts"; readonly request: number; readonly counts: readonly TrackCounts[] };

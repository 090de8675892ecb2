import type { TrackId } from "../agreement/key-schedule.ts";

/** The required part of W3C `RTCEncodedAudioFrame` and `RTCEncodedVideoFrame` (WebRTC Encoded Transform). */
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
  /** W3C WebRTC Encoded Transform, of a sender: the next picture is a key frame. Rejects for sound. */
  generateKeyFrame?(): Promise<unknown>;
  /** W3C WebRTC Encoded Transform, of a receiver: asks the other side for a key frame. Rejects for sound. */
  sendKeyFrameRequest?(): Promise<unknown>;
}

/** Role of this side, which selects the keys of each direction. */
export type CipherRole = "initiator" | "responder";

/** `seal` encrypts sent frames, `open` decrypts received ones. */
export type TransformSide = "seal" | "open";

/** `options` of an `RTCRtpScriptTransform`. */
export interface TransformOptions {
  readonly side: TransformSide;
  readonly track: TrackId;
}

/** Counts of one track since the start of the worker. */
export interface TrackCounts {
  readonly track: TrackId;
  readonly sealed: number;
  /** Sent frames that were dropped: no key yet, an unsupported codec, or a used-up key. */
  readonly unsealed: number;
  readonly opened: number;
  /** Received frames that were repeated. In the compatible layout also empty ones without a tag. */
  readonly duplicate: number;
  readonly forged: number;
  /** Received frames dropped before a key was set. */
  readonly keyless: number;
}

/** Messages to the worker. */
export type CipherCommand =
  /** Secret of epoch 0, a non-extractable HMAC key. Only the first one is accepted. */
  | { readonly type: "keys"; readonly secret: CryptoKey; readonly role: CipherRole }
  /**
   * Key of a foreign layout, a non-extractable AES-GCM key; `null` for a layout without one. Only the first of `keys` and this
   * is accepted.
   */
  | { readonly type: "compatible-key"; readonly key: CryptoKey | null }
  /** Codecs of the payload types, for engines whose frames do not name their codec. */
  | { readonly type: "payload-types"; readonly mimeTypes: ReadonlyMap<number, string> }
  /** Streams of an engine that provides them in the page. */
  | ({ readonly type: "attach"; readonly options: TransformOptions } & FrameStreams)
  | { readonly type: "count"; readonly request: number };

/** Messages from the worker. */
export type CipherReport =
  /** The worker runs. */
  | { readonly type: "ready" }
  /** A transform is attached: no frame passes in clear any more. */
  | ({ readonly type: "attached" } & TransformOptions)
  /** The keys are set: every frame from now on is encrypted or decrypted. */
  | { readonly type: "keyed" }
  /** The first frame of a track was decrypted. */
  | { readonly type: "opened"; readonly track: TrackId }
  | { readonly type: "counts"; readonly request: number; readonly counts: readonly TrackCounts[] };

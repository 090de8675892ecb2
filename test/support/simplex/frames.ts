import type { Source } from "./protocol.ts";

/*
 * Section 5 of the document:
 *
 *   | clear: 10 VP8 key frame, 3 VP8 delta frame, 1 audio or empty | AES-256-GCM ciphertext | tag 16 | IV 12, random |
 */
const ivLength = 12;
const tagLength = 16;

/** A frame of Chromium's encoded transform. A sound frame's type says nothing here. */
export interface EncodedFrame {
  readonly type?: string;
  data: ArrayBuffer;
}

/** Counts of one track's transforms. */
export interface FrameCounts {
  sealed: number;
  opened: number;
  /** Received, and not opened by this key: dropped. */
  dropped: number;
}

export interface FrameOptions {
  readonly key: CryptoKey;
  /** iOS sends a tag where nothing follows the clear part, and tells key frames by the first byte. */
  readonly isIos: boolean;
}

/** @throws {Error} where it is not the base64url of 32 bytes, with padding. */
export async function importFrameKey(aesKey: string): Promise<CryptoKey> {
  if (!/^[\w-]{43}=$/.test(aesKey)) throw new Error("aesKey is not 44 characters of base64url");
  const bytes = Uint8Array.from(atob(aesKey.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function sealFrame(
  frame: EncodedFrame,
  kind: string,
  { key, isIos }: FrameOptions,
): Promise<ArrayBuffer> {
  const data = new Uint8Array(frame.data);
  const clear = data.subarray(0, clearLength(frame, kind, isIos));
  const body = data.subarray(clear.length);
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const isBare = body.length === 0 && !isIos;
  const sealed = isBare
    ? new ArrayBuffer(0)
    : await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, body);
  return joined(clear, new Uint8Array(sealed), iv);
}

/** @returns `null` for what this key does not open. */
export async function openFrame(
  frame: EncodedFrame,
  kind: string,
  { key, isIos }: FrameOptions,
): Promise<ArrayBuffer | null> {
  const data = new Uint8Array(frame.data);
  if (data.length < ivLength) return null;
  const rest = data.subarray(0, -ivLength);
  const iv = data.slice(-ivLength);
  const clear = rest.subarray(0, clearLength(frame, kind, isIos));
  const body = rest.slice(clear.length);
  if (body.length === 0) return joined(clear);
  if (body.length < tagLength) return null;
  try {
    return joined(
      clear,
      new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, body)),
    );
  } catch {
    return null;
  }
}

/** Chromium's streams of encoded frames, which no specification has any more: they run in the page, without a worker's file. */
interface EncodedStreams {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
}

/** Puts one transform on a sender or receiver. A frame that does not open is dropped: a throw would kill the track for good. */
export function transformFrames(
  end: RTCRtpSender | RTCRtpReceiver,
  source: Source,
  options: FrameOptions,
  counts: FrameCounts,
): void {
  const kind = source === "mic" || source === "screenAudio" ? "audio" : "video";
  const isSender = end instanceof RTCRtpSender;
  // The DOM library does not know Chromium's method.
  const { readable, writable } = (
    end as unknown as { createEncodedStreams(): EncodedStreams }
  ).createEncodedStreams();
  const transform = new TransformStream<EncodedFrame, EncodedFrame>({
    async transform(frame, controller) {
      const data = await (isSender ? sealFrame : openFrame)(frame, kind, options);
      counts[isSender ? "sealed" : data === null ? "dropped" : "opened"]++;
      if (data === null) return;
      frame.data = data;
      controller.enqueue(frame);
    },
  });
  // It ends with the connection, by an error that says no more than that.
  readable
    .pipeThrough(transform)
    .pipeTo(writable)
    .catch(() => undefined);
}

function clearLength(frame: EncodedFrame, kind: string, isIos: boolean): number {
  if (kind === "audio") return 1;
  if (!isIos) return frame.type === "key" ? 10 : frame.type === "delta" ? 3 : 1;
  const [first] = new Uint8Array(frame.data, 0, Math.min(1, frame.data.byteLength));
  return first === undefined ? 1 : (first & 1) === 0 ? 10 : 3;
}

function joined(...parts: Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}

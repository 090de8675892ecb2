import type { FrameCodec } from "../../src/crypto/frames/codec-wrapper.ts";
import type { EncodedFrame, FrameStreams } from "../../src/crypto/worker/worker-protocol.ts";

/** As much of `RTCEncodedAudioFrame` and `RTCEncodedVideoFrame` as the kit and LiveKit read. */
export class FakeFrame implements EncodedFrame {
  data: ArrayBuffer;
  readonly timestamp = 90_000;
  /** Only a picture's has it: that is how LiveKit tells them apart. */
  declare readonly type?: "delta";
  readonly #codec: FrameCodec;

  constructor(codec: FrameCodec, data: ArrayBuffer) {
    this.data = data;
    this.#codec = codec;
    if (codec !== "opus") this.type = "delta";
  }

  /** A new object each time, as in life. */
  getMetadata() {
    return this.#codec === "opus"
      ? { synchronizationSource: 1, payloadType: 111, mimeType: "audio/opus" }
      : {
          synchronizationSource: 2,
          payloadType: 96,
          mimeType: `video/${this.#codec}`,
          width: 1280,
          height: 720,
        };
  }
}

/** Frames of noise, as compressed media looks. H264's is one slice behind a start code. */
export function noise(codec: FrameCodec, size: number, count: number): ArrayBuffer[] {
  return Array.from({ length: count }, () => {
    const frame = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536)
      crypto.getRandomValues(frame.subarray(at, at + 65_536));
    if (codec === "h264") {
      // An encoder has escaped its zeros; these frames have none.
      for (let at = 0; at < size; at++) frame[at] ||= 255;
      frame.set([0, 0, 0, 1, 0x41, 0x9a]);
    }
    return frame.buffer;
  });
}

/** One turn: frames of one codec. `take` gets what becomes of each. */
export interface Turn {
  readonly codec: FrameCodec;
  readonly buffers: readonly ArrayBuffer[];
  readonly take: (made: ArrayBuffer) => void;
}

/** One frame after the other through a function. @returns the mean cost of a frame in microseconds. */
export async function inTurn(
  { buffers, take }: Turn,
  work: (buffer: ArrayBuffer) => Promise<ArrayBuffer>,
): Promise<number> {
  const start = performance.now();
  for (const buffer of buffers) take(await work(buffer));
  return ((performance.now() - start) * 1000) / buffers.length;
}

/**
 * Sends frames through a loop between two real streams. They wait in the readable's queue, like a burst in an
 * `RTCRtpScriptTransform`: the loop is measured from its first frame to its last, without a source in JavaScript.
 *
 * @param connect passes the two ends to the loop.
 * @returns the mean cost of a frame in microseconds.
 */
export async function throughStreams(
  { codec, buffers, take }: Turn,
  connect: (streams: FrameStreams) => void,
): Promise<number> {
  let passed = 0;
  let end = 0;
  const readable = new ReadableStream<EncodedFrame>({
    start(controller) {
      for (const buffer of buffers) controller.enqueue(new FakeFrame(codec, buffer));
      controller.close();
    },
  });
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    const writable = new WritableStream<EncodedFrame>({
      write({ data }) {
        take(data);
        passed += 1;
        if (passed === buffers.length) end = performance.now();
      },
      close: resolve,
      abort: reject,
    });
    connect({ readable, writable });
  });
  if (passed !== buffers.length)
    throw new Error(`Of ${buffers.length} frames ${passed} came through.`);
  return ((end - start) * 1000) / buffers.length;
}

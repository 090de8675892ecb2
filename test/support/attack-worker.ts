import { FramePipeline, type WorkerScope } from "../../src/crypto/frames/frame-pipeline.ts";
import type { EncodedFrame } from "../../src/crypto/worker/worker-protocol.ts";
import { attacks } from "./attacks.ts";

/*
 * The kit's own frame worker with an attacker behind it. Real frames of a real encoder pass the real pipeline, and then an
 * attacker with the powers of a network or a relay. The URL of the worker selects the attack.
 */

const scope = globalThis as unknown as WorkerScope;
const pipeline = new FramePipeline((report) => {
  scope.postMessage(report);
});
const attack = attacks[new URL(location.href).searchParams.get("attack") ?? ""];
/** Encrypted frames of the other side by track. */
const received = new Map<number, ArrayBuffer>();
/** The last encrypted frame of this side by track. */
const sealed = new Map<number, ArrayBuffer>();

scope.addEventListener("message", ({ data }) => {
  pipeline.handle(data);
});

scope.addEventListener("rtctransform", ({ transformer }) => {
  const { options, readable, writable } = transformer;
  if (options.side === "open") {
    void pipeline.run(options, {
      readable: readable.pipeThrough(remember(received, options.track)),
      writable,
    });
    return;
  }
  const behind = new TransformStream<EncodedFrame, EncodedFrame>();
  let number = 0;
  const attacker = new TransformStream<EncodedFrame, EncodedFrame>({
    transform(frame, controller) {
      // A copy: writing a frame detaches its data.
      sealed.set(options.track, frame.data.slice(0));
      // Sound only: on it every frame stands for itself, so that what comes out can be counted.
      if (options.track !== 0 || attack === undefined) {
        controller.enqueue(frame);
        return;
      }
      const data = attack({ number: number++, data: frame.data, received, sealed });
      if (data === null) return;
      frame.data = data;
      controller.enqueue(frame);
    },
  });
  void behind.readable
    .pipeThrough(attacker)
    .pipeTo(writable)
    .catch(() => undefined);
  void pipeline.run(options, { readable, writable: behind.writable });
});

function remember(
  frames: Map<number, ArrayBuffer>,
  track: number,
): TransformStream<EncodedFrame, EncodedFrame> {
  return new TransformStream({
    transform(frame, controller) {
      frames.set(track, frame.data.slice(0));
      controller.enqueue(frame);
    },
  });
}

scope.postMessage({ type: "ready" });

/*
 * The kit's own frame worker, and the wire of the demo behind it. Frames pass here after they were encrypted: the demo shows them, as
 * whoever relays them sees them, and it holds them back or changes them, as a bad network or somebody in the middle does. Nothing here has
 * a key. An app never needs this: its `workerUrl` leads to the kit's worker.
 */
import type { WireFrame, WireOrder } from "./wire.ts";

/** The required part of W3C WebRTC Encoded Transform: the DOM library has these for a window only. */
interface SealedFrame {
  data: ArrayBuffer;
  readonly type?: string;
}
interface Streams {
  readonly options: { readonly side: "seal" | "open" };
  readonly readable: ReadableStream<SealedFrame>;
  readonly writable: WritableStream<SealedFrame>;
  generateKeyFrame?(): Promise<unknown>;
  sendKeyFrameRequest?(): Promise<unknown>;
}
interface Worker {
  addEventListener: (
    type: string,
    listener: (event: { data?: unknown; transformer?: Streams }) => void,
  ) => void;
}

const search = new URL(location.href).searchParams;
const sender = search.get("sender") ?? "";
const wire = new BroadcastChannel(search.get("wire") ?? "");
let order: WireOrder = { isWeak: false, isTampering: false };

wire.addEventListener("message", ({ data }: MessageEvent<{ readonly order?: WireOrder }>) => {
  if (data.order) order = data.order;
});
wire.postMessage({ asks: true });

/** A weak network lets frames through for half a second, and then for one not. Milliseconds. */
const open = 550;
const shut = 850;

async function untilOpen(): Promise<void> {
  while (order.isWeak && performance.now() % (open + shut) > open)
    await new Promise((resolve) => setTimeout(resolve, 30));
}

/** Changes one bit of every third packet of sound, as far from its clear bytes as possible. */
let packets = 0;

function tamper(frame: SealedFrame): void {
  if (frame.type !== undefined || packets++ % 3 > 0) return;
  const bytes = new Uint8Array(frame.data);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  frame.data = bytes.buffer;
}

/** What goes out, behind the kit's encryption. What comes in passes untouched. */
function throughWire(streams: Streams): WritableStream<SealedFrame> {
  if (streams.options.side !== "seal") return streams.writable;
  const out = streams.writable.getWriter();
  const carry = async (frame: SealedFrame) => {
    await untilOpen();
    if (order.isTampering) tamper(frame);
    const seen: WireFrame = {
      sender,
      isPicture: frame.type !== undefined,
      bytes: frame.data.slice(0),
    };
    wire.postMessage({ frame: seen });
    await out.write(frame);
  };
  let last = Promise.resolve();
  return new WritableStream<SealedFrame>({
    // Taken at once, as a network does: whoever sends does not wait for it. The order stays.
    write(frame) {
      last = last.then(() => carry(frame)).catch(() => undefined);
    },
    close: () => out.close(),
    abort: (reason) => out.abort(reason),
  });
}

function withWire(streams: Streams): Streams {
  const { options, readable } = streams;
  const writable = throughWire(streams);
  return {
    options,
    readable,
    writable,
    ...(streams.generateKeyFrame && { generateKeyFrame: async () => streams.generateKeyFrame?.() }),
    ...(streams.sendKeyFrameRequest && {
      sendKeyFrameRequest: async () => streams.sendKeyFrameRequest?.(),
    }),
  };
}

const isAttach = (data: unknown): data is Streams & { readonly type: "attach" } =>
  typeof data === "object" && data !== null && "type" in data && data.type === "attach";

// The worker's listeners are the only ones that are put behind the wire: of W3C's transform, and of Chromium's older streams.
const scope = globalThis as unknown as Worker;
const listen = scope.addEventListener.bind(scope);
scope.addEventListener = (type, listener) => {
  listen(type, ({ data, transformer }) => {
    if (transformer) listener({ transformer: withWire(transformer) });
    else listener({ data: isAttach(data) ? { ...data, ...withWire(data) } : data });
  });
};
await import("sx-call-kit/worker");

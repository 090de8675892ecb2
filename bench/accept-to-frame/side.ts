/** Interface of a page of this bench for its script. Times are milliseconds since the epoch, equal in all pages. */
export interface Bench {
  /** The caller's: dials, and is ready for the answer when it resolves. */
  call(): Promise<void>;
  /** The callee's: settles when it rings and all that may be prepared is prepared. */
  readonly ringing: Promise<void>;
  /** The callee's: accepts. @returns when. */
  accept(): number;
  /** @returns when the first frame of the other side was decoded. */
  readonly firstFrame: Promise<number>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

const query = new URLSearchParams(location.search);
export const isCaller = query.get("side") === "caller";
const delay = Number(query.get("delay"));

export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The channel between the two pages: as long as the bench says, and what it takes itself, under a millisecond. */
const channel = new BroadcastChannel(query.get("call") ?? "");
export function send(message: unknown): void {
  setTimeout(() => {
    channel.postMessage(message);
  }, delay);
}
export function receive(listener: (message: unknown) => void): void {
  channel.addEventListener("message", ({ data }) => {
    listener(data);
  });
}

let gotFrame: (time: number) => void = () => undefined;
export const firstFrame = new Promise<number>((resolve) => {
  gotFrame = resolve;
});

/** Decodes a remote track and notes its first frame. Independent of painting, which a page in the background does not do. */
export function watch(track: MediaStreamTrack): void {
  if (track.kind !== "video") return;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  void reader.read().then(({ value }) => {
    gotFrame(now());
    value?.close();
    void reader.cancel();
  });
}

/** Chromium's; not in TypeScript's DOM library. https://w3c.github.io/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

/** Interface of a page of this bench for its script. Times are milliseconds since the epoch, equal in all pages. */
export interface Bench {
  /** The caller's: dials, and is ready for the answer when it resolves. */
  call(): Promise<void>;
  /** The callee's: settles when it rings and all that may be prepared is prepared. */
  readonly ringing: Promise<void>;
  /** The callee's: accepts, in a task of the page: that of a script from outside is not seen as a long one. @returns when. */
  accept(): Promise<number>;
  /** @returns when the first frame of the other side was decoded. */
  readonly firstFrame: Promise<number>;
  /** @returns how the picture of the other side went on. */
  readonly start: Promise<PictureStart>;
  /** @returns the longest task of this page's main thread between two times, in milliseconds; 0 if none was long (50). */
  longestTask(from: number, to: number): number;
}

/** The first seconds of a picture. Milliseconds. */
export interface PictureStart {
  /** Until the camera's full size, from the first frame; `null` for never. */
  readonly full: number | null;
  /** Longest time without a frame. */
  readonly gap: number;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

const query = new URLSearchParams(location.search);
export const isCaller = query.get("side") === "caller";
const delay = Number(query.get("delay"));
/** Milliseconds that a person needs to see that it rings, and how much later in the camera's cycle this one presses. */
export const reaction = 500 + Number(query.get("later"));

export function now(): number {
  return performance.timeOrigin + performance.now();
}

export function inTask(press: () => void): Promise<number> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(now());
      press();
    });
  });
}

const tasks: PerformanceEntry[] = [];
const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
observer.observe({ type: "longtask", buffered: true });
export function longestTask(from: number, to: number): number {
  tasks.push(...observer.takeRecords());
  const [start, end] = [from - performance.timeOrigin, to - performance.timeOrigin];
  const between = tasks.filter(
    ({ startTime, duration }) => startTime < end && startTime + duration > start,
  );
  return Math.max(0, ...between.map(({ duration }) => duration));
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

let gotStart: (start: PictureStart) => void = () => undefined;
export const start = new Promise<PictureStart>((resolve) => {
  gotStart = resolve;
});

/** Milliseconds for which a picture is watched, and the lines of its full size. */
const watched = 2_500;
const fullHeight = 720;

/** Decodes a remote track and notes its frames. Independent of painting, which a page in the background does not do. */
export function watch(track: MediaStreamTrack): void {
  if (track.kind !== "video") return;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  void (async () => {
    let last = 0;
    let first = 0;
    let full: number | null = null;
    let gap = 0;
    do {
      const { value } = await reader.read();
      if (value === undefined) return;
      const time = now();
      if (first === 0) {
        first = last = time;
        gotFrame(time);
      }
      gap = Math.max(gap, time - last);
      if (value.displayHeight >= fullHeight) full ??= time - first;
      last = time;
      value.close();
    } while (last - first < watched);
    void reader.cancel();
    gotStart({ full, gap });
  })();
}

/** Chromium's; not in TypeScript's DOM library. https://w3c.github.io/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}

import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import { CallPair, Side } from "./call-pair.ts";

/** Resources held by a page. All are 0 without a call. */
export interface Held {
  readonly connections: number;
  readonly workers: number;
  readonly tracks: number;
  /** Timers of calls. */
  readonly timers: number;
  /** Listeners on the window, the document and the network's state. */
  readonly listeners: number;
  /** Marks that are left in the page's storage, but for the bounded memory of settled calls. */
  readonly marks: number;
}

/** Kinds of calls. All of them end. */
export const kinds = ["talked", "talked", "talked", "cancelled", "declined", "failed"] as const;
export type Kind = (typeof kinds)[number];

type Listening = Pick<EventTarget, "addEventListener" | "removeEventListener">;

/** Counts everything that calls hold, from `watch` on. It wraps what makes such things, and puts it back at the end. */
export class PageWatch {
  readonly #restore: (() => void)[] = [];
  readonly #connections = new Set<RTCPeerConnection>();
  readonly #tracks = new Set<MediaStreamTrack>();
  readonly #listening = new Map<string, number>();
  #workers = 0;
  #timers = 0;
  /** Number of of each were ever made: a count of nothing proves nothing. */
  readonly made = { connections: 0, workers: 0, tracks: 0, timers: 0, listeners: 0 };
  readonly #context = new AudioContext();
  readonly #hum = hum(this.#context);

  constructor() {
    this.#watchConstructors();
    const { connection } = navigator as Navigator & { readonly connection?: EventTarget };
    for (const target of [
      globalThis as Listening,
      document,
      ...(connection === undefined ? [] : [connection]),
    ]) {
      this.#watchListeners(target);
    }
  }

  get held(): Held {
    const open = [...this.#connections].filter(
      ({ connectionState }) => connectionState !== "closed",
    );
    const live = [...this.#tracks].filter(({ readyState }) => readyState === "live");
    // Nothing that is over is kept alive by being counted.
    for (const connection of this.#connections)
      if (!open.includes(connection)) this.#connections.delete(connection);
    for (const track of this.#tracks) if (!live.includes(track)) this.#tracks.delete(track);
    return {
      connections: open.length,
      workers: this.#workers,
      tracks: live.length,
      timers: this.#timers,
      listeners: [...this.#listening.values()].reduce((sum, count) => sum + count, 0),
      marks: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(
        (name) => name !== "sx-call-kit calls",
      ).length,
    };
  }

  /** Ports whose timers are counted. */
  readonly ports: CallPorts = {
    ...browserPorts,
    setTimer: (milliseconds, ring) => {
      this.made.timers += 1;
      this.#timers += 1;
      let isWaiting = true;
      const over = () => {
        if (isWaiting) this.#timers -= 1;
        isWaiting = false;
      };
      const stop = browserPorts.setTimer(milliseconds, () => {
        over();
        ring();
      });
      return () => {
        over();
        stop();
      };
    },
  };

  /** A microphone that hums, without a device behind it. */
  readonly devices = {
    getUserMedia: async (): Promise<MediaStream> => {
      await this.#context.resume();
      const track = this.#hum.clone();
      this.#tracks.add(track);
      this.made.tracks += 1;
      return new MediaStream([track]);
    },
    enumerateDevices: (): Promise<MediaDeviceInfo[]> => Promise.resolve([]),
  };

  /** Devices that somebody has refused. */
  readonly refused = {
    ...this.devices,
    getUserMedia: (): Promise<MediaStream> =>
      Promise.reject(new DOMException("Refused by the test.", "NotAllowedError")),
  };

  async end(): Promise<void> {
    for (const restore of this.#restore) restore();
    await this.#context.close();
  }

  #watchConstructors(): void {
    const { RTCPeerConnection: RealConnection, Worker: RealWorker } = globalThis;
    const made = (connection: RTCPeerConnection) => {
      this.made.connections += 1;
      this.#connections.add(connection);
    };
    const running = (change: 1 | -1) => {
      this.#workers += change;
      if (change > 0) this.made.workers += 1;
    };
    globalThis.RTCPeerConnection = class extends RealConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made(this);
      }
    };
    globalThis.Worker = class extends RealWorker {
      #isOver = false;

      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        running(1);
      }

      override terminate(): void {
        if (!this.#isOver) running(-1);
        this.#isOver = true;
        super.terminate();
      }
    };
    this.#restore.push(() => {
      globalThis.RTCPeerConnection = RealConnection;
      globalThis.Worker = RealWorker;
    });
  }

  #watchListeners(target: Listening): void {
    const { addEventListener, removeEventListener } = target;
    const listeners = new Map<unknown, string>();
    target.addEventListener = (
      ...[type, listener, options]: Parameters<EventTarget["addEventListener"]>
    ) => {
      if (!listeners.has(listener)) this.#count(type, 1);
      listeners.set(listener, type);
      this.made.listeners += 1;
      addEventListener.call(target, type, listener, options);
      // A listener that ends with a signal is never removed by name.
      const signal = typeof options === "object" ? options.signal : undefined;
      signal?.addEventListener("abort", () => {
        if (listeners.delete(listener)) this.#count(type, -1);
      });
    };
    target.removeEventListener = (
      ...[type, listener, options]: Parameters<EventTarget["removeEventListener"]>
    ) => {
      if (listeners.delete(listener)) this.#count(type, -1);
      removeEventListener.call(target, type, listener, options);
    };
    this.#restore.push(() => {
      target.addEventListener = addEventListener;
      target.removeEventListener = removeEventListener;
    });
  }

  #count(type: string, change: number): void {
    this.#listening.set(type, (this.#listening.get(type) ?? 0) + change);
  }
}

/** One for all calls, which get copies of it: a stopped oscillator and its destination stay until their context closes (Chromium 156). */
function hum(context: AudioContext): MediaStreamTrack {
  const source = context.createOscillator();
  const destination = context.createMediaStreamDestination();
  source.connect(destination);
  source.start();
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined) throw new Error("The hum has no track.");
  return track;
}

/** Two call sources that make one call after the other. */
export class Caller {
  readonly #pair: CallPair;
  #isRefused = false;

  constructor(watch: PageWatch) {
    const isRefused = () => this.#isRefused;
    // A side reads its options anew for every call.
    const options = {
      get mediaDevices() {
        return isRefused() ? watch.refused : watch.devices;
      },
    };
    const a = new Side(options, watch.ports);
    this.#pair = new CallPair({ a, b: new Side({ mediaDevices: watch.devices }, watch.ports) });
  }

  /** One call from beginning to end. @returns the outcomes of its records. */
  async call(kind: Kind): Promise<string[]> {
    const { a, b } = this.#pair;
    this.#isRefused = kind === "failed";
    // The end of the call before it: both have ended, and what they said is of no use any more.
    for (const { notices } of [a, b]) notices.length = 0;
    if (kind === "talked") {
      await this.#pair.connect("audio");
      await a.source.perform({ type: "hang-up" });
      await b.untilState("ended");
    } else if (kind === "failed") {
      await a.source.perform({ type: "start", media: "audio" }).catch(() => undefined);
    } else {
      await a.source.perform({ type: "start", media: "audio" });
      await Promise.all([a.untilState("ringing"), b.untilState("incoming")]);
      await (kind === "cancelled" ? a : b).source.perform({
        type: kind === "cancelled" ? "hang-up" : "decline",
      });
      await Promise.all([a.untilState("ended"), b.untilState("ended")]);
    }
    return [...a.records, ...b.records].map(({ outcome }) => outcome);
  }

  close(): void {
    this.#pair.close();
  }
}

export const outcomes: Readonly<Record<Kind, readonly string[]>> = {
  talked: ["completed", "completed"],
  cancelled: ["cancelled", "missed"],
  declined: ["declined", "declined"],
  failed: ["failed"],
};

/** Waits until a page holds nothing any more: connections linger for a moment, so that the last message can leave. */
export async function untilNothingIsHeld(watch: PageWatch): Promise<void> {
  while (Object.values(watch.held).some((count) => count !== 0)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

import { fitsSpare, judgeSpare } from "../call/rules/spare.ts";
import type { CallStateName } from "../call/terms.ts";
import type { FrameCipherOptions } from "../crypto/worker/frame-cipher.ts";
import {
  MediaConnection,
  type ConnectionListener,
  type ConnectionOptions,
  type FrameHooks,
} from "../media/connection/connection.ts";
import { controlChannel } from "../signalling/control.ts";
import type { RunningSpare, SpareCipher } from "./browser-ports.ts";
import { painted } from "./lazy.ts";

/** A view of the page, as it is now. */
export interface SpareView {
  readonly state: CallStateName;
  readonly cipher: Pick<FrameCipherOptions, "workerUrl" | "onMainThread">;
}

interface Spare extends RunningSpare {
  readonly connection: MediaConnection;
  readonly events: ForwardedEvents;
}

/** Of a call that is dialled, and hides no address. */
const options: ConnectionOptions = {
  ...{ iceServers: [], relayOnly: false, isCaller: true, control: controlChannel },
};

/** Drops every event until a call has taken the connection. */
class ForwardedEvents {
  listener: Partial<ConnectionListener> = {};
  readonly all = new Proxy({} as ConnectionListener, {
    get:
      (_, name) =>
      (...given: unknown[]): unknown =>
        (this.listener as Record<PropertyKey, ((...given: unknown[]) => void) | undefined>)[name]?.(
          ...given,
        ),
  });
}

/**
 * The connection of the next call that is dialled, one for the page, with its offer. It has no servers and no own description: it looks nothing up,
 * contacts nobody and opens no device.
 */
export class SpareConnection {
  readonly #ciphers: SpareCipher;
  readonly #views = new Set<SpareView>();
  #spare: Spare | null = null;
  #isMaking = false;
  #isLeaving = false;
  #life = new AbortController();

  constructor(ciphers: SpareCipher) {
    this.#ciphers = ciphers;
  }

  /** Makes it for this view, too. @returns a function that ends that. */
  serve(view: SpareView): () => void {
    if (this.#views.size === 0) this.#watchPage();
    this.#views.add(view);
    this.check();
    return () => {
      this.#views.delete(view);
      if (this.#views.size === 0) this.#life.abort();
      this.check();
    };
  }

  /** Makes or closes it where the page or a call has changed. */
  check(): void {
    // The cipher to which it is attached has gone with a call.
    if (this.#spare !== null && this.#spare.cipher !== this.#ciphers.running?.cipher) this.close();
    const step = this.#judge();
    if (step === "close") this.close();
    else if (step === "make" && this.#spare === null) void this.#make().catch(() => undefined);
  }

  /** Returns the connection of a call: the spare one where it fits. What does not fit is closed: a call begins. */
  take(
    wanted: ConnectionOptions,
    hooks: FrameHooks | null,
    listener: ConnectionListener,
  ): MediaConnection | null {
    const spare = this.#spare;
    this.#spare = null;
    if (spare === null) return null;
    const { connection, cipher, mark, events } = spare;
    const { connectionState, signalingState } = connection.states;
    // An engine closes connections before the device sleeps.
    const isSound = connectionState === "new" && signalingState === "stable";
    if (isSound && hooks === cipher && fitsSpare({ ...wanted }, { ...options })) {
      try {
        // Engines hold the page up for it.
        if (wanted.iceServers.length > 0) connection.gathering.from(wanted.iceServers);
        mark.set();
        events.listener = listener;
        return connection;
      } catch {
        // Servers that the engine refuses: the call's own connection reports it.
      }
    }
    connection.close();
    return null;
  }

  close(): void {
    const spare = this.#spare;
    this.#spare = null;
    if (spare === null) return;
    spare.connection.close();
    // Its worker holds the ends of the streams.
    this.#ciphers.drop(spare.cipher);
  }

  #judge(): ReturnType<typeof judgeSpare> {
    return judgeSpare({
      // Chromium only: it is also the one that notifies the page before it leaves. Firefox decides about its cache before it notifies the page.
      reportsFreezing: "onfreeze" in document,
      isSeen: !document.hidden && !this.#isLeaving,
      states: [...this.#views].map(({ state }) => state),
    });
  }

  async #make(): Promise<void> {
    if (this.#isMaking) return;
    this.#isMaking = true;
    try {
      await painted();
      const [view] = this.#views;
      if (view === undefined || this.#judge() !== "make") return;
      this.#ciphers.prepare(view.cipher);
      await this.#ciphers.ready;
      await painted();
      const running = this.#ciphers.running;
      if (running !== null && this.#judge() === "make")
        void this.#open(running).catch(() => undefined);
    } finally {
      this.#isMaking = false;
    }
  }

  /** In two steps, each of which is short on a slow device, too. */
  async #open({ cipher, mark }: RunningSpare): Promise<void> {
    const attached: Promise<void>[] = [];
    const seen = (attaching: Promise<void>) => {
      attached.push(attaching);
      return attaching;
    };
    const hooks: FrameHooks = {
      attachSender: (sender, track) => seen(cipher.attachSender(sender, track)),
      attachReceiver: (receiver, track) => seen(cipher.attachReceiver(receiver, track)),
    };
    const events = new ForwardedEvents();
    const connection = new MediaConnection(options, hooks, events.all);
    const spare = (this.#spare = { connection, cipher, mark, events });
    // A call may have taken it.
    const isSpare = () => this.#spare === spare;
    await painted();
    if (!isSpare()) return;
    try {
      await connection.gathering.prepare();
      await Promise.all(attached);
      // The worker bore it. It sees frames in a call only, which sets the mark again.
      if (isSpare()) mark.clear();
    } catch {
      if (isSpare()) this.close();
    }
  }

  /** An open connection keeps the page out of the back-forward cache: it is closed before the engine looks. */
  #watchPage(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const leave = () => {
      this.#isLeaving = true;
      this.check();
    };
    const stay = () => {
      this.#isLeaving = false;
      this.check();
    };
    // Chromium decides about a page of another site before `pagehide`.
    for (const name of ["beforeunload", "pagehide"]) addEventListener(name, leave, { signal });
    document.addEventListener("freeze", leave, { signal });
    addEventListener("pageshow", stay, { signal });
    for (const name of ["visibilitychange", "resume"])
      document.addEventListener(name, stay, { signal });
  }
}

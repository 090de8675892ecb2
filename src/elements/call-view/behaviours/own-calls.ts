import type { LitElement, ReactiveController } from "lit";
import { createCallCenter } from "../../../controller/call-center.ts";
import type { CallNotice, CallSource } from "../../../controller/call-source.ts";
import type { CallOptions } from "../../../controller/ports.ts";
import type { Lazy } from "../../../controller/lazy.ts";
import type { CallRuntime } from "../../../controller/call-runtime.ts";
import { CallProvider } from "../../shared/context.ts";

type OptionProperty =
  | "iceServers"
  | "relayOnly"
  | "measureRelays"
  | "whenBusy"
  | "mediaDevices"
  | "trackProcessor"
  | "effects"
  | "hostSecret"
  | "hostBinding"
  | "workerUrl"
  | "encryptOnMainThread";

/** Properties of a view for a new call, read when the call begins. */
export interface CallOptionsHost extends LitElement, Required<Pick<CallOptions, OptionProperty>> {
  readonly ringTimeout: number;
  readonly reconnectTimeout: number;
  readonly connectTimeout: number;
  /** Seconds for which a call survives the removal of its view. */
  readonly removalTimeout: number;
  readonly dataSaver: number | null;
}

const optionsOf = (host: CallOptionsHost): CallOptions => ({
  iceServers: host.iceServers,
  relayOnly: host.relayOnly,
  measureRelays: host.measureRelays,
  ringTimeoutSeconds: host.ringTimeout,
  reconnectTimeoutSeconds: host.reconnectTimeout,
  connectTimeoutSeconds: host.connectTimeout,
  megabytesPerHour: host.dataSaver,
  whenBusy: host.whenBusy,
  mediaDevices: host.mediaDevices,
  trackProcessor: host.trackProcessor,
  effects: host.effects,
  hostSecret: host.hostSecret,
  hostBinding: host.hostBinding,
  workerUrl: host.workerUrl,
  encryptOnMainThread: host.encryptOnMainThread,
});

/**
 * The calls of a view: its own, created when first needed, or given ones. Provides them to inner elements, and closes only its
 * own.
 */
export class OwnCalls implements ReactiveController {
  readonly #host: CallOptionsHost;
  readonly #runtime: Lazy<CallRuntime>;
  readonly #onNotice: (notice: CallNotice, calls: CallSource) => void;
  readonly #provider: CallProvider;
  #calls: CallSource | null = null;
  #isOwn = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param runtime what the view's own calls need once one is accepted or dialled. */
  constructor(
    host: CallOptionsHost,
    runtime: Lazy<CallRuntime>,
    onNotice: (notice: CallNotice, calls: CallSource) => void,
  ) {
    this.#host = host;
    this.#runtime = runtime;
    this.#onNotice = onNotice;
    this.#provider = new CallProvider(host, () => this.needed);
    host.addController(this);
  }

  /** The calls, if created. */
  get current(): CallSource | null {
    return this.#calls;
  }

  /** The calls, created if necessary. */
  get needed(): CallSource {
    if (this.#calls !== null) return this.#calls;
    const calls = createCallCenter(() => optionsOf(this.#host), this.#runtime);
    this.#follow(calls);
    this.#isOwn = true;
    return calls;
  }

  /** Replaces the calls. Its own are closed. */
  replace(calls: CallSource): void {
    this.#leave();
    this.#follow(calls);
    this.#provider.changed();
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    addEventListener("pagehide", this.#onPageHide);
    addEventListener("pageshow", this.#onPageShow);
  }

  /**
   * Moving an element in the document disconnects it, too: only an element that stays disconnected after the task has been
   * removed. Frameworks that re-render a page may take longer, which must not end a running call.
   */
  hostDisconnected(): void {
    removeEventListener("pagehide", this.#onPageHide);
    removeEventListener("pageshow", this.#onPageShow);
    clearTimeout(this.#leaving);
    const leave = (isLast: boolean) => {
      if (this.#host.isConnected) return;
      if (isLast || !this.#isRunning) this.#leave();
      else this.#leaving = setTimeout(leave, 1000 * this.#host.removalTimeout, true);
    };
    this.#leaving = setTimeout(leave, 0, false);
  }

  get #isRunning(): boolean {
    const state = this.#isOwn ? this.#calls?.snapshot.state : undefined;
    return state !== undefined && state !== "idle" && state !== "ended";
  }

  /** Nobody is left here: the other side must not ring, accept and wait, nor look at a picture that stands still. */
  readonly #onPageHide = (): void => {
    if (this.#isOwn) this.#calls?.leavePage?.();
  };

  /** It was kept by the browser, and is back. */
  readonly #onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (this.#isOwn && persisted) this.#calls?.stayOnPage?.();
  };

  /** Closes its own calls, but stays subscribed until the last notice: the other side and the host still receive the end. */
  #leave(): void {
    if (this.#isOwn) this.#calls?.close();
    else this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#calls = null;
    this.#isOwn = false;
  }

  #follow(calls: CallSource): void {
    this.#calls = calls;
    this.#unsubscribe = calls.subscribe((notice) => this.#onNotice(notice, calls));
  }
}

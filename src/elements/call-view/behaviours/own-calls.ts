import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { createCallCenter } from "../../../controller/call-center.ts";
import type { CallNotice, CallSource } from "../../../controller/call-source.ts";
import type { CallOptions } from "../../../controller/call-options.ts";
import { painted, type Lazy } from "../../../controller/lazy.ts";
import type { CallRuntime } from "../../../controller/call-runtime.ts";
import { CallProvider } from "../../shared/context.ts";
import { firstIcon } from "../../shared/first-icons.ts";
import type { ViewScene } from "../scene.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import {
  SxCallEndedEvent,
  SxCallHeldEvent,
  SxCallWaitingEvent,
  SxErrorEvent,
  SxIncomingEvent,
  SxPermissionNeededEvent,
  SxProtectionChangedEvent,
  SxSecurityCodeCheckedEvent,
  codeDigits,
  SxSignalEvent,
  SxStateChangedEvent,
} from "../../../events/call-facts.ts";
import type { SxFactEvent } from "../../../events/sx-event.ts";
import { readLastCall } from "../../../controller/resumptions.ts";
import { SxResumeEvent } from "../../../events/before-and-after-intents.ts";

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

  /** Resolves at the first notice, or when the page is idle: a new view without a call waits for it. `null` for any other view. */
  get called(): Promise<unknown> | null {
    const calls = this.#calls;
    return this.#host.hasUpdated || calls?.snapshot.state !== "idle"
      ? null
      : Promise.race([painted(), new Promise((called) => calls.subscribe(called))]);
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

const detailOf = <Notice extends CallNotice>({ type: _type, ...detail }: Notice) => detail;

/** Returns the events of a notice, in order; none for a change of the screen only. */
export function eventsOf(notice: CallNotice, calls: CallSource): SxFactEvent<unknown>[] {
  switch (notice.type) {
    case "changed":
      return changesOf(notice.previous, calls.snapshot);
    case "signal":
      return [new SxSignalEvent(detailOf(notice))];
    case "incoming":
      return [new SxIncomingEvent(detailOf(notice))];
    case "waiting": {
      const { callId, media } = notice;
      const snapshot = calls.others.find((other) => other.callId === callId);
      return [new SxCallWaitingEvent({ callId, media, ...(snapshot && { snapshot }) })];
    }
    case "held":
      return [new SxCallHeldEvent(detailOf(notice))];
    case "ended":
      return [new SxCallEndedEvent(detailOf(notice))];
    case "written":
      // For the in-call screen.
      return [];
    case "error":
      return [new SxErrorEvent({ code: notice.error.code, message: notice.error.message })];
  }
}

/**
 * Returns the events of a change. The code check comes first: a mismatch ends the call in the same step, and its reason
 * precedes the end.
 */
function changesOf(previous: CallSnapshot, snapshot: CallSnapshot): SxFactEvent<unknown>[] {
  const facts: SxFactEvent<unknown>[] = [];
  const { securityCode, verification, protection, state } = snapshot;
  const match = verification.local;
  const isSameAnswer = snapshot.callId === previous.callId && match === previous.verification.local;
  if (match !== null && !isSameAnswer && securityCode !== null) {
    facts.push(new SxSecurityCodeCheckedEvent({ match, code: codeDigits(securityCode) }));
  }
  const before = previous.protection;
  if (
    (["status", "sending", "receiving"] as const).some((name) => protection[name] !== before[name])
  ) {
    facts.push(new SxProtectionChangedEvent({ protection }));
  }
  for (const device of ["microphone", "camera"] as const) {
    // A call that failed for its microphone has no devices any more: its error remains.
    const isRefused = ({ local, ending }: CallSnapshot) =>
      local[device].problem === "permission-denied" ||
      (device === "microphone" && ending?.problem === "permission-denied");
    if (isRefused(snapshot) && !isRefused(previous))
      facts.push(new SxPermissionNeededEvent({ device }));
  }
  if (state !== previous.state)
    facts.push(new SxStateChangedEvent({ state, previous: previous.state }));
  return facts;
}

interface LastCallHost extends HTMLElement {
  lastCall: CallSnapshot | null;
  readonly calls: CallSource;
  resumeCall(last: unknown): Promise<void>;
}

/** The offer to resume the call of the page before a reload. */
export class LastCallOffer {
  readonly #host: LastCallHost;
  readonly #isFree: () => boolean;

  /** @param isFree returns `true` while no other call is on screen. */
  constructor(host: LastCallHost, isFree: () => boolean) {
    this.#host = host;
    this.#isFree = isFree;
  }

  /** The last call, if it can be resumed now. */
  get current() {
    const { lastCall } = this.#host;
    return lastCall !== null && this.#isFree() ? readLastCall(lastCall, Date.now()) : null;
  }

  /** Renders the offer; nothing where there is none. */
  render({ contact, localize }: ViewScene): TemplateResult | typeof nothing {
    return this.current === null
      ? nothing
      : html`<div class="offer">
          <span class="detail" role="status">${localize("lastCallLost")}</span>
          <div class="after">
            <button
              class="primary"
              part="resume"
              type="button"
              aria-label=${localize("resumeCallWith", contact.name)}
              @click=${this.#resume}
            >
              ${firstIcon("phone")} ${localize("resumeCall")}
            </button>
            <button part="not-now" type="button" @click=${this.#leave}>
              ${localize("notNow")}
            </button>
          </div>
        </div>`;
  }

  readonly #resume = (): void => {
    const host = this.#host;
    const { lastCall } = host;
    const callId = lastCall?.callId ?? null;
    if (callId === null || !host.dispatchEvent(new SxResumeEvent({ callId }))) return;
    host.lastCall = null;
    void host.resumeCall(lastCall).catch(() => undefined);
  };

  readonly #leave = (): void => {
    const { calls, lastCall } = this.#host;
    void calls.perform({ type: "leave-call", last: lastCall }).catch(() => undefined);
    this.#host.lastCall = null;
  };
}

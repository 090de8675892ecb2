import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallMedia } from "../../call/terms.ts";
import { CallError } from "../../errors.ts";
import { readContact } from "../../host-values/host-value.ts";
import { SxAcceptEvent, SxDeclineEvent } from "../../events/before-and-after-intents.ts";
import type { SxCallEndedEvent } from "../../events/call-facts.ts";
import { closeIncomingCall, closeStaleCalls, showIncomingCall } from "./call-notification.ts";
import type { NotificationRegistration } from "./call-notification.ts";
import {
  textsOf,
  type CallNotificationWords,
  readSettings,
  readWorkerMessage,
  type CallAnswer,
  type NotificationSettings,
  type PageMessage,
} from "./notification-messages.ts";

type Named = { readonly name: string };

/** The required part of a W3C `ServiceWorkerRegistration`. */
export type NotifierRegistration = NotificationRegistration &
  Pick<ServiceWorkerRegistration, "active" | "waiting" | "installing">;

/** The required part of an `<sx-call-view>`. */
export interface NotifiableView extends HTMLElement {
  readonly snapshot: CallSnapshot;
  readonly others: readonly CallSnapshot[];
  readonly contact: Named;
  readonly contactOf: ((callId: string) => Named | null) | null;
  /** Seconds. */
  readonly ringTimeout: number;
  acceptCall(how: { media: CallMedia }): Promise<void>;
  declineCall(): Promise<void>;
  acceptWaitingCall(how: {
    callId: string;
    media: CallMedia;
    active: "end" | "hold";
  }): Promise<void>;
  declineWaitingCall(callId: string): Promise<void>;
}

/** Options of the notifications of a page. */
export interface CallNotifierOptions extends Omit<NotificationSettings, "callPage" | "texts"> {
  /** URL of `sx-call-sw.js` or of the host's own worker, or its registration. The page must be within its scope. */
  readonly serviceWorker: string | URL | NotifierRegistration;
  /** Scope to register it with. Defaults to the folder of the file (W3C Service Workers). */
  readonly scope?: string;
  /** Page to open where none is open. Defaults to this page without query and fragment. */
  readonly callPage?: string | URL;
  /** Dictionary of the kit, or several with the preferred one first. English by default. */
  readonly words?: CallNotificationWords | readonly CallNotificationWords[];
  /** `true` to show the contact's name, readable on a locked screen. `false` by default. */
  readonly showName?: boolean;
  /** `always` to notify even while the person looks at the page. `unseen` by default. */
  readonly when?: "unseen" | "always";
}

/** Environment of a notifier; tests provide their own. */
export interface NotifierSurroundings {
  readonly workers: Pick<
    ServiceWorkerContainer,
    "startMessages" | "addEventListener" | "removeEventListener"
  > & {
    register(address: string | URL, options: RegistrationOptions): Promise<NotifierRegistration>;
  };
  isSeen(): boolean;
  now(): number;
  /** @returns a function that clears the timer. */
  setTimer(milliseconds: number, ring: () => void): () => void;
}

const focusEvents = ["focus", "blur", "visibilitychange"] as const;
const watchedEvents = [
  "sx-incoming",
  "sx-call-waiting",
  "sx-call-held",
  "sx-call-ended",
  "sx-state-changed",
] as const;

/**
 * Shows a notification with accept and decline while a call rings in a hidden page. Closes it when the ringing ends, and
 * performs the pressed action in the view (W3C Notifications API, Service Workers). Does not request the permission: see
 * `askPermission()`.
 *
 * @example
 * const notifier = await CallNotifier.start(view, { serviceWorker: "/sx-call-sw.js" });
 * allowButton.onclick = () => notifier.askPermission();
 */
export class CallNotifier {
  readonly #view: NotifiableView;
  readonly #registration: NotifierRegistration;
  readonly #settings: NotificationSettings;
  readonly #isAlways: boolean;
  readonly #around: NotifierSurroundings;
  readonly #life = new AbortController();
  /** Shown notification of each ringing call, and the timer that closes it. */
  readonly #ringing = new Map<string, { shown: string; stop: () => void }>();
  /** Pressed actions that wait for their call, which may still be on its way. */
  readonly #answers = new Map<string, CallAnswer>();
  /** Serialises showing and closing: a notification shown late must not outlive its call. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Registers the worker, sends it the settings, and follows the view until `close()`.
   * @throws {CallError} `bad-argument` where the page is outside the worker's scope or an icon has another origin.
   * `not-possible` without service workers, as in an insecure context.
   */
  static async start(
    view: NotifiableView,
    options: CallNotifierOptions,
    around: NotifierSurroundings = browserSurroundings(),
  ): Promise<CallNotifier> {
    const { serviceWorker, scope } = options;
    const registration =
      typeof serviceWorker === "string" || serviceWorker instanceof URL
        ? await around.workers
            .register(serviceWorker, scope === undefined ? {} : { scope })
            .catch((cause: unknown) => {
              throw new CallError(
                "not-possible",
                "The service worker of the notifications did not start.",
                { cause },
              );
            })
        : serviceWorker;
    const settings = settingsOf(options, registration.scope);
    await untilActive(registration);
    return new CallNotifier(view, registration, settings, options.when === "always", around);
  }

  private constructor(
    view: NotifiableView,
    registration: NotifierRegistration,
    settings: NotificationSettings,
    isAlways: boolean,
    around: NotifierSurroundings,
  ) {
    this.#view = view;
    this.#registration = registration;
    this.#settings = settings;
    this.#isAlways = isAlways;
    this.#around = around;
    const { signal } = this.#life;
    for (const name of watchedEvents) view.addEventListener(name, this.#onChange, { signal });
    // On a push, the worker may have shown a call that ended before it rang here.
    const onEnded = ({ detail }: SxCallEndedEvent) =>
      this.#enqueue(() => closeIncomingCall(detail.record.callId, registration));
    view.addEventListener("sx-call-ended", onEnded, { signal });
    // `focus` and `blur` are fired at a window, `visibilitychange` at a document, from which it bubbles to the window.
    for (const name of focusEvents) window.addEventListener(name, this.#onChange, { signal });
    around.workers.addEventListener("message", this.#onMessage);
    around.workers.startMessages();
    this.#turn = closeStaleCalls(registration);
    registration.active?.postMessage({ type: "sx-call-page", settings } satisfies PageMessage);
    this.#onChange();
  }

  /** Notification permission. `unsupported` without notifications, as on iOS for a page that is not on the home screen. */
  get permission(): NotificationPermission | "unsupported" {
    return "Notification" in window ? Notification.permission : "unsupported";
  }

  /** Requests the permission once. Call it in the handler of a press: browsers refuse it otherwise. Never throws. */
  async askPermission(): Promise<NotificationPermission | "unsupported"> {
    if (this.permission === "default")
      await Notification.requestPermission().catch(() => undefined);
    this.#onChange();
    return this.permission;
  }

  /** Closes the shown notifications and stops following the view. The worker stays registered for pushes. */
  close(): void {
    this.#life.abort();
    this.#around.workers.removeEventListener("message", this.#onMessage);
    this.#enqueue(() => this.#closeAll(new Set()));
  }

  /** In a microtask: an event is fired within a step of the calls, and an answer is a step of its own. */
  readonly #onChange = () => {
    queueMicrotask(() => {
      if (this.#life.signal.aborted) return;
      this.#answer();
      this.#enqueue(() => this.#settle());
    });
  };

  readonly #onMessage = ({ data, source, ports }: MessageEvent) => {
    const { active, waiting, installing } = this.#registration;
    // Other workers of this origin may post messages here.
    if (source === null || ![active, waiting, installing].some((worker) => worker === source))
      return;
    const message = readWorkerMessage(data);
    if (message?.type === "sx-call-asked")
      ports[0]?.postMessage(this.#ringingCalls.has(message.callId));
    if (message?.type !== "sx-call-answer") return;
    this.#answers.set(message.answer.callId, message.answer);
    this.#onChange();
  };

  #enqueue(step: () => Promise<void>): void {
    // A refusal of the browser is ignored: the view rings anyway.
    this.#turn = this.#turn.then(step).catch(() => undefined);
  }

  /** Ringing calls by id. */
  get #ringingCalls(): ReadonlyMap<string, CallSnapshot> {
    const { snapshot, others } = this.#view;
    return new Map(
      [snapshot, ...others].flatMap((call) =>
        call.state === "incoming" && call.callId !== null ? [[call.callId, call] as const] : [],
      ),
    );
  }

  async #settle(): Promise<void> {
    const ringing = this.#ringingCalls;
    await this.#closeAll(new Set(ringing.keys()));
    for (const [callId, call] of ringing) await this.#follow(callId, call);
  }

  async #closeAll(except: ReadonlySet<string>): Promise<void> {
    for (const [callId, { stop }] of this.#ringing) {
      if (except.has(callId)) continue;
      stop();
      this.#ringing.delete(callId);
      await closeIncomingCall(callId, this.#registration);
    }
  }

  async #follow(callId: string, { media, startedAt }: CallSnapshot): Promise<void> {
    const { ringTimeout } = this.#view;
    const now = this.#around.now();
    const expiresAt = (startedAt ?? now) + (ringTimeout > 0 ? ringTimeout : 60) * 1000;
    const known = this.#ringing.get(callId);
    const stop = known?.stop ?? this.#around.setTimer(expiresAt - now, this.#onChange);
    const isWanted = expiresAt > now && (this.#isAlways || !this.#around.isSeen());
    const active = this.#activeBeside(callId);
    const shown = isWanted ? `shown ${active ?? ""}` : "closed";
    this.#ringing.set(callId, { shown, stop });
    if (known?.shown === shown) return;
    if (!isWanted) return closeIncomingCall(callId, this.#registration);
    const call = {
      callId,
      media,
      expiresAt,
      name: this.#nameOf(callId),
      ...(active && { active }),
    };
    // Retried with the next change: the person may grant the permission while it rings.
    if (!(await showIncomingCall(this.#registration, call, this.#settings)))
      this.#ringing.set(callId, { shown: "", stop });
  }

  /** Returns the action on the ongoing call when this one is accepted: `hold` where possible. */
  #activeBeside(callId: string): "end" | "hold" | null {
    const { state, held, actions, callId: shown } = this.#view.snapshot;
    if (shown === callId || state === "idle" || state === "ended") return null;
    return held.local || actions.includes("hold") ? "hold" : "end";
  }

  #nameOf(callId: string): string {
    const { contact, contactOf } = this.#view;
    try {
      return (readContact(contactOf?.(callId)) ?? contact).name;
    } catch {
      // The host's own code: without a name the call still rings.
      return "";
    }
  }

  #answer(): void {
    const ringing = this.#ringingCalls;
    for (const [callId, answer] of this.#answers) {
      const call = ringing.get(callId);
      const isOver = answer.until <= this.#around.now();
      if (call !== undefined || isOver) this.#answers.delete(callId);
      // The view reports failures by `sx-error`.
      if (call !== undefined && !isOver)
        void this.#perform(callId, answer, call.media).catch(() => undefined);
    }
  }

  /** Performs an action like the buttons of the view, with a cancelable intent first. */
  async #perform(
    callId: string,
    { action, active: chosen }: CallAnswer,
    media: CallMedia,
  ): Promise<void> {
    const view = this.#view;
    const isShown = view.snapshot.callId === callId;
    if (action === "decline") {
      if (!view.dispatchEvent(new SxDeclineEvent(isShown ? null : { callId }))) return;
      return isShown ? view.declineCall() : view.declineWaitingCall(callId);
    }
    if (isShown)
      return view.dispatchEvent(new SxAcceptEvent({ media }))
        ? view.acceptCall({ media })
        : undefined;
    // A button that did not mention another call must not end one. The person chooses in the view.
    const active = chosen ?? (this.#activeBeside(callId) === null ? "end" : null);
    if (active === null) return;
    const how = { callId, media, active };
    if (view.dispatchEvent(new SxAcceptEvent(how))) await view.acceptWaitingCall(how);
  }
}

/** @throws {CallError} `bad-argument` as in `CallNotifier.start()`. */
function settingsOf(options: CallNotifierOptions, scope: string): NotificationSettings {
  const {
    words = {},
    callPage = location.pathname,
    icon,
    badge,
    showName,
    silent,
    renotify,
    vibrate,
  } = options;
  const absolute = (address: string | URL) => new URL(address, document.baseURI).href;
  const given = {
    callPage: new URL(callPage, location.href).href.split("#")[0],
    texts: (Array.isArray(words)
      ? (words as readonly CallNotificationWords[])
      : [words as CallNotificationWords]
    ).map(textsOf),
    ...{ showName, silent, renotify, vibrate },
    ...{
      icon: icon === undefined ? icon : absolute(icon),
      badge: badge === undefined ? badge : absolute(badge),
    },
  };
  const settings = readSettings(given, scope);
  const isHere = location.href.startsWith(scope);
  if (settings !== null && isHere) return settings;
  throw new CallError(
    "bad-argument",
    "A page of notifications lies in its worker's scope, and an icon on its own origin.",
  );
}

/** Waits for an active worker, which showing requires. A redundant worker never becomes active. */
async function untilActive({ active, waiting, installing }: NotifierRegistration): Promise<void> {
  const worker = active ?? waiting ?? installing;
  while (worker?.state !== "activated") {
    if (worker === null || worker.state === "redundant") {
      throw new CallError("not-possible", "The service worker of the notifications did not start.");
    }
    await new Promise((resolve) => {
      worker.addEventListener("statechange", resolve, { once: true });
    });
  }
}

/** @throws {CallError} `not-possible` without service workers. */
function browserSurroundings(): NotifierSurroundings {
  // Absent in an insecure context, contrary to its type.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined)
    throw new CallError("not-possible", "This page has no service workers.");
  return {
    workers,
    isSeen: () => document.visibilityState === "visible" && document.hasFocus(),
    now: () => Date.now(),
    setTimer(milliseconds, ring) {
      const timer = setTimeout(ring, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

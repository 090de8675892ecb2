import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallMedia } from "../../call/terms.ts";
import { CallError } from "../../errors.ts";
import { SxAcceptEvent } from "../../events/sx-accept.ts";
import type { SxCallEndedEvent } from "../../events/sx-call-ended.ts";
import { SxDeclineEvent } from "../../events/sx-decline.ts";
import { closeIncomingCall, closeStaleCalls, showIncomingCall } from "./call-notification.ts";
import type { NotificationRegistration } from "./call-notification.ts";
import { textsOf, type CallNotificationWords } from "./call-texts.ts";
import { readSettings, readWorkerMessage } from "./notification-messages.ts";
import type { CallAnswer, NotificationSettings, PageMessage } from "./notification-messages.ts";

type Named = { readonly name: string };

/** What a notifier needs of a W3C `ServiceWorkerRegistration`. */
export type NotifierRegistration = NotificationRegistration &
  Pick<ServiceWorkerRegistration, "active" | "waiting" | "installing">;

/** What a notifier needs of an `<sx-call-view>`. */
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

/** What a host chooses of the notifications of its page. */
export interface CallNotifierOptions extends Omit<NotificationSettings, "callPage" | "texts"> {
  /** Where `sx-call-sw.js`, or the host's own worker, is served; or its registration. The page must lie in its scope. */
  readonly serviceWorker: string | URL | NotifierRegistration;
  /** The scope to register it with. Without it the folder of the file (W3C Service Workers). */
  readonly scope?: string;
  /** The page that is opened where none is. Without it this one, without query and fragment. */
  readonly callPage?: string | URL;
  /** A dictionary of the kit, or several of which the first counts here. English without it. */
  readonly words?: CallNotificationWords | readonly CallNotificationWords[];
  /** Whether the contact's name is shown, for everyone to read on a locked screen. Default false. */
  readonly showName?: boolean;
  /** Whether it also shows while the person is looking at the page. Default `unseen`: only while not. */
  readonly when?: "unseen" | "always";
}

/** What is around a notifier. Tests bring their own. */
export interface NotifierSurroundings {
  readonly workers: Pick<
    ServiceWorkerContainer,
    "startMessages" | "addEventListener" | "removeEventListener"
  > & {
    register(address: string | URL, options: RegistrationOptions): Promise<NotifierRegistration>;
  };
  isSeen(): boolean;
  now(): number;
  /** @returns a function that stops it. */
  setTimer(milliseconds: number, ring: () => void): () => void;
}

const lookedAt = ["focus", "blur", "visibilitychange"] as const;
const told = [
  "sx-incoming",
  "sx-call-waiting",
  "sx-call-held",
  "sx-call-ended",
  "sx-state-changed",
] as const;

/**
 * Shows a notification with accept and decline while a call rings in a view that nobody is looking at, closes it when the ringing ends,
 * and does in the view what was pressed (W3C Notifications API, Service Workers). Nothing is asked of the person: see `askPermission()`.
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
  /** What is shown for each call that rings, and the timer that closes it. */
  readonly #ringing = new Map<string, { shown: string; stop: () => void }>();
  /** What was pressed and is not done yet: the call may still be on its way here. */
  readonly #answers = new Map<string, CallAnswer>();
  /** Showing and closing take turns: a notification that is shown late must not outlive its call. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Registers the worker, tells it what to show, and follows the view until `close()`.
   * @throws {CallError} `bad-argument` where the page is not in the worker's scope or an icon is of another origin, `not-possible` where
   * this browser, or a page that is not secure, has no such worker.
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
    for (const name of told) view.addEventListener(name, this.#onChange, { signal });
    // A push may have had the worker show a call that was over before it rang here.
    const onEnded = ({ detail }: SxCallEndedEvent) =>
      this.#take(() => closeIncomingCall(detail.record.callId, registration));
    view.addEventListener("sx-call-ended", onEnded, { signal });
    // `focus` and `blur` reach a window, `visibilitychange` a document and, bubbling, the window.
    for (const name of lookedAt) window.addEventListener(name, this.#onChange, { signal });
    around.workers.addEventListener("message", this.#onMessage);
    around.workers.startMessages();
    this.#turn = closeStaleCalls(registration);
    registration.active?.postMessage({ type: "sx-call-page", settings } satisfies PageMessage);
    this.#onChange();
  }

  /** Whether notifications may be shown; `unsupported` where this browser has none, such as a page on iOS that is not on the home screen. */
  get permission(): NotificationPermission | "unsupported" {
    return "Notification" in window ? Notification.permission : "unsupported";
  }

  /** Asks the person, once. Call it in the handler of a press: browsers refuse it anywhere else. Never throws. */
  async askPermission(): Promise<NotificationPermission | "unsupported"> {
    if (this.permission === "default")
      await Notification.requestPermission().catch(() => undefined);
    this.#onChange();
    return this.permission;
  }

  /** Closes what is shown and stops following the view. The worker stays, for a push. */
  close(): void {
    this.#life.abort();
    this.#around.workers.removeEventListener("message", this.#onMessage);
    this.#take(() => this.#closeAll(new Set()));
  }

  /** In a microtask: a notice tells of a step that the calls are still in, and an answer is a step of its own. */
  readonly #onChange = () => {
    queueMicrotask(() => {
      if (this.#life.signal.aborted) return;
      this.#answer();
      this.#take(() => this.#settle());
    });
  };

  readonly #onMessage = ({ data, source, ports }: MessageEvent) => {
    const { active, waiting, installing } = this.#registration;
    // Other workers of this origin may post here as well.
    if (source === null || ![active, waiting, installing].some((worker) => worker === source))
      return;
    const message = readWorkerMessage(data);
    if (message?.type === "sx-call-asked")
      ports[0]?.postMessage(this.#ringingCalls.has(message.callId));
    if (message?.type !== "sx-call-answer") return;
    this.#answers.set(message.answer.callId, message.answer);
    this.#onChange();
  };

  #take(step: () => Promise<void>): void {
    // What the browser refuses is not shown: the view rings all the same.
    this.#turn = this.#turn.then(step).catch(() => undefined);
  }

  /** The calls that ring now, by their ids. */
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
    // What was refused is tried again with the next change: the person may allow it while it rings.
    if (!(await showIncomingCall(this.#registration, call, this.#settings)))
      this.#ringing.set(callId, { shown: "", stop });
  }

  /** What accepting does with the call that the person is in: nothing is lost where it can be held. */
  #activeBeside(callId: string): "end" | "hold" | null {
    const { state, held, actions, callId: shown } = this.#view.snapshot;
    if (shown === callId || state === "idle" || state === "ended") return null;
    return held.local || actions.includes("hold") ? "hold" : "end";
  }

  #nameOf(callId: string): string {
    const { contact, contactOf } = this.#view;
    try {
      return (contactOf?.(callId) ?? contact).name;
    } catch {
      // What a host says of a call is its own code: without a name the call still rings.
      return "";
    }
  }

  #answer(): void {
    const ringing = this.#ringingCalls;
    for (const [callId, answer] of this.#answers) {
      const call = ringing.get(callId);
      const isOver = answer.until <= this.#around.now();
      if (call !== undefined || isOver) this.#answers.delete(callId);
      // The view tells what fails, by `sx-error`.
      if (call !== undefined && !isOver)
        void this.#perform(callId, answer, call.media).catch(() => undefined);
    }
  }

  /** As the buttons of the view do it: the host is asked first. */
  async #perform(
    callId: string,
    { action, active: said }: CallAnswer,
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
    // A button that said nothing of another call must not end one: the person is in the view now, and chooses there.
    const active = said ?? (this.#activeBeside(callId) === null ? "end" : null);
    if (active === null) return;
    const how = { callId, media, active };
    if (view.dispatchEvent(new SxAcceptEvent(how))) await view.acceptWaitingCall(how);
  }
}

/** @throws {CallError} `bad-argument` as `CallNotifier.start()` says. */
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

/** Nothing can be shown before. A worker that is no longer needed never becomes active. */
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

/** @throws {CallError} `not-possible` where there are no service workers here. */
function browserSurroundings(): NotifierSurroundings {
  // Absent in a page that is not secure, whatever the types say.
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

import type { CallSnapshot } from "../../../src/call/snapshot.ts";
import type {
  NotifiableView,
  NotifierRegistration,
  NotifierSurroundings,
} from "../../../src/hosts/notifications/call-notifier.ts";
import {
  type NotificationSettings,
  englishTexts,
} from "../../../src/hosts/notifications/notification-messages.ts";
import type {
  NotificationClick,
  PageClient,
  ScopeMessage,
  WorkerScope,
} from "../../../src/hosts/notifications/call-notification.ts";
import { VirtualClock } from "../virtual-clock.ts";

/** The id of a call: as long as a real one. */
export const callId = "AAAAAAAAAAAAAAAAAAAAAA";
export const otherId = "BBBBBBBBBBBBBBBBBBBBBB";

/** A shown notification, as plain data. */
export interface Shown {
  readonly title: string;
  readonly options: NotificationOptions & {
    readonly actions?: readonly { readonly action: string; readonly title: string }[];
    readonly vibrate?: readonly number[];
    readonly renotify?: boolean;
  };
}

/** A registration that shows into a list: one of the same tag is replaced, as in the standard. */
export class FakeRegistration implements NotifierRegistration {
  readonly scope: string;
  readonly waiting = null;
  readonly installing = null;
  /** Everything that the page posted to the worker. */
  readonly posted: unknown[] = [];
  readonly active: ServiceWorker;
  shown: readonly Shown[] = [];
  /** Number of notifications shown. */
  showings = 0;
  isAllowed = true;
  /** Awaited before showing. */
  hold: Promise<void> = Promise.resolve();

  constructor(scope: string) {
    this.scope = scope;
    const postMessage = (message: unknown) => void this.posted.push(message);
    // Of a worker a notifier needs no more.
    this.active = { state: "activated", postMessage } as unknown as ServiceWorker;
  }

  /** Text and buttons of the newest notification. */
  get words(): string[] {
    const last = this.shown.at(-1);
    return last === undefined
      ? []
      : [last.title, ...(last.options.actions ?? []).map(({ title }) => title)];
  }

  async showNotification(title: string, options: NotificationOptions = {}): Promise<void> {
    await this.hold;
    if (!this.isAllowed) throw new TypeError("No permission.");
    this.showings += 1;
    this.shown = [
      ...this.shown.filter((one) => one.options.tag !== options.tag),
      { title, options },
    ];
  }

  async getNotifications(): Promise<Notification[]> {
    return this.shown.map((one) => this.notificationOf(one) as Notification);
  }

  /** A notification as an event or `getNotifications()` has it, as far as it is looked at. */
  notificationOf(one: Shown): Pick<Notification, "tag" | "data" | "close"> {
    const close = () => void (this.shown = this.shown.filter((other) => other !== one));
    return {
      tag: one.options.tag ?? "",
      data: structuredClone(one.options.data) as unknown,
      close,
    };
  }
}

/** Settings as a page tells them. */
export const settingsIn = (
  scope: string,
  more: Partial<NotificationSettings> = {},
): NotificationSettings => ({
  callPage: `${scope}call`,
  texts: [englishTexts],
  ...more,
});

/** A page, as a worker sees it. */
export class FakePage implements PageClient {
  readonly url: string;
  /** Answer to whether the call rings in it; `null` without a notifier. */
  readonly rings: boolean | null;
  focused = 0;
  mayBeFocused = true;
  readonly reported: unknown[] = [];

  constructor(url: string, rings: boolean | null = null) {
    this.url = url;
    this.rings = rings;
  }

  postMessage(message: unknown, [port]: Transferable[] = []): void {
    const copy: unknown = structuredClone(message);
    if ((copy as { type?: unknown }).type !== "sx-call-asked") this.reported.push(copy);
    else if (this.rings !== null && port instanceof MessagePort) port.postMessage(this.rings);
  }

  async focus(): Promise<void> {
    if (!this.mayBeFocused)
      throw new DOMException("Not allowed to focus a window.", "InvalidAccessError");
    this.focused += 1;
  }
}

/** A service worker's global with pages. */
export class FakeScope implements WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: FakeRegistration;
  readonly opened: string[] = [];
  pages: FakePage[] = [];
  readonly clients: WorkerScope["clients"] = {
    matchAll: async () => this.pages,
    openWindow: async (address) => void this.opened.push(address),
  };
  #work: Promise<unknown>[] = [];

  constructor(scope: string) {
    this.registration = new FakeRegistration(scope);
    this.location = { origin: new URL(scope).origin };
  }

  /** A press on what is shown first. */
  click(action: string, shown = this.registration.shown[0]!): NotificationClick {
    return {
      action,
      notification: this.registration.notificationOf(shown),
      waitUntil: (work) => void this.#work.push(work),
    };
  }

  message(data: unknown, source: unknown, origin = this.location.origin): ScopeMessage {
    return { data, source, origin, waitUntil: (work) => void this.#work.push(work) };
  }

  /** Waits for all that events have kept the worker awake for. */
  async rest(): Promise<void> {
    const work = this.#work;
    this.#work = [];
    await Promise.all(work);
  }
}

/** Workers, eyes and a clock for a notifier. */
export class FakeSurroundings implements NotifierSurroundings {
  readonly registration: FakeRegistration;
  readonly clock = new VirtualClock(Date.now());
  readonly now = this.clock.now;
  readonly setTimer = this.clock.setTimer;
  readonly registered: unknown[] = [];
  readonly workers: NotifierSurroundings["workers"];
  seen = false;
  readonly #messages = new EventTarget();

  constructor(scope = new URL("./", location.href).href) {
    this.registration = new FakeRegistration(scope);
    this.workers = {
      register: async (...given) => {
        this.registered.push(given);
        return this.registration;
      },
      startMessages: () => undefined,
      addEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
        this.#messages.addEventListener(type, listener),
      removeEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
        this.#messages.removeEventListener(type, listener),
    };
  }

  isSeen(): boolean {
    return this.seen;
  }

  /** The person looks at the page, or away. */
  look(seen: boolean): void {
    this.seen = seen;
    window.dispatchEvent(new Event(seen ? "focus" : "blur"));
  }

  /** A message from the worker, or from whoever says so. */
  post(
    data: unknown,
    { source, ports = [] }: { source?: unknown; ports?: MessagePort[] } = {},
  ): void {
    this.#messages.dispatchEvent(
      Object.assign(new Event("message"), {
        data,
        source: source ?? this.registration.active,
        ports,
      }),
    );
  }
}

/** A view that keeps what it is asked. */
export function fakeView(snapshot: CallSnapshot, others: readonly CallSnapshot[] = []) {
  const asked: unknown[] = [];
  const ask = (name: string) => async (given?: unknown) => void asked.push([name, given]);
  const view = Object.assign(document.createElement("div"), {
    ...{
      snapshot,
      others,
      contact: { name: "Ann" },
      contactOf: null as NotifiableView["contactOf"],
      ringTimeout: 60,
    },
    ...{ acceptCall: ask("accept"), declineCall: ask("decline") },
    ...{ acceptWaitingCall: ask("accept waiting"), declineWaitingCall: ask("decline waiting") },
  });
  return Object.assign(view satisfies NotifiableView, { asked });
}

import {
  closeStaleCalls,
  readCallData,
  type NotificationRegistration,
  recall,
  remember,
  rememberAnswer,
  takeAnswers,
} from "./call-notification.ts";
import {
  isWithin,
  readPageMessage,
  readSettings,
  type CallAnswer,
  type CallData,
  type NotificationSettings,
  type WorkerMessage,
} from "./notification-messages.ts";

/** Hooks of a host's worker. */
export interface ClickHooks {
  /**
   * The person has declined while no page has the call. The host may notify the caller over its own channel. Without this hook,
   * the next page that starts in time declines the call.
   */
  onDecline?: ((call: Pick<CallData, "callId" | "media">) => unknown) | null;
}

/** Milliseconds for pages to report a ringing call. Firefox allows a click to open a window for one second. */
const patience = 400;

/** Events already handled: both the worker's own listener and the host's may handle one. */
const seen = new WeakSet<object>();

/**
 * Handles a click on the notification of a call. Focuses the page in which it rings, or opens one, and accepts or declines the
 * call there. For `notificationclick` of the host's service worker.
 *
 * @returns `true` for the notification of a call; otherwise nothing was done.
 */
export function handleNotificationClick(
  event: NotificationClick,
  hooks: ClickHooks = {},
  scope = ownScope(),
): boolean {
  const call = readCallData(event.notification);
  if (call === null) return false;
  if (!seen.has(event)) {
    seen.add(event);
    event.notification.close();
    event.waitUntil(answer(call, event.action, hooks, scope));
  }
  return true;
}

/**
 * Handles the message of a `CallNotifier` on a new page: stores its settings and sends it waiting actions. For `message` of the
 * host's service worker.
 *
 * @returns `true` for a valid message of a `CallNotifier` within the scope of this worker; otherwise nothing was done.
 */
export function handlePageMessage(event: ScopeMessage, scope = ownScope()): boolean {
  const { scope: own } = scope.registration;
  const settings = readPageMessage(event.data, own);
  // Every page of the origin can post to a worker, and an origin may have several owners.
  const page = event.source as PageClient | null;
  if (
    settings === null ||
    event.origin !== scope.location.origin ||
    page === null ||
    !isWithin(page.url, own)
  )
    return false;
  event.waitUntil(welcome(page, settings, scope));
  return true;
}

async function welcome(
  page: PageClient,
  settings: NotificationSettings,
  { registration }: WorkerScope,
): Promise<void> {
  await remember(registration.scope, "settings", settings);
  for (const given of await takeAnswers(registration.scope)) postAnswer(page, given);
  await closeStaleCalls(registration);
}

async function answer(
  call: CallData,
  action: string,
  hooks: ClickHooks,
  scope: WorkerScope,
): Promise<void> {
  const { callId, media, expiresAt: until, active } = call;
  const { scope: own } = scope.registration;
  const pressed = action === "accept" || action === "decline" ? action : null;
  const given: CallAnswer | null =
    pressed !== null && until > Date.now()
      ? { callId, action: pressed, until, ...(active && { active }) }
      : null;
  const all = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = all.filter(({ url }) => isWithin(url, own));
  const ringing = await whereItRings(pages, callId);

  if (pressed === "decline") {
    if (given === null) return;
    // A call that rings nowhere may be on its way to one of the pages.
    for (const page of ringing === null ? pages : [ringing]) postAnswer(page, given);
    if (ringing !== null) return;
    await rememberAnswer(own, given);
    await hooks.onDecline?.({ callId, media });
    return;
  }

  const callPage = readSettings(await recall(own, "settings"), own)?.callPage ?? own;
  const page = ringing ?? pages.find(({ url }) => url.split("#")[0] === callPage);
  if (page !== undefined) {
    if (given !== null) postAnswer(page, given);
    // Refused where the browser considers the click too old: the call is answered anyway.
    await page.focus().catch(() => undefined);
    return;
  }
  // Stored first: the page may start before `openWindow` resolves.
  if (given !== null) await rememberAnswer(own, given);
  await scope.clients.openWindow(`${callPage}#sx-call=${callId}`);
}

function postAnswer(page: PageClient, given: CallAnswer): void {
  page.postMessage({ type: "sx-call-answer", answer: given } satisfies WorkerMessage);
}

/** Asks the pages for a ringing call. Resolves with the first that has it, or `null` after the time limit. */
function whereItRings(pages: readonly PageClient[], callId: string): Promise<PageClient | null> {
  return new Promise((resolve) => {
    let open = pages.length;
    if (open === 0) resolve(null);
    else setTimeout(resolve, patience, null);
    for (const page of pages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        port1.close();
        open -= 1;
        if (data === true) resolve(page);
        else if (open === 0) resolve(null);
      };
      page.postMessage({ type: "sx-call-asked", callId } satisfies WorkerMessage, [port2]);
    }
  });
}

/*
 * The required part of a service worker's global scope (W3C Service Workers). Its TypeScript library conflicts with the DOM's.
 */

/** An event that keeps the worker awake. */
interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void;
}

/** W3C Notifications API, `NotificationEvent`. */
export interface NotificationClick extends WaitingEvent {
  /** Id of the button; empty for the notification itself. */
  readonly action: string;
  readonly notification: Pick<Notification, "data" | "tag" | "close">;
}

/** W3C Service Workers, `ExtendableMessageEvent`. */
export interface ScopeMessage extends WaitingEvent {
  readonly data: unknown;
  readonly origin: string;
  readonly source: unknown;
}

/** W3C Service Workers, `WindowClient`: a page, controlled by this worker or not. */
export interface PageClient {
  readonly url: string;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  focus(): Promise<unknown>;
}

/** W3C Service Workers, `ServiceWorkerGlobalScope`. */
export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: NotificationRegistration;
  readonly clients: {
    matchAll(options: {
      readonly type: "window";
      readonly includeUncontrolled: true;
    }): Promise<readonly PageClient[]>;
    openWindow(address: string): Promise<unknown>;
  };
}

/** Global scope of this worker. The DOM types call it a window. */
const ownScope = (): WorkerScope => self as unknown as WorkerScope;

import { closeStaleCalls, readCallData } from "./call-notification.ts";
import {
  isWithin,
  readPageMessage,
  readSettings,
  type CallAnswer,
  type CallData,
  type NotificationSettings,
  type WorkerMessage,
} from "./notification-messages.ts";
import { recall, remember, rememberAnswer, takeAnswers } from "./notification-store.ts";
import {
  ownScope,
  type NotificationClick,
  type PageClient,
  type ScopeMessage,
  type WorkerScope,
} from "./worker-scope.ts";

/** What a host's worker may do by itself. */
export interface ClickHooks {
  /**
   * The person has declined while no page has the call: the host may tell the caller, by its own channel. Without it nothing is sent,
   * and the next page that starts in time declines.
   */
  onDecline?: ((call: Pick<CallData, "callId" | "media">) => unknown) | null;
}

/** How long pages may take to say whether a call rings in them. Firefox lets a click open a window for one second. Milliseconds. */
const patience = 400;

/** A host may ask twice: by the listener of the finished worker, and in its own. */
const seen = new WeakSet<object>();

/**
 * Does what a person pressed on the notification of a call: shows the page in which it rings, or opens one, and has the call accepted or
 * declined there. For `notificationclick` of the host's service worker.
 *
 * @returns whether the notification is a call's; where not, nothing was done.
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
 * Takes the message by which a `CallNotifier` says that its page is there: keeps its settings, and gives it what was pressed before it
 * came. For `message` of the host's service worker.
 *
 * @returns whether the message was one of ours, well-formed, and from a page of this worker's scope; where not, nothing was done.
 */
export function handlePageMessage(event: ScopeMessage, scope = ownScope()): boolean {
  const { scope: own } = scope.registration;
  const settings = readPageMessage(event.data, own);
  // A worker can be posted to from every page of the origin, and an origin may have more than one owner.
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
  for (const given of await takeAnswers(registration.scope)) tell(page, given);
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
    // Where it rings nowhere yet, it may be on its way to one of them.
    for (const page of ringing === null ? pages : [ringing]) tell(page, given);
    if (ringing !== null) return;
    await rememberAnswer(own, given);
    await hooks.onDecline?.({ callId, media });
    return;
  }

  const callPage = readSettings(await recall(own, "settings"), own)?.callPage ?? own;
  const page = ringing ?? pages.find(({ url }) => url.split("#")[0] === callPage);
  if (page !== undefined) {
    if (given !== null) tell(page, given);
    // Refused where the browser thinks that the click is too long ago: the call is answered all the same.
    await page.focus().catch(() => undefined);
    return;
  }
  // Kept first: the page may be there before `openWindow` says so.
  if (given !== null) await rememberAnswer(own, given);
  await scope.clients.openWindow(`${callPage}#sx-call=${callId}`);
}

function tell(page: PageClient, given: CallAnswer): void {
  page.postMessage({ type: "sx-call-answer", answer: given } satisfies WorkerMessage);
}

/** Asks the pages. The first that says yes has it; `null` where none does, or none in time. */
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

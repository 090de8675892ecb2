import type { CallMedia } from "../../call/terms.ts";
import { CallError } from "../../errors.ts";
import {
  englishTexts,
  type CallTexts,
  readCall,
  readSettings,
  type CallData,
  type NotificationSettings,
  readAnswer,
  type CallAnswer,
  isWithin,
  readPageMessage,
  type WorkerMessage,
} from "./notification-messages.ts";

/*
 * Data that a worker keeps while it sleeps, in the Cache API of this origin, which pages and workers share. It holds no
 * secrets. A failing store counts as empty: the call then rings in a page instead of being answered.
 */

const cacheName = "sx-call-kit";

const addressOf = (scope: string, key: string) => new URL(`sx-call-kit/${key}`, scope).href;

async function attempt<Result>(
  work: (cache: Cache) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work(await caches.open(cacheName));
  } catch {
    return undefined;
  }
}

/** Stores plain data under a key. */
export async function remember(scope: string, key: string, value: unknown): Promise<void> {
  await attempt((cache) => cache.put(addressOf(scope, key), new Response(JSON.stringify(value))));
}

/** @returns the stored data, unchecked, or `undefined`. */
export function recall(scope: string, key: string): Promise<unknown> {
  return attempt(
    async (cache) => (await cache.match(addressOf(scope, key)))?.json() as Promise<unknown>,
  );
}

/** Stores a pressed action until a page takes it. */
export function rememberAnswer(scope: string, answer: CallAnswer): Promise<void> {
  return remember(scope, `answers/${answer.callId}`, answer);
}

/** @returns the stored actions and deletes them: each is performed once. Expired ones are dropped. */
export async function takeAnswers(scope: string): Promise<readonly CallAnswer[]> {
  const taken = await attempt(async (cache) => {
    const kept = (await cache.keys()).filter(({ url }) =>
      url.startsWith(addressOf(scope, "answers/")),
    );
    const values = await Promise.all(
      kept.map(async (one) => (await cache.match(one))?.json() as Promise<unknown>),
    );
    // Of two concurrent readers only one deletes an entry.
    const deleted = await Promise.all(kept.map((one) => cache.delete(one)));
    return values.filter((_, at) => deleted[at]).map(readAnswer);
  });
  return (taken ?? []).filter(
    (answer) => answer !== null && answer.until > Date.now(),
  ) as readonly CallAnswer[];
}

/** Content of the notification of an incoming call. */
export interface IncomingCallNotice {
  /** Call id from the invitation: 16 random bytes, base64url. */
  readonly callId: string;
  /** Media that the caller asks for. */
  readonly media: CallMedia;
  /** End of the ringing. Milliseconds since the epoch, at most ten minutes ahead. */
  readonly expiresAt: number;
  /** Name of the caller. Shown only with `showName`. */
  readonly name?: string;
  /** `true` to show the name. Defaults to the page's last setting, or `false`. */
  readonly showName?: boolean;
  /** Language, BCP 47, out of those that the page has set. Defaults to the first. */
  readonly lang?: string;
  /** Action on the person's ongoing call when this one is accepted. Absent without one. */
  readonly active?: "end" | "hold";
}

/** The required part of a W3C `ServiceWorkerRegistration`. */
export type NotificationRegistration = Pick<
  ServiceWorkerRegistration,
  "scope" | "showNotification" | "getNotifications"
>;

/** W3C Notifications API, including members that TypeScript omits because some engines lack them. */
interface CallNotificationOptions extends NotificationOptions {
  readonly actions: readonly { readonly action: "accept" | "decline"; readonly title: string }[];
  readonly renotify?: boolean;
  readonly vibrate?: readonly number[];
}

const longestName = 64;

/**
 * Shows the notification of an incoming call with buttons to accept and decline. Replaces an earlier one of the same call. For
 * a page, or for the host's service worker on a push (W3C Notifications API, Push API).
 *
 * @param settings settings of the page. Defaults to the last settings that a page of this scope has sent to its worker.
 * @returns `true` where it is shown; `false` after `expiresAt`, or without permission.
 * @throws {CallError} `bad-argument` for an invalid notice.
 */
export async function showIncomingCall(
  registration: NotificationRegistration,
  call: IncomingCallNotice,
  settings?: NotificationSettings,
): Promise<boolean> {
  const data = readCall(call, Date.now());
  if (data === null)
    throw new CallError(
      "bad-argument",
      "A notification needs a callId, media and expiresAt of a call.",
    );
  await closeStaleCalls(registration);
  if (data.expiresAt <= Date.now()) return false;
  const chosen =
    settings ?? readSettings(await recall(registration.scope, "settings"), registration.scope);
  const { title, options } = notificationOf(call, data, chosen);
  try {
    await registration.showNotification(title, options);
    return true;
  } catch {
    // The permission can be revoked at any time: only the attempt shows it.
    return false;
  }
}

/** Closes the notification of a call that was answered elsewhere, cancelled or ended. Never throws. */
export async function closeIncomingCall(
  callId: string,
  // Called in a service worker, where the global is its scope. The DOM types know a window only.
  registration: NotificationRegistration = (
    self as unknown as { registration: NotificationRegistration }
  ).registration,
): Promise<void> {
  await closeWhere(registration, (data) => data.callId === callId);
}

/** Closes expired notifications. A worker has no lasting timer, so this runs whenever the worker is awake. */
export function closeStaleCalls(registration: NotificationRegistration): Promise<void> {
  return closeWhere(registration, ({ expiresAt }) => expiresAt <= Date.now());
}

/** Reads the data of a call notification; `null` for other notifications. */
function readCallData(notification: Pick<Notification, "data" | "tag">): CallData | null {
  const { sxCall } = (notification.data ?? {}) as { sxCall?: unknown };
  const data = readCall(sxCall, Infinity);
  return data?.callId === notification.tag ? data : null;
}

async function closeWhere(
  registration: NotificationRegistration,
  isMeant: (data: CallData) => boolean,
): Promise<void> {
  const shown = await registration.getNotifications().catch(() => []);
  for (const notification of shown) {
    const data = readCallData(notification);
    if (data !== null && isMeant(data)) notification.close();
  }
}

function notificationOf(
  call: IncomingCallNotice,
  data: CallData,
  settings: NotificationSettings | null,
) {
  const {
    showName,
    texts,
    icon,
    badge,
    silent = false,
    vibrate,
    renotify = false,
  } = settings ?? {};
  const words = textsIn(texts ?? [englishTexts], call.lang);
  const name = (call.showName ?? showName ?? false) ? plainName(call.name) : "";
  const acceptWords = { none: words.accept, end: words.endAndAccept, hold: words.holdAndAccept };
  const options: CallNotificationOptions = {
    tag: data.callId,
    data: { sxCall: data },
    lang: words.lang,
    dir: words.dir,
    requireInteraction: true,
    silent,
    actions: [
      { action: "accept", title: acceptWords[data.active ?? "none"] },
      { action: "decline", title: words.decline },
    ],
    ...(icon !== undefined && { icon }),
    ...(badge !== undefined && { badge }),
    // The standard forbids `vibrate` and `renotify` with `silent`.
    ...(!silent && { renotify, ...(vibrate && { vibrate }) }),
  };
  const title =
    name === "" ? words[data.media] : words[`${data.media}From`].split(words.nameMark).join(name);
  return { title, options };
}

function textsIn(texts: readonly CallTexts[], lang?: string): CallTexts {
  const isOf = (wanted: string | undefined) =>
    texts.find((one) => one.lang.toLowerCase() === wanted);
  const wanted = lang?.toLowerCase();
  return isOf(wanted) ?? isOf(wanted?.split("-")[0]) ?? texts[0] ?? englishTexts;
}

/**
 * Characters that a name does not need, and that could forge other text: line breaks of every kind, control and format
 * characters (with all directional marks), lone surrogates. The joiners stay, because emoji and some scripts need them.
 */
const notOfNames = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Sanitises a name from another person: a single line without directional marks, limited length. */
function plainName(name: unknown): string {
  if (typeof name !== "string") return "";
  const line = name.replace(notOfNames, " ").trim();
  return Array.from(line).slice(0, longestName).join("");
}

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

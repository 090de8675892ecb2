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
    // The permission can be revoked at any time: only the attempt tells.
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
export function readCallData(notification: Pick<Notification, "data" | "tag">): CallData | null {
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
 * What no name needs, and what other words could be made of: line breaks of every kind, control and format characters (among them all
 * that turn the direction of the words around them), halves of characters. Only the joiners stay, which emoji and scripts are written with.
 */
const notOfNames = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Sanitises a name from another person: a single line without directional marks, limited length. */
function plainName(name: unknown): string {
  if (typeof name !== "string") return "";
  const line = name.replace(notOfNames, " ").trim();
  return Array.from(line).slice(0, longestName).join("");
}

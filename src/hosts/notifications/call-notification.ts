import type { CallMedia } from "../../call/terms.ts";
import { CallError } from "../../errors.ts";
import { englishTexts, type CallTexts } from "./call-texts.ts";
import {
  readCall,
  readSettings,
  type CallData,
  type NotificationSettings,
} from "./notification-messages.ts";
import { recall } from "./notification-store.ts";

/** What a notification of an incoming call is made of. */
export interface IncomingCallNotice {
  /** The call's id, as its invitation carries it: 16 random bytes, base64url. */
  readonly callId: string;
  /** What the caller asks for. */
  readonly media: CallMedia;
  /** When it stops ringing. Milliseconds since the epoch; what lies more than ten minutes ahead counts as ten minutes. */
  readonly expiresAt: number;
  /** Who calls. Shown only where `showName` allows it. */
  readonly name?: string;
  /** Whether the name is shown. Without it: as the page has last told, or not at all. */
  readonly showName?: boolean;
  /** Which of the languages that the page has told is wanted, BCP 47. Without it the first. */
  readonly lang?: string;
  /** What accepting does with the call that the person is in; absent where there is none. */
  readonly active?: "end" | "hold";
}

/** What this file needs of a W3C `ServiceWorkerRegistration`. */
export type NotificationRegistration = Pick<
  ServiceWorkerRegistration,
  "scope" | "showNotification" | "getNotifications"
>;

/** W3C Notifications API, with what TypeScript leaves out because not every engine has it. */
interface CallNotificationOptions extends NotificationOptions {
  readonly actions: readonly { readonly action: "accept" | "decline"; readonly title: string }[];
  readonly renotify?: boolean;
  readonly vibrate?: readonly number[];
}

const longestName = 64;

/**
 * Shows that somebody calls, with buttons to accept and to decline; one that is shown for the same call is replaced. For a page, and
 * for the host's service worker when a push has woken it (W3C Notifications API, Push API).
 *
 * @param settings what the page has chosen; by default what a page of this scope has last told its worker.
 * @returns whether it is shown now: `false` where its time is over, or the browser refuses (no permission).
 * @throws {CallError} `bad-argument` where the call is not described as it must be.
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
    // The permission may go at any time, and only the attempt tells it for certain.
    return false;
  }
}

/** Closes the notification of a call: it was answered elsewhere, cancelled or has ended. Never throws. */
export async function closeIncomingCall(
  callId: string,
  // In a service worker, where a host calls this, the global is its scope; the DOM's types know a window only.
  registration: NotificationRegistration = (
    self as unknown as { registration: NotificationRegistration }
  ).registration,
): Promise<void> {
  await closeWhere(registration, (data) => data.callId === callId);
}

/** Closes what has rung for too long. A worker has no timer that lasts, so this is done whenever it is awake. */
export function closeStaleCalls(registration: NotificationRegistration): Promise<void> {
  return closeWhere(registration, ({ expiresAt }) => expiresAt <= Date.now());
}

/** Reads what a notification of a call carries; `null` where it is no call's, or was not made here. */
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
    // The standard refuses a silent one that vibrates or alerts anew.
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

/** A name comes from another person: without line breaks, without marks that turn the direction of the words around it, and short. */
function plainName(name: unknown): string {
  if (typeof name !== "string") return "";
  const line = name.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ").trim();
  return Array.from(line).slice(0, longestName).join("");
}

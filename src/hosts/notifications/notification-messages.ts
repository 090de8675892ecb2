import type { CallMedia } from "../../call/terms.ts";
import { isTexts, type CallTexts } from "./call-texts.ts";

/** What a notification carries for the click: nothing that is secret, and nobody's name. */
export interface CallData {
  /** 16 random bytes, base64url. */
  readonly callId: string;
  readonly media: CallMedia;
  /** When it stops ringing. Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What accepting does with the call that the person is in, as the button says it; absent where there is none. */
  readonly active?: "end" | "hold";
}

/** What a page has chosen for its notifications, as its worker keeps it. */
export interface NotificationSettings {
  /** Where a call is answered while no page is open: an address within the worker's scope. */
  readonly callPage: string;
  /** At least one; the first is the page's own language. */
  readonly texts: readonly CallTexts[];
  readonly showName?: boolean;
  readonly silent?: boolean;
  readonly renotify?: boolean;
  /** On and off by turns, from on. Milliseconds. */
  readonly vibrate?: readonly number[];
  /** Of the page's own origin. */
  readonly icon?: string;
  /** Of the page's own origin. */
  readonly badge?: string;
}

/** What a person has pressed, on its way to the page that does it. */
export interface CallAnswer {
  readonly callId: string;
  readonly action: "accept" | "decline";
  /** What the words of the button said of the call that the person is in. */
  readonly active?: "end" | "hold";
  /** After this it is not done any more. Milliseconds since the epoch. */
  readonly until: number;
}

/** From a page to its worker: it is here, and chooses this. */
export type PageMessage = {
  readonly type: "sx-call-page";
  readonly settings: NotificationSettings;
};

/** From a worker to a page. `sx-call-asked` comes with a port for the answer, `true` where the call rings in that page. */
export type WorkerMessage =
  | { readonly type: "sx-call-asked"; readonly callId: string }
  | { readonly type: "sx-call-answer"; readonly answer: CallAnswer };

const longestRing = 600_000;

/**
 * Checks what is said of a call, by a host, a push or a notification.
 * @param now what `expiresAt` may lie ten minutes after: a notification that nobody closes must not stay for ever.
 * @returns a copy of the known fields, or `null` where one of them is wrong.
 */
export function readCall(value: unknown, now: number): CallData | null {
  if (typeof value !== "object" || value === null) return null;
  const { callId, media, expiresAt, active } = value as Record<string, unknown>;
  if (!isCallId(callId) || (media !== "audio" && media !== "video")) return null;
  if (typeof expiresAt !== "number" || Number.isNaN(expiresAt)) return null;
  return {
    callId,
    media,
    expiresAt: Math.min(expiresAt, now + longestRing),
    ...readActive(active),
  };
}

/**
 * Checks settings, whether they come from a page or from where they were kept.
 * @param scope the worker's: nothing outside of it is opened, and nothing from another origin is shown.
 * @returns the settings, or `null` where anything of them is wrong.
 */
export function readSettings(value: unknown, scope: string): NotificationSettings | null {
  if (typeof value !== "object" || value === null) return null;
  const { callPage, texts, showName, silent, renotify, vibrate, icon, badge } = value as Record<
    string,
    unknown
  >;
  if (
    !isWithin(callPage, scope) ||
    !Array.isArray(texts) ||
    texts.length === 0 ||
    !texts.every(isTexts)
  )
    return null;
  if (
    ![showName, silent, renotify].every((flag) => flag === undefined || typeof flag === "boolean")
  )
    return null;
  if (![icon, badge].every((address) => address === undefined || isOfOrigin(address, scope)))
    return null;
  if (
    vibrate !== undefined &&
    !(Array.isArray(vibrate) && vibrate.every((part) => typeof part === "number"))
  )
    return null;
  // Every field has been looked at.
  return value as NotificationSettings;
}

/** Checks what a page or a store says that a person has pressed. */
export function readAnswer(value: unknown): CallAnswer | null {
  if (typeof value !== "object" || value === null) return null;
  const { callId, action, active, until } = value as Record<string, unknown>;
  if (
    !isCallId(callId) ||
    (action !== "accept" && action !== "decline") ||
    typeof until !== "number"
  )
    return null;
  return { callId, action, until, ...readActive(active) };
}

/** Checks a message of a page. */
export function readPageMessage(value: unknown, scope: string): NotificationSettings | null {
  const { type, settings } = (value ?? {}) as Record<string, unknown>;
  return type === "sx-call-page" ? readSettings(settings, scope) : null;
}

/** Checks a message of a worker. */
export function readWorkerMessage(value: unknown): WorkerMessage | null {
  const { type, callId, answer } = (value ?? {}) as Record<string, unknown>;
  if (type === "sx-call-asked" && isCallId(callId)) return { type, callId };
  const given = type === "sx-call-answer" ? readAnswer(answer) : null;
  return given && { type: "sx-call-answer", answer: given };
}

/** Whether an address lies in a worker's scope, as the browser itself would say (W3C Service Workers, "Match Service Worker Registration"). */
export function isWithin(address: unknown, scope: string): address is string {
  return isOfOrigin(address, scope) && address.startsWith(scope);
}

function isCallId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{22}$/.test(value);
}

const readActive = (active: unknown) =>
  (active === "end" || active === "hold" ? { active } : {}) as Pick<CallData, "active">;

function isOfOrigin(address: unknown, scope: string): address is string {
  if (typeof address !== "string") return false;
  try {
    return new URL(address).origin === new URL(scope).origin;
  } catch {
    return false;
  }
}

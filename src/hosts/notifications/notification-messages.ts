import type { CallMedia } from "../../call/terms.ts";

/**
 * Strings of a notification, by the keys of the kit's dictionaries: `sx-call-kit/locales/*` and `english`. A missing string
 * falls back to English.
 */
export interface CallNotificationWords {
  /** BCP 47. */
  readonly $code?: string;
  readonly $dir?: "ltr" | "rtl";
  readonly accept?: string;
  readonly decline?: string;
  readonly endAndAccept?: string;
  readonly holdAndAccept?: string;
  readonly incoming?: (media: CallMedia) => string;
  readonly incomingFrom?: (media: CallMedia, name: string) => string;
}

/** The same strings as final texts, which a worker can store for use without a page. */
export interface CallTexts {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly accept: string;
  readonly decline: string;
  readonly endAndAccept: string;
  readonly holdAndAccept: string;
  readonly audio: string;
  readonly video: string;
  readonly audioFrom: string;
  readonly videoFrom: string;
  /** Placeholder of the name in the two texts above. */
  readonly nameMark: string;
}

/** U+FFFC OBJECT REPLACEMENT CHARACTER, absent from the strings of every language. */
const nameMark = "\uFFFC";

const english = {
  $code: "en",
  $dir: "ltr",
  accept: "Accept",
  decline: "Decline",
  endAndAccept: "End and accept",
  holdAndAccept: "Hold and accept",
  incoming: (media: CallMedia) => `Incoming ${media} call`,
  incomingFrom: (media: CallMedia, name: string) => `Incoming ${media} call from ${name}`,
} as const;

/** Converts strings to texts. */
export function textsOf(words: CallNotificationWords): CallTexts {
  const { $code, $dir, accept, decline, endAndAccept, holdAndAccept, incoming, incomingFrom } = {
    ...english,
    ...words,
  };
  return {
    ...{ lang: $code, dir: $dir, accept, decline, endAndAccept, holdAndAccept, nameMark },
    ...{ audio: incoming("audio"), video: incoming("video") },
    ...{ audioFrom: incomingFrom("audio", nameMark), videoFrom: incomingFrom("video", nameMark) },
  };
}

/** Texts used before any page has sent its own. */
export const englishTexts: CallTexts = textsOf({});

/** Returns `true` for valid texts, short enough for a notification. */
export function isTexts(value: unknown): value is CallTexts {
  if (typeof value !== "object" || value === null) return false;
  const { dir } = value as Partial<CallTexts>;
  return (
    (dir === "ltr" || dir === "rtl") &&
    Object.keys(englishTexts).every((key) => {
      const text = (value as Record<string, unknown>)[key];
      return typeof text === "string" && text !== "" && text.length <= 200;
    })
  );
}

/** Data of a notification for its click: no secret and no name. */
export interface CallData {
  /** 16 random bytes, base64url. */
  readonly callId: string;
  readonly media: CallMedia;
  /** End of the ringing. Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Action on the person's ongoing call when this one is accepted, as its button names it. Absent without one. */
  readonly active?: "end" | "hold";
}

/** Settings of a page, as its worker stores them. */
export interface NotificationSettings {
  /** URL within the worker's scope, opened to answer a call while no page is open. */
  readonly callPage: string;
  /** At least one; the first is the page's language. */
  readonly texts: readonly CallTexts[];
  readonly showName?: boolean;
  readonly silent?: boolean;
  readonly renotify?: boolean;
  /** Vibration pattern (W3C Vibration API): milliseconds on, off, and so on. */
  readonly vibrate?: readonly number[];
  /** URL of the page's origin. */
  readonly icon?: string;
  /** URL of the page's origin. */
  readonly badge?: string;
}

/** A pressed action on its way to the page. */
export interface CallAnswer {
  readonly callId: string;
  readonly action: "accept" | "decline";
  /** Action on the ongoing call, according to the text of the pressed button. */
  readonly active?: "end" | "hold";
  /** Expiry. Milliseconds since the epoch. */
  readonly until: number;
}

/** Page to worker: presence and settings. */
export type PageMessage = {
  readonly type: "sx-call-page";
  readonly settings: NotificationSettings;
};

/** Worker to page. `sx-call-asked` transfers a port for the answer, `true` where the call rings in the page. */
export type WorkerMessage =
  | { readonly type: "sx-call-asked"; readonly callId: string }
  | { readonly type: "sx-call-answer"; readonly answer: CallAnswer };

const longestRing = 600_000;

/**
 * Validates a call from a host, a push or a notification.
 * @param now current time. `expiresAt` is limited to ten minutes after it, so that a notification does not stay forever.
 * @returns a copy of the known fields, or `null` for an invalid field.
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
 * Validates settings from a page or from the store.
 * @param scope scope of the worker. Pages outside it are not opened, and icons of other origins are not shown.
 * @returns the settings, or `null` for an invalid field.
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
  // Every field was checked.
  return value as NotificationSettings;
}

/** Validates a pressed action from a page or the store. */
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

/** Validates a message of a page. */
export function readPageMessage(value: unknown, scope: string): NotificationSettings | null {
  const { type, settings } = (value ?? {}) as Record<string, unknown>;
  return type === "sx-call-page" ? readSettings(settings, scope) : null;
}

/** Validates a message of a worker. */
export function readWorkerMessage(value: unknown): WorkerMessage | null {
  const { type, callId, answer } = (value ?? {}) as Record<string, unknown>;
  if (type === "sx-call-asked" && isCallId(callId)) return { type, callId };
  const given = type === "sx-call-answer" ? readAnswer(answer) : null;
  return given && { type: "sx-call-answer", answer: given };
}

/** Returns `true` where a URL is within a worker's scope (W3C Service Workers, "Match Service Worker Registration"). */
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

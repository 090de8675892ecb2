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

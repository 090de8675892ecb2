import type { CallMedia } from "../../call/terms.ts";

/**
 * The words of a notification, by the keys of the kit's dictionaries: each of `sx-call-kit/locales/*` is one, and so is `english`. A
 * word that is missing is said in English.
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

/** The same as finished texts: they can be sent to a worker and kept there for a time without a page. */
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
  /** What stands where the name belongs in the two above. */
  readonly nameMark: string;
}

/** U+FFFC, which stands for an object in a text, and never in a word of any language. */
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

/** Makes texts of words. */
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

/** What is said where no page has told other words. */
export const englishTexts: CallTexts = textsOf({});

/** Whether these are texts of ours, and short enough for a notification. */
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

import { html, nothing, type TemplateResult } from "lit";
import type { CallRecordLike } from "../../call/ongoing-record.ts";
import { lockIcon } from "./lock.ts";
import { clockDuration, spokenDuration } from "./duration.ts";
import { icon, type IconName } from "./icons.ts";
import type { Localize } from "../words/strings.ts";

/** Whether the words call it missed: somebody called, and nobody here answered. */
export function isMissed({ direction, outcome }: CallRecordLike): boolean {
  return direction === "incoming" && (outcome === "missed" || outcome === "unanswered");
}

/** A call that the person would have wanted, and did not have. It is the only kind that stands out. */
export function isLost(record: CallRecordLike): boolean {
  return record.outcome === "failed" || isMissed(record);
}

/** Returns the icon of direction and outcome. No two variants differ by colour alone. */
export function iconOf(record: CallRecordLike): IconName {
  const { outcome, direction, media } = record;
  if (outcome === "ongoing") return media === "video" ? "video" : "phone";
  if (outcome === "failed") return "triangle-alert";
  if (isMissed(record)) return "phone-missed";
  if (outcome !== "completed" && outcome !== "answered-elsewhere") return "phone-off";
  return direction === "outgoing" ? "phone-outgoing" : "phone-incoming";
}

/** What kind of call it was, or is. */
export function titleOf(
  { outcome, direction, media, connectedAt }: CallRecordLike,
  localize: Localize,
): string {
  if (outcome !== "ongoing") return localize(`history.${outcome}.${direction}`, media);
  if (connectedAt !== undefined) return localize("historyOngoing", media);
  return direction === "incoming"
    ? localize("incoming", media)
    : localize("history.completed.outgoing", media);
}

/** How a time is written. */
const formatOptions = {
  time: { timeStyle: "short" },
  dateAndTime: { dateStyle: "medium", timeStyle: "short" },
  weekday: { weekday: "long" },
  date: { dateStyle: "long" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A time as the language writes it. */
export function formatTime(
  time: number,
  language: string,
  form: keyof typeof formatOptions,
): string {
  const key = `${language} ${form}`;
  let format = formats.get(key);
  if (format === undefined)
    formats.set(key, (format = new Intl.DateTimeFormat(language, formatOptions[form])));
  return format.format(time);
}

/** When it started: the time, and the date where it is asked for. */
export function renderTime(
  { startedAt }: CallRecordLike,
  language: string,
  withDate = false,
): TemplateResult | typeof nothing {
  const started = new Date(startedAt);
  // A record comes from the host's storage: a time that is none must not break the chat.
  if (Number.isNaN(started.getTime())) return nothing;
  return html`<time datetime=${started.toISOString()}
    >${formatTime(startedAt, language, withDate ? "dateAndTime" : "time")}</time
  >`;
}

/** A record never changes, and in a list that scrolls its words are wanted again and again: three formats are made for each. */
const durations = new WeakMap<CallRecordLike, readonly [language: string, words: string]>();

function durationWords(record: CallRecordLike, seconds: number, language: string): string {
  const [known, words] = durations.get(record) ?? [];
  if (known === language && words !== undefined) return words;
  const spoken = spokenDuration(seconds, language);
  durations.set(record, [language, spoken]);
  return spoken;
}

/** What the words of a record depend on. */
export interface FaceContext {
  readonly localize: Localize;
  readonly language: string;
  /** The present moment, in milliseconds since the epoch. */
  readonly now: number;
}

/** How long it was, or is by now. */
export function renderDuration(
  record: CallRecordLike,
  { localize, language, now }: FaceContext,
): TemplateResult | typeof nothing {
  if (record.outcome === "ongoing") {
    const { connectedAt } = record;
    if (connectedAt === undefined)
      return record.direction === "outgoing" ? html`<span>${localize("calling")}</span>` : nothing;
    return html`<span class="clock" role="timer" aria-live="off"
      >${clockDuration(now - connectedAt, language)}</span
    >`;
  }
  if (record.outcome !== "completed" && !(record.durationSeconds > 0)) return nothing;
  return html`<span>${durationWords(record, record.durationSeconds, language)}</span>`;
}

/** What was measured of protection and path, and nothing where no frame flowed. */
export function renderProtection(
  { protection, relayed, verified }: CallRecordLike,
  localize: Localize,
): TemplateResult | typeof nothing {
  if (protection === "none") return nothing;
  const lock = protection === "protected" && verified ? "verified" : protection;
  const words = localize(`protection.${lock}`);
  return html`<span class="lock ${lock}" title=${words}
      >${icon(lockIcon(lock))}
      <span class="words">${lock === "protected" ? localize("encrypted") : words}</span></span
    >${typeof relayed === "boolean" ? html`<span class="path">${localize(relayed ? "relayed" : "pathDirect")}</span>` : nothing}`;
}

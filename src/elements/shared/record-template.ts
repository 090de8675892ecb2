import {
  html,
  nothing,
  type TemplateResult,
  type ReactiveController,
  type ReactiveControllerHost,
} from "lit";
import type { CallRecordLike } from "../../call/report.ts";
import { talked } from "./clock.ts";
import { lockIcon } from "./status-icons.ts";
import { clockDuration, spokenDuration } from "./duration.ts";
import { anyIcon, type AnyIconName } from "./other-icons.ts";
import type { Localize } from "../words/strings.ts";

/** Maximum milliseconds between checks of the day: a device that slept over midnight has a late timer. */
const longest = 600_000;

/** Renders its host when a new day begins, because "Today" changes. */
export class Midnight implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #now: () => number;
  #day = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, now: () => number = () => Date.now()) {
    this.#host = host;
    this.#now = now;
    host.addController(this);
  }

  hostConnected(): void {
    this.#day = this.#today();
    document.addEventListener("visibilitychange", this.#check);
    this.#wait();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#check);
    clearTimeout(this.#timer);
  }

  readonly #check = (): void => {
    const today = this.#today();
    if (today !== this.#day) this.#host.requestUpdate();
    this.#day = today;
    this.#wait();
  };

  #wait(): void {
    clearTimeout(this.#timer);
    const midnight = new Date(this.#now()).setHours(24, 0, 0, 0);
    // Slightly later, to be in the new day.
    this.#timer = setTimeout(this.#check, Math.min(longest, midnight - this.#now() + 50));
  }

  #today(): string {
    return new Date(this.#now()).toDateString();
  }
}

/** Returns `true` for an incoming call that nobody answered. */
export function isMissed({ direction, outcome }: CallRecordLike): boolean {
  return direction === "incoming" && (outcome === "missed" || outcome === "unanswered");
}

/** Returns `true` for a failed or missed call. Only these are highlighted. */
export function isLost(record: CallRecordLike): boolean {
  return record.outcome === "failed" || isMissed(record);
}

/** Returns the icon of direction and outcome. No two variants differ by colour alone. */
export function iconOf(record: CallRecordLike): AnyIconName {
  const { outcome, direction, media } = record;
  if (outcome === "ongoing") return media === "video" ? "video" : "phone";
  if (outcome === "failed") return "triangle-alert";
  if (isMissed(record)) return "phone-missed";
  if (outcome !== "completed" && outcome !== "answered-elsewhere") return "phone-off";
  return direction === "outgoing" ? "phone-outgoing" : "phone-incoming";
}

/** Returns the kind of a call, past or ongoing. */
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

/** Formats of a time. */
const formatOptions = {
  time: { timeStyle: "short" },
  dateAndTime: { dateStyle: "medium", timeStyle: "short" },
  weekday: { weekday: "long" },
  date: { dateStyle: "long" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Cached: creating a format takes longer than a hundred uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a time in the format of a language. */
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

/** Renders the start of a call: the time, and the date on request. */
export function renderTime(
  { startedAt }: CallRecordLike,
  language: string,
  withDate = false,
): TemplateResult | typeof nothing {
  const started = new Date(startedAt);
  // Records come from the host's storage: an invalid time must not break the chat.
  if (Number.isNaN(started.getTime())) return nothing;
  return html`<time datetime=${started.toISOString()}
    >${formatTime(startedAt, language, withDate ? "dateAndTime" : "time")}</time
  >`;
}

/** Cached by record, which is immutable: a scrolling list renders durations repeatedly, with three formats each. */
const durations = new WeakMap<CallRecordLike, readonly [language: string, words: string]>();

function durationWords(record: CallRecordLike, seconds: number, language: string): string {
  const [known, words] = durations.get(record) ?? [];
  if (known === language && words !== undefined) return words;
  const spoken = spokenDuration(seconds, language);
  durations.set(record, [language, spoken]);
  return spoken;
}

/** Context for the text of a record. */
export interface FaceContext {
  readonly localize: Localize;
  readonly language: string;
  /** Current time in milliseconds since the epoch. */
  readonly now: number;
}

/** Renders the duration of a call, so far for an ongoing one. */
export function renderDuration(
  record: CallRecordLike,
  { localize, language, now }: FaceContext,
): TemplateResult | typeof nothing {
  if (record.outcome === "ongoing") {
    const { connectedAt, talk } = record;
    if (connectedAt === undefined)
      return record.direction === "outgoing" ? html`<span>${localize("calling")}</span>` : nothing;
    return html`<span class="clock" role="timer" aria-live="off"
      >${clockDuration(talked({ connectedAt, talk }, now), language)}</span
    >`;
  }
  if (record.outcome !== "completed" && !(record.durationSeconds > 0)) return nothing;
  return html`<span>${durationWords(record, record.durationSeconds, language)}</span>`;
}

/** Renders the measured protection and path; nothing for a call without frames. */
export function renderProtection(
  { protection, relayed, verified }: CallRecordLike,
  localize: Localize,
): TemplateResult | typeof nothing {
  if (protection === "none") return nothing;
  const lock = protection === "protected" && verified ? "verified" : protection;
  const words = localize(`protection.${lock}`);
  return html`<span class="lock ${lock}" title=${words}
      >${anyIcon(lockIcon(lock))}
      <span class="words">${lock === "protected" ? localize("encrypted") : words}</span></span
    >${typeof relayed === "boolean" ? html`<span class="path">${localize(relayed ? "relayed" : "pathDirect")}</span>` : nothing}`;
}

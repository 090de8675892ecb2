import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CallRecordLike } from "../../call/report.ts";
import {
  iconOf,
  formatTime,
  isLost,
  renderDuration,
  renderProtection,
  renderTime,
  titleOf,
  type FaceContext,
} from "../shared/record-template.ts";
import { type Contact, avatar } from "../shared/contact.ts";
import { anyIcon } from "../shared/other-icons.ts";
import type { Localize } from "../words/strings.ts";
import { midnight } from "./day-list.ts";

/** One call of the list with its position. */
export interface Row extends FaceContext {
  readonly record: CallRecordLike;
  /** Contact of the call with a name; `null` for none. */
  readonly contact: Contact | null;
  /** Unique in the list. */
  readonly id: string;
  /** Index among all rows, from 0. */
  readonly index: number;
  /** Position in its day from 1, and number of calls of that day. */
  readonly place: number;
  readonly count: number;
  /** Offset within its day in CSS pixels. */
  readonly top: number;
  readonly isTabStop: boolean;
  readonly press: (record: CallRecordLike, contact: Contact | null) => void;
}

/** Caches strings for one update: the localizer resolves the language at every call. */
export function remembered(localize: Localize): Localize {
  const said = new Map<string, string>();
  return (key, ...given) => {
    const id = [key, ...given].join("\n");
    const words = said.get(id) ?? localize(key, ...given);
    said.set(id, words);
    return words;
  };
}

/**
 * Returns the name of a day: today and yesterday, a weekday within a week, otherwise its date.
 *
 * @param start its midnight in milliseconds since the epoch; `NaN` for calls without a valid time.
 */
export function nameOfDay(start: number, { localize, language, now }: FaceContext): string {
  if (Number.isNaN(start)) return localize("historyNoDate");
  // Days of 23 or 25 hours count as one day.
  const ago = Math.round((midnight(now) - start) / 86_400_000);
  if (ago === 0 || ago === 1)
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
  return formatTime(start, language, ago > 1 && ago < 7 ? "weekday" : "date");
}

/** Renders the row of a call: contact, time, kind, duration, protection, and its button. */
export function renderRow(row: Row): TemplateResult {
  const { record, contact, id, localize, language } = row;
  const kind = titleOf(record, localize);
  const sign = iconOf(record);
  const time = renderTime(record, language);
  // Nothing is before the facts: a record comes from the host's storage.
  const isAlone = time === nothing && contact === null;
  const variant = `${isLost(record) ? "lost" : record.outcome} ${contact ? "named" : ""}`;
  return html`<div
    class="row ${variant}"
    part="call"
    role="listitem"
    data-index=${row.index}
    aria-setsize=${row.count}
    aria-posinset=${row.place}
    style=${styleMap({ insetBlockStart: `${row.top}px` })}
  >
    ${contact ? avatar(contact, language) : html`<span class="kind" part="icon">${anyIcon(sign, "directed")}</span>`}
    <div class="about" id=${id}>
      <span class="title" part="title">${contact ? html`<bdi>${contact.name}</bdi>` : kind}</span>
      ${time}
      <div
        class="facts ${isExposed(record) ? "exposed" : ""} ${isAlone ? "alone" : ""}"
        part="facts"
      >
        ${contact ? html`<span class="what">${anyIcon(sign, "directed")} <span class="words">${kind}</span></span>` : nothing}
        ${renderDuration(record, row)}${renderProtection(record, localize)}
      </div>
    </div>
    ${renderButton(row)}
  </div>`;
}

/** Returns `true` where the words of the lock must be seen: it is not the expected one. */
const isExposed = ({ protection }: Row["record"]): boolean =>
  protection !== "none" && protection !== "protected";

function renderButton({ record, contact, id, localize, isTabStop, press }: Row) {
  const isOngoing = record.outcome === "ongoing";
  const words = isOngoing
    ? localize("returnToCall")
    : contact
      ? localize("callBackTo", contact.name)
      : localize("callBack");
  return html`<button
    class=${isOngoing ? "accept" : "round"}
    part=${isOngoing ? "open-call" : "call-back"}
    type="button"
    title=${words}
    aria-label=${words}
    aria-describedby=${id}
    tabindex=${isTabStop ? 0 : -1}
    @click=${() => press(record, contact)}
  >
    ${anyIcon(record.media === "video" ? "video" : "phone")}
    ${isOngoing ? html`<span class="words">${words}</span>` : nothing}
  </button>`;
}

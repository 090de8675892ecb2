import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CallRecordLike } from "../../call/ongoing-record.ts";
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
import { avatar } from "../shared/avatar.ts";
import type { Contact } from "../shared/contact.ts";
import { icon } from "../shared/icons.ts";
import type { Localize } from "../words/strings.ts";
import { midnight } from "./day-list.ts";

/** One call of the list, and where it stands there. */
export interface Row extends FaceContext {
  readonly record: CallRecordLike;
  /** Who it was with; `null` where nobody is named. Its name is not empty. */
  readonly contact: Contact | null;
  /** Alone in the whole list. */
  readonly id: string;
  /** Its place among all rows, from 0. */
  readonly index: number;
  /** Its place in its day, from 1, and how many calls that has. */
  readonly place: number;
  readonly count: number;
  /** How far below its day's beginning, in CSS pixels. */
  readonly top: number;
  readonly isTabStop: boolean;
  readonly press: (record: CallRecordLike, contact: Contact | null) => void;
}

/** Looks a word up once an update, not once a row: the localiser reads the language's name anew every time. */
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
 * What a day is called: today and yesterday, a weekday in the week before, else by its date.
 *
 * @param start its midnight, in milliseconds since the epoch; `NaN` for the calls whose time is none.
 */
export function nameOfDay(start: number, { localize, language, now }: FaceContext): string {
  if (Number.isNaN(start)) return localize("historyNoDate");
  // A day of 23 or 25 hours is a day.
  const ago = Math.round((midnight(now) - start) / 86_400_000);
  if (ago === 0 || ago === 1)
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
  return formatTime(start, language, ago > 1 && ago < 7 ? "weekday" : "date");
}

/** The row of a call: who, when, what kind, how long, how protected, and its button. */
export function renderRow(row: Row): TemplateResult {
  const { record, contact, id, localize, language } = row;
  const kind = titleOf(record, localize);
  const sign = iconOf(record);
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
    ${contact ? avatar(contact, language) : html`<span class="kind" part="icon">${icon(sign, "directed")}</span>`}
    <div class="about" id=${id}>
      <span class="title" part="title">${contact ? html`<bdi>${contact.name}</bdi>` : kind}</span>
      ${renderTime(record, language)}
      <div class="facts" part="facts">
        ${contact ? html`<span class="what">${icon(sign, "directed")} <span class="words">${kind}</span></span>` : nothing}
        ${renderDuration(record, row)}${renderProtection(record, localize)}
      </div>
    </div>
    ${renderButton(row)}
  </div>`;
}

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
    ${icon(record.media === "video" ? "video" : "phone")}
    ${isOngoing ? html`<span class="words">${words}</span>` : nothing}
  </button>`;
}

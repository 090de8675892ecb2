import { css, html, nothing, type TemplateResult } from "lit";
import type { CallRecordLike } from "../../call/report.ts";
import type { CallRecord } from "../../call/record.ts";
import { SxCallBackEvent, SxOpenCallEvent } from "../../events/before-and-after-intents.ts";
import { Clock, secondsSince } from "../shared/clock.ts";
import { spokenDuration } from "../shared/duration.ts";
import { anyIcon } from "../shared/other-icons.ts";
import { property } from "../shared/property.ts";
import { number, type PropertyReaders } from "../shared/property-readers.ts";
import { callRecord } from "../shared/read-records.ts";
import {
  iconOf,
  isLost,
  renderDuration,
  renderProtection,
  renderTime,
  titleOf,
  Midnight,
} from "../shared/record-template.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import type { Localize } from "../words/strings.ts";

const styles = css`
  :host {
    display: block;
    inline-size: min(100%, 21rem);
  }
  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: var(--_space-3);
    align-items: center;
    padding: var(--_space-2);
    padding-inline-start: var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
  }
  .kind {
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--_control);
    color: var(--_text);
    font-size: 0.8rem;
  }
  .item.lost .kind,
  .item.lost .title {
    color: var(--_danger-text);
  }
  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    overflow: hidden;
  }
  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .receipt {
    grid-column: 1 / -1;
    min-inline-size: 0;
    margin-inline-end: var(--_space-1);
    font-size: var(--_text-s);
  }
  .receipt summary {
    padding-block: var(--_space-2);
    color: var(--_accent);
    cursor: pointer;
  }
  .receipt summary:focus-visible {
    outline: 3px solid var(--_accent);
    border-radius: var(--_radius-l);
  }
  .receipt dl {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
  }
  .receipt dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-3);
  }
  .receipt dt {
    color: var(--_muted);
  }
  .receipt dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .said {
    overflow: clip;
    overflow-wrap: anywhere;
    font-size: var(--_text-s);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    /* The separator before the first fact of a line is outside, and clipped. */
    margin-inline-start: -0.9em;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .facts > * {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .facts > *::before {
    flex: none;
    content: "·";
    /* Not read aloud, where the engine knows of that. */
    content: "·" / "";
    inline-size: 0.9em;
    margin-inline-end: -0.25em;
    text-align: center;
  }
  .facts .icon {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
  }
  .tampered,
  .unencrypted {
    color: var(--_danger-text);
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }
  .ongoing .kind {
    background: var(--_accept);
    color: #fff;
  }
  /* Below the text: next to it there is too little space in a narrow chat. */
  .ongoing button {
    grid-column: 1 / -1;
    margin-inline-end: var(--_space-1);
    padding-inline: var(--_space-3);
  }
  button.round {
    background: transparent;
    color: var(--_accent);
    font-size: 0.9rem;
  }
  @media (hover: hover) {
    button.round:hover {
      background: var(--_control);
    }
  }
`;

const by = { local: "receiptByYou", remote: "receiptByThem", none: "receiptByNone" } as const;

/** A record comes from the host's storage, and may be of an older kit, which had none of these figures. */
const isNumber = (given: unknown): given is number =>
  typeof given === "number" && Number.isFinite(given) && given >= 0;

/** Renders what a person or a support team asks of a call afterwards; nothing for a record without figures. */
function renderReceipt(
  record: CallRecord,
  localize: Localize,
  language: string,
): TemplateResult | typeof nothing {
  const rows = rowsOf(record, localize, language);
  if (rows.length === 0) return nothing;
  return html`<details class="receipt" part="receipt">
    <summary part="receipt-button">${localize("receipt")}</summary>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

function rowsOf(
  record: CallRecord,
  localize: Localize,
  language: string,
): readonly (readonly [name: string, value: string])[] {
  const { gapSeconds, protectedPercent, bytesSent, bytesReceived, ending } = record;
  const { durationSeconds, reconnections, relayed, verified, connectedAt } = record;
  if (!isNumber(gapSeconds) && !isEnding(ending)) return [];
  const rows: (readonly [string, string])[] = [];
  if (connectedAt !== undefined && isNumber(gapSeconds)) {
    rows.push([localize("receiptDuration"), spokenDuration(durationSeconds, language)]);
    const count = new Intl.NumberFormat(language).format(
      isNumber(reconnections) ? reconnections : 0,
    );
    const seconds = spokenDuration(gapSeconds, language);
    rows.push([localize("receiptGaps"), gapSeconds > 0 ? `${count} (${seconds})` : count]);
    if (typeof relayed === "boolean")
      rows.push([localize("path"), localize(relayed ? "relayed" : "pathDirect")]);
    if (isNumber(protectedPercent)) {
      const percent = new Intl.NumberFormat(language, { style: "percent" });
      rows.push([
        localize("receiptProtected"),
        percent.format(Math.min(100, protectedPercent) / 100),
      ]);
    }
    const isSame = localize(verified === true ? "protection.verified" : "receiptNotVerified");
    rows.push([localize("securityCode"), isSame]);
    if (isNumber(bytesSent) && isNumber(bytesReceived)) {
      const megabytes = new Intl.NumberFormat(language, {
        ...{ style: "unit", unit: "megabyte", maximumFractionDigits: 1 },
      });
      rows.push([localize("receiptData"), megabytes.format((bytesSent + bytesReceived) / 1e6)]);
    }
  }
  if (isEnding(ending)) {
    const { problem } = ending;
    const code = problem === "too-large" ? "bad-signal" : problem;
    // A call that was connected had a connection.
    const isLost = code === "connection-failed" && connectedAt !== undefined;
    const why = code === null ? "" : localize(isLost ? "connectionLost" : `error.${code}`);
    rows.push([localize("receiptEnd"), why || localize(by[ending.by])]);
  }
  return rows;
}

function isEnding(given: unknown): given is NonNullable<CallRecord["ending"]> {
  return typeof given === "object" && given !== null && "by" in given && String(given.by) in by;
}

/**
 * A call as an item of a chat: outcome, time, duration, protection, and a button to call back.
 *
 * Its style differs from a chat message, and its content cannot be edited. An ongoing call shows a running clock and a button
 * that opens it.
 *
 * @tagname sx-call-history-item
 *
 * @fires {SxCallBackEvent} sx-call-back - The call-back button was pressed. Cancelable.
 * @fires {SxOpenCallEvent} sx-open-call - The button of an ongoing call was pressed. The host shows the call.
 *
 * @csspart item - The whole item.
 * @csspart icon - The icon of direction and outcome.
 * @csspart title - The kind of call.
 * @csspart facts - Time, duration, protection and path.
 * @csspart receipt - The details of the call: duration, interruptions, path, protection, data, end.
 * @csspart receipt-button - The button that opens the details.
 * @csspart text - The words of the person who declined.
 * @csspart call-back - The call-back button.
 * @csspart open-call - The button of an ongoing call.
 *
 * @cssprop [--sx-color-raised=#ffffff] - The background.
 * @cssprop [--sx-color-accent=#3453cf] - The button.
 */
export class SxCallHistoryItem extends SxElement {
  static readonly tagName = "sx-call-history-item";
  static override styles = [tokens, buttons, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    record: callRecord,
    now: number({ least: -8.64e15, most: 8.64e15 }),
  };

  protected override readonly localize = this.localizeWith(english);

  /** Record of the call, or `ongoingRecord()` of an ongoing one. `null` renders nothing. */
  @property({ attribute: false }) record: CallRecordLike | null = null;

  /** Current time in milliseconds since the epoch. `null` for the system clock. A call of another day shows its date. */
  @property({ attribute: false }) now: number | null = null;

  constructor() {
    super();
    new Midnight(this);
    new Clock(this, () => (this.record?.outcome === "ongoing" ? secondsSince(this.record) : null));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { record, localize, language } = this;
    if (record === null) return nothing;
    const now = this.now ?? Date.now();
    const title = titleOf(record, localize);
    const sameDay = new Date(record.startedAt).toDateString() === new Date(now).toDateString();
    return html`<article
      class="item ${isLost(record) ? "lost" : record.outcome}"
      part="item"
      aria-label=${title}
    >
      <span class="kind" part="icon">${anyIcon(iconOf(record), "directed")}</span>
      <div class="about">
        <span class="title" part="title">${title}</span>
        <span class="facts" part="facts">
          ${renderTime(record, language, !sameDay)}${renderDuration(record, { localize, language, now })}${renderProtection(record, localize)}
        </span>
        ${declineTextOf(record)}
      </div>
      ${record.outcome === "ongoing" ? this.#renderOpen(record.callId) : this.#renderCallBack(record)}
      ${record.outcome === "ongoing" ? nothing : renderReceipt(record, localize, language)}
    </article>`;
  }

  #renderCallBack({ media, callId }: CallRecordLike) {
    const callBack = this.localize("callBack");
    return html`<button
      class="round"
      part="call-back"
      type="button"
      title=${callBack}
      aria-label=${callBack}
      @click=${() => this.intend(new SxCallBackEvent({ media, callId }))}
    >
      ${anyIcon(media === "video" ? "video" : "phone")}
    </button>`;
  }

  #renderOpen(callId: string) {
    return html`<button
      class="accept"
      part="open-call"
      type="button"
      @click=${() => this.dispatchEvent(new SxOpenCallEvent({ callId }))}
    >
      ${this.localize("returnToCall")}
    </button>`;
  }
}

/** Renders the words of the person who declined, isolated (HTML, `<bdi>`). A record comes from the host's storage. */
function declineTextOf(record: CallRecordLike): TemplateResult | typeof nothing {
  const text = record.outcome === "ongoing" ? undefined : record.text;
  return typeof text === "string" && text !== ""
    ? html`<bdi class="said" part="text">${text.slice(0, 200)}</bdi>`
    : nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-history-item": SxCallHistoryItem;
  }
}

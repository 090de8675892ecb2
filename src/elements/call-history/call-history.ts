import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { CallRecordLike } from "../../call/ongoing-record.ts";
import { SxCallBackEvent } from "../../events/sx-call-back.ts";
import { SxOpenCallEvent } from "../../events/sx-open-call.ts";
import { isMissed, type FaceContext } from "../shared/record-template.ts";
import { avatarStyles } from "../shared/avatar.ts";
import { readContact } from "../../host-values/contact.ts";
import { Midnight } from "../shared/midnight.ts";
import { Clock } from "../shared/clock.ts";
import type { Contact } from "../shared/contact.ts";
import {
  callback,
  callRecords,
  choice,
  number,
  type PropertyReaders,
} from "../shared/read-property.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./call-history.styles.ts";
import { DayList, newestFirst, type Sizes } from "./day-list.ts";
import { nameOfDay, remembered, renderRow } from "./row.ts";

/** Which calls of a history are shown. */
export type CallHistoryFilter = "all" | "missed";

/** Rows beyond each edge: what a thread that scrolls shows before this one hears of it, and where a screen reader walks on. */
const margin = 8;
/** The window moves by so many rows at a time, not at every pixel. */
const stride = 4;
/** How long after a leap the margin follows, in milliseconds: while somebody drags the thumb, every frame is a leap. */
const rest = 100;

/** How far a key moves the focus; `page` is the number of rows that are seen. */
const keys: Readonly<Record<string, (page: number) => number>> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => -Infinity,
  End: () => Infinity,
};

const between = (value: number, least: number, most: number) =>
  Math.max(least, Math.min(value, most));

/**
 * A history of calls, by day, the newest first: a hundred thousand of them as quickly as a hundred.
 *
 * It scrolls by itself, in the height that the page gives it, and draws only the rows that are seen. The rows are one tab stop, in
 * which arrow keys, Page Up, Page Down, Home and End move.
 *
 * @tagname sx-call-history
 *
 * @fires {SxCallBackEvent} sx-call-back - The call-back button of a call was pressed. Cancelable. A call around the list answers it only where `contactOf` names nobody: its contact may be another one.
 * @fires {SxOpenCallEvent} sx-open-call - The button of a call that goes on was pressed: the host shows the call.
 *
 * @csspart filter - The choice between all calls and missed ones.
 * @csspart empty - What is said where there is no call.
 * @csspart list - What scrolls.
 * @csspart date - The heading of a day.
 * @csspart call - The row of a call. All rows are equally high.
 * @csspart avatar - The contact's picture or initials.
 * @csspart icon - The sign of direction and outcome, where no contact is named.
 * @csspart title - The contact's name, or what kind of call it was.
 * @csspart facts - What kind of call it was, its duration, protection and path.
 * @csspart call-back - The button.
 * @csspart open-call - The button of a call that goes on.
 *
 * @cssprop [--sx-color-surface=#f5f6f8] - The background.
 * @cssprop [--sx-color-accent=#3453cf] - The buttons.
 */
export class SxCallHistory extends SxElement {
  static readonly tagName = "sx-call-history";
  static override styles = [tokens, buttons, avatarStyles, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    records: callRecords,
    contactOf: callback,
    filter: choice("all", "missed"),
    now: number({ least: -8.64e15, most: 8.64e15 }),
  };

  protected override readonly localize = this.localizeWith(english);

  /** How the calls went, in any order; `ongoingRecord()` of one that goes on. A list that changes later is not seen: set a new one. */
  @property({ attribute: false }) records: readonly CallRecordLike[] = [];

  /** Says with whom a call was, `null` where nobody is to be named. It is asked for rows that are seen, whenever they are drawn. */
  @property({ attribute: false }) contactOf: ((record: CallRecordLike) => Contact | null) | null =
    null;

  /** Which calls are shown: `all`, or those that were `missed`. */
  @property({ reflect: true }) filter: CallHistoryFilter = "all";

  /** The present moment, in milliseconds since the epoch, where it is not the clock's. */
  @property({ attribute: false }) now: number | null = null;

  @query(".list") private list!: HTMLElement;

  #sorted: readonly CallRecordLike[] = [];
  #shown = new DayList([]);
  #sizes: Sizes = { row: 64, heading: 34 };
  /** Until it is measured: too much is drawn once rather than nothing. */
  #viewHeight = innerHeight;
  #scrollTop = 0;
  #mustScroll = false;
  /** The rows that are drawn: from the first one, up to before the second. */
  #window: readonly [number, number] = [0, 0];
  /** The row of the tab stop. */
  #current = 0;
  #hasFocus = false;
  #mustFocus = false;
  #margin = 0;
  #face: FaceContext = { localize: this.localize, language: "", now: 0 };
  #resting: ReturnType<typeof setTimeout> | undefined;
  readonly #resizing = new ResizeObserver(() => this.#onResize());

  constructor() {
    super();
    new Midnight(this);
    let since: number | null = null;
    let of: readonly CallRecordLike[] = [];
    new Clock(this, () => {
      // Asked at every update; looked for once a list.
      if (of !== this.#sorted)
        since =
          (of = this.#sorted).find(({ outcome }) => outcome === "ongoing")?.connectedAt ?? null;
      return since;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#resizing.observe(this.list);
    // An element that is moved in the document loses where it was scrolled to.
    this.#mustScroll = true;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    clearTimeout(this.#resting);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("records")) this.#sorted = newestFirst(this.records);
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(this);
    const sizes = {
      heading: parseFloat(scrollPaddingTop) || 34,
      row: parseFloat(scrollPaddingBottom) || 64,
    };
    const isOther = changed.has("records") || changed.has("filter");
    if (isOther || sizes.row !== this.#sizes.row || sizes.heading !== this.#sizes.heading)
      this.#arrange(sizes, isOther);
    this.#hasFocus =
      this.#mustFocus || this.shadowRoot?.activeElement?.closest(".row") instanceof HTMLElement;
    if (!this.#hasFocus) this.#bringTabStop();
    const [from, to] = this.#windowNow(0);
    // First what is seen: nothing that is drawn can stay.
    if (from >= this.#window[1] || to <= this.#window[0]) this.#margin = 0;
    this.#window = this.#windowNow(this.#margin);
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    this.#resizing.observe(this.list);
  }

  /** The list is as high as its rows now, and every row that is needed is there: it can be scrolled and focused. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#mustScroll) this.list.scrollTop = this.#scrollTop;
    if (this.#hasFocus) {
      // A row that takes another place in the document loses the focus, and one that goes away leaves it to the next.
      const button = this.list.querySelector<HTMLElement>("[tabindex='0']");
      const wanted = button ?? this.renderRoot.querySelector<HTMLElement>("input:checked");
      if (this.shadowRoot?.activeElement !== wanted) wanted?.focus({ preventScroll: true });
    }
    this.#mustScroll = this.#mustFocus = false;
    clearTimeout(this.#resting);
    if (this.#margin === margin) return;
    // Step by step: all of it at once would be felt by somebody who scrolls on.
    this.#resting = setTimeout(
      () => {
        this.#margin += stride / 2;
        this.requestUpdate();
      },
      this.#margin === 0 ? rest : 0,
    );
  }

  protected override render(): TemplateResult {
    this.#face = {
      localize: remembered(this.localize),
      language: this.language,
      now: this.now ?? Date.now(),
    };
    const count = this.#shown.records.length;
    const nothingWords = () =>
      this.localize(this.filter === "missed" ? "historyNoneMissed" : "historyEmpty");
    return html`<div
        class="filter"
        part="filter"
        role="radiogroup"
        aria-label=${this.localize("historyFilter")}
      >
        ${this.#renderChoice("all", this.localize("historyAll"))}
        ${this.#renderChoice("missed", this.localize("historyMissed"))}
      </div>
      <div class="empty" part="empty" role="status">${count > 0 ? nothing : nothingWords()}</div>
      <div
        class="list"
        part="list"
        @scroll=${this.#onScroll}
        @focusin=${this.#onFocusIn}
        @keydown=${this.#onKeyDown}
      >
        <div class="all" style=${styleMap({ blockSize: `${this.#shown.height(this.#sizes)}px` })}>
          ${repeat(
            this.#drawnDays(),
            ([day]) => String(this.#shown.days[day]?.start),
            ([day, indexes]) => this.#renderDay(day, indexes),
          )}
        </div>
      </div>`;
  }

  #renderChoice(choice: CallHistoryFilter, words: string) {
    return html`<label class=${this.filter === choice ? "chosen" : ""}>
      <input
        type="radio"
        name="filter"
        .checked=${live(this.filter === choice)}
        @change=${() => {
          this.filter = choice;
        }}
      />
      ${words}
    </label>`;
  }

  #renderDay(day: number, indexes: readonly number[]) {
    const top = this.#shown.topOfDay(day, this.#sizes);
    const blockSize = this.#shown.topOfDay(day + 1, this.#sizes) - top;
    const start = this.#shown.days[day]?.start ?? NaN;
    return html`<div
      class="day"
      style=${styleMap({ insetBlockStart: `${top}px`, blockSize: `${blockSize}px` })}
    >
      <div class="date" part="date" role="heading" aria-level="3" id="day-${start}">
        ${nameOfDay(start, this.#face)}
      </div>
      <div role="list" aria-labelledby="day-${start}">
        ${repeat(
          indexes,
          // Counted from the oldest: a row stays the same one when newer calls come in.
          (index) => this.#shown.records.length - index,
          (index) => this.#renderRow(index, day, top),
        )}
      </div>
    </div>`;
  }

  #renderRow(index: number, day: number, top: number) {
    const { records, days } = this.#shown;
    const record = records[index];
    if (record === undefined) return nothing;
    return renderRow({
      record,
      contact: this.#contactIn(record),
      id: `call-${records.length - index}`,
      index,
      place: index - (days[day]?.first ?? 0) + 1,
      count: this.#shown.countOf(day),
      top: this.#shown.topOf(index, this.#sizes) - top,
      isTabStop: index === this.#current,
      press: this.#press,
      ...this.#face,
    });
  }

  /** Whom a host names. A fault in its own code must not take the list away. */
  #contactIn(record: CallRecordLike): Contact | null {
    try {
      const contact = readContact(this.contactOf?.(record));
      return (
        contact && { ...contact, name: contact.name.trim() || this.localize("unknownContact") }
      );
    } catch {
      return null;
    }
  }

  /** Puts the calls that are wanted in their places. What is seen stays where it is, and the tab stop stays on its call. */
  #arrange(sizes: Sizes, isOther: boolean): void {
    const old = this.#shown;
    const seen = old.indexAt(this.#scrollTop, this.#sizes);
    const offset = this.#scrollTop - old.topOf(seen, this.#sizes);
    if (isOther)
      this.#shown = new DayList(
        this.filter === "missed" ? this.#sorted.filter(isMissed) : this.#sorted,
      );
    this.#sizes = sizes;
    const indexOf = (index: number) => {
      const record = old.records[index];
      return record ? Math.max(0, this.#shown.indexOf(record)) : 0;
    };
    this.#current = indexOf(this.#current);
    // At the top one stays there, and sees the call that has just come in.
    if (this.#scrollTop > 0) this.#scrollTo(this.#shown.topOf(indexOf(seen), sizes) + offset);
  }

  #scrollTo(top: number): void {
    this.#scrollTop = between(
      top,
      0,
      Math.max(0, this.#shown.height(this.#sizes) - this.#viewHeight),
    );
    this.#mustScroll = true;
  }

  /** Without focus the tab stop is a row that is seen whole: who comes by the tab key is not taken elsewhere. */
  #bringTabStop(): void {
    const { row, heading } = this.#sizes;
    const first = this.#shown.indexAt(this.#scrollTop + heading + row - 1, this.#sizes);
    const last = this.#shown.indexAt(this.#scrollTop + this.#viewHeight - row, this.#sizes);
    this.#current = between(this.#current, first, Math.max(first, last));
  }

  #windowNow(beyond: number): readonly [number, number] {
    const first = this.#shown.indexAt(this.#scrollTop, this.#sizes) - beyond;
    const end = this.#shown.indexAt(this.#scrollTop + this.#viewHeight, this.#sizes) + 1 + beyond;
    const by = beyond > 0 ? stride : 1;
    return [
      Math.max(0, Math.floor(first / by) * by),
      Math.min(this.#shown.records.length, Math.ceil(end / by) * by),
    ];
  }

  /** The rows to draw, by day: those of the window, and the one that has the focus, wherever it is. */
  #drawnDays(): [day: number, indexes: number[]][] {
    const [from, to] = this.#window;
    const indexes = Array.from({ length: to - from }, (_, index) => from + index);
    if (this.#hasFocus && this.#current < from) indexes.unshift(this.#current);
    else if (this.#hasFocus && this.#current >= to && to > 0) indexes.push(this.#current);
    const days = new Map<number, number[]>();
    for (const index of indexes) {
      const day = this.#shown.dayOf(index);
      const drawn = days.get(day);
      if (drawn) drawn.push(index);
      else days.set(day, [index]);
    }
    return [...days];
  }

  readonly #press = (record: CallRecordLike, contact: Contact | null): void => {
    const { callId, media } = record;
    if (record.outcome === "ongoing") this.dispatchEvent(new SxOpenCallEvent({ callId }));
    else if (contact === null) this.intend(new SxCallBackEvent({ media, callId }));
    else this.dispatchEvent(new SxCallBackEvent({ media, callId, contact }));
  };

  #onResize(): void {
    const height = this.list.clientHeight;
    if (height === this.#viewHeight) return;
    this.#viewHeight = height;
    this.requestUpdate();
  }

  #onScroll(): void {
    this.#scrollTop = this.list.scrollTop;
    if (this.#windowNow(this.#margin).join() !== this.#window.join()) this.requestUpdate();
  }

  #onFocusIn({ target }: FocusEvent): void {
    // Only elements of this list are asked.
    const row = (target as Element).closest<HTMLElement>("[data-index]");
    if (row === null || Number(row.dataset.index) === this.#current) return;
    this.#current = Number(row.dataset.index);
    this.requestUpdate();
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { row, heading } = this.#sizes;
    const step = keys[event.key]?.(Math.max(1, Math.floor((this.#viewHeight - heading) / row)));
    if (step === undefined) return;
    event.preventDefault();
    this.#current = between(this.#current + step, 0, this.#shown.records.length - 1);
    // The heading of the day lies over the first row that is seen.
    const top = this.#shown.topOf(this.#current, this.#sizes);
    this.#scrollTo(between(this.#scrollTop, top + row - this.#viewHeight, top - heading));
    this.#mustFocus = true;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-history": SxCallHistory;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { callback, choice, number, type PropertyReaders } from "../shared/property-readers.ts";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { CallRecordLike } from "../../call/report.ts";
import { SxCallBackEvent, SxOpenCallEvent } from "../../events/before-and-after-intents.ts";
import { isMissed, type FaceContext, Midnight } from "../shared/record-template.ts";
import { withName, type Contact, avatarStyles } from "../shared/contact.ts";
import { readContact } from "../../host-values/host-value.ts";
import { OutliveWindow } from "../shared/outlive-window.ts";
import { Clock, secondsSince } from "../shared/clock.ts";
import { callRecords } from "../shared/read-records.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./call-history.styles.ts";
import { DayList, newestFirst, type Sizes, nameOfDay, remembered, renderRow } from "./day-list.ts";

/** Filter of a call history. */
export type CallHistoryFilter = "all" | "missed";

/** Rows rendered beyond each edge, for scrolling ahead of rendering and for screen readers. */
const margin = 8;
/** Number of rows by which the rendered window moves at a time. */
const stride = 4;
/** Milliseconds until the margin is rendered after a large scroll. Dragging the thumb causes one every frame. */
const rest = 100;

/** Rows that a key moves the focus; `page` is the number of visible rows. */
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
 * A history of calls, grouped by day, the newest first. The rendering time does not depend on the number of calls.
 *
 * It scrolls within the height that the page gives it, and renders only visible rows. All rows share one tab stop. Arrow keys,
 * Page Up, Page Down, Home and End move the focus within the list.
 *
 * @tagname sx-call-history
 *
 * @fires {SxCallBackEvent} sx-call-back - The call-back button of a call was pressed. Cancelable. The nearest call performs it
 * only where `contactOf` names no contact.
 * @fires {SxOpenCallEvent} sx-open-call - The button of an ongoing call was pressed. The host shows the call.
 *
 * @csspart filter - The choice between all calls and missed ones.
 * @csspart empty - The text of an empty list.
 * @csspart list - The scroll container.
 * @csspart date - The heading of a day.
 * @csspart call - The row of a call. All rows have the same height.
 * @csspart avatar - The contact's picture or initials.
 * @csspart icon - The icon of direction and outcome, without a contact.
 * @csspart title - The contact's name, or the kind of call.
 * @csspart facts - Kind of call, duration, protection and path.
 * @csspart call-back - The call-back button.
 * @csspart open-call - The button of an ongoing call.
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

  /**
   * Records in any order; `ongoingRecord()` for an ongoing call. Set a new array to change the list: mutations are not
   * observed.
   */
  @property({ attribute: false }) records: readonly CallRecordLike[] = [];

  /** Returns the contact of a call, or `null` for an unnamed one. Called for visible rows at every rendering. */
  @property({ attribute: false }) contactOf: ((record: CallRecordLike) => Contact | null) | null =
    null;

  /** Calls to show: `all`, or only those that were `missed`. */
  @property({ reflect: true }) filter: CallHistoryFilter = "all";

  /** Current time in milliseconds since the epoch. `null` for the system clock. */
  @property({ attribute: false }) now: number | null = null;

  @query(".list") private list!: HTMLElement;

  #sorted: readonly CallRecordLike[] = [];
  #shown = new DayList([]);
  #sizes: Sizes = { row: 64, heading: 34 };
  /** Initial guess until the first measurement: too many rows are better than none. */
  #viewHeight = innerHeight;
  #scrollTop = 0;
  #mustScroll = false;
  /** Rendered rows: the first index, and the index after the last one. */
  #window: readonly [number, number] = [0, 0];
  /** Row of the tab stop. */
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
    new OutliveWindow(this);
    let ongoing: CallRecordLike | undefined;
    let of: readonly CallRecordLike[] = [];
    new Clock(this, () => {
      // Read at every update, searched once per list.
      if (of !== this.#sorted)
        ongoing = (of = this.#sorted).find(({ outcome }) => outcome === "ongoing");
      return ongoing?.outcome === "ongoing" ? secondsSince(ongoing) : null;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#resizing.observe(this.list);
    // An element that is moved in the document loses its scroll position.
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
    // Visible rows first: none of the rendered rows can be kept.
    if (from >= this.#window[1] || to <= this.#window[0]) this.#margin = 0;
    this.#window = this.#windowNow(this.#margin);
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    this.#resizing.observe(this.list);
  }

  /** The list has its full height and all needed rows now, so it can be scrolled and focused. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#mustScroll) this.list.scrollTop = this.#scrollTop;
    if (this.#hasFocus) {
      // A row that is moved in the document loses the focus; a removed row passes it to the next one.
      const button = this.list.querySelector<HTMLElement>("[tabindex='0']");
      const wanted = button ?? this.renderRoot.querySelector<HTMLElement>("input:checked");
      if (this.shadowRoot?.activeElement !== wanted) wanted?.focus({ preventScroll: true });
    }
    this.#mustScroll = this.#mustFocus = false;
    clearTimeout(this.#resting);
    if (this.#margin === margin) return;
    // In steps: rendering the whole margin at once would make scrolling stutter.
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
          // Counted from the oldest record: a row keeps its key when newer calls arrive.
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

  /** Calls the host's `contactOf`. An exception there must not remove the list. */
  #contactIn(record: CallRecordLike): Contact | null {
    try {
      const contact = readContact(this.contactOf?.(record));
      return contact && withName(contact, this.localize("unknownContact"));
    } catch {
      return null;
    }
  }

  /** Sorts and filters the records. Visible rows keep their place, and the tab stop stays on its call. */
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
    // A list at its top stays there, so that a new call becomes visible.
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

  /** Moves an unfocused tab stop to a fully visible row, so that the Tab key does not scroll. */
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

  /** Returns the rows to render, by day: the window, and the focused row wherever it is. */
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
    // Ignores focus events from outside this list.
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
    // The sticky heading of the day covers the top of the first visible row.
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

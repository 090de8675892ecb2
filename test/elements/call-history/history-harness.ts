import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CallRecord, CallRecordLike, SxCallHistory } from "sx-call-kit";
import { contactOf, manyRecords } from "../../../stories/call-history-records.ts";
import { aRecord, now } from "../../../stories/support/snapshots.ts";
import { ElementHarness } from "../../support/element-harness.ts";

/** The list as a person meets it: what is seen of it, and where the focus is. */
export class HistoryHarness extends ElementHarness<SxCallHistory> {
  static async of(
    records: readonly CallRecordLike[],
    { contacts = false, lang = "en", height = "500px" } = {},
  ): Promise<HistoryHarness> {
    const harness = await ElementHarness.mount<SxCallHistory>(
      html`<sx-call-history
        lang=${lang}
        style=${styleMap({ blockSize: height })}
        .records=${records}
        .now=${now}
        .contactOf=${contacts ? contactOf : null}
      ></sx-call-history>`,
      "sx-call-history",
    );
    return new HistoryHarness(harness.element);
  }

  get list(): HTMLElement {
    return this.part("list");
  }

  get rows(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[role=listitem]")];
  }

  get dates(): string[] {
    return [...this.root.querySelectorAll<HTMLElement>("[role=heading]")].map(
      (heading) => heading.innerText,
    );
  }

  /** The index of the row with the focus, or -1. */
  get focusedRow(): number {
    return Number(
      this.root.activeElement?.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1,
    );
  }

  row(index: number): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-index="${index}"]`)!;
  }

  /** Returns the distance of a row from the top of the visible area. */
  offset(index: number): number {
    return this.row(index).getBoundingClientRect().top - this.list.getBoundingClientRect().top;
  }

  isSeen(index: number): boolean {
    const { clientHeight } = this.list;
    const { height } = this.row(index).getBoundingClientRect();
    return this.offset(index) >= -0.5 && this.offset(index) + height <= clientHeight + 0.5;
  }

  async scroll(top: number): Promise<void> {
    const heard = new Promise((resolve) => {
      this.list.addEventListener("scroll", resolve, { once: true });
    });
    this.list.scrollTop = top;
    await heard;
    await this.settled();
  }

  async show(records: readonly CallRecordLike[]): Promise<void> {
    this.element.records = records;
    await this.settled();
  }

  async focus(index: number): Promise<void> {
    this.row(index).querySelector("button")!.focus();
    await this.settled();
  }
}

export const day = 86_400_000;

export const many = manyRecords(100_000);

/** Calls that began so many milliseconds ago. */
export const calls = (...ages: number[]): CallRecord[] =>
  ages.map((age) => aRecord({ startedAt: now - age, callId: `call-${age}` }));

/** A call that has just come in. */
export const aNewCall = (changes: Partial<CallRecord> = {}): CallRecord =>
  aRecord({ callId: "new", startedAt: now, ...changes });

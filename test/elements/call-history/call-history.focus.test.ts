import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { now } from "../../../stories/support/snapshots.ts";
import { aNewCall, calls, day, HistoryHarness, many } from "./history-harness.ts";

describe("the place of a person in <sx-call-history>", () => {
  it("stays the same when calls come in above it", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.scroll(3210);
    const seen = harness.rows
      .map((row) => Number(row.dataset.index))
      .find((index) => harness.isSeen(index))!;
    const before = harness.offset(seen);
    const later = [2, 1, 0].map((days) =>
      aNewCall({ callId: `new ${days}`, startedAt: now + days * day }),
    );
    await harness.show([...later, ...many]);
    // Engines scroll by whole pixels.
    expect(harness.offset(seen + 3)).to.be.closeTo(before, 1);
    await harness.show(many.slice(2));
    expect(harness.offset(seen - 2)).to.be.closeTo(before, 2);
  });

  it("is at the top where it was at the top: a new call is seen", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.show([aNewCall({ outcome: "busy", direction: "outgoing" }), ...many]);
    expect(harness.list.scrollTop).to.equal(0);
    expect(harness.part("title").innerText).to.equal("Video call: line was busy");
  });

  it("moves by keys, row by row, page by page, to both ends, and is always seen", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.focus(0);
    const walk: [key: string, to: number][] = [
      ["ArrowDown", 1],
      ["ArrowDown", 2],
      ["ArrowUp", 1],
      ["End", 99_999],
      ["ArrowDown", 99_999],
      ["ArrowUp", 99_998],
      ["Home", 0],
      ["ArrowUp", 0],
    ];
    for (const [key, to] of walk) {
      await harness.press(key);
      expect([key, harness.focusedRow]).to.deep.equal([key, to]);
      expect(harness.isSeen(to), `${key} to ${to}`).to.be.true;
    }
    await harness.press("PageDown");
    const page = harness.focusedRow;
    expect(page).to.be.within(4, 8);
    await harness.press("PageDown");
    expect(harness.focusedRow).to.equal(2 * page);
    await harness.press("PageUp");
    expect(harness.focusedRow).to.equal(page);
    // The heading lies over the first row that is seen.
    expect(harness.offset(page)).to.be.at.least(harness.part("date").offsetHeight - 1);
  });

  it("is one tab stop, at a row that is seen", async () => {
    const harness = await HistoryHarness.of(many);
    const stops = () => harness.rows.filter((row) => row.querySelector("[tabindex='0']"));
    expect(stops().map(({ dataset }) => dataset.index)).to.deep.equal(["0"]);
    await harness.scroll(1e6);
    expect(stops().length).to.equal(1);
    harness.root.querySelector<HTMLElement>("input:checked")!.focus();
    await sendKeys({ press: "Tab" });
    expect(harness.isSeen(harness.focusedRow)).to.be.true;
    expect(harness.list.scrollTop).to.equal(1e6);
  });

  it("keeps the focus on a call that is scrolled away, in both directions", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.focus(3);
    for (const top of [1e6, 2e6, 1.5e6, 0, 700]) {
      await harness.scroll(top);
      expect([top, harness.focusedRow]).to.deep.equal([top, 3]);
    }
    await harness.press("End");
    await harness.scroll(2e6);
    await harness.scroll(1e6);
    expect(harness.focusedRow).to.equal(99_999);
    await harness.press("ArrowUp");
    expect(harness.isSeen(99_998)).to.be.true;
  });

  it("keeps the focus on its call when others come in, and when the call is over", async () => {
    const records = many.slice(0, 50);
    const harness = await HistoryHarness.of(records);
    await harness.focus(2);
    await harness.show([aNewCall(), ...structuredClone(records)]);
    expect(harness.focusedRow).to.equal(3);
    harness.element.filter = "missed";
    await harness.settled();
    harness.element.filter = "all";
    await harness.settled();
    expect(harness.focusedRow).to.be.at.least(0);
  });

  it("gives the focus of a call that is deleted to the next older one, and of the last one to the filter", async () => {
    const records = calls(0, 1000, 2000);
    const harness = await HistoryHarness.of(records);
    await harness.focus(1);
    await harness.show([records[0]!, records[2]!]);
    expect(harness.focusedRow).to.equal(1);
    await harness.show([records[0]!]);
    expect(harness.focusedRow).to.equal(0);
    await harness.show([]);
    expect((harness.root.activeElement as HTMLInputElement).type).to.equal("radio");
  });

  it("does not take the focus from elsewhere", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.focus(1);
    harness.root.querySelector<HTMLElement>("input:checked")!.focus();
    await harness.scroll(1e6);
    await harness.show(many.slice(5));
    expect(harness.focusedRow).to.equal(-1);
  });
});

import "sx-call-kit/define";
import { aTimeout, expect } from "@open-wc/testing";
import type { CallRecordLike } from "sx-call-kit";
import { contactOf } from "../../../stories/call-history-records.ts";
import { mallory } from "../../../stories/support/contacts.ts";
import { aRecord, now } from "../../../stories/support/snapshots.ts";
import { protections } from "../../../stories/support/unions.ts";
import { aNewCall, calls, day, HistoryHarness, many } from "./history-harness.ts";

describe("<sx-call-history>", () => {
  it("puts calls under the days they were on, the newest first, whatever order they come in", async () => {
    const records = Object.freeze(calls(2 * day, 40 * day, 1000, day, 0));
    const harness = await HistoryHarness.of(records);
    expect(harness.dates).to.deep.equal(["Today", "Yesterday", "Wednesday", "October 11, 2026"]);
    expect(
      harness.rows.map(({ ariaPosInSet, ariaSetSize }) => `${ariaPosInSet}/${ariaSetSize}`),
    ).to.deep.equal(
      ["1/2", "2/2", "1/1", "1/1", "1/1"], // prettier-ignore
    );
    expect(records[0]?.callId).to.equal(`call-${2 * day}`);
  });

  it("names days and tells times as the language does", async () => {
    const harness = await HistoryHarness.of(calls(0, day, 40 * day), { lang: "de" });
    expect(harness.dates).to.deep.equal(["Heute", "Gestern", "11. Oktober 2026"]);
    expect(harness.root.querySelector("time")!.innerText).to.equal("14:05");
  });

  it("shows calls without a valid time at the end", async () => {
    const harness = await HistoryHarness.of([aRecord({ startedAt: Number.NaN }), ...calls(0)]);
    expect(harness.dates).to.deep.equal(["Today", "Date unknown"]);
  });

  it("is a list for each day, named by it, for those who listen", async () => {
    const harness = await HistoryHarness.of(calls(0, day));
    const lists = [...harness.root.querySelectorAll("[role=list]")];
    const names = lists.map(
      (list) => harness.root.getElementById(list.getAttribute("aria-labelledby")!)?.innerText,
    );
    expect(names).to.deep.equal(["Today", "Yesterday"]);
    expect(lists.flatMap((list) => [...list.children]).every(({ role }) => role === "listitem")).to
      .be.true;
  });

  it("draws the rows that are seen, of a hundred thousand", async () => {
    const harness = await HistoryHarness.of(many);
    expect(harness.rows.length).to.be.lessThan(40);
    expect(harness.isSeen(0)).to.be.true;
    await harness.scroll(harness.list.scrollHeight / 2);
    expect(harness.rows.length).to.be.lessThan(40);
    const inTheMiddle = harness.rows.filter((row) => harness.isSeen(Number(row.dataset.index)));
    expect(inTheMiddle.length).to.be.greaterThan(3);
    await harness.scroll(harness.list.scrollHeight);
    expect(harness.isSeen(99_999)).to.be.true;
    expect(harness.offset(99_999) + harness.row(99_999).offsetHeight).to.be.closeTo(
      harness.list.clientHeight,
      1,
    );
  });

  it("draws some rows beyond what is seen, once it rests", async () => {
    const harness = await HistoryHarness.of(many);
    const isDrawn = (index: number) =>
      harness.rows.some((row) => row.dataset.index === String(index));
    const seen = () =>
      Math.max(
        ...harness.rows
          .map((row) => Number(row.dataset.index))
          .filter((index) => harness.isSeen(index)),
      );
    while (!isDrawn(seen() + 8)) await aTimeout(10);
    await harness.scroll(harness.list.scrollHeight / 2);
    while (!isDrawn(seen() + 8)) await aTimeout(10);
  });

  it("keeps a day's heading at the upper edge while its calls are seen", async () => {
    const harness = await HistoryHarness.of(
      calls(...Array.from({ length: 30 }, (_, index) => index * 1000)),
    );
    await harness.scroll(700);
    expect(harness.part("date").getBoundingClientRect().top).to.equal(
      harness.list.getBoundingClientRect().top,
    );
  });

  it("lays no row over another, whatever size the page gives the text", async () => {
    const harness = await HistoryHarness.of(calls(0, 1000, 2000));
    harness.element.style.setProperty("--sx-text-m", "30px");
    harness.element.style.fontSize = "30px";
    harness.element.requestUpdate();
    await harness.settled();
    const [first, second] = [
      harness.row(0).getBoundingClientRect(),
      harness.row(1).getBoundingClientRect(),
    ];
    expect(second.top).to.be.closeTo(first.bottom, 0.1);
    expect(first.height).to.be.greaterThan(70);
    expect(harness.offset(0)).to.be.closeTo(harness.part("date").offsetHeight, 1);
  });

  it("draws no more than the window holds where the page gives it no height", async () => {
    const harness = await HistoryHarness.of(many, { height: "auto" });
    expect(harness.element.clientHeight).to.be.at.most(innerHeight);
    expect(harness.rows.length).to.be.lessThan(60);
  });

  it("shows missed calls alone where that is asked for, by mouse and by keyboard", async () => {
    const records = [aNewCall({ direction: "incoming", outcome: "missed" }), ...calls(0, day)];
    const harness = await HistoryHarness.of(records);
    const [all, missed] = harness.root.querySelectorAll("input");
    missed!.click();
    await harness.settled();
    expect([harness.rows.length, harness.part("title").innerText]).to.deep.equal([
      1,
      "Missed video call",
    ]);
    expect(harness.element.getAttribute("filter")).to.equal("missed");
    missed!.focus();
    await harness.press("ArrowLeft");
    expect([harness.rows.length, all!.checked]).to.deep.equal([3, true]);
  });

  it("has a text for an empty list, and for no missed call", async () => {
    const harness = await HistoryHarness.of([]);
    expect(harness.part("empty").innerText.trim()).to.equal("No calls yet");
    await harness.show(calls(0));
    expect(harness.part("empty").innerText.trim()).to.equal("");
    harness.element.filter = "missed";
    await harness.settled();
    expect(harness.part("empty").innerText.trim()).to.equal("No missed calls");
    expect(harness.rows.length).to.equal(0);
    await expect(harness.element).to.be.accessible();
  });

  it("names contacts, and shows what they call themselves as text", async () => {
    const harness = await HistoryHarness.of(many.slice(0, 8), { contacts: true });
    const titles = harness.rows.map((row) =>
      row.querySelector<HTMLElement>(".title")!.innerText.trim(),
    );
    expect(titles[0]).to.equal("Ann Petersen");
    expect(titles[3]).to.equal(mallory.name.trim());
    expect(titles[7]).to.equal("Unknown contact");
    expect(harness.names.slice(0, 2)).to.deep.equal(["Call back Ann Petersen", "Call back Bob"]);
    expect(harness.part("facts").innerText).to.contain("Incoming audio call");
    expect(harness.root.querySelector("img[onerror], img[src^=javascript]")).to.be.null;
    await expect(harness.element).to.be.accessible();
  });

  it("keeps the words of every protection but the best on a phone, and room for them", async () => {
    const weak = protections.filter(
      (protection) => protection !== "none" && protection !== "protected",
    );
    const records = ["protected" as const, ...weak].map((protection, index) =>
      aRecord({ protection, startedAt: now - index }),
    );
    // As high as all its rows: only those that are seen have words.
    const harness = await HistoryHarness.of(records, { contacts: true, height: "900px" });
    harness.element.style.inlineSize = "390px";
    const [best, ...others] = harness.rows.map(
      (row) => row.querySelector<HTMLElement>(".lock .words")!.offsetWidth,
    );
    expect(best).to.be.at.most(1);
    for (const width of others) expect(width).to.be.greaterThan(100);
  });

  it("tells whom to call back, with what, and about which call", async () => {
    const harness = await HistoryHarness.of([aNewCall({ media: "audio", callId: "call-1" })], {
      contacts: true,
    });
    const asked = harness.heard("sx-call-back");
    await harness.clickWithMouse("call-back");
    harness.element.contactOf = null;
    await harness.settled();
    await harness.clickWithMouse("call-back");
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { media: "audio", callId: "call-1", contact: contactOf({ callId: "call-1" }) },
      { media: "audio", callId: "call-1" },
    ]);
  });

  it("does not let the nearest call dial a contact that it names", async () => {
    const harness = await HistoryHarness.of([aNewCall({ callId: "call-1" })], { contacts: true });
    let requests = 0;
    harness.element.addEventListener("context-request", () => requests++);
    await harness.clickWithMouse("call-back");
    expect(requests).to.equal(0);
    harness.element.contactOf = null;
    await harness.settled();
    await harness.clickWithMouse("call-back");
    expect(requests).to.equal(1);
  });

  it("shows how long a call goes on, and leads back to it", async () => {
    const connectedAt = Date.now() - 61_000;
    const ongoing: CallRecordLike = {
      ...{ callId: "on", direction: "outgoing", media: "audio", outcome: "ongoing" },
      ...{ startedAt: connectedAt, connectedAt, protection: "protected", relayed: null },
    };
    const harness = await HistoryHarness.of([...calls(day), ongoing]);
    harness.element.now = null;
    const clock = () => harness.root.querySelector<HTMLElement>("[role=timer]")?.innerText;
    while (clock() !== "01:02") await aTimeout(20);
    while (clock() === "01:02") await aTimeout(20);
    expect(clock()).to.equal("01:03");
    const opened = harness.heard("sx-open-call");
    await harness.clickWithMouse("open-call");
    expect(opened.map(({ detail, cancelable }) => [detail.callId, cancelable])).to.deep.equal([
      ["on", true],
    ]);
    await expect(harness.element).to.be.accessible();
  });

  it("stays where it was scrolled to when it is moved in the document", async () => {
    const harness = await HistoryHarness.of(many);
    await harness.scroll(5000);
    const parent = harness.element.parentElement!;
    harness.element.remove();
    parent.prepend(harness.element);
    await harness.settled();
    expect(harness.list.scrollTop).to.equal(5000);
  });
});

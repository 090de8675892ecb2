import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import type { CallRecord, SxCallHistoryItem } from "sx-call-kit";
import { aRecord, now } from "../../../stories/support/snapshots.ts";
import { directions, medias, outcomes, protections } from "../../../stories/support/unions.ts";
import { ElementHarness } from "../../support/element-harness.ts";

const mount = (record: CallRecord | null, lang = "en") =>
  ElementHarness.mount<SxCallHistoryItem>(
    html`<sx-call-history-item lang=${lang} .record=${record} .now=${now}></sx-call-history-item>`,
    "sx-call-history-item",
  );

describe("<sx-call-history-item>", () => {
  it("says kind, time, duration and protection of a call", async () => {
    const harness = await mount(aRecord());
    expect(harness.part("title").innerText).to.equal("Outgoing video call");
    expect(harness.part("facts").innerText.replace(/\s+/g, " ")).to.match(/1:52 PM.*12 min, 34 sec.*Encrypted/);
  });

  it("says every outcome in words of its own, for both directions and both media", async () => {
    const said = new Map<string, string>();
    for (const direction of directions) {
      for (const media of medias) {
        for (const outcome of outcomes) {
          const harness = await mount(aRecord({ direction, media, outcome }));
          const title = harness.part("title").innerText;
          expect(title, `${direction} ${media} ${outcome}`).to.match(new RegExp(`${media} call`, "i"));
          said.set(`${direction} ${media} ${outcome}`, title);
        }
      }
    }
    expect(said.get("incoming audio missed")).to.equal("Missed audio call");
    expect(said.get("outgoing video declined")).to.equal("Video call was declined");
    expect(said.get("outgoing audio unanswered")).to.equal("Audio call: no answer");
    // Only the called person's two ways of not answering read the same.
    expect(new Set(said.values()).size).to.equal(said.size - 2);
  });

  it("shows no duration and no lock where nothing flowed", async () => {
    const harness = await mount(aRecord({ outcome: "missed", durationSeconds: 0, protection: "none", relayed: null }));
    expect(harness.part("facts").innerText).to.not.match(/sec|ncrypted/);
  });

  for (const protection of protections) {
    it(`does not say more of a call that was "${protection}" than was measured`, async () => {
      const harness = await mount(aRecord({ protection }));
      const closedLock = harness.root.querySelector("rect[width='18'][y='11']") !== null;
      expect(closedLock).to.equal(protection === "protected");
      await expect(harness.element).to.be.accessible();
    });
  }

  it("says that media went through a relay", async () => {
    expect((await mount(aRecord({ relayed: true }))).text).to.contain("Through a relay");
    expect((await mount(aRecord({ relayed: false }))).text).to.not.contain("relay");
  });

  it("shows the date of a call of another day", async () => {
    const harness = await mount(aRecord());
    expect(harness.text).to.not.contain("2026");
    harness.element.now = now + 86_400_000;
    await harness.settled();
    expect(harness.text).to.contain("Nov 20, 2026");
  });

  it("tells the time as the language does", async () => {
    expect((await mount(aRecord(), "de")).text).to.contain("13:52");
  });

  it("asks to call back with the same media, by mouse and by keyboard", async () => {
    const harness = await mount(aRecord({ media: "audio" }));
    const asked = harness.heard("sx-call-back");
    expect(harness.names).to.deep.equal(["Call back"]);
    await harness.clickWithMouse("call-back");
    await harness.press("Enter");
    expect(asked.map(({ detail }) => detail.media)).to.deep.equal(["audio", "audio"]);
  });

  it("cannot be edited, not even in a page that can", async () => {
    const harness = await ElementHarness.mount<SxCallHistoryItem>(
      html`<div contenteditable="true"><sx-call-history-item .record=${aRecord()}></sx-call-history-item></div>`,
      "sx-call-history-item",
    );
    for (const node of harness.root.querySelectorAll<HTMLElement>("article *")) {
      if (node instanceof HTMLElement) expect(node.isContentEditable, node.localName).to.be.false;
    }
    expect(harness.root.querySelector("input, textarea, [contenteditable]")).to.be.null;
  });

  it("shows nothing without a record, and survives one with a time that is none", async () => {
    expect((await mount(null)).text).to.equal("");
    expect((await mount(aRecord({ startedAt: Number.NaN }))).text).to.contain("Outgoing video call");
  });
});

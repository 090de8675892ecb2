import "sx-call-kit/define";
import { aTimeout, expect } from "@open-wc/testing";
import { html } from "lit";
import { icons } from "../../../src/elements/shared/icons.ts";
import { ongoingRecord, type CallRecordLike, type SxCallHistoryItem } from "sx-call-kit";
import { aRecord, aSnapshot, now } from "../../../stories/support/snapshots.ts";
import {
  directions,
  medias,
  outcomes,
  protections,
  states,
} from "../../../stories/support/unions.ts";
import { ElementHarness } from "../../support/element-harness.ts";

const mount = (record: CallRecordLike | null, lang = "en") =>
  ElementHarness.mount<SxCallHistoryItem>(
    html`<sx-call-history-item lang=${lang} .record=${record} .now=${now}></sx-call-history-item>`,
    "sx-call-history-item",
  );

describe("<sx-call-history-item>", () => {
  it("says kind, time, duration and protection of a call", async () => {
    const harness = await mount(aRecord());
    expect(harness.part("title").innerText).to.equal("Outgoing video call");
    expect(harness.part("facts").innerText.replace(/\s+/g, " ")).to.match(
      /1:52 PM.*12 min, 34 sec.*Encrypted/,
    );
  });

  it("has the figures of a call under a button, and none of an older record", async () => {
    const record = aRecord({
      reconnections: 2,
      gapSeconds: 14,
      protectedPercent: 98,
      bytesSent: 61_200_000,
      bytesReceived: 55_400_000,
      relayed: true,
      ending: { reason: "failed", by: "none", problem: "connection-failed" },
    });
    const harness = await mount(record);
    harness.part("receipt-button").click();
    await harness.settled();
    const words = harness.part("receipt").innerText.replace(/\s+/g, " ");
    expect(words).to.equal(
      "Details Duration 12 min, 34 sec Interruptions 2 (14 sec) Path Through a relay " +
        "Encrypted in both directions 98% Security code Not compared Data used 116.6 MB " +
        "Ended by The connection was lost",
    );
    await expect(harness.element).to.be.accessible();
    expect((await mount(aRecord())).has("receipt")).to.equal(false);
  });

  it("shows no figure that a storage has spoilt", async () => {
    const spoilt = {
      gapSeconds: "x",
      protectedPercent: Number.NaN,
      bytesSent: -1,
      ending: { by: 7 },
    };
    const harness = await mount({ ...aRecord(), ...spoilt } as unknown as CallRecordLike);
    expect(harness.has("receipt")).to.equal(false);
  });

  it("shows the words of the person who declined as text", async () => {
    const text = "<b>In</b> a meeting";
    const harness = await mount(aRecord({ outcome: "declined", text }));
    expect(harness.part("text").innerText).to.equal(text);
    expect(harness.part("text").localName).to.equal("bdi");
  });

  it("has a text for every outcome, in both directions and both media", async () => {
    const said = new Map<string, string>();
    for (const direction of directions) {
      for (const media of medias) {
        for (const outcome of outcomes) {
          const harness = await mount(aRecord({ direction, media, outcome }));
          const title = harness.part("title").innerText;
          expect(title, `${direction} ${media} ${outcome}`).to.match(
            new RegExp(`${media} call`, "i"),
          );
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
    const harness = await mount(
      aRecord({ outcome: "missed", durationSeconds: 0, protection: "none", relayed: null }),
    );
    expect(harness.part("facts").innerText).to.not.match(/sec|ncrypted/);
  });

  for (const protection of protections) {
    it(`does not say more of a call that was "${protection}" than was measured`, async () => {
      const harness = await mount(aRecord({ protection }));
      const closedLock = harness.root.querySelector(`path[d="${icons.lock}"]`) !== null;
      expect(closedLock).to.equal(protection === "protected");
      await expect(harness.element).to.be.accessible();
    });
  }

  it("says whether media went through a relay, and nothing where that is not known", async () => {
    expect((await mount(aRecord({ relayed: true }))).text).to.contain("Through a relay");
    expect((await mount(aRecord({ relayed: false }))).text).to.contain("Direct");
    expect((await mount(aRecord({ relayed: null }))).text).to.not.match(/relay|Direct/);
  });

  it("says that a call was verified where both people said so and nothing was measured against it", async () => {
    expect((await mount(aRecord({ verified: true }))).text).to.contain("Encrypted and verified");
    expect((await mount(aRecord({ verified: true, protection: "tampered" }))).text).to.not.contain(
      "verified",
    );
    expect((await mount(aRecord())).text).to.not.contain("verified");
  });

  it("marks missed and failed calls by an icon, not by colour alone", async () => {
    const iconOf = async (record: CallRecordLike) =>
      (await mount(record)).part("icon").querySelector("svg")!.innerHTML;
    const went = await iconOf(aRecord({ direction: "incoming" }));
    const missed = await iconOf(aRecord({ direction: "incoming", outcome: "missed" }));
    const failed = await iconOf(aRecord({ direction: "incoming", outcome: "failed" }));
    expect(new Set([went, missed, failed]).size).to.equal(3);
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
    const { callId } = aRecord();
    expect(asked.map(({ detail }) => detail)).to.deep.equal([
      { media: "audio", callId },
      { media: "audio", callId },
    ]);
  });

  it("cannot be edited, not even in a page that can", async () => {
    const harness = await ElementHarness.mount<SxCallHistoryItem>(
      html`<div contenteditable="true">
        <sx-call-history-item .record=${aRecord()}></sx-call-history-item>
      </div>`,
      "sx-call-history-item",
    );
    for (const node of harness.root.querySelectorAll<HTMLElement>("article *")) {
      if (node instanceof HTMLElement) expect(node.isContentEditable, node.localName).to.be.false;
    }
    expect(harness.root.querySelector("input, textarea, [contenteditable]")).to.be.null;
  });

  it("shows nothing without a record, and survives an invalid time", async () => {
    expect((await mount(null)).text).to.equal("");
    expect((await mount(aRecord({ startedAt: Number.NaN }))).text).to.contain(
      "Outgoing video call",
    );
  });
});

describe("<sx-call-history-item> of a call that goes on", () => {
  it("shows a clock that runs, and leads back to the call instead of calling again", async () => {
    const connectedAt = Date.now() - 61_000;
    const harness = await mount(
      ongoingRecord(aSnapshot("connected", "video", { startedAt: connectedAt, connectedAt })),
    );
    harness.element.now = null;
    expect(harness.part("title").innerText).to.equal("Video call in progress");
    const clock = () => harness.root.querySelector<HTMLElement>("[role=timer]")?.innerText;
    while (clock() !== "01:02") await aTimeout(20);
    while (clock() === "01:02") await aTimeout(20);
    expect(clock()).to.equal("01:03");

    const [opened, called] = [harness.heard("sx-open-call"), harness.heard("sx-call-back")];
    expect(harness.names).to.deep.equal(["Return to call"]);
    await harness.clickWithMouse("open-call");
    await harness.press("Enter");
    expect(opened.map(({ detail }) => detail)).to.deep.equal([
      { callId: aSnapshot("connected").callId },
      { callId: aSnapshot("connected").callId },
    ]);
    expect([opened[0]?.cancelable, called.length]).to.deep.equal([true, 0]);
    await expect(harness.element).to.be.accessible();
  });

  it("shows no clock before the two sides are connected", async () => {
    const outgoing = await mount(ongoingRecord(aSnapshot("ringing", "audio")));
    expect(outgoing.text).to.match(/^Outgoing audio call.*1:52 PM.*Calling…/);
    const incoming = await mount(ongoingRecord(aSnapshot("incoming", "video")));
    expect(incoming.part("title").innerText).to.equal("Incoming video call");
    for (const harness of [outgoing, incoming])
      expect(harness.root.querySelector("[role=timer]")).to.be.null;
  });

  it("says how protected it is by now", async () => {
    const verification = { local: true, remote: true };
    const record = ongoingRecord(aSnapshot("connected", "audio", { verification, relayed: true }));
    expect((await mount(record)).text).to.match(/Encrypted and verified.*Through a relay/);
  });

  it("is there for every state of a call but before and after it, as frozen plain data", () => {
    const there = states.filter((state) => ongoingRecord(aSnapshot(state)) !== null);
    expect(there).to.deep.equal(states.filter((state) => state !== "idle" && state !== "ended"));
    const record = ongoingRecord(
      aSnapshot("connected", "audio", { verification: { local: true, remote: null } }),
    );
    expect(Object.isFrozen(record)).to.be.true;
    expect(JSON.parse(JSON.stringify(record))).to.deep.equal({
      callId: aSnapshot("connected").callId,
      direction: "outgoing",
      media: "audio",
      outcome: "ongoing",
      startedAt: now - 760_000,
      connectedAt: now - 754_000,
      protection: "protected",
      relayed: false,
    });
  });
});

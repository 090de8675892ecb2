import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { setViewport } from "@web/test-runner-commands";
import { english, type CallSnapshot, type SxIncomingCall } from "sx-call-kit";
import { bob, mallory } from "../../../../stories/support/contacts.ts";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import {
  aCallAside,
  aHeldCall,
  aSnapshot,
  aWaitingCall,
  now,
} from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { ElementHarness } from "../../../support/element-harness.ts";

const waiting = aWaitingCall("audio");
const held = aCallAside();

/** A call with others beside it, whose people the host knows by their calls. */
async function inACall(
  others: readonly CallSnapshot[],
  snapshot = aSnapshot("connected", "audio"),
  tracks: Parameters<CallViewHarness["changeTo"]>[1] = {},
): Promise<CallViewHarness> {
  const harness = await CallViewHarness.show(snapshot, { tracks });
  harness.element.contactOf = (callId) =>
    callId === waiting.callId || callId === held.callId ? bob : null;
  harness.calls.show(snapshot, tracks, others);
  await harness.settled();
  return harness;
}

const banner = (harness: CallViewHarness) =>
  new ElementHarness<SxIncomingCall>(harness.part<SxIncomingCall>("waiting"));
const shownName = ({ root }: CallViewHarness) =>
  [...root.querySelectorAll("[part=name]")].find((name) => name.checkVisibility())!;
const overlaps = (a: Element, b: Element) => {
  const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
};

describe("a call that waits beside the one that is shown", () => {
  it("is a banner that says who calls, with a way to end, to hold, to decline and to ignore", async () => {
    const harness = await inACall([waiting]);
    expect(banner(harness).text).to.contain("Bob Second audio call");
    expect(banner(harness).names).to.deep.equal([
      ...["Decline", "Hold and accept with audio", "End and accept with audio", "Silence"],
    ]);
    for (const part of ["end-and-accept", "hold-and-accept", "decline", "ignore"])
      await banner(harness).clickWithMouse(part);
    const { callId } = waiting;
    expect(harness.calls.asked).to.deep.equal([
      { type: "accept-waiting", callId, media: "audio", active: "end" },
      { type: "accept-waiting", callId, media: "audio", active: "hold" },
      { type: "decline-waiting", callId },
      { type: "ignore-waiting", callId },
    ]);
  });

  it("offers no hold where the call that is shown cannot be held", async () => {
    const harness = await inACall([waiting], aSnapshot("ringing", "audio"));
    expect(banner(harness).names).to.deep.equal(["Decline", "End and accept", "Silence"]);
  });

  it("can be prevented by the host like any other intent, which names the call", async () => {
    const harness = await inACall([waiting]);
    const named: unknown[] = [];
    harness.element.addEventListener("sx-decline", (event) => {
      event.preventDefault();
      named.push(event.detail?.callId);
    });
    await banner(harness).clickWithMouse("decline");
    expect([named, harness.calls.asked]).to.deep.equal([[waiting.callId], []]);
  });

  it("is announced once, and takes no focus", async () => {
    const harness = await inACall([]);
    harness.element.focus();
    const alert = harness.root.querySelector("[role=alert]")!;
    let changes = 0;
    const observer = new MutationObserver(() => (changes += 1));
    observer.observe(alert, { childList: true, characterData: true, subtree: true });
    harness.controls.part("microphone").focus();
    const { focused } = harness.controls;
    harness.calls.show(harness.calls.snapshot, {}, [waiting]);
    await harness.settled();
    harness.calls.show({ ...harness.calls.snapshot }, {}, [{ ...waiting }]);
    await harness.settled();
    observer.takeRecords().forEach(() => (changes += 1));
    expect(alert.textContent.trim()).to.equal("Incoming audio call from Bob");
    expect(changes).to.equal(1);
    expect([harness.controls.focused, focused]).to.deep.equal(["Microphone", "Microphone"]);
    observer.disconnect();
  });

  it("is reached by the keyboard, before the toolbar", async () => {
    const harness = await inACall([waiting]);
    const order = [...harness.root.querySelectorAll("sx-incoming-call, sx-call-controls")].map(
      ({ localName }) => localName,
    );
    expect(order).to.deep.equal(["sx-incoming-call", "sx-call-controls"]);
    banner(harness).part("decline").focus();
    await harness.press("Enter");
    expect(harness.calls.asked).to.deep.equal([
      { type: "decline-waiting", callId: waiting.callId },
    ]);
  });

  for (const [size, tracks] of [
    [[390, 844], {}],
    [[390, 844], "video"],
    [[1280, 800], "video"],
    [[844, 390], {}],
    [[320, 568], {}],
  ] as const) {
    it(`covers neither the toolbar nor the lock: ${size.join(" × ")}, ${tracks === "video" ? "video" : "audio"}`, async () => {
      const isVideo = tracks === "video";
      const harness = await inACall(
        [waiting, held],
        aSnapshot("connected", isVideo ? "video" : "audio"),
        isVideo ? drawnTracks() : {},
      );
      await harness.resize(size[0], size[1]);
      const beside = harness.part("beside");
      const inside = harness.part("surface").getBoundingClientRect();
      for (const part of [beside, harness.lock, shownName(harness)]) {
        const { top, bottom } = part.getBoundingClientRect();
        expect([top >= inside.top, bottom <= inside.bottom], part.className).to.deep.equal([
          true,
          true,
        ]);
      }
      // No word of an answer is cut off.
      const answers = banner(harness).buttons.map(
        ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
      );
      expect(answers).to.deep.equal([true, true, true, true]);
      expect(overlaps(beside, harness.root.querySelector("sx-call-controls")!)).to.equal(false);
      expect(overlaps(beside, harness.lock)).to.equal(false);
    });
  }

  for (const [width, height, seen] of [
    [390, 844, ["decline", "hold-and-accept", "end-and-accept"]],
    [844, 390, ["decline", "hold-and-accept"]],
  ] as const) {
    it(`shows its answers without being scrolled, with text of 200 %: ${String(width)} × ${String(height)}`, async () => {
      document.documentElement.style.fontSize = "32px";
      await setViewport({ width: 1300, height: 900 });
      try {
        const harness = await inACall([waiting]);
        await harness.resize(width, height);
        const { top, bottom } = harness.part("beside").getBoundingClientRect();
        for (const name of seen) {
          const button = banner(harness).part(name).getBoundingClientRect();
          expect([button.top >= top, button.bottom <= bottom], name).to.deep.equal([true, true]);
          expect(button.height).to.be.at.least(44);
        }
      } finally {
        document.documentElement.style.fontSize = "";
        await setViewport({ width: 800, height: 600 });
      }
    });
  }

  it("is not shown in a picture-in-picture window, nor where the host draws the buttons", async () => {
    const harness = await inACall([waiting, held]);
    await harness.resize(200, 150);
    expect(harness.isVisible(".beside")).to.equal(false);
    await harness.resize(390, 700);
    expect(harness.isVisible(".beside")).to.equal(true);
    harness.element.hideControls = true;
    await harness.settled();
    expect(harness.has("beside")).to.equal(false);
  });

  it("passes axe, over a picture and without one", async () => {
    await expect((await inACall([waiting, held])).element).to.be.accessible();
    await expect(
      (await inACall([waiting, held], aSnapshot("connected", "video"), drawnTracks())).element,
    ).to.be.accessible();
  });
});

describe("a call on hold beside the one that is shown", () => {
  it("is a row with its name and a button that swaps", async () => {
    const harness = await inACall([held]);
    expect(harness.part("held").innerText).to.contain("Bob on hold");
    const resumed = harness.heard("sx-resume");
    await harness.clickWithMouse("swap");
    expect(resumed.map(({ detail }) => detail)).to.deep.equal([{ callId: held.callId }]);
    expect(harness.calls.asked).to.deep.equal([{ type: "swap", callId: held.callId }]);
  });

  it("shows a name as text, whatever it is, and the contact of the view where the host's own code fails", async () => {
    const harness = await inACall([held]);
    harness.element.contactOf = () => mallory;
    await harness.settled();
    expect(harness.part("held").querySelector("img") === null).to.equal(true);
    harness.element.contactOf = () => {
      throw new Error("of the host");
    };
    await harness.settled();
    expect(harness.part("held").innerText).to.contain("Ann Petersen on hold");
  });

  it("cannot be swapped while it comes back from a page that was reloaded", async () => {
    const harness = await inACall([{ ...held, state: "connecting", actions: ["hang-up"] }]);
    expect([harness.has("held"), harness.has("swap")]).to.deep.equal([true, false]);
  });
});

describe("a call that is shown on hold", () => {
  it("is shown in place of the clock, and resumed by a button", async () => {
    const harness = await CallViewHarness.show(aHeldCall({ local: true, remote: false }));
    expect([harness.part("status").innerText, harness.announced]).to.deep.equal([
      "On hold",
      "On hold",
    ]);
    expect([harness.has("timer"), harness.has("signs")]).to.deep.equal([false, false]);
    expect(harness.controls.names).to.include("End call").and.not.to.include(english.microphone);
    await harness.clickWithMouse("resume");
    expect(harness.calls.asked).to.deep.equal([{ type: "resume" }]);
    await expect(harness.element).to.be.accessible();
  });

  it("says that the other side holds it, and offers nothing that this side cannot do", async () => {
    const harness = await CallViewHarness.show(aHeldCall({ local: false, remote: true }));
    expect(harness.part("status").innerText).to.equal("Ann Petersen put you on hold");
    expect(harness.text).not.to.contain("is muted");
    expect(harness.has("resume")).to.equal(false);
  });

  it("fires an event with the side that did it", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected", "audio"));
    const [heldFacts, waitingFacts] = [
      harness.heard("sx-call-held"),
      harness.heard("sx-call-waiting"),
    ];
    harness.calls.notify({ type: "held", callId: "one", held: true, by: "remote" });
    harness.calls.show(harness.calls.snapshot, {}, [waiting]);
    harness.calls.notify({ type: "waiting", callId: waiting.callId!, media: "audio" });
    harness.calls.notify({ type: "waiting", callId: "gone", media: "video" });
    expect(heldFacts.map(({ detail }) => detail)).to.deep.equal([
      { callId: "one", held: true, by: "remote" },
    ]);
    expect(waitingFacts.map(({ detail }) => detail)).to.deep.equal([
      { callId: waiting.callId, media: "audio", snapshot: waiting },
      { callId: "gone", media: "video" },
    ]);
  });
});

describe("a view that was reloaded in a call", () => {
  const last = (age = 0): CallSnapshot => {
    const moved = Date.now() - now - age;
    const { asOf, startedAt, connectedAt, ...rest } = aSnapshot("connected", "audio");
    return {
      ...rest,
      asOf: asOf + moved,
      startedAt: (startedAt ?? 0) + moved,
      connectedAt: (connectedAt ?? 0) + moved,
    };
  };

  async function reloaded(lastCall: CallSnapshot | null): Promise<CallViewHarness> {
    const harness = await CallViewHarness.show(aSnapshot("idle"));
    harness.element.lastCall = lastCall;
    await harness.settled();
    return harness;
  }

  it("offers to go on with it, and does so", async () => {
    const snapshot = last();
    const harness = await reloaded(snapshot);
    expect(harness.names).to.deep.equal(["Resume call with Ann Petersen", "Not now"]);
    await expect(harness.element).to.be.accessible();
    const resumed = harness.heard("sx-resume");
    await harness.clickWithMouse("resume");
    expect(harness.calls.asked).to.deep.equal([{ type: "resume-call", last: snapshot, to: "ann" }]);
    expect([resumed[0]?.detail.callId, harness.has("resume")]).to.deep.equal([
      snapshot.callId,
      false,
    ]);
  });

  it("leaves it where the person or the host does not want it", async () => {
    const harness = await reloaded(last());
    harness.element.addEventListener("sx-resume", (event) => event.preventDefault(), {
      once: true,
    });
    await harness.clickWithMouse("resume");
    expect([harness.calls.asked.length, harness.has("resume")]).to.deep.equal([0, true]);
    await harness.clickWithMouse("not-now");
    // The other side is notified, and need not wait.
    expect(harness.calls.asked.map(({ type }) => type)).to.deep.equal(["leave-call"]);
    expect([harness.has("resume"), harness.element.lastCall]).to.deep.equal([false, null]);
  });

  it("offers nothing that is too old, that is no snapshot of a call, or during a call", async () => {
    for (const lastCall of [
      last(60_001),
      { ...last(), callId: "short" },
      {} as CallSnapshot,
      null,
    ]) {
      expect((await reloaded(lastCall)).has("resume")).to.equal(false);
    }
    const harness = await reloaded(last());
    await harness.changeTo(aSnapshot("incoming"));
    expect(harness.has("resume")).to.equal(false);
  });
});

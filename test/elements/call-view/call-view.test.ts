import "sx-call-kit/define";
import { aTimeout, expect, fixture, html } from "@open-wc/testing";
import { CallError, english, type CallSnapshot, type SxCallView } from "sx-call-kit";
import { createSimulatedCall, type SimulatedStep } from "../../../src/simulator/index.ts";
import type { Intent } from "../../../src/call/events.ts";
import { aRecord, aSnapshot, anEnding } from "../../../stories/support/snapshots.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { errorCodes, states } from "../../../stories/support/unions.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

const { show } = CallViewHarness;

describe("<sx-call-view>: what hosts rely on", () => {
  it("has the attributes of the contact, the relay and the ringing", async () => {
    const view = await fixture<SxCallView>(
      html`<sx-call-view
        contact-name="Ann"
        contact-avatar="https://example.invalid/ann.png"
        relay-only
        ring-timeout="20"
      ></sx-call-view>`,
    );
    expect(view.contact).to.deep.equal({
      id: "",
      name: "Ann",
      avatarUrl: "https://example.invalid/ann.png",
    });
    expect([view.relayOnly, view.ringTimeout]).to.deep.equal([true, 20]);
  });

  it("takes the sizes and the colours that a page sets on it into everything inside", async () => {
    const { element, controls } = await show(aSnapshot("connected"));
    const sizeOf = () => getComputedStyle(controls.part("hang-up")).inlineSize;
    expect(sizeOf()).not.to.equal("71px");
    element.style.setProperty("--sx-control-size", "71px");
    await waitUntil(() => sizeOf() === "71px");
    const toolbar = getComputedStyle(controls.part("toolbar"));
    element.style.setProperty("--sx-controls-gap", "41px");
    element.style.setProperty("--sx-controls-direction", "column-reverse");
    element.style.setProperty("--sx-controls-background", "rgb(1, 2, 3)");
    await waitUntil(() => toolbar.rowGap === "41px" && toolbar.flexDirection === "column-reverse");
    const button = getComputedStyle(controls.part("microphone"));
    await waitUntil(() => button.backgroundColor === "rgb(1, 2, 3)");
    const ringing = await show(aSnapshot("incoming"));
    ringing.element.style.setProperty("--sx-control-size", "71px");
    ringing.element.style.setProperty("--sx-avatar-color", "rgb(1, 2, 3)");
    const inner = () =>
      ringing.element.shadowRoot?.querySelector("sx-incoming-call")?.shadowRoot ?? null;
    await waitUntil(() => inner()?.querySelector("[part~=decline]"));
    const styleOf = (part: string) => getComputedStyle(inner()!.querySelector(`[part~=${part}]`)!);
    expect(styleOf("avatar").backgroundColor).to.equal("rgb(1, 2, 3)");
    expect(styleOf("decline").inlineSize).to.equal("71px");
  });

  it("shows a caller without a name as such on the incoming screen, too", async () => {
    const unnamed = await show(aSnapshot("incoming"), { contact: { id: "7", name: " " } });
    const incoming = unnamed.root.querySelector("sx-incoming-call")!;
    await incoming.updateComplete;
    const textOf = (part: string) =>
      incoming.shadowRoot!.querySelector(`[part~="${part}"]`)!.textContent.trim();
    expect([textOf("avatar"), textOf("name")]).to.deep.equal(["?", "Unknown contact"]);
  });

  it("contacts nobody by default", () => {
    const view = document.createElement("sx-call-view");
    expect([view.iceServers, view.relayOnly, view.ringTimeout, view.mediaDevices]).to.deep.equal([
      [],
      false,
      60,
      null,
    ]);
  });

  it("shows the state as a property and as an attribute", async () => {
    const { element, calls } = await show(aSnapshot("idle"));
    expect([element.state, element.getAttribute("state")]).to.deep.equal(["idle", "idle"]);
    calls.show(aSnapshot("incoming"));
    expect([element.state, element.getAttribute("state"), element.snapshot.state]).to.deep.equal(
      Array(3).fill("incoming"),
    );
  });

  it("hands every method to the calls", async () => {
    const { element, calls } = await show(aSnapshot("incoming", "video"));
    await element.startCall({ media: "audio" });
    await element.acceptCall();
    await element.acceptCall({ media: "audio" });
    await element.declineCall();
    await element.ignoreCall();
    await element.hangUp();
    await element.setMicrophone(false);
    await element.setCamera(true);
    await element.flipCamera();
    await element.setScreenShare(true);
    await element.holdCall();
    await element.resumeHeldCall();
    await element.acceptWaitingCall({ callId: "one", media: "video" });
    await element.acceptWaitingCall({ callId: "one", media: "audio", active: "hold" });
    await element.declineWaitingCall("one");
    await element.ignoreWaitingCall("one");
    await element.swapCalls("two");
    await element.resumeCall(null);
    element.answeredElsewhere("one");
    element.declinedElsewhere("two");
    expect(calls.asked).to.deep.equal([
      { type: "start", media: "audio", to: "ann" },
      { type: "accept", media: "video" },
      { type: "accept", media: "audio" },
      { type: "decline" },
      { type: "ignore" },
      { type: "hang-up" },
      { type: "set-device", device: "microphone", on: false },
      { type: "set-device", device: "camera", on: true },
      { type: "flip-camera" },
      { type: "set-device", device: "screen", on: true },
      { type: "hold" },
      { type: "resume" },
      { type: "accept-waiting", callId: "one", media: "video", active: "end" },
      { type: "accept-waiting", callId: "one", media: "audio", active: "hold" },
      { type: "decline-waiting", callId: "one" },
      { type: "ignore-waiting", callId: "one" },
      { type: "swap", callId: "two" },
      { type: "resume-call", last: null, to: "ann" },
      { type: "answered-elsewhere", callId: "one" },
      { type: "declined-elsewhere", callId: "two" },
    ]);
    element.receiveSignal("anything at all");
    expect(calls.received).to.deep.equal(["anything at all"]);
  });

  it("rejects a method with the call's error", async () => {
    const { element, calls } = await show(aSnapshot("connected"));
    calls.failure = new CallError("device-busy", "The camera is in use.");
    const thrown: unknown = await element.setCamera(true).catch((error: unknown) => error);
    expect(thrown).to.equal(calls.failure);
  });

  it("tells what the calls tell as events that reach the page", async () => {
    const { element, calls } = await show(aSnapshot("connecting"));
    const heard: [string, unknown][] = [];
    for (const name of [
      "sx-signal",
      "sx-state-changed",
      "sx-incoming",
      "sx-call-ended",
      "sx-error",
    ] as const) {
      const listen = (event: CustomEvent) => heard.push([name, event.detail]);
      document.addEventListener(name, listen, { once: true });
    }
    const message = {
      protocol: "sx-call/1",
      callId: "c3RvcmllcyBhbmQgdGVzdA",
      seq: 0,
      type: "ringing",
    } as const;
    calls.notify({ type: "signal", message });
    calls.show(aSnapshot("connected"));
    calls.notify({ type: "incoming", callId: message.callId, media: "audio" });
    calls.notify({ type: "ended", record: aRecord() });
    calls.notify({ type: "error", error: new CallError("too-large", "The signal is too large.") });
    expect(heard).to.deep.equal([
      ["sx-signal", { message }],
      ["sx-state-changed", { state: "connected", previous: "connecting" }],
      ["sx-incoming", { callId: message.callId, media: "audio" }],
      ["sx-call-ended", { record: aRecord() }],
      ["sx-error", { code: "too-large", message: "The signal is too large." }],
    ]);
    expect(element.state).to.equal("connected");
  });

  it("tells of a state once, not of every change", async () => {
    const harness = await show(aSnapshot("connected"));
    const changes = harness.heard("sx-state-changed");
    harness.calls.show(aSnapshot("connected", "video", { relayed: true }));
    harness.calls.show(aSnapshot("reconnecting"));
    expect(changes.map(({ detail }) => detail)).to.deep.equal([
      { state: "reconnecting", previous: "connected" },
    ]);
  });
});

describe("<sx-call-view>: intents", () => {
  it("are performed by the call unless prevented", async () => {
    const harness = await show(aSnapshot("incoming", "video"));
    await harness.incoming.clickWithMouse("accept-audio");
    await harness.incoming.clickWithMouse("decline");
    await harness.incoming.clickWithMouse("ignore");
    expect(harness.calls.asked).to.deep.equal([
      { type: "accept", media: "audio" },
      { type: "decline" },
      { type: "ignore" },
    ]);
  });

  it("are not done where an ancestor prevents them, however far up", async () => {
    const harness = await show(aSnapshot("connected"));
    const prevent = (event: Event) => event.preventDefault();
    window.addEventListener("sx-hang-up", prevent);
    await harness.controls.clickWithMouse("hang-up");
    window.removeEventListener("sx-hang-up", prevent);
    expect(harness.calls.asked).to.deep.equal([]);
    await harness.controls.clickWithMouse("hang-up");
    expect(harness.calls.asked).to.deep.equal([{ type: "hang-up" }]);
  });

  it("that fail throw nothing into the page: the calls tell it", async () => {
    const harness = await show(aSnapshot("connected"));
    const thrown: unknown[] = [];
    const listen = (event: PromiseRejectionEvent) => thrown.push(event.reason);
    window.addEventListener("unhandledrejection", listen);
    harness.calls.failure = new CallError("permission-denied", "Refused.");
    await harness.controls.clickWithMouse("camera");
    await aTimeout(0);
    window.removeEventListener("unhandledrejection", listen);
    expect(harness.calls.asked.length).to.equal(1);
    expect(thrown).to.deep.equal([]);
  });

  it("call back with the media of the ended call", async () => {
    const harness = await show(aSnapshot("ended", "video"));
    await harness.clickWithMouse("call-back");
    expect(harness.calls.asked).to.deep.equal([{ type: "start", media: "video", to: "ann" }]);
  });

  it("close the screen of an ended call until the next call, unless prevented", async () => {
    const harness = await show(aSnapshot("ended", "video"));
    harness.element.addEventListener("sx-close", (event) => event.preventDefault(), { once: true });
    await harness.clickWithMouse("close");
    expect(harness.has("ended")).to.be.true;
    await harness.clickWithMouse("close");
    expect([harness.has("ended"), harness.has("idle")]).to.deep.equal([false, true]);
    await harness.changeTo(aSnapshot("inviting"));
    await harness.changeTo(aSnapshot("ended"));
    expect(harness.has("ended")).to.be.true;
  });
});

describe("<sx-call-view>: the screen of an ended call", () => {
  /** A view of a simulated call that has just ended; its clock is the test's. */
  async function ended(script: readonly SimulatedStep[], intent: Intent | null) {
    const harness = await show(aSnapshot("idle"));
    const calls = createSimulatedCall({ script, speed: 0 });
    harness.element.calls = calls;
    const played = { isOver: false };
    void calls.finished.then(() => (played.isOver = true));
    while (!played.isOver) await calls.advance(20);
    if (intent !== null) await calls.perform(intent);
    await harness.settled();
    expect(harness.has("ended")).to.be.true;
    const advance = async (milliseconds: number) => {
      await calls.advance(milliseconds);
      await harness.settled();
    };
    return { harness, calls, advance, closed: harness.heard("sx-close") };
  }
  const call: SimulatedStep = { type: "call", media: "audio" };
  const talk: readonly SimulatedStep[] = [
    { type: "perform", intent: { type: "start", media: "audio" } },
    { type: "accept" },
  ];

  for (const [name, script, intent] of [
    ["hung up", talk, { type: "hang-up" }],
    ["cancelled", talk.slice(0, 1), { type: "hang-up" }],
    ["declined", [call], { type: "decline" }],
    ["answered elsewhere", [call, { type: "end", reason: "answered-elsewhere" }], null],
  ] as const satisfies readonly (readonly [string, readonly SimulatedStep[], Intent | null])[]) {
    it(`closes itself after two seconds of the call's clock: ${name}`, async () => {
      const { harness, advance, closed } = await ended(script, intent);
      await advance(1970);
      expect([harness.has("ended"), closed.length]).to.deep.equal([true, 0]);
      await advance(30);
      expect([harness.has("ended"), closed.length]).to.deep.equal([false, 1]);
    });
  }

  it("stays where somebody else has ended the call, or nobody", async () => {
    for (const reason of ["hung-up", "failed"] as const) {
      const { harness, advance, closed } = await ended([...talk, { type: "end", reason }], null);
      await advance(60_000);
      expect([harness.has("ended"), closed.length]).to.deep.equal([true, 0]);
    }
    const missed = await ended([call], { type: "ignore" });
    await missed.advance(60_000);
    expect(missed.harness.has("ended")).to.be.true;
  });

  it("stays where the host prevents it, or keeps it", async () => {
    const prevented = await ended(talk, { type: "hang-up" });
    prevented.harness.element.addEventListener("sx-close", (event) => event.preventDefault());
    await prevented.advance(60_000);
    expect([prevented.harness.has("ended"), prevented.closed.length]).to.deep.equal([true, 1]);
    const kept = await ended(talk, { type: "hang-up" });
    kept.harness.element.setAttribute("keep-ended", "");
    await kept.advance(60_000);
    expect([kept.harness.has("ended"), kept.closed.length]).to.deep.equal([true, 0]);
    kept.harness.part("close").click();
    await kept.harness.settled();
    expect([kept.harness.has("ended"), kept.closed.length]).to.deep.equal([false, 1]);
  });

  it("closes once: not again after the person has, and not the next call's", async () => {
    const pressed = await ended(talk, { type: "hang-up" });
    pressed.harness.part("close").click();
    await pressed.advance(60_000);
    expect(pressed.closed.length).to.equal(1);
    const again = await ended(talk, { type: "hang-up" });
    await again.advance(1000);
    void again.calls.perform({ type: "start", media: "audio" });
    await again.advance(500);
    await again.calls.perform({ type: "hang-up" });
    await again.advance(1000);
    expect([again.harness.has("ended"), again.closed.length]).to.deep.equal([true, 0]);
    await again.advance(1000);
    expect([again.harness.has("ended"), again.closed.length]).to.deep.equal([false, 1]);
  });

  const primary = async (snapshot: CallSnapshot) => {
    const harness = await show(snapshot);
    return [...harness.root.querySelectorAll(".after .primary")].map((button) =>
      button.getAttribute("part"),
    );
  };
  const end = (ending: CallSnapshot["ending"] & object, changes: Partial<CallSnapshot> = {}) =>
    primary(anEnding(ending, "audio", changes));

  it("proposes another call where that helps, and otherwise to close it", async () => {
    const again = [
      { reason: "unanswered", by: "remote", problem: null },
      { reason: "busy", by: "remote", problem: null },
      { reason: "cancelled", by: "remote", problem: null },
      { reason: "failed", by: "none", problem: "connection-failed" },
      { reason: "failed", by: "none", problem: "timed-out" },
      { reason: "failed", by: "none", problem: "permission-denied" },
      { reason: "failed", by: "remote", problem: null },
    ] as const;
    for (const ending of again)
      expect(await end(ending), JSON.stringify(ending)).to.deep.equal(["call-back"]);
    const over = [
      { reason: "hung-up", by: "local", problem: null },
      { reason: "hung-up", by: "remote", problem: null },
      { reason: "declined", by: "local", problem: null },
      { reason: "declined", by: "remote", problem: null },
      { reason: "answered-elsewhere", by: "none", problem: null },
      { reason: "failed", by: "none", problem: "code-mismatch" },
      { reason: "failed", by: "none", problem: "webrtc-unsupported" },
      { reason: "failed", by: "none", problem: "encryption-unsupported" },
      { reason: "failed", by: "none", problem: "unsupported-version" },
    ] as const;
    for (const ending of over)
      expect(await end(ending), JSON.stringify(ending)).to.deep.equal(["close"]);
  });

  it("keeps the name, which stays where it was, off the person and the words, in every height", async () => {
    const ending = { reason: "failed", by: "none", problem: "bad-signal" } as const;
    for (const size of [
      [300, 400],
      [300, 520],
      [320, 568],
      [390, 844],
      [560, 460],
      [844, 390],
    ]) {
      const harness = await show(anEnding(ending), { size });
      const name = harness.root.querySelector(".person .name")!.getBoundingClientRect();
      for (const below of harness.root.querySelectorAll(".person .avatar, .reason")) {
        if (!below.checkVisibility()) continue;
        const { top, left } = below.getBoundingClientRect();
        expect(top >= name.bottom || left >= name.right, `${size.join(" × ")}: ${below.className}`)
          .to.be.true;
      }
    }
  });

  it("proposes no other call after a mismatch of the code, whoever has found it", async () => {
    for (const verification of [
      { local: false, remote: null },
      { local: null, remote: false },
    ]) {
      expect(
        await end({ reason: "failed", by: "remote", problem: null }, { verification }),
      ).to.deep.equal(["close"]);
    }
  });
});

describe("<sx-call-view>: lifetime", () => {
  it("keeps the call when it is moved in the document, also after an await in the same task", async () => {
    const harness = await show(aSnapshot("connected"));
    const { calls, element } = harness;
    const elsewhere = await fixture(html`<div></div>`);
    element.remove();
    await Promise.resolve();
    elsewhere.append(element);
    await aTimeout(0);
    await harness.changeTo(aSnapshot("reconnecting"));
    expect(element.calls).to.equal(calls);
    expect(harness.announced).to.equal("Reconnecting…");
  });

  it("releases the calls when it has left for good", async () => {
    const harness = await show(aSnapshot("connected"));
    const { calls } = harness;
    const changes = harness.heard("sx-state-changed");
    harness.element.remove();
    await aTimeout(0);
    calls.show(aSnapshot("ended"));
    expect(changes.length).to.equal(0);
    // The host brought them, so they are the host's to close.
    expect(calls.closed).to.be.false;
  });

  it("closes the calls that it made itself, and makes others when it comes back", async () => {
    const view = await fixture<SxCallView>(html`<sx-call-view></sx-call-view>`);
    const parent = view.parentElement!;
    const { calls } = view;
    view.remove();
    await aTimeout(0);
    const thrown: unknown = await calls
      .perform({ type: "start", media: "audio" })
      .catch((error: unknown) => error);
    expect((thrown as CallError).code).to.equal("not-possible");
    parent.append(view);
    expect(view.calls).to.not.equal(calls);
    expect(view.state).to.equal("idle");
  });

  it("shows other calls where it is given some, and so do the controls in it", async () => {
    const harness = await show(aSnapshot("connected", "video"));
    expect(harness.controls.names).to.include(english.flipCamera);
    harness.element.calls = fixedCalls(aSnapshot("ringing", "audio"));
    await harness.settled();
    expect(harness.element.getAttribute("state")).to.equal("ringing");
    expect(harness.controls.names).not.to.include(english.flipCamera);
  });
});

describe("<sx-call-view>: announcements and text", () => {
  for (const state of states) {
    it(`passes axe while ${state}`, async () => {
      const { element } = await show(aSnapshot(state));
      await expect(element).to.be.accessible();
    });
  }

  it("announces every state once, not again with every change", async () => {
    const harness = await show(aSnapshot("inviting"));
    const status = harness.root.querySelector("[role=status]")!;
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(status.textContent));
    observer.observe(status, { childList: true, characterData: true, subtree: true });
    await harness.changeTo(aSnapshot("ringing"));
    await harness.changeTo(aSnapshot("connecting", "video", { step: "keys" }));
    await harness.changeTo(aSnapshot("connecting", "video", { step: "path" }));
    await harness.changeTo(aSnapshot("connected"));
    await harness.changeTo(aSnapshot("connected", "video", { relayed: true }));
    await harness.changeTo(aSnapshot("ended"));
    await waitUntil(() => said.length >= 4);
    expect(said).to.deep.equal([
      "Ringing…",
      "Connecting…",
      "Connected",
      "Ann Petersen ended the call",
    ]);
  });

  for (const problem of errorCodes) {
    it(`says what happened and what to do after "${problem}"`, async () => {
      const harness = await show(anEnding({ reason: "failed", by: "none", problem }));
      expect(harness.part("reason").innerText).to.not.equal("");
      expect(harness.part("advice").innerText).to.not.equal("");
    });
  }

  it("moves the focus into the toolbar when the accepted call replaces the ring", async () => {
    const harness = await show(aSnapshot("incoming", "video"));
    harness.incoming.part("accept-video").focus();
    await harness.changeTo(aSnapshot("connecting"));
    await waitUntil(() => harness.controls.focused === "Microphone");
    harness.controls.part("hang-up").focus();
    await harness.changeTo(aSnapshot("ended"));
    await waitUntil(() => harness.focused === "Close");
  });

  it("does not take the focus from elsewhere", async () => {
    const harness = await show(aSnapshot("incoming"));
    await harness.changeTo(aSnapshot("connecting"));
    await aTimeout(0);
    expect(harness.root.activeElement).to.be.null;
  });

  it("shows the clock of a connected call, and lets it run", async () => {
    const snapshot: CallSnapshot = {
      ...aSnapshot("connected", "audio"),
      connectedAt: Date.now() - 59_500,
    };
    const harness = await show(snapshot);
    const clock = () => harness.root.querySelector("[part~=timer]")!.textContent.trim();
    expect(clock()).to.equal("00:59");
    await waitUntil(() => clock() === "01:00", "the clock stands still");
  });
});

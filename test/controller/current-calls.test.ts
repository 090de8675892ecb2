import { expect } from "@open-wc/testing";
import { BusySide } from "../support/busy-side.ts";
import { callId, signal } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";

const second = "secondCallSecondCall-w";
const third = "thirdCallThirdCall-3-w";
const fourth = "fourthCallFourthCall-w";

const first = callId.slice(0, 6);

describe("a call that comes in during a call", () => {
  let side: BusySide;

  beforeEach(async () => {
    side = await BusySide.inACall();
  });

  afterEach(() => {
    side.source.close();
    expect(side.ports.isAllReleased).to.equal(true);
  });

  it("waits: it is answered as ringing, reported as waiting, and the call that is shown stays as it is", async () => {
    const { snapshot, tracks } = side.source;
    await side.ring(second);
    expect(side.calls).to.deep.equal([`${first} connected`, "second incoming"]);
    expect(side.sent.at(-1)).to.include({ type: "ringing", callId: second });
    expect(side.reported("waiting")).to.deep.equal([
      { type: "waiting", callId: second, media: "audio" },
    ]);
    expect(side.reported("incoming").length).to.equal(1);
    expect([side.source.snapshot === snapshot, side.source.tracks === tracks]).to.deep.equal([
      true,
      true,
    ]);
    expect(Object.isFrozen(side.source.others)).to.equal(true);
  });

  it("opens no device and gathers no address, and contacts nobody but the caller over the host's channel", async () => {
    const before = side.ports.captures.length;
    await side.ring(second);
    expect([side.ports.connection.isDescribed, side.ports.captures.length]).to.deep.equal([
      false,
      before,
    ]);
  });

  it("is missed when its own time to ring is over, and the call that is shown goes on", async () => {
    await side.ports.clock.advance(20_000);
    await side.ring(second);
    await side.ports.clock.advance(59_000);
    expect(side.source.others.length).to.equal(1);
    await side.ports.clock.advance(1000);
    expect([side.calls, side.outcomes]).to.deep.equal([[`${first} connected`], ["second missed"]]);
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "unanswered", callId: second });
  });

  it("that is too late to ring is a missed call, and its caller hears so", async () => {
    const sent = side.sent.length;
    await side.hear(signal("invite", { callId: second, sentAt: side.ports.now() - 60_001 }));
    expect([side.outcomes, side.reported("waiting"), side.sent.length]).to.deep.equal([
      ["second missed"],
      [],
      sent + 1,
    ]);
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "unanswered", callId: second });
    expect(side.source.others.length).to.equal(0);
  });

  it("is one of two at most: a third is busy", async () => {
    for (const id of [second, third, fourth]) await side.ring(id);
    expect(side.calls).to.deep.equal([`${first} connected`, "thirdC incoming", "second incoming"]);
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "busy", callId: fourth });
    expect(side.outcomes).to.deep.equal(["fourth missed"]);
  });

  it("is accepted in the place of the other, which has ended by then with a record of its own", async () => {
    await side.ring(second);
    const microphone = side.ports.devices;
    await side.accept(second, "end");
    expect([side.calls, side.outcomes]).to.deep.equal([
      ["second connected"],
      [`${first} completed`],
    ]);
    expect([microphone.isClosed, side.ports.captures.length]).to.deep.equal([true, 2]);
    expect(
      side.sent.some((message) => message.type === "end" && message.callId === callId),
    ).to.equal(true);
  });

  it("is accepted while the other is on hold: that sends nothing, plays nothing and stays connected", async () => {
    side.ports.cipher.listener.opened(0);
    const { devices, connection } = side.ports;
    await side.ring(second);
    await side.accept(second, "hold");
    expect(side.calls).to.deep.equal(["second connected", `${first} held`]);
    expect(devices.asked).to.deep.equal(["microphone on", "microphone off"]);
    expect(connection.said).to.deep.include({ type: "hold", on: true });
    expect([connection.isClosed, devices.isClosed]).to.deep.equal([false, false]);
    expect(side.reported("held")).to.deep.equal([
      { type: "held", callId, held: true, by: "local" },
    ]);
  });

  it("is declined, of which its caller is notified, or ignored, which it is not", async () => {
    await side.ring(second);
    await side.source.perform({ type: "decline-waiting", callId: second });
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "declined", callId: second });
    await side.ring(third);
    const sent = side.sent.length;
    await side.source.perform({ type: "ignore-waiting", callId: third });
    expect([side.sent.length, side.outcomes]).to.deep.equal([
      sent,
      ["second declined", "thirdC missed"],
    ]);
    expect(side.calls).to.deep.equal([`${first} connected`]);
  });

  it("that its caller takes back is missed", async () => {
    await side.ring(second);
    await side.end(second);
    expect([side.calls, side.outcomes]).to.deep.equal([[`${first} connected`], ["second missed"]]);
  });

  it("becomes the one that is shown, and rings as such, when the other one ends", async () => {
    await side.ring(second);
    const reported = side.notices.length;
    await side.end(callId, "hung-up");
    expect(side.calls).to.deep.equal(["second incoming"]);
    const states = side.notices
      .slice(reported)
      .flatMap((notice) => (notice.type === "changed" ? [notice.previous.state] : []));
    expect(states).to.deep.equal(["connected", "ended"]);
    expect(side.reported("incoming").at(-1)).to.deep.equal({
      type: "incoming",
      callId: second,
      media: "audio",
    });
    await side.source.perform({ type: "accept", media: "audio" });
    expect(side.snapshot.state).to.equal("connecting");
  });

  it("that has rung longest comes first", async () => {
    await side.ring(second);
    await side.ring(third);
    await side.source.perform({ type: "hang-up" });
    expect(side.calls).to.deep.equal(["second incoming", "thirdC incoming"]);
  });

  it("can be answered only where it is there", async () => {
    await side.ring(second);
    const calls = side.calls;
    for (const id of [callId, third, "", "toString"]) {
      const which = { callId: id } as const;
      for (const intent of [
        { type: "accept-waiting", media: "audio", active: "end", ...which },
        { type: "decline-waiting", ...which },
        { type: "ignore-waiting", ...which },
        { type: "swap", ...which },
      ] as const) {
        expect(await codeRejectedBy(side.source.perform(intent)), `${intent.type} ${id}`).to.equal(
          "not-possible",
        );
      }
    }
    expect(await codeRejectedBy(side.source.perform({ type: "swap", callId: second }))).to.equal(
      "not-possible",
    );
    expect(side.calls).to.deep.equal(calls);
  });
});

describe("a call that comes in while another one is dialled", () => {
  it("waits where it is known to come from somebody else, whatever its id is", async () => {
    for (const id of ["00000000000000000000AA", "zzzzzzzzzzzzzzzzzzzzAA"]) {
      const side = new BusySide();
      await side.source.perform({ type: "start", media: "audio", to: "ann" });
      await side.ring(id, "bob");
      expect(side.source.others.map(({ state }) => state)).to.deep.equal(["incoming"]);
      // A call that has no other side yet cannot be put on hold.
      const intent = { type: "accept-waiting", callId: id, media: "audio" } as const;
      expect(await codeRejectedBy(side.source.perform({ ...intent, active: "hold" }))).to.equal(
        "not-possible",
      );
      await side.source.perform({ ...intent, active: "end" });
      expect([side.snapshot.callId, side.outcomes.map((text) => text.slice(7))]).to.deep.equal([
        id,
        ["cancelled"],
      ]);
      side.source.close();
    }
  });

  it("from the person who is dialled is that call", async () => {
    const side = new BusySide();
    await side.source.perform({ type: "start", media: "audio", to: "ann" });
    await side.ring("00000000000000000000AA", "ann");
    expect([side.snapshot.callId, side.snapshot.state]).to.deep.equal([
      "00000000000000000000AA",
      "connecting",
    ]);
    side.source.close();
  });
});

describe("calls on hold", () => {
  let side: BusySide;

  beforeEach(async () => {
    side = await BusySide.inACall();
    await side.ring(second);
    await side.accept(second, "hold");
  });

  afterEach(() => {
    side.source.close();
    expect(side.ports.isAllReleased).to.equal(true);
  });

  it("are swapped: the one resumes with what was on, the other one is silent", async () => {
    const [one, other] = side.ports.captures;
    await side.source.perform({ type: "swap", callId });
    expect(side.calls).to.deep.equal([`${first} connected`, "second held"]);
    expect([one?.asked.at(-1), other?.asked.at(-1)]).to.deep.equal([
      "microphone on",
      "microphone off",
    ]);
    await side.source.perform({ type: "swap", callId: second });
    expect(side.calls).to.deep.equal(["second connected", `${first} held`]);
  });

  it("become the one that is shown when that ends, still on hold, and are resumed there", async () => {
    await side.end(second, "hung-up");
    expect(side.calls).to.deep.equal([`${first} held`]);
    expect(side.snapshot.actions).to.deep.equal(["hang-up", "resume"]);
    await side.source.perform({ type: "resume" });
    expect([side.calls, side.ports.captures[0]?.asked.at(-1)]).to.deep.equal([
      [`${first} connected`],
      "microphone on",
    ]);
  });

  it("end by themselves with a record of their own, and the one that is shown goes on", async () => {
    await side.end(callId, "hung-up");
    expect([side.calls, side.outcomes]).to.deep.equal([
      ["second connected"],
      [`${first} completed`],
    ]);
    expect(side.ports.captures[0]?.isClosed).to.equal(true);
  });

  it("make room for one that rings before they come back", async () => {
    await side.ring(third);
    await side.end(second, "hung-up");
    expect(side.calls).to.deep.equal(["thirdC incoming", `${first} held`]);
    await side.source.perform({ type: "decline" });
    expect(side.calls).to.deep.equal([`${first} held`]);
  });

  it("play nothing, and hear of the other side's hold", async () => {
    await side.source.perform({ type: "hold" });
    side.ports.cipher.listener.opened(0);
    expect(Object.values(side.source.tracks).every((track) => track === null)).to.equal(true);
    await side.source.perform({ type: "resume" });
    expect(side.source.tracks.remoteMicrophone === null).to.equal(false);
    side.ports.connection.listener.controlReceived(JSON.stringify({ type: "hold", on: true }));
    expect(side.snapshot.held).to.deep.equal({ local: false, remote: true });
    expect(side.reported("held").at(-1)).to.deep.equal({
      type: "held",
      callId: second,
      held: true,
      by: "remote",
    });
  });

  it("have no time limit", async () => {
    await side.ports.clock.advance(3_600_000);
    expect(side.calls).to.deep.equal(["second connected", `${first} held`]);
  });
});

describe("a call that another device of the same person has taken", () => {
  it("stops ringing without notifying its caller, on screen and waiting", async () => {
    for (const [what, outcome] of [
      ["answered-elsewhere", "answered-elsewhere"],
      ["declined-elsewhere", "declined"],
    ] as const) {
      const side = await BusySide.inACall();
      await side.ring(second);
      const sent = side.sent.length;
      await side.source.perform({ type: what, callId: second });
      await side.source.perform({ type: "hang-up" });
      await side.ring(third);
      await side.source.perform({ type: what, callId: third });
      expect(side.outcomes).to.deep.equal([
        `second ${outcome}`,
        `${first} completed`,
        `thirdC ${outcome}`,
      ]);
      const ends = side.sent.slice(sent).filter(({ type }) => type === "end");
      expect(ends.map(({ callId: id }) => id)).to.deep.equal([callId]);
      side.source.close();
    }
  });

  it("does the same where its caller says so", async () => {
    const side = await BusySide.inACall();
    await side.ring(second);
    await side.end(second, "answered-elsewhere");
    expect(side.outcomes).to.deep.equal(["second answered-elsewhere"]);
    side.source.close();
  });

  it("does not ring where the word of it was quicker than the invitation, and is left alone where it was taken here", async () => {
    const side = await BusySide.inACall();
    await side.source.perform({ type: "answered-elsewhere", callId: second });
    await side.ring(second);
    await side.source.perform({ type: "answered-elsewhere", callId });
    expect([side.calls, side.outcomes]).to.deep.equal([[`${first} connected`], []]);
    side.source.close();
  });
});

import { expect } from "@open-wc/testing";
import type { Intent } from "../../src/call/events.ts";
import { BusySide } from "../support/busy-side.ts";
import { callId, signal } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const second = "secondCallSecondCall-w";
const third = "thirdCallThirdCall-3-w";
const first = callId.slice(0, 6);

const acceptSecond = (active: "end" | "hold"): Intent => ({
  type: "accept-waiting",
  callId: second,
  media: "audio",
  active,
});

async function withWaiting(): Promise<BusySide> {
  const side = await BusySide.inACall();
  await side.ring(second);
  return side;
}

async function withHeld(): Promise<BusySide> {
  const side = await withWaiting();
  await side.accept(second, "hold");
  return side;
}

function released(side: BusySide): void {
  side.source.close();
  expect(side.ports.isAllReleased).to.equal(true);
}

describe("a call that waits", () => {
  it("and is cancelled just before it is accepted: the other call is neither ended nor held", async () => {
    for (const active of ["end", "hold"] as const) {
      const side = await withWaiting();
      side.source.receive(signal("end", { callId: second, seq: 1, reason: "cancelled" }));
      expect(await codeRejectedBy(side.source.perform(acceptSecond(active)))).to.equal(
        "not-possible",
      );
      expect(side.calls).to.deep.equal([`${first} connected`]);
      expect(side.ports.connection.said).not.to.deep.include({ type: "hold", on: true });
      released(side);
    }
  });

  it("and is cancelled just after it was accepted: the held one comes back to the screen", async () => {
    const side = await withWaiting();
    const accepted = codeRejectedBy(side.source.perform(acceptSecond("hold")));
    side.source.receive(signal("end", { callId: second, seq: 1, reason: "cancelled" }));
    await accepted;
    expect([side.calls, side.outcomes]).to.deep.equal([[`${first} held`], ["second cancelled"]]);
    released(side);
  });

  it("and fails once it is accepted: the held one comes back to the screen", async () => {
    const side = await withWaiting();
    side.ports.set.answer = Promise.reject(new Error("refused"));
    side.ports.set.answer.catch(() => undefined);
    expect(await codeRejectedBy(side.source.perform(acceptSecond("hold")))).to.equal("internal");
    expect(side.calls).to.deep.equal([`${first} held`]);
    released(side);
  });

  it("and is accepted twice: once is enough", async () => {
    const side = await withWaiting();
    const codes = await Promise.all(
      [1, 2].map(() => codeRejectedBy(side.source.perform(acceptSecond("hold")))),
    );
    expect(codes).to.deep.equal([null, "not-possible"]);
    expect(side.source.others.length).to.equal(1);
    released(side);
  });

  it("and ends in the same turn as the one that is shown: two records and nothing left", async () => {
    for (const order of [
      [callId, second],
      [second, callId],
    ]) {
      const side = await withWaiting();
      for (const id of order)
        side.source.receive(signal("end", { callId: id, seq: 9, reason: "hung-up" }));
      await settled();
      expect(side.records.map(({ outcome }) => outcome)).to.have.members(["completed", "missed"]);
      expect([side.snapshot.state, side.source.others.length]).to.deep.equal(["ended", 0]);
      released(side);
    }
  });

  it("and is accepted by whoever hears that the other one has ended: it is the one that is shown by then", async () => {
    const side = await withWaiting();
    const codes: Promise<string | null>[] = [];
    side.source.subscribe((notice) => {
      if (notice.type === "incoming")
        codes.push(codeRejectedBy(side.source.perform({ type: "accept", media: "audio" })));
    });
    await side.end(callId, "hung-up");
    expect(await Promise.all(codes)).to.deep.equal([null]);
    expect([side.snapshot.callId, side.snapshot.state]).to.deep.equal([second, "connecting"]);
    released(side);
  });

  it("while the one that is shown is hung up by whoever hears of the other: the waiting one takes its place", async () => {
    const side = await BusySide.inACall();
    side.source.subscribe(({ type }) => {
      if (type === "waiting") void side.source.perform({ type: "hang-up" });
    });
    await side.ring(second);
    expect(side.calls).to.deep.equal(["second incoming"]);
    released(side);
  });

  it("and the screen is closed by whoever hears of it: both callers are notified, and everything is released", async () => {
    const side = await BusySide.inACall();
    side.source.subscribe(({ type }) => {
      if (type === "waiting") side.source.close();
    });
    await side.ring(second);
    const ends = side.sent.filter(({ type }) => type === "end").map(({ callId: id }) => id);
    expect(ends).to.have.members([callId, second]);
    expect(side.records.length).to.equal(2);
    expect(side.ports.isAllReleased).to.equal(true);
  });
});

describe("a call on hold", () => {
  it("that ends just before it is swapped: the one that is shown stays as it is", async () => {
    const side = await withHeld();
    side.source.receive(signal("end", { callId, seq: 9, reason: "hung-up" }));
    expect(await codeRejectedBy(side.source.perform({ type: "swap", callId }))).to.equal(
      "not-possible",
    );
    expect(side.calls).to.deep.equal(["second connected"]);
    released(side);
  });

  it("that ends while it is swapped in: the other one comes back to the screen, on hold", async () => {
    const side = await withHeld();
    side.source.subscribe((notice) => {
      if (notice.type === "held" && notice.callId === callId && !notice.held) {
        side.source.receive(signal("end", { callId, seq: 9, reason: "hung-up" }));
      }
    });
    await side.source.perform({ type: "swap", callId });
    expect(side.calls).to.deep.equal(["second held"]);
    released(side);
  });

  it("and the one that is shown end at once: two records and nothing left", async () => {
    const side = await withHeld();
    for (const id of [second, callId])
      side.source.receive(signal("end", { callId: id, seq: 9, reason: "hung-up" }));
    await settled();
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["completed", "completed"]);
    expect([side.snapshot.state, side.source.others.length]).to.deep.equal(["ended", 0]);
    released(side);
  });

  it("is held while its path is looked for, and still is when it is found", async () => {
    const side = await BusySide.inACall();
    side.ports.connection.listener.pathChanged("disconnected");
    await side.source.perform({ type: "hold" });
    expect([side.snapshot.state, side.snapshot.held.local]).to.deep.equal(["reconnecting", true]);
    side.ports.connection.listener.pathChanged("connected");
    expect([side.snapshot.state, side.snapshot.held.local]).to.deep.equal(["connected", true]);
    await side.source.perform({ type: "resume" });
    expect(side.ports.devices.asked.at(-1)).to.equal("microphone on");
    released(side);
  });

  it("whose path is lost for good ends beside the one that is shown", async () => {
    const side = await withHeld();
    side.ports.connections[0]?.listener.pathChanged("failed");
    await side.ports.clock.advance(30_000);
    expect([side.calls, side.outcomes]).to.deep.equal([["second connected"], [`${first} failed`]]);
    released(side);
  });

  it("that is resumed while its camera still closes comes back with it", async () => {
    const side = await BusySide.inACall();
    side.ports.capture = "on request";
    await side.ring(second);
    await side.source.perform({ type: "set-device", device: "camera", on: true });
    const held = side.source.perform({ type: "hold" });
    const resumed = side.source.perform({ type: "resume" });
    await Promise.all([held, resumed]);
    expect(side.ports.devices.asked.slice(-2)).to.deep.equal(["microphone on", "camera on"]);
    released(side);
  });

  it("is held and resumed by a listener: it settles, and notices match the state", async () => {
    const side = await BusySide.inACall();
    let turns = 0;
    side.source.subscribe((notice) => {
      if (notice.type !== "held" || turns >= 4) return;
      turns += 1;
      void side.source.perform({ type: notice.held ? "resume" : "hold" }).catch(() => undefined);
    });
    await side.source.perform({ type: "hold" });
    await settled();
    expect(turns).to.equal(4);
    expect(side.snapshot.held.local).to.equal(true);
    expect(side.ports.devices.asked.at(-1)).to.equal("microphone off");
    released(side);
  });

  it("is not swapped with one that rings, nor with one that is only dialled", async () => {
    const side = await withHeld();
    await side.source.perform({ type: "hang-up" });
    await side.source.perform({ type: "hang-up" });
    await side.source.perform({ type: "start", media: "audio", to: "ann" });
    await side.ring(third, "bob");
    expect(await codeRejectedBy(side.source.perform({ type: "swap", callId: third }))).to.equal(
      "not-possible",
    );
    released(side);
  });
});

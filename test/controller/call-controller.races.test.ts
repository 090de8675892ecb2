import { expect } from "@open-wc/testing";
import { CallController } from "../../src/controller/call-controller.ts";
import { callRuntime } from "../../src/controller/call-runtime.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import { CallError } from "../../src/errors.ts";
import { settings } from "../support/call-script.ts";
import { callIn, ControlledCall, Gate, refusal } from "../support/controlled-call.ts";
import { callOptions } from "../support/call-options.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { candidate } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const accept = { type: "accept", media: "audio" } as const;
const hangUp = { type: "hang-up" } as const;

/** Hangs up a call that waits at one point of its set-up. */
async function hungUpAt(
  point: keyof FakePorts["set"],
  lead: (call: ControlledCall) => Promise<unknown>,
) {
  const call = new ControlledCall();
  const gate = new Gate();
  call.ports.set[point] = gate.promise;
  await lead(call);
  await settled();
  await call.controller.perform(hangUp);
  const notices = call.notices.length;
  const connections = call.ports.connections.length;
  return {
    call,
    gate,
    async expectNothingMore() {
      await settled();
      expect(call.notices.length).to.equal(notices);
      expect(call.ports.connections.length).to.equal(connections);
      // Only an answer that is applied has been given its keys before.
      expect(call.ports.ciphers.flatMap(({ keys }) => keys)).to.deep.equal(
        point === "apply" ? ["initiator"] : [],
      );
      expect(call.ports.isAllReleased).to.equal(true);
    },
  };
}

const dialling = async (call: ControlledCall) => void call.dial().catch(() => undefined);
const answering = async (call: ControlledCall) => {
  await call.hear("invite");
  void call.controller.perform(accept).catch(() => undefined);
};
const applying = async (call: ControlledCall) => {
  await call.dial();
  await call.hear("accept");
};

describe("work that is under way when a call ends", () => {
  const points = [
    ["the cipher of a caller", "cipherReady", dialling],
    ["the cipher of a callee", "cipherReady", answering],
    ["the caller's key shares", "agreement", dialling],
    ["the callee's key shares", "agreement", answering],
    ["the offer", "offer", dialling],
    ["the answer", "answer", answering],
    ["the applying of the answer", "apply", applying],
  ] as const;
  for (const [what, point, lead] of points) {
    it(`is done for nothing: ${what} comes late`, async () => {
      const { gate, expectNothingMore } = await hungUpAt(point, lead);
      gate.open();
      await expectNothingMore();
    });

    it(`fails silently: ${what} fails late`, async () => {
      const { gate, expectNothingMore } = await hungUpAt(point, lead);
      gate.refuse(new CallError("insecure", "Too late."));
      await expectNothingMore();
    });
  }

  it("is a device: it is not reported as on in a call that is over", async () => {
    const call = new ControlledCall();
    call.ports.capture = "on request";
    await dialling(call);
    await settled();
    await call.controller.perform(hangUp);
    const before = call.snapshot;
    call.ports.devices.settle("microphone", true);
    expect(call.snapshot === before).to.equal(true);
    expect(call.ports.devices.isClosed).to.equal(true);
  });

  it("is a look at the counters: its result is not reported", async () => {
    const call = await callIn("connected as the caller");
    call.ports.connection.counted = { left: 50 };
    const looked = call.ports.clock.advance(500);
    call.controller.close();
    await looked;
    expect(call.records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
  });

  it("is the check of the caller's proof: it fails silently", async () => {
    const call = new ControlledCall();
    const gate = new Gate();
    call.ports.set.confirm = gate.promise;
    await call.hear("invite");
    await call.controller.perform(accept);
    await call.hear("confirm");
    await call.controller.perform(hangUp);
    const notices = call.notices.length;
    gate.refuse(new CallError("insecure", "Too late."));
    await settled();
    expect(call.notices.length).to.equal(notices);
  });
});

describe("two things at the same moment", () => {
  it("the other side accepts in the moment that this side hangs up: the call is over, and the answer is not applied", async () => {
    const call = await callIn("ringing");
    await call.controller.perform(hangUp);
    await call.hear("accept");
    expect([call.snapshot.state, call.ports.connection.appliedAnswers]).to.deep.equal(["ended", 0]);
  });

  it("both sides hang up: there is one end and one record", async () => {
    const call = await callIn("connected as the caller");
    call.ports.connection.listener.controlReceived('{"type":"end","reason":"hung-up"}');
    expect(await codeRejectedBy(call.controller.perform(hangUp))).to.equal("not-possible");
    await call.hear("end");
    expect(call.records.length).to.equal(1);
    expect(call.sent.filter(({ type }) => type === "end")).to.deep.equal([]);
  });

  it("the ring runs out as the callee accepts: whichever comes first stands", async () => {
    const call = await callIn("incoming");
    await call.ports.clock.advance(59_999);
    const accepted = call.controller.perform(accept);
    await call.ports.clock.advance(1);
    await accepted;
    expect(call.snapshot.state).to.equal("connecting");
    call.controller.close();
  });

  it("a person accepts twice: the second is refused, and one answer leaves", async () => {
    const call = await callIn("incoming");
    const [first, second] = await Promise.all([
      codeRejectedBy(call.controller.perform(accept)),
      codeRejectedBy(call.controller.perform(accept)),
    ]);
    expect([first, second]).to.deep.equal([null, "not-possible"]);
    expect(call.sent.filter(({ type }) => type === "accept").length).to.equal(1);
    call.controller.close();
  });

  it("a person declines what the caller withdraws: it is missed, and nobody is notified twice", async () => {
    const call = await callIn("incoming");
    await call.hear("end", { reason: "cancelled" });
    expect(await codeRejectedBy(call.controller.perform({ type: "decline" }))).to.equal(
      "not-possible",
    );
    expect(call.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
  });

  it("the path comes before the keys: the call is connected once both are there", async () => {
    const call = new ControlledCall();
    const keys = new Gate();
    await call.dial();
    call.ports.cipher.setKeys = () => keys.promise;
    await call.hear("accept");
    await call.pathIs("connected");
    expect(call.snapshot.state).to.equal("connecting");
    keys.open();
    await settled();
    expect(call.snapshot.state).to.equal("connected");
    call.controller.close();
  });

  it("a camera is switched off and on again before it is off: it is on in the end", async () => {
    const call = new ControlledCall();
    call.ports.capture = "on request";
    const dialled = call.dial();
    await settled();
    call.ports.devices.settle("microphone", true);
    await dialled;
    const switchedOn = call.controller.perform({ type: "set-device", device: "camera", on: true });
    call.ports.devices.settle("camera", true);
    await switchedOn;
    const off = codeRejectedBy(
      call.controller.perform({ type: "set-device", device: "camera", on: false }),
    );
    const on = codeRejectedBy(
      call.controller.perform({ type: "set-device", device: "camera", on: true }),
    );
    expect(call.ports.devices.asked.slice(-2)).to.deep.equal(["camera off", "camera on"]);
    call.ports.devices.settle("camera", true);
    await on;
    expect(call.snapshot.local.camera.state).to.equal("on");
    call.controller.close();
    await off;
  });
});

describe("messages that overtake each other", () => {
  it("the callee's candidates overtake its accept: they are added after it", async () => {
    const call = await callIn("ringing");
    await call.hear("candidates", { candidates: [candidate] });
    expect(call.ports.connection.added).to.deep.equal([]);
    await call.hear("accept");
    expect(call.ports.connection.added).to.deep.equal([candidate]);
    call.controller.close();
  });

  it("the caller's candidates overtake the making of the callee's connection: they are added to it", async () => {
    const call = new ControlledCall();
    const ready = new Gate();
    call.ports.set.cipherReady = ready.promise;
    await answering(call);
    await call.hear("candidates", { candidates: [candidate] });
    expect(call.ports.connections.length).to.equal(0);
    ready.open();
    await settled();
    expect(call.ports.connection.added).to.deep.equal([candidate]);
    call.controller.close();
  });

  it("the caller's proof overtakes the callee's own answer: it is checked once that is made", async () => {
    const call = new ControlledCall();
    const answer = new Gate();
    call.ports.set.answer = answer.promise;
    await answering(call);
    await call.hear("confirm");
    expect(call.ports.responders[0]?.confirms).to.equal(0);
    answer.open();
    await settled();
    expect(call.ports.responders[0]?.confirms).to.equal(1);
    call.controller.close();
  });

  it("the sound of the callee's ring comes after its accept: the call does not ring any more", async () => {
    const call = await callIn("inviting");
    await call.hear("accept");
    await call.hear("ringing");
    expect(call.snapshot.state).to.equal("connecting");
    call.controller.close();
  });

  it("the accept comes twice: the answer is applied once", async () => {
    const call = await callIn("ringing");
    await call.hear("accept", { seq: 5 });
    await call.hear("accept", { seq: 5 });
    await call.hear("accept", { seq: 6 });
    expect([call.ports.connection.appliedAnswers, call.ports.cipher.keys]).to.deep.equal([
      1,
      ["initiator"],
    ]);
    call.controller.close();
  });
});

describe("an answer", () => {
  it("whose agreement fails is not applied: nobody without a proof is connected to", async () => {
    const call = await callIn("ringing");
    call.ports.initiators[0]!.agree = () => refusal(new CallError("insecure", "Not theirs."));
    await call.hear("accept");
    await settled();
    expect([
      call.snapshot.state,
      call.ports.connection.appliedAnswers,
      call.ports.cipher.keys,
    ]).to.deep.equal(["ended", 0, []]);
  });

  it("is applied once the worker has its keys: no frame arrives before", async () => {
    const call = await callIn("ringing");
    const gate = new Gate();
    call.ports.cipher.setKeys = () => gate.promise;
    await call.hear("accept");
    await settled();
    expect(call.ports.connection.appliedAnswers).to.equal(0);
    gate.open();
    await settled();
    expect(call.ports.connection.appliedAnswers).to.equal(1);
    call.controller.close();
  });
});

describe("a listener that acts during a notice", () => {
  /** A controller whose listener does something at the first notice of a kind. */
  function reacting(type: string, react: (controller: CallController) => void) {
    const ports = new FakePorts();
    let hasReacted = false;
    const controller: CallController = new CallController(
      ports,
      Lazy.of(callRuntime(ports)),
      settings,
      callOptions,
      (notice) => {
        if (hasReacted || notice.type !== type) return;
        hasReacted = true;
        react(controller);
      },
    );
    return { ports, controller };
  }

  for (const type of ["changed", "signal"]) {
    it(`hangs up at the first notice "${type}": the call is over, and everything is released`, async () => {
      const { ports, controller } = reacting(type, (call) => void call.perform(hangUp));
      await controller.start("video");
      await settled();
      expect([controller.snapshot.state, ports.isAllReleased]).to.deep.equal(["ended", true]);
    });

    it(`closes the call at the first notice "${type}": everything is released`, async () => {
      const { ports, controller } = reacting(type, (call) => call.close());
      await controller.start("video");
      await settled();
      await ports.clock.advance(1000);
      expect([controller.snapshot.state, ports.isAllReleased]).to.deep.equal(["ended", true]);
    });
  }

  it("accepts at the notice of the incoming call: it is answered", async () => {
    const { controller } = reacting("incoming", (call) => void call.perform(accept));
    const call = new ControlledCall();
    await call.dial();
    controller.receive({ ...call.sent[0]!, seq: 0 });
    await settled();
    expect(controller.snapshot.state).to.equal("connecting");
    controller.close();
    call.controller.close();
  });
});

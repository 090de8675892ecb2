import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { CallErrorCode } from "../../src/errors.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { Gate } from "../support/controlled-call.ts";
import { FakePorts } from "../support/fake-ports.ts";
import {
  callId,
  delivered,
  otherCallId,
  samples,
  signal,
  signalTypes,
} from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const start = { type: "start", media: "audio" } as const;
const accept = { type: "accept", media: "audio" } as const;

/** One side over fakes: its own call's other side is the test. */
class FakeSide extends Side {
  readonly ports: FakePorts;

  constructor(options: Partial<CallOptions> = {}, ports = new FakePorts()) {
    super(options, ports);
    this.ports = ports;
  }

  async hear(message: unknown): Promise<void> {
    this.source.receive(message);
    await settled();
  }

  async ring(id = callId): Promise<void> {
    await settled();
    await this.hear(signal("invite", { callId: id, sentAt: this.ports.now() }));
  }
}

describe("the calls of a screen", () => {
  let side: FakeSide;

  beforeEach(async () => {
    side = new FakeSide();
    await settled();
  });

  afterEach(() => {
    side.source.close();
  });

  it("are none in the beginning: nothing can be done but to call", async () => {
    expect(side.snapshot).to.deep.include({ state: "idle", callId: null, actions: [] });
    for (const intent of [
      accept,
      { type: "hang-up" },
      { type: "set-device", device: "camera", on: true },
    ] as const) {
      expect(await codeRejectedBy(side.source.perform(intent))).to.equal("not-possible");
    }
    expect([side.ports.ciphers.length, side.ports.captures.length]).to.deep.equal([0, 0]);
  });

  it("are one at a time: a second cannot be dialled, in any state of the first", async () => {
    await side.source.perform(start);
    expect(await codeRejectedBy(side.source.perform(start))).to.equal("not-possible");
    await side.hear(signal("accept", { callId: side.snapshot.callId! }));
    expect(await codeRejectedBy(side.source.perform(start))).to.equal("not-possible");
    expect(side.ports.connections.length).to.equal(1);
  });

  it("are one where two are dialled in the same turn", async () => {
    const codes = await Promise.all([1, 2].map(() => codeRejectedBy(side.source.perform(start))));
    expect(codes).to.deep.equal([null, "not-possible"]);
  });

  it("follow each other: each is reported as what comes after the one before it", async () => {
    await side.ring();
    await side.source.perform({ type: "decline" });
    const before = side.snapshot;
    const reported = side.notices.length;
    await side.ring(otherCallId);
    const first = side.notices.slice(reported).find(({ type }) => type === "changed");
    expect(first?.type === "changed" && first.previous).to.equal(before);
    expect([side.snapshot.state, side.snapshot.callId]).to.deep.equal(["incoming", otherCallId]);
  });

  it("end with the screen, and nothing can be done any more", async () => {
    await side.source.perform(start);
    side.source.close();
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "cancelled" });
    expect(await codeRejectedBy(side.source.perform(start))).to.equal("not-possible");
    const reported = side.notices.length;
    await side.ring();
    expect(side.notices.length).to.equal(reported);
    expect(side.ports.isAllReleased).to.equal(true);
  });

  it("are made with the options that the host has at that moment", async () => {
    const options = { ringTimeoutSeconds: 60 };
    const changing = new FakeSide(options);
    await changing.source.perform(start);
    await changing.source.perform({ type: "hang-up" });
    options.ringTimeoutSeconds = 1;
    await changing.ring();
    expect(changing.snapshot.state).to.equal("incoming");
    changing.source.close();
  });

  it("are reported to nobody who has unsubscribed", async () => {
    let reported = 0;
    const unsubscribe = side.source.subscribe(() => (reported += 1));
    unsubscribe();
    await side.ring();
    expect(reported).to.equal(0);
  });
});

describe("an invitation", () => {
  let side: FakeSide;

  beforeEach(() => {
    side = new FakeSide();
  });

  afterEach(() => {
    side.source.close();
  });

  it("rings, and is reported with what it asks for", async () => {
    await side.ring();
    expect(side.notices.at(-1)).to.deep.equal({ type: "incoming", callId, media: "video" });
    expect(side.sent.map(({ type }) => type)).to.deep.equal(["ringing"]);
  });

  it("that comes again does not ring again, neither while it rings nor after it", async () => {
    await side.ring();
    await side.ring();
    await side.source.perform({ type: "decline" });
    await side.ring();
    expect(side.notices.filter(({ type }) => type === "incoming").length).to.equal(1);
    expect(side.records.length).to.equal(1);
  });

  it("in another call is turned away as busy where the host wants that, kept as missed, and disturbs nothing", async () => {
    side.source.close();
    side = new FakeSide({ whenBusy: "busy" });
    await side.ring();
    await side.source.perform(accept);
    const before = side.snapshot;
    await side.ring(otherCallId);
    expect(side.sent.at(-1)).to.include({
      type: "end",
      reason: "busy",
      callId: otherCallId,
      seq: 0,
    });
    expect(side.records.map(({ outcome, callId: id }) => [outcome, id])).to.deep.equal([
      ["missed", otherCallId],
    ]);
    expect(side.snapshot === before).to.equal(true);
    const sent = side.sent.length;
    await side.ring(otherCallId);
    expect(side.sent.length).to.equal(sent);
  });

  it("that comes too late does not ring: it is a missed call", async () => {
    await settled();
    await side.hear(signal("invite", { sentAt: side.ports.now() - 60_001 }));
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    // Its caller may have waited longer.
    expect(side.sent.map((message) => message.type === "end" && message.reason)).to.deep.equal([
      "unanswered",
    ]);
    expect(side.errors).to.deep.equal([]);
    expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
  });

  it("whose end overtook it does not ring, and is no error", async () => {
    await settled();
    await side.hear(signal("end", { reason: "cancelled" }));
    await side.ring();
    expect([side.snapshot.state, side.errors, side.sent]).to.deep.equal(["idle", [], []]);
    // Nobody heard it: it is a missed call, and one only.
    await side.ring();
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
  });

  it("that rings while it is taken back is missed", async () => {
    await side.ring();
    await side.hear(signal("end", { seq: 1, reason: "cancelled" }));
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
  });
});

describe("a message of a call that is not there", () => {
  it("is an error of the code unknown-call, unless it is an end", async () => {
    for (const type of signalTypes.filter((name) => name !== "invite")) {
      const side = new FakeSide();
      await settled();
      await side.hear(samples[type]);
      expect(side.errors, type).to.deep.equal(type === "end" ? [] : ["unknown-call"]);
      expect(side.snapshot.state).to.equal("idle");
      side.source.close();
    }
  });

  it("is no error where the call was there before: late messages are normal", async () => {
    const side = new FakeSide();
    await side.ring();
    await side.source.perform({ type: "decline" });
    await side.ring(otherCallId);
    for (const type of ["candidates", "confirm", "end"] as const)
      await side.hear(signal(type, { seq: 9 }));
    expect([side.errors, side.snapshot.state]).to.deep.equal([[], "incoming"]);
    side.source.close();
  });
});

describe("anything that a channel delivers", () => {
  const wrong: readonly (readonly [string, unknown, CallErrorCode])[] = [
    ["nothing", undefined, "bad-signal"],
    ["a text", JSON.stringify(samples.invite), "bad-signal"],
    ["another version", { ...samples.invite, protocol: "sx-call/2" }, "unsupported-version"],
    ["10 MB", { ...samples.invite, offer: "x".repeat(10_000_000) }, "too-large"],
    ["an unknown type", { ...samples.end, type: "future" }, "bad-signal"],
    ["a bad description", { ...samples.invite, offer: "v=0\r\n" }, "bad-signal"],
  ];
  const states: Record<string, (side: FakeSide) => Promise<unknown>> = {
    idle: () => settled(),
    inviting: (side) => side.source.perform(start),
    incoming: (side) => side.ring(),
    connecting: async (side) => {
      await side.ring();
      await side.source.perform(accept);
    },
    connected: async (side) => {
      await side.source.perform(start);
      await side.hear(signal("accept", { callId: side.snapshot.callId! }));
      side.ports.connection.listener.pathChanged("connected");
    },
    ended: async (side) => {
      await side.ring();
      await side.source.perform({ type: "decline" });
    },
  };
  for (const [state, lead] of Object.entries(states)) {
    it(`is answered by an error with its code, and changes nothing: ${state}`, async () => {
      const side = new FakeSide();
      await lead(side);
      const before = side.snapshot;
      expect(before.state).to.equal(state);
      for (const [what, message, code] of wrong) {
        await side.hear(message);
        expect(side.errors.at(-1), what).to.equal(code);
      }
      expect(side.errors.length).to.equal(wrong.length);
      expect(side.snapshot).to.deep.equal(before);
      side.source.close();
    });

    it(`never throws, and never begins or connects a call: ${state}`, async () => {
      const side = new FakeSide();
      await lead(side);
      const hostile = fc.anything({
        withBigInt: true,
        withNullPrototype: true,
        withTypedArray: true,
      });
      const own = { callId: side.snapshot.callId ?? callId };
      const almost = fc
        .tuple(
          fc.constantFrom(...signalTypes.filter((type) => type !== "end")),
          fc.string(),
          hostile,
        )
        .map(([type, field, value]) => ({
          ...delivered(samples[type]),
          ...own,
          seq: 0,
          [field]: value,
          offer: value,
          answer: value,
          mac: value,
        }));
      fc.assert(
        fc.property(fc.oneof(hostile, almost), (message) => side.source.receive(message)),
        { numRuns: 300 },
      );
      await settled();
      expect(side.snapshot.state).to.be.oneOf([state, state === "inviting" ? "ringing" : state]);
      side.source.close();
    });
  }
});

describe("an engine that has not said yet whether it can call", () => {
  const asked = () => {
    const ports = new FakePorts();
    let say: (obstacle: CallErrorCode | null) => void = () => {};
    ports.obstacle = new Promise((resolve) => (say = resolve));
    return {
      side: new FakeSide({}, ports),
      say: (obstacle: CallErrorCode | null) => say(obstacle),
    };
  };

  it("keeps an invitation until it knows, with what follows it", async () => {
    const { side, say } = asked();
    await side.ring();
    await side.hear(signal("end", { seq: 1, reason: "cancelled" }));
    expect([side.sent, side.records]).to.deep.equal([[], []]);
    say(null);
    await settled();
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    side.source.close();
  });

  it("keeps no more than calls could send, and tells what found no room", async () => {
    const { side, say } = asked();
    for (let seq = 0; seq < 1000; seq++) side.source.receive(signal("ringing", { seq }));
    say(null);
    await settled();
    expect(side.errors.filter((code) => code === "unknown-call").length).to.equal(256);
    expect(side.errors.at(-1)).to.equal("too-large");
    side.source.close();
  });

  it("loses no invitation and no end, whatever comes between them", async () => {
    const { side, say } = asked();
    const now = side.ports.now();
    const flood = () => {
      for (let seq = 0; seq < 300; seq++) side.source.receive(signal("ringing", { seq }));
    };
    side.source.receive(signal("invite", { callId: "call-number-one-------", sentAt: now }));
    flood();
    side.source.receive(signal("end", { callId: "call-number-one-------", seq: 1 }));
    flood();
    side.source.receive(signal("invite", { sentAt: now }));
    flood();
    say(null);
    await settled();
    expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    expect([side.snapshot.state, side.snapshot.callId]).to.deep.equal(["incoming", callId]);
    side.source.close();
  });

  it("refuses a bad message at once all the same", async () => {
    const { side } = asked();
    await side.hear({});
    expect(side.errors).to.deep.equal(["bad-signal"]);
    side.source.close();
  });

  it("does not ring where it cannot, and tells the caller", async () => {
    const { side, say } = asked();
    await side.ring();
    say("encryption-unsupported");
    await settled();
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "failed" });
    expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
    side.source.close();
  });

  it("counts as unable where the question itself fails", async () => {
    const ports = new FakePorts();
    const gate = new Gate();
    ports.obstacle = gate.promise.then(() => null);
    const side = new FakeSide({}, ports);
    gate.refuse(new Error("x"));
    expect(await codeRejectedBy(side.source.perform(start))).to.equal("encryption-unsupported");
    side.source.close();
  });
});

describe("two screens over fakes", () => {
  it("connect and end with the same record on both sides", async () => {
    const [a, b] = [new FakeSide(), new FakeSide()];
    const pair = new CallPair({ a, b });
    await a.source.perform(start);
    await b.untilState("incoming");
    await b.source.perform(accept);
    await a.untilState("connecting");
    for (const side of [a, b]) side.ports.connection.listener.pathChanged("connected");
    await Promise.all([a.untilState("connected"), b.untilState("connected")]);
    await b.source.perform({ type: "hang-up" });
    await a.untilState("ended");
    expect(
      [...a.records, ...b.records].map(({ outcome, direction }) => [outcome, direction]),
    ).to.deep.equal([
      ["completed", "outgoing"],
      ["completed", "incoming"],
    ]);
    pair.close();
  });
});

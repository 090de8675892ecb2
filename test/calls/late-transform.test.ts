import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { CallPair, Side } from "../support/call-pair.ts";

/** The browser's ports, whose transforms are attached so long after the sender or receiver was made. */
function latePorts(milliseconds: number): CallPorts {
  const late = () => new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    ...browserPorts,
    createConnection: (options, hooks, listener) =>
      browserPorts.createConnection(
        options,
        {
          attachSender: (sender, track) => late().then(() => hooks!.attachSender(sender, track)),
          attachReceiver: (receiver, track) =>
            late().then(() => hooks!.attachReceiver(receiver, track)),
        },
        listener,
      ),
  };
}

describe("a transform that is attached 300 ms late", () => {
  const { RTCPeerConnection } = globalThis;

  afterEach(() => {
    Object.assign(globalThis, { RTCPeerConnection });
  });

  it("lets nothing pass before: with the kit's flag frames wait for it, and the call is protected", async () => {
    const pair = new CallPair({ a: new Side({}, latePorts(300)), b: new Side({}, latePorts(300)) });
    await pair.connect("video");
    for (const side of [pair.a, pair.b]) {
      await side.until(({ protection }) => protection.status === "protected");
      expect(side.snapshot.protection.forged).to.equal(0);
    }
    pair.close();
  });

  it("is noticed in an engine that bypasses it: without the flag the call ends as unprotected", async () => {
    class WithoutFlag extends RTCPeerConnection {
      constructor(configuration: RTCConfiguration & { encodedInsertableStreams?: boolean } = {}) {
        const { encodedInsertableStreams: _, ...others } = configuration;
        super(others);
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: WithoutFlag });
    const pair = new CallPair({ a: new Side({}, latePorts(300)) });
    await pair.a.source.perform({ type: "start", media: "audio" });
    await pair.b.untilState("incoming");
    await pair.b.source.perform({ type: "accept", media: "audio" });
    await Promise.all([pair.a.untilState("ended"), pair.b.untilState("ended")]);
    expect(pair.a.errors).to.include("unprotected");
    expect(pair.a.source.tracks.remoteMicrophone === null).to.equal(true);
    pair.close();
  });
});

describe("a host channel that misbehaves", () => {
  it("may deliver everything five times", async () => {
    const pair = new CallPair();
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      from.source.subscribe((notice) => {
        if (notice.type !== "signal") return;
        for (let copy = 0; copy < 4; copy++)
          setTimeout(() => to.source.receive(structuredClone(notice.message)));
      });
    }
    await pair.connect("audio");
    await pair.a.source.perform({ type: "hang-up" });
    await pair.b.untilState("ended");
    expect([...pair.a.errors, ...pair.b.errors]).to.deep.equal([]);
    expect([pair.a.records.length, pair.b.records.length]).to.deep.equal([1, 1]);
    pair.close();
  });

  it("may deliver in the wrong order: every second message overtakes the one before it", async () => {
    const swapped = (deliver: (message: SignalMessage) => void) => {
      let held: SignalMessage | null = null;
      return (message: SignalMessage) => {
        // The invitation and the first answer have nothing to be swapped with.
        if (message.type === "invite" || message.type === "ringing" || message.type === "end")
          deliver(message);
        else if (held === null) held = message;
        else {
          deliver(message);
          deliver(held);
          held = null;
        }
      };
    };
    const pair = new CallPair({ fromA: () => null, fromB: () => null });
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      const deliver = swapped((message) =>
        setTimeout(() => to.source.receive(structuredClone(message))),
      );
      from.source.subscribe((notice) => {
        if (notice.type === "signal") deliver(notice.message);
      });
    }
    await pair.connect("audio");
    expect([...pair.a.errors, ...pair.b.errors]).to.deep.equal([]);
    pair.close();
  });

  it("cannot make the two sides speak another version: a stripped protocol is refused, and nothing happens", async () => {
    const pair = new CallPair({ fromA: (message) => ({ ...message, protocol: "sx-call/0" }) });
    await pair.a.source.perform({ type: "start", media: "audio" });
    await pair.b.until(() => pair.b.errors.length > 0);
    expect(pair.b.errors).to.deep.equal(["unsupported-version"]);
    expect(pair.b.snapshot.state).to.equal("idle");
    pair.close();
  });
});

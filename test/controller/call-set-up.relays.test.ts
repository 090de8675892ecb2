import { expect } from "@open-wc/testing";
import type { CallPorts } from "../../src/controller/ports.ts";
import type { CallOptions, MeasureRelays } from "../../src/controller/call-options.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { callCenterOver } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { settled } from "../support/virtual-clock.ts";

const iceServers = [{ urls: "turn:turn.example", username: "u", credential: "c" }];

/** A side that notes whether it measures, each time it chooses relays. */
class MeasuringSide {
  readonly ports = new FakePorts();
  readonly chosen: boolean[] = [];
  readonly sent: SignalMessage[] = [];
  readonly source;

  constructor(options: Partial<CallOptions>) {
    Object.assign(this.ports, {
      relays: {
        choose: (servers: RTCIceServer[], isMeasuring: boolean) => {
          this.chosen.push(isMeasuring);
          return { measured: Promise.resolve(), servers: () => servers };
        },
      } satisfies CallPorts["relays"],
    });
    this.source = callCenterOver({ iceServers, ...options }, this.ports);
    this.source.subscribe((notice) => {
      if (notice.type === "signal") this.sent.push(notice.message);
    });
  }
}

/** A call that is accepted. @returns whether each side measured, at each choice: the called one while it rings, and from accept on. */
async function measured(options: Partial<CallOptions>) {
  const [caller, callee] = [new MeasuringSide(options), new MeasuringSide(options)];
  await caller.source.perform({ type: "start", media: "audio" });
  await settled();
  for (const message of caller.sent) callee.source.receive(JSON.parse(JSON.stringify(message)));
  await settled();
  const ringing = [...callee.chosen];
  await callee.source.perform({ type: "accept", media: "audio" });
  await settled();
  return { calling: caller.chosen, ringing, accepted: callee.chosen.slice(ringing.length) };
}

describe("the measurement of relays in a call", () => {
  const of = (measureRelays: MeasureRelays, relayOnly = true) =>
    measured({ relayOnly, measureRelays });

  it("is off unless the host says otherwise, and where a call may use other ways", async () => {
    const none = { calling: [], ringing: [], accepted: [] };
    expect(await measured({ relayOnly: true })).to.deep.equal(none);
    expect(await of("both", false)).to.deep.equal(none);
  });

  it("is of the side that calls: the other one uses only what it knows", async () => {
    expect(await of("caller")).to.deep.equal({
      calling: [true],
      ringing: [false],
      accepted: [false],
    });
  });

  it("is of the side that is called, too, where the host lets its relays know it before accept", async () => {
    expect(await of("both")).to.deep.equal({
      calling: [true],
      ringing: [true],
      accepted: [false],
    });
  });
});

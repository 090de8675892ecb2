import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts, CipherPort } from "../../src/controller/ports.ts";
import type { TrackCounts } from "../../src/crypto/worker/worker-protocol.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { longIt } from "../support/long-it.ts";

/** A call with an attacker in transit from A to B, who attacks the encrypted audio. */
class AttackedCall {
  readonly pair: CallPair;
  #receiver: CipherPort | undefined;

  constructor(attack: string) {
    const workerUrl = new URL(
      `../support/attack-worker.ts?attack=${encodeURIComponent(attack)}`,
      import.meta.url,
    ).href;
    const watched: CallPorts = {
      ...browserPorts,
      createCipher: (...parameters) => (this.#receiver = browserPorts.createCipher(...parameters)),
    };
    this.pair = new CallPair({ a: new Side({ workerUrl }), b: new Side({}, watched) });
  }

  /** B's counts of A's audio, once they satisfy the condition. */
  async counted(condition: (counts: TrackCounts) => boolean): Promise<TrackCounts> {
    for (;;) {
      // Looked at after each measurement of the call's own.
      await new Promise<void>((resolve) => {
        const leave = this.pair.b.source.subscribe(({ type }) => {
          if (type !== "changed") return;
          leave();
          resolve();
        });
      });
      const counts = (await this.#receiver?.counts())?.find(({ track }) => track === 0);
      if (counts !== undefined && condition(counts)) return counts;
    }
  }
}

describe("a machine in the middle", () => {
  let call: AttackedCall;

  afterEach(() => {
    expect(call.pair.b.snapshot.state).to.equal("connected");
    expect(call.pair.b.errors).to.deep.equal([]);
    call.pair.close();
  });

  const forgeries = [
    "one flipped bit",
    "one flipped bit in the tag",
    "another key id",
    "the other epoch bit",
    "another counter",
    "another configuration byte",
    "a counter with a leading zero",
    "the last byte cut off",
    "only the header left",
    "random bytes",
    "a reflected frame",
    "a frame of the camera",
  ];
  for (const attack of forgeries) {
    // It stands for all: the tests of the cipher have each of them.
    const register = attack === "one flipped bit" ? it : longIt;
    register(
      `gains nothing by ${attack}: every such frame is refused, every other comes out`,
      async () => {
        call = new AttackedCall(attack);
        await call.pair.connect(attack === "a frame of the camera" ? "video" : "audio");
        const { opened, forged, duplicate } = await call.counted(
          (counts) => counts.forged + counts.duplicate >= 15,
        );
        // One in four from the twentieth on. A counter that was seen before is refused unread, as a duplicate.
        expect(opened).to.be.at.least(20 + 3 * 14);
        expect(forged + duplicate).to.be.at.most(opened / 3);
        if (forged >= 15)
          await call.pair.b.until(({ protection }) => protection.status === "tampered");
      },
    );
  }

  it("cannot silence a side by forging 15 frames in a row: the 45 that follow come out", async () => {
    call = new AttackedCall("15 forged in a row");
    await call.pair.connect("audio");
    const { forged } = await call.counted(({ opened }) => opened >= 20 + 45);
    expect(forged).to.equal(15);
  });

  longIt("gains nothing by sending each frame five times: it comes out once", async () => {
    call = new AttackedCall("each sent five times");
    await call.pair.connect("audio");
    const { opened, duplicate, forged } = await call.counted(
      (counts) => counts.opened >= 50 && counts.duplicate >= 4 * 50,
    );
    expect(duplicate).to.be.within(4 * (opened - 1), 4 * opened);
    expect(forged).to.equal(0);
  });

  longIt("gains nothing by changing the order: every frame comes out once", async () => {
    call = new AttackedCall("reordered by four");
    await call.pair.connect("audio");
    const { duplicate, forged } = await call.counted(({ opened }) => opened >= 60);
    expect([duplicate, forged]).to.deep.equal([0, 0]);
  });
});

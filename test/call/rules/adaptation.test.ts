import { expect } from "@open-wc/testing";
import type { CallEvent } from "../../../src/call/events.ts";
import { dataSaverBitrate, ladderRungs } from "../../../src/call/rules/adaptation.ts";
import type { QualitySample } from "../../../src/call/state/quality.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import type { CallScript } from "../../support/call-script.ts";
import { inSituation, on, off, say } from "../../support/call-script.ts";

/** A second of a call with this loss on what this side sends, 0 to 1. */
function second(index: number, loss: number): QualitySample {
  const packetsSent = 100 * (index + 1);
  const sound = {
    track: 0 as const,
    incoming: {
      packetsReceived: 50 * (index + 1),
      packetsLost: 0,
      bytesReceived: 5000 * (index + 1),
      jitter: 0.002,
      framesDecoded: null,
      framesPerSecond: null,
      frameHeight: null,
      freezeCount: null,
      totalFreezesDuration: null,
    },
    outgoing: {
      packetsSent,
      bytesSent: 10_000 * (index + 1),
      reported: {
        at: 1000 * index,
        packetsLost: packetsSent * loss,
        fractionLost: loss,
        roundTripTime: 0.04,
      },
    },
  };
  const path = {
    id: "pair",
    bytesReceived: 6000 * (index + 1),
    bytesSent: 12_000 * (index + 1),
    checksReceived: index,
    roundTripTime: 0.04,
    availableOutgoingBitrate: null,
    relayed: false,
    protocol: "udp",
  };
  return { at: 1_000_000 + 1000 * index, tracks: [sound], path };
}

/** A connected call whose camera is on, after so many seconds. */
function after(seconds: number, loss: number, script = connected()): CallScript {
  for (let index = 0; index < seconds; index++) {
    script.now += 1000;
    script.do({ type: "quality-sampled", sample: second(index, loss) });
  }
  return script;
}

function connected(megabytesPerHour: number | null = null): CallScript {
  const script = inSituation("the caller connected", { megabytesPerHour });
  script.do({ type: "control-opened" }, say.device("camera", on));
  return script;
}

const limitsOf = (script: CallScript) =>
  script.effects.filter((effect) => effect.type === "limit-senders").at(-1)?.limits;

describe("the quality of a call", () => {
  it("is unknown until it has been measured", () => {
    expect(toSnapshot(connected().model).quality).to.equal(null);
  });

  it("is in the snapshot, with what is sent because of it", () => {
    const { quality } = toSnapshot(after(6, 0).model);
    expect(quality).to.deep.include({
      bars: 4,
      sending: ladderRungs[0]!.name,
      reason: null,
      relayed: false,
    });
    expect(quality?.roundTripMilliseconds).to.equal(40);
  });

  it("that is bad makes the picture smaller, and says that the network is the reason", () => {
    const script = after(14, 0.3);
    const { quality } = toSnapshot(script.model);
    expect(quality?.sending).not.to.equal(ladderRungs[0]!.name);
    expect(quality?.reason).to.equal("network");
    expect(limitsOf(script)?.camera?.maxBitrate ?? 0).to.be.lessThan(ladderRungs[0]!.maxBitrate);
  });

  it("keeps a bounded number of looks", () => {
    expect(after(60, 0).model.adaptation.samples.length).to.be.at.most(20);
  });

  it("is measured again after an interruption", () => {
    const script = after(8, 0);
    script.do(say.path("disconnected"), say.path("connected"));
    expect(script.model.adaptation.samples).to.deep.equal([]);
    expect(script.model.adaptation.ladder.sendingSince).to.equal(script.now);
  });
});

describe("the senders of a call", () => {
  it("are held to their limits from the moment of connecting", () => {
    expect(
      inSituation("the caller connected").effects.some(({ type }) => type === "limit-senders"),
    ).to.equal(true);
    expect(inSituation("accepted").effects.some(({ type }) => type === "limit-senders")).to.equal(
      false,
    );
  });

  it("are held to them anew when a picture begins or ends, not when somebody mutes", () => {
    const script = connected();
    const isLimited = (...events: readonly CallEvent[]) =>
      script.do(...events).some(({ type }) => type === "limit-senders");
    expect(isLimited(say.device("screen", on))).to.equal(true);
    expect(limitsOf(script)?.camera?.maxBitrate).to.be.lessThan(ladderRungs[0]!.maxBitrate);
    expect(isLimited(say.device("screen", off))).to.equal(true);
    expect(isLimited(say.device("microphone", off))).to.equal(false);
  });

  it("never pass the data saver's half of this direction", () => {
    const script = connected(200);
    const { camera, microphone } = limitsOf(script)!;
    expect((camera?.maxBitrate ?? 0) + microphone.maxBitrate).to.be.lessThan(dataSaverBitrate(200));
    expect(toSnapshot(after(3, 0, script).model).quality?.reason).to.equal("data-saver");
  });

  it("follow the other side's data saver", () => {
    const script = connected();
    script.do({ type: "control", message: { type: "limit", bitsPerSecond: 150_000 } });
    const { camera, microphone } = limitsOf(script)!;
    expect((camera?.maxBitrate ?? 0) + microphone.maxBitrate).to.be.lessThan(150_000);
  });
});

describe("a call that saves data", () => {
  it("tells the other side how much it wants to get, once the channel is open", () => {
    const messages = connected(100).effects.flatMap((effect) =>
      effect.type === "send-control" ? [effect.message] : [],
    );
    expect(messages).to.deep.include({
      type: "limit",
      bitsPerSecond: Math.floor(dataSaverBitrate(100)),
    });
    expect(
      connected().effects.some(
        (effect) => effect.type === "send-control" && effect.message.type === "limit",
      ),
    ).to.equal(false);
  });
});

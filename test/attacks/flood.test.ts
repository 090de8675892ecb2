import { expect } from "@open-wc/testing";
import { Flooder, floods, mediaState } from "../support/flooder.ts";

describe("a peer that floods the data channel", () => {
  let flooder: Flooder;

  beforeEach(async () => {
    flooder = new Flooder();
    await flooder.pair.connect("audio");
  });

  afterEach(() => {
    flooder.stop();
  });

  it("is hung up on, with a reason of its own, and the page stays quick", async () => {
    const { b } = flooder.pair;
    let latest = 0;
    let expected = performance.now() + 50;
    const timer = setInterval(() => {
      latest = Math.max(latest, performance.now() - expected);
      expected = performance.now() + 50;
    }, 50);
    flooder.flood(5000, ...floods["everything in turns"]!);
    const { ending } = await b.untilState("ended");
    clearInterval(timer);
    expect(ending).to.include({ reason: "failed", problem: "flooded" });
    // Fourteen seconds late before there were limits.
    expect(latest).to.be.below(1000);
  });

  it("holds up no press on End", async () => {
    const { b } = flooder.pair;
    flooder.flood(5000, ...floods["everything in turns"]!);
    const from = performance.now();
    await b.source.perform({ type: "hang-up" }).catch(() => undefined);
    await b.untilState("ended");
    expect(performance.now() - from).to.be.below(300);
  });

  it("is put up with while it is no flood: the newest wish counts in the end", async () => {
    const { b } = flooder.pair;
    flooder.flood(60, mediaState(true), mediaState(false));
    await b.until(({ remote }) => remote.camera);
    // More than any second of it; the channel keeps its order, so that what comes last is heard after all of it.
    await flooder.untilSent(90);
    flooder.halt(JSON.stringify({ type: "media", microphone: false, camera: true, screen: false }));
    const { state, remote } = await b.until(
      (now) => now.state !== "connected" || !now.remote.microphone,
    );
    expect([state, remote.microphone, remote.camera]).to.deep.equal(["connected", false, true]);
  });
});

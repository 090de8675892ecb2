import { expect } from "@open-wc/testing";
import { Flooder, floods } from "../support/flooder.ts";

/** Messages a second. */
const rate = 5_000;
const rounds = 10;

describe("a peer that floods the data channel with 5,000 messages a second", function () {
  this.timeout(300_000);

  for (const [what, texts] of Object.entries(floods)) {
    it(`holds up neither the page nor a press on End, in each of ${rounds} calls: ${what}`, async () => {
      const presses: number[] = [];
      const latest: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const flooder = new Flooder();
        await flooder.pair.connect("audio");
        const { b } = flooder.pair;
        const watch = watchTimers();
        flooder.flood(rate, ...texts);
        // The flood is under way, and not yet hung up on.
        await flooder.untilSent(20 + 10 * round);
        const from = performance.now();
        await b.source.perform({ type: "hang-up" }).catch(() => undefined);
        await b.untilState("ended");
        presses.push(performance.now() - from);
        latest.push(watch.stop());
        // Whoever was quicker: nothing of the flood was worth more than one reason.
        expect(["hung-up", "failed"]).to.include(b.snapshot.ending?.reason);
        flooder.stop();
      }
      const most = (list: number[]) => Math.round(Math.max(...list));
      const median = (list: number[]) => Math.round([...list].sort((x, y) => x - y)[5] ?? 0);
      console.log(
        `${what}: End done after ${median(presses)} ms (at most ${most(presses)}), timers at most ${most(latest)} ms late.`,
      );
      // The median, because a busy machine delays one of them. A flood that is not limited delays all of them.
      expect(median(presses)).to.be.below(300);
    });
  }

  it("is hung up on in every call, whatever it says, and the next call is as good as any", async () => {
    for (const texts of Object.values(floods)) {
      const flooder = new Flooder();
      await flooder.pair.connect("audio");
      flooder.flood(rate, ...texts);
      const { ending } = await flooder.pair.b.untilState("ended");
      expect(ending).to.include({ reason: "failed", problem: "flooded" });
      flooder.stop();
    }
  });
});

/** How late the page's own timers are, at the worst. */
function watchTimers(): { stop(): number } {
  let worst = 0;
  let expected = performance.now() + 50;
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - expected);
    expected = performance.now() + 50;
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return worst;
    },
  };
}

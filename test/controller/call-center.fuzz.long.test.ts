import { expect } from "@open-wc/testing";
import { fuzzCalls } from "../support/fuzz-calls.ts";

describe("a million hostile signals", () => {
  it("neither throw nor flood nor come to a state that the rules do not lead to", async () => {
    const start = performance.now();
    const { messages, slowest, mostNotices, mostWork, moves } = await fuzzCalls({
      seed: 50_000,
      count: 1_000_000,
    });
    expect(messages).to.be.at.least(1_000_000);
    const seconds = Math.round((performance.now() - start) / 1000);
    // The figures of docs/reliability.md.
    const most = `at most ${String(mostNotices)} notices and ${String(mostWork)} pieces of work for one`;
    console.log(
      `${String(messages)} signals in ${String(seconds)} s, the slowest ${slowest.toFixed(1)} ms, ${most}`,
    );
    console.log([...moves].map(([move, count]) => `${move}: ${String(count)}`).join(", "));
  });
});

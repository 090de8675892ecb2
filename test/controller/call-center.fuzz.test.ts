import { expect } from "@open-wc/testing";
import { fuzzCalls } from "../support/fuzz-calls.ts";

describe("the calls of a screen, under hostile signals in every situation", () => {
  it("neither throw nor flood nor come to a state that the rules do not lead to", async () => {
    const { situations, moves, codes } = await fuzzCalls({ seed: 9, count: 8_000 });
    expect(situations.size).to.equal(13);
    // In earnest: signals that got through, and every way of being refused.
    expect(moves.size).to.be.greaterThan(8);
    expect([...codes.keys()]).to.include.members([
      "bad-signal",
      "too-large",
      "unsupported-version",
      "unknown-call",
    ]);
  });
});

import { expect } from "@open-wc/testing";
import { CallError } from "../../src/errors.ts";
import { parseSignal } from "../../src/signalling/messages.ts";
import { hostileSignals, marker } from "../support/fuzz-signals.ts";

/** Takes signals, and says what became of them. */
function takeAll(signals: readonly unknown[]): Map<string, number> {
  const results = new Map<string, number>();
  for (const untrusted of signals) {
    let result = "taken";
    try {
      const message = parseSignal(untrusted);
      // Accepted messages are plain: they are accepted again unchanged.
      const text = JSON.stringify(message);
      expect(JSON.stringify(parseSignal(JSON.parse(text)))).to.equal(text);
      expect(Object.getOwnPropertyNames(message).some((name) => name.includes(marker))).to.equal(
        false,
      );
    } catch (thrown) {
      if (!(thrown instanceof CallError)) throw thrown;
      expect(thrown.message).not.to.include(marker);
      result = thrown.code;
    }
    results.set(result, (results.get(result) ?? 0) + 1);
  }
  return results;
}

describe("hostile signals", () => {
  it("are taken as plain data or refused with a code that says no more", () => {
    const results = takeAll(hostileSignals(10_000, 8));
    expect([...results.keys()].sort()).to.deep.equal([
      "bad-signal",
      "taken",
      "too-large",
      "unsupported-version",
    ]);
    // Each kind in earnest: else the generator has gone blunt.
    for (const count of results.values()) expect(count).to.be.greaterThan(50);
  });
});

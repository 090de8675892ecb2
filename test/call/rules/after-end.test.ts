import { expect } from "@open-wc/testing";
import type { CallEnding, CallErrorCode, EndReason } from "sx-call-kit";
import { errorCodes, sides } from "../../../stories/support/unions.ts";
import { helpsToCall, needsNoReading } from "../../../src/call/rules/after-end.ts";

type By = CallEnding["by"];

/** By whom a call has ended so, for its screen to close itself, and for another call to be what most people want. */
const reasons: Record<
  EndReason,
  { readonly closes: readonly By[]; readonly helps: readonly By[] }
> = {
  "hung-up": { closes: ["local"], helps: [] },
  cancelled: { closes: ["local"], helps: ["remote", "none"] },
  declined: { closes: ["local"], helps: [] },
  busy: { closes: [], helps: ["local", "remote", "none"] },
  unanswered: { closes: [], helps: ["remote", "none"] },
  failed: { closes: [], helps: ["remote", "none"] },
  "answered-elsewhere": { closes: ["local", "remote", "none"], helps: [] },
};

/** Whether another call may fare better than one that has failed so. */
const problems: Record<CallErrorCode, boolean> = {
  "bad-signal": false,
  "unsupported-version": false,
  "too-large": false,
  "unknown-call": true,
  insecure: true,
  flooded: true,
  "bad-frame": true,
  "code-mismatch": false,
  unprotected: false,
  "encryption-lost": true,
  "encryption-unsupported": false,
  "webrtc-unsupported": false,
  "permission-denied": true,
  "device-not-found": true,
  "device-busy": true,
  "connection-failed": true,
  "timed-out": true,
  "not-possible": true,
  "bad-argument": false,
  internal: true,
};

const neither = { local: null, remote: null };

describe("after a call", () => {
  for (const [reason, { closes, helps }] of Object.entries(reasons) as [
    EndReason,
    (typeof reasons)[EndReason],
  ][]) {
    for (const by of sides) {
      const ending: CallEnding = { reason, by, problem: null };
      it(`that was "${reason}" by ${by}, the screen ${closes.includes(by) ? "closes itself" : "stays"}, and another call is ${helps.includes(by) ? "" : "not "}proposed`, () => {
        expect(needsNoReading({ ending })).to.equal(closes.includes(by));
        expect(helpsToCall({ ending, verification: neither })).to.equal(helps.includes(by));
      });
    }
  }

  it("that has failed, its screen stays, and another call is proposed where it may fare better", () => {
    for (const problem of errorCodes) {
      for (const by of sides) {
        const ending: CallEnding = { reason: "failed", by, problem };
        expect(needsNoReading({ ending }), problem).to.be.false;
        expect(helpsToCall({ ending, verification: neither }), problem).to.equal(problems[problem]);
      }
    }
  });

  it("in which one of the two has found another code, no other call is proposed, however it has ended", () => {
    for (const reason of Object.keys(reasons) as EndReason[])
      for (const by of sides)
        for (const verification of [
          { local: false, remote: null },
          { local: null, remote: false },
          { local: true, remote: false },
        ])
          expect(helpsToCall({ ending: { reason, by, problem: null }, verification })).to.be.false;
  });
});

import { expect } from "@open-wc/testing";
import { errorMessage } from "../../src/controller/call-machine.ts";
import { runningRules } from "../../src/controller/running-call.ts";
import type { CallErrorCode } from "../../src/errors.ts";

/** Every code: the compiler sees to it that none is missing here, as it does there. */
const codes = Object.keys({
  "bad-signal": 1,
  "unsupported-version": 1,
  "too-large": 1,
  "unknown-call": 1,
  insecure: 1,
  flooded: 1,
  "bad-frame": 1,
  "code-mismatch": 1,
  unprotected: 1,
  "encryption-lost": 1,
  "encryption-unsupported": 1,
  "webrtc-unsupported": 1,
  "permission-denied": 1,
  "device-not-found": 1,
  "device-busy": 1,
  "connection-failed": 1,
  "timed-out": 1,
  "not-possible": 1,
  "bad-argument": 1,
  internal: 1,
} satisfies Record<CallErrorCode, 1>) as CallErrorCode[];

describe("the message behind an error's code", () => {
  it("is a sentence of its own for every code", () => {
    const messages = codes.map((code) => errorMessage(code, runningRules.messages));
    for (const message of messages) expect(message).to.match(/^[A-Z].{10,}\.$/);
    expect(new Set(messages).size).to.equal(codes.length);
  });

  it("is there without the rules of a running call for what can end a call before", () => {
    const first = codes.filter((code) => errorMessage(code) !== code);
    expect(first).to.have.members([
      ...["encryption-unsupported", "webrtc-unsupported", "bad-argument"],
      ...["timed-out", "not-possible", "internal"],
    ]);
  });
});

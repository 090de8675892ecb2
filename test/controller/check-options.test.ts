import { expect } from "@open-wc/testing";
import { optionsProblem } from "../../src/controller/check-options.ts";
import type { CallOptions } from "../../src/controller/ports.ts";
import { callOptions } from "../support/call-options.ts";

describe("the options of a call", () => {
  it("are taken where they are in range, with and without what the host brings", () => {
    expect(optionsProblem(callOptions)).to.equal(null);
    const brought = { hostSecret: new Uint8Array(32), hostBinding: new Uint8Array(64) };
    expect(optionsProblem({ ...callOptions, ...brought })).to.equal(null);
  });

  const bad: [property: string, options: Partial<Record<keyof CallOptions, unknown>>][] = [
    ["iceServers", { iceServers: "stun:example.org" }],
    ["ringTimeout", { ringTimeoutSeconds: 0 }],
    ["ringTimeout", { ringTimeoutSeconds: Number.NaN }],
    ["ringTimeout", { ringTimeoutSeconds: 601 }],
    ["hostSecret", { hostSecret: new Uint8Array(31) }],
    ["hostSecret", { hostSecret: "0123456789abcdef0123456789abcdef" }],
    ["hostBinding", { hostBinding: new Uint8Array(4097) }],
  ];
  for (const [property, options] of bad) {
    it(`are refused for ${property} = ${String(Object.values(options)[0]).slice(0, 30)}, naming the property only`, () => {
      const problem = optionsProblem({ ...callOptions, ...options } as CallOptions);
      expect(problem).to.include({
        code: "bad-argument",
        message: `The property "${property}" of a call is of the wrong type or out of range.`,
      });
    });
  }
});

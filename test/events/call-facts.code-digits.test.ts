import { expect } from "@open-wc/testing";
import { codeDigits } from "../../src/events/call-facts.ts";

describe("the digits of a security code", () => {
  it("have always the same length", () => {
    expect(codeDigits([5, 41, 17, 62, 0, 33, 9])).to.equal("05 41 17 62 00 33 09");
  });
});

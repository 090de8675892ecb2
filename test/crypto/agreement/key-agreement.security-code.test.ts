import { expect } from "@open-wc/testing";
import { toSecurityCode } from "../../../src/crypto/agreement/key-agreement.ts";

describe("the security code", () => {
  it("is the first 42 bits in groups of six, highest first", () => {
    const bits = "000001 000010 000011 111111 000000 101010 010101 111111".replaceAll(" ", "");
    const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
    expect(toSecurityCode(bytes)).to.deep.equal([1, 2, 3, 63, 0, 42, 21]);
  });
});

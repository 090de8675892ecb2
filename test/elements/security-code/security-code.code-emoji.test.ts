import { expect } from "@open-wc/testing";
import { codeEmoji, isSecurityCode } from "../../../src/elements/security-code/security-code.ts";
import { englishEmoji } from "../../../src/elements/words/english.ts";

describe("the signs of the security code", () => {
  it("are frozen: both kits of a call show the same sign for a number", async () => {
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(codeEmoji.join(" ")),
    );
    const sum = [...new Uint8Array(digest)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    // Another sum is another protocol: it needs a new version of it, not a new sum.
    expect(sum).to.equal("e794a59fb4594a3754a7e0ba319261097dec8f3f9f6bafb7840b7752f8d30de7");
    expect(Object.isFrozen(codeEmoji)).to.be.true;
  });

  it("are 64 different ones", () => {
    expect([codeEmoji.length, new Set(codeEmoji).size]).to.deep.equal([64, 64]);
  });

  it("are each one coloured sign: no sequence, no flag, no skin tone", () => {
    for (const sign of codeEmoji) {
      expect(sign, sign).to.match(/^\p{Emoji_Presentation}\ufe0f?$/u);
      expect(sign, sign).to.not.match(/\p{Regional_Indicator}|\p{Emoji_Modifier}/u);
    }
  });

  it("have one short English name each, none of which is a part of another", () => {
    expect([englishEmoji.length, new Set(englishEmoji).size]).to.deep.equal([64, 64]);
    for (const name of englishEmoji) {
      expect(name, name).to.match(/^[A-Z][a-z]+(?: [a-z]+)?$/);
      const words = (text: string) => text.toLowerCase().split(" ");
      const alike = englishEmoji.filter(
        (other) => other !== name && words(other).some((word) => words(name).includes(word)),
      );
      expect(alike, name).to.deep.equal([]);
    }
  });

  it("are shown for a code only", () => {
    expect(isSecurityCode([0, 63, 1, 2, 3, 4, 5])).to.be.true;
    for (const other of [
      null,
      undefined,
      "1234567",
      [],
      [1, 2, 3, 4],
      [0, 1, 2, 3, 4, 5, 64],
      [0, 1, 2, 3, 4, 5, -1],
    ]) {
      expect(isSecurityCode(other), String(other)).to.be.false;
    }
    for (const wrong of [1.5, Number.NaN, "1", null])
      expect(isSecurityCode([0, 1, 2, 3, 4, 5, wrong])).to.be.false;
  });
});

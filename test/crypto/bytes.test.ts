import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  bigEndian,
  concat,
  fromBase64url,
  lengthPrefixed,
  utf8,
  wipe,
} from "../../src/crypto/bytes.ts";
import { randomBytes, toBase64url } from "../../src/crypto/base64url.ts";
import { fromHex, toHex } from "../support/hex.ts";
import { codeThrownBy, thrownBy } from "../support/thrown.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

describe("base64url", () => {
  // RFC 4648 section 10, without its padding, and the two characters that base64url has of its own.
  const vectors: readonly (readonly [string, string])[] = [
    ["", ""],
    ["66", "Zg"],
    ["666f", "Zm8"],
    ["666f6f", "Zm9v"],
    ["666f6f62", "Zm9vYg"],
    ["666f6f6261", "Zm9vYmE"],
    ["666f6f626172", "Zm9vYmFy"],
    ["fbffbf", "-_-_"],
  ];
  for (const [hex, text] of vectors) {
    it(`writes and reads ${hex || "nothing"} as ${text || "nothing"}`, () => {
      expect(toBase64url(fromHex(hex))).to.equal(text);
      expect(toHex(fromBase64url(text, hex.length / 2))).to.equal(hex);
    });
  }

  it("gives back what was written, for any bytes", () => {
    fc.assert(
      fc.property(
        bytes,
        (value) => toHex(fromBase64url(toBase64url(value), value.length)) === toHex(value),
      ),
    );
  });

  it("has one text for one value: whatever is read is written alike", () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from("ABab89-_Qgw")),
      maxLength: 24,
    });
    fc.assert(
      fc.property(digits, fc.nat({ max: 20 }), (text, length) => {
        const code = codeThrownBy(() =>
          expect(toBase64url(fromBase64url(text, length))).to.equal(text),
        );
        return code === null || code === "insecure";
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses a text whose unused bits are not zero", () => {
    for (const text of ["Zh", "Zv", "Zm9", "Zm-"])
      expect(codeThrownBy(() => fromBase64url(text, text.length - 1))).to.equal("insecure");
  });

  it("refuses every other length", () => {
    const text = toBase64url(randomBytes(32));
    expect(fromBase64url(text, 32).length).to.equal(32);
    for (const length of [0, 31, 33, 64])
      expect(codeThrownBy(() => fromBase64url(text, length))).to.equal("insecure");
    for (const wrong of ["", "A", `${text}A`, `${text}AA`, text.slice(1), text.slice(2)]) {
      expect(codeThrownBy(() => fromBase64url(wrong, 32))).to.equal("insecure");
    }
  });

  it("refuses every character that is not its own, and does not repeat the text", () => {
    for (const character of ["+", "/", "=", " ", "\n", "\0", "é", "😀"]) {
      const error = thrownBy(() => fromBase64url(`Zm9v${character}mFy`, 6));
      expect(error?.code).to.equal("insecure");
      expect(error?.message).not.to.contain("Zm9v");
    }
  });
});

describe("bytes", () => {
  it("of a number are big-endian", () => {
    expect(toHex(bigEndian(0x0102, 4))).to.equal("00000102");
    expect(toHex(bigEndian(2n ** 64n - 1n, 8))).to.equal("ffffffffffffffff");
    expect(toHex(bigEndian(5, 2))).to.equal("0005");
  });

  it("of a text are UTF-8", () => {
    expect(toHex(utf8("é€"))).to.equal("c3a9e282ac");
  });

  it("stand one after another", () => {
    expect(toHex(concat(fromHex("01"), fromHex(""), fromHex("0203")))).to.equal("010203");
    expect(concat().length).to.equal(0);
  });

  it("behind their lengths are never the same for two different lists", () => {
    const list = fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 4 });
    const name = (parts: Uint8Array[]) => parts.map(toHex).join(",");
    fc.assert(
      fc.property(list, list, (a, b) => {
        fc.pre(a.length !== b.length || name(a) !== name(b));
        return toHex(lengthPrefixed(...a)) !== toHex(lengthPrefixed(...b));
      }),
    );
    expect(toHex(lengthPrefixed(fromHex("aa"), fromHex("")))).to.equal("00000001aa00000000");
  });

  it("are wiped in place", () => {
    const [a, b] = [fromHex("0102"), fromHex("03")];
    wipe(a, b);
    expect(toHex(concat(a, b))).to.equal("000000");
  });

  it("are fresh each time", () => {
    expect(toHex(randomBytes(32))).not.to.equal(toHex(randomBytes(32)));
  });
});

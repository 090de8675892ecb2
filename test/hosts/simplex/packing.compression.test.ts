import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { compressToBase64, decompressFromBase64 } from "../../../src/hosts/simplex/packing.ts";
import { codeThrownBy } from "../../support/thrown.ts";
import { lzString } from "./lz-oracle.ts";
import { sdp } from "./wire.ts";

const max = 262_144;

/** Any string, lone surrogates among it. */
const codeUnits = (top: number) =>
  fc
    .array(fc.nat({ max: top }), { maxLength: 400, size: "max" })
    .map((units) => units.map((unit) => String.fromCharCode(unit)).join(""));
const lines = fc
  .array(fc.constantFrom(...sdp.split("\r\n")), { maxLength: 60, size: "max" })
  .map((list) => JSON.stringify({ type: "offer", sdp: list.join("\r\n") }));
const repetitive = fc
  .tuple(codeUnits(255), fc.nat({ max: 200 }), codeUnits(65_535))
  .map(([part, times, tail]) => part.repeat(times).slice(0, 20_000) + tail);
const texts = fc.oneof(
  codeUnits(1),
  codeUnits(127),
  codeUnits(300),
  codeUnits(65_535),
  lines,
  repetitive,
);

function expectSameAsLibrary(text: string): void {
  const packed = lzString.compressToBase64(text);
  if (compressToBase64(text) !== packed)
    throw new Error(`packed otherwise than the library does: ${JSON.stringify(text)}`);
  if (decompressFromBase64(packed, text.length) !== text)
    throw new Error(`unpacked otherwise: ${JSON.stringify(text)}`);
}

/** Returns the result for a possibly malformed text. A text that this codec reads must be read equally by the library. */
function outcome(packed: string): string | null {
  let text = "";
  const code = codeThrownBy(() => (text = decompressFromBase64(packed, 5000)));
  if (code === null && text !== lzString.decompressFromBase64(packed))
    throw new Error(`read otherwise: ${packed}`);
  return code;
}

/** A stream of our own making: numbers with their widths, each from its lowest bit. */
function stream(...numbers: readonly (readonly [value: number, bits: number])[]): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let bits = numbers
    .map(([value, width]) => value.toString(2).padStart(width, "0").split("").reverse().join(""))
    .join("");
  bits += "0".repeat(6 - (bits.length % 6));
  const digits = (bits.match(/.{6}/g) ?? [])
    .map((digit) => alphabet[Number.parseInt(digit, 2)])
    .join("");
  return digits + "=".repeat((4 - (digits.length % 4)) % 4);
}

/**
 * The library's output for one repeated character. After the literal every token is the phrase that it defines itself, each
 * longer by one. Written down here, since the library takes a minute for 50 million.
 */
function bomb(tokens: number): string {
  const numbers: [number, number][] = [
    [0, 2],
    [97, 8],
  ];
  let width = 3;
  for (let code = 4; code < 4 + tokens; code++) {
    if (code === 2 ** width) width += 1;
    numbers.push([code, width]);
  }
  return stream(...numbers, [2, 4 + tokens === 2 ** width ? width + 1 : width]);
}

describe("packing as lz-string does", () => {
  it("gives the same text as the library, and reads the library's", () => {
    expectSameAsLibrary(JSON.stringify({ type: "offer", sdp }));
    fc.assert(fc.property(texts, expectSameAsLibrary), { numRuns: 2000 });
  });

  it("does so at every width that a token can have, up to 17 bits, for literals of both lengths", () => {
    for (let count = 0; count < 140; count++) {
      const units = Array.from({ length: count }, (_, at) => at);
      expectSameAsLibrary(String.fromCharCode(...units));
      expectSameAsLibrary(String.fromCharCode(...units.map((unit) => unit + 200)));
      expectSameAsLibrary("ab".repeat(count));
    }
    const all = Array.from({ length: 40_000 }, (_, at) => String.fromCharCode(at)).join("");
    for (const length of [511, 512, 1023, 1024, 1025, 16_383, 16_384, 40_000])
      expectSameAsLibrary(all.slice(0, length));
  });

  it("keeps both halves of a pair, alone and together", () => {
    for (const text of [
      "\ud83d",
      "\ude00",
      "\ude00\ud83d",
      "\ud83d\ude00",
      "a\ud83db",
      "\u0000",
      "\uffff",
    ]) {
      expectSameAsLibrary(text);
    }
  });

  it("has a text for nothing", () => {
    expect(compressToBase64("")).to.equal("Q===");
    expect(decompressFromBase64("Q===", 0)).to.equal("");
  });
});

describe("a packed text that is malformed", () => {
  const good = compressToBase64("v=0 v=0 v=0 \u0416\u0416\u0416 end");

  it("is refused where it is empty, not whole digits or of another alphabet", () => {
    const wrong = [
      "",
      "=",
      "==",
      "===",
      "====",
      "A",
      "Q",
      "Q=",
      "Q==",
      "Q====",
      "AAAA====",
      `${good} `,
      ` ${good}`,
      `${good}\n`,
    ];
    const foreign = ["-", "_", "!", "é", "\u0000", "\ud83d", "=", "Ａ"].map(
      (character) => good.slice(0, 4) + character + good.slice(5),
    );
    for (const packed of [...wrong, ...foreign])
      expect(outcome(packed), packed).to.equal("bad-signal");
  });

  it("is refused wherever it is cut off", () => {
    const digits = good.replace(/=+$/, "");
    for (let length = 0; length < digits.length; length++) {
      const cut = digits.slice(0, length);
      expect(outcome(cut)).to.equal("bad-signal");
      expect(outcome(cut + "=".repeat((4 - (length % 4)) % 4))).to.equal("bad-signal");
    }
  });

  it("is refused where anything follows the end", () => {
    const ended = [
      [0, 2],
      [97, 8],
      [2, 3],
    ] as const;
    expect(decompressFromBase64(stream(...ended), 1)).to.equal("a");
    for (const rest of [
      [1, 1],
      [0, 12],
      [1, 12],
      [0, 48],
    ] as const) {
      expect(codeThrownBy(() => decompressFromBase64(stream(...ended, rest), 9))).to.equal(
        "bad-signal",
      );
    }
  });

  it("is refused where it names a phrase that is not there", () => {
    // Before there is any, one further than the next, and far away.
    const literal = [
      [0, 2],
      [97, 8],
    ] as const;
    expect(outcome(stream([3, 2], [2, 3]))).to.equal("bad-signal");
    for (const code of [5, 6, 7])
      expect(outcome(stream(...literal, [code, 3], [2, 3]))).to.equal("bad-signal");
    expect(decompressFromBase64(stream(...literal, [3, 3], [2, 3]), 9)).to.equal("aa");
    expect(decompressFromBase64(stream(...literal, [4, 3], [2, 3]), 9)).to.equal("aaa");
  });

  it("is taken where it is only clumsy, as the library takes it", () => {
    // A long literal for a short code unit, and one that was there before.
    const clumsy = stream([1, 2], [97, 16], [0, 3], [97, 8], [2, 3]);
    expect(outcome(clumsy)).to.equal(null);
    expect(decompressFromBase64(clumsy, 9)).to.equal("aa");
  });

  it("by one changed digit is refused or gives another bounded text, at every place, and the library's where it is read", () => {
    const counts = { read: 0, refused: 0 };
    for (const text of [
      "",
      "a",
      "ab\u0416ab",
      "v=0 v=0 v=0 \u0416\u0416\u0416 end",
      "a".repeat(300),
    ]) {
      const packed = compressToBase64(text);
      for (let at = 0; at < packed.length; at++) {
        for (const digit of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-é") {
          const code = outcome(packed.slice(0, at) + digit + packed.slice(at + 1));
          if (code !== null && code !== "bad-signal" && code !== "too-large") throw new Error(code);
          counts[code === null ? "read" : "refused"] += 1;
        }
      }
    }
    expect(counts.read).to.be.greaterThan(100);
    expect(counts.refused).to.be.greaterThan(100);
  });

  it("of any digits at all is refused or read as the library reads it", () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from("ABCDEFGHIghijkz0189+/")),
      maxLength: 400,
      size: "max",
    });
    fc.assert(
      fc.property(digits, fc.nat({ max: 3 }), (text, pad) => {
        const code = outcome(
          text.slice(0, text.length - (text.length % 4) - pad) + "=".repeat(pad),
        );
        return code === null || code === "bad-signal" || code === "too-large";
      }),
      { numRuns: 5000 },
    );
  });
});

describe("the limit of an unpacked text", () => {
  it("is exact", () => {
    const packed = compressToBase64("abcabcabcabc");
    expect(decompressFromBase64(packed, 12)).to.equal("abcabcabcabc");
    for (const limit of [0, 1, 3, 4, 11])
      expect(codeThrownBy(() => decompressFromBase64(packed, limit))).to.equal("too-large");
  });

  it("stops 20,616 characters that would become 50 million within 10 ms", () => {
    // 1 + 2 + 3 + ... characters.
    for (const tokens of [1, 2, 3, 4, 5, 11, 12, 13, 300]) {
      expect(bomb(tokens)).to.equal(
        lzString.compressToBase64("a".repeat(((tokens + 1) * (tokens + 2)) / 2)),
      );
    }
    const packed = bomb(9_999);
    expect(packed.length).to.be.within(20_500, 20_700);
    const took = Array.from({ length: 20 }, () => {
      const start = performance.now();
      expect(codeThrownBy(() => decompressFromBase64(packed, max))).to.equal("too-large");
      return performance.now() - start;
    });
    // The best of many: the machine has other work too.
    expect(Math.min(...took)).to.be.lessThan(10);
  });

  it("lets a text of just its size through", () => {
    const text = "abcdefg".repeat(max).slice(0, max);
    const packed = compressToBase64(text);
    expect(decompressFromBase64(packed, max) === text).to.equal(true);
    expect(codeThrownBy(() => decompressFromBase64(packed, max - 1))).to.equal("too-large");
  });
});

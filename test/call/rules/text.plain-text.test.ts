import { expect } from "@open-wc/testing";
import * as fc from "fast-check";
import { boundary, cut, plainText } from "../../../src/call/rules/text.ts";

const rainbow = "\u{1F3F3}\uFE0F\u200D\u{1F308}";
const family = "👩‍👩‍👧";
const letters = [
  ...["a", "é", "e\u0301", "ي", "می\u200Cخواهم", "हिन्दी", "한", "👍🏽", family, rainbow],
  ...["🇩🇪", "🇯🇵", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "1\uFE0F\u20E3"],
];

describe("plain text", () => {
  it("is what a person wrote, in any script", () => {
    for (const text of ["Hello, Ann!", "مرحبا، كيف الحال؟", "שלום", "你好\nと", ...letters])
      expect(plainText(text, 2000)).to.equal(text);
  });

  it("has no control characters, lone surrogates, nor marks that turn other text", () => {
    expect(plainText("a\0b\u0007c\u001B[31md\u009Be", 2000)).to.equal("abc[31mde");
    expect(plainText("x\uD800y\uDC00z\uFEFF\uFFFE", 2000)).to.equal("xyz");
    expect(plainText("\u202Egnp.exe\u202C \u2067a\u2069", 2000)).to.equal("gnp.exe a");
    expect(plainText("a\tb\r\nc\rd\u2028e\u0085f", 2000)).to.equal("a b\nc\nd\ne\nf");
  });

  it("has no towers of marks, and no walls of empty lines", () => {
    expect(plainText(`a${"\u0301".repeat(500)}b`, 2000)).to.equal(`a${"\u0301".repeat(8)}b`);
    expect(plainText(`a${"\n".repeat(500)}b`, 2000)).to.equal("a\n\nb");
  });

  it("is empty for what is no text", () => {
    for (const given of [null, undefined, 1, true, {}, [], Symbol("text"), { length: 3 }])
      expect(plainText(given, 2000)).to.equal("");
  });

  it("is bounded, ends between two letters, and is the same for its own result: any input", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom(...letters, "\u202E", "\uD83D", "\u0301", "\u200D", "\r\n", "\n\n", "\0"),
    );
    const any = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 80 }), (given, limit) => {
        const text = plainText(given, limit);
        expect(Array.from(text).length).to.be.at.most(limit);
        expect(/[\p{Cs}\u202A-\u202E\u2066-\u2069\0]/u.test(text)).to.equal(false);
        expect(plainText(text, limit)).to.equal(text);
        // It can travel: nothing of it is lost in UTF-8.
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).to.equal(text);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes a time that grows with the limit only", () => {
    const started = performance.now();
    for (const unit of ["\u0301", "\n", "\u202E", "🇩", "\u200D", "\uD800", "a\u0301"])
      plainText(unit.repeat(2_000_000), 2000);
    expect(performance.now() - started).to.be.lessThan(2000);
  });
});

describe("the place between two letters", () => {
  it("is never within one", () => {
    for (const letter of letters.filter((each) => !/[\p{L}\p{M}]{3}/u.test(each))) {
      const characters = Array.from(`x${letter}y`);
      for (let at = 2; at < characters.length - 1; at++)
        expect(boundary(characters, at), `${letter} at ${at}`).to.equal(1);
      expect(boundary(characters, characters.length - 1)).to.equal(characters.length - 1);
    }
  });

  it("is between two flags, whatever stands before them", () => {
    const flags = Array.from("🇩🇪🇯🇵🇫🇷");
    expect([0, 1, 2, 3, 4, 5, 6].map((at) => boundary(flags, at))).to.deep.equal([
      ...[0, 0, 2, 2, 4, 4, 6],
    ]);
  });

  it("is one of the engine's own", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
    const text = letters.filter((letter) => letter !== "हिन्दी").join("a");
    const ends = new Set([0]);
    for (const { index, segment } of segmenter.segment(text))
      ends.add(Array.from(text.slice(0, index + segment.length)).length);
    const characters = Array.from(text);
    for (let at = 0; at <= characters.length; at++)
      expect(ends.has(boundary(characters, at)), String(at)).to.equal(true);
  });

  it("is where a long text is cut", () => {
    expect(cut(`ab${family}`, 4)).to.equal("ab");
    expect(cut(family, 100)).to.equal(family);
    expect(cut(family.repeat(3), 11)).to.equal(family.repeat(2));
  });
});

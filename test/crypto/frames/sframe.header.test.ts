import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  decodeFrameHeader,
  decodeHeader,
  encodeHeader,
} from "../../../src/crypto/frames/sframe.ts";
import { fromHex, toHex } from "../../support/hex.ts";
import { headerVectors } from "../../support/vectors/sframe-rfc9605.ts";

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe("an SFrame header", () => {
  it("is written as in every vector of RFC 9605", () => {
    for (const [kid, counter, encoded] of headerVectors)
      expect(toHex(encodeHeader(kid, counter))).to.equal(encoded);
  });

  it("is read as in every vector of RFC 9605, whatever follows it", () => {
    for (const [kid, counter, encoded] of headerVectors) {
      const length = encoded.length / 2;
      expect(decodeHeader(fromHex(encoded))).to.deep.equal({ kid, counter, length });
      expect(decodeHeader(fromHex(`${encoded}ffff`))).to.deep.equal({ kid, counter, length });
    }
  });

  it("is the same for a number as for a big integer", () => {
    const edges = [
      0,
      7,
      8,
      255,
      256,
      2 ** 16 - 1,
      2 ** 16,
      2 ** 24 - 1,
      2 ** 24,
      2 ** 31,
      2 ** 32 - 1,
    ];
    for (const counter of edges) {
      for (const kid of [0, 7, 8]) {
        expect(toHex(encodeHeader(kid, counter))).to.equal(
          toHex(encodeHeader(BigInt(kid), BigInt(counter))),
        );
      }
    }
  });

  it("has one byte for the key ids of a call and its first counters", () => {
    for (let kid = 0; kid < 8; kid++) {
      for (let counter = 0; counter < 8; counter++)
        expect(encodeHeader(kid, counter).length).to.equal(1);
    }
  });

  it("is read back as it was written, for any key id and counter", () => {
    fc.assert(
      fc.property(uint64, uint64, (kid, counter) => {
        const encoded = encodeHeader(kid, counter);
        expect(decodeHeader(encoded)).to.deep.equal({ kid, counter, length: encoded.length });
      }),
    );
  });

  it("has one form: whatever can be read is written alike", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const header = decodeHeader(bytes);
        if (header !== null)
          expect(encodeHeader(header.kid, header.counter)).to.deep.equal(
            bytes.slice(0, header.length),
          );
      }),
      { numRuns: 3000 },
    );
  });

  it("is read without big integers where it is one of this kit's frames, and only there", () => {
    const edges = [0, 7, 8, 255, 256, 2 ** 16, 2 ** 24, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40];
    const written = edges.flatMap((counter) =>
      [0, 7, 8, 256].map((kid) => encodeHeader(BigInt(kid), BigInt(counter))),
    );
    const expectSame = (bytes: Uint8Array) => {
      const header = decodeHeader(bytes);
      const isOwn = header !== null && header.kid < 8n && header.counter < 2n ** 32n;
      const expected = isOwn
        ? { kid: Number(header.kid), counter: Number(header.counter), length: header.length }
        : null;
      expect(decodeFrameHeader(bytes)).to.deep.equal(expected);
    };
    for (const header of written)
      for (let length = 0; length <= header.length; length++) expectSame(header.slice(0, length));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), expectSame), { numRuns: 3000 });
  });

  it("is refused in a longer form than it needs", () => {
    for (const encoded of [
      "0800",
      "0807",
      "090001",
      "0900ff",
      "0a000100",
      "0f0000000000000001",
      "8000",
      "8007",
      "8800ff",
      "900001",
    ]) {
      expect(decodeHeader(fromHex(encoded)), encoded).to.equal(null);
    }
  });

  it("is refused where it is cut off", () => {
    for (const [, , encoded] of headerVectors) {
      for (let length = 0; length < encoded.length; length += 2)
        expect(decodeHeader(fromHex(encoded.slice(0, length)))).to.equal(null);
    }
  });
});

import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { concat } from "../../../src/crypto/bytes.ts";
import { codecOf, unwrap, wrapperFor } from "../../../src/crypto/frames/codec-wrapper.ts";
import type { FrameShape } from "../../../src/crypto/frames/codec-wrapper.ts";
import { opus, vp8Delta, vp8Key, vp9Delta, vp9Key } from "../../support/frames.ts";
import { fromHex, toHex } from "../../support/hex.ts";

describe("the codec of a frame", () => {
  it("is identified by its MIME type in any case", () => {
    expect(["audio/opus", "video/VP8", "VIDEO/vp9"].map(codecOf)).to.deep.equal([
      "opus",
      "vp8",
      "vp9",
    ]);
  });

  for (const mimeType of [
    "video/H265",
    "video/rtx",
    "audio/red",
    "audio/VP8",
    "opus",
    "vp8",
    "",
    "toString",
  ]) {
    it(`is none where no wrapper is known: ${mimeType || "nothing"}`, () => {
      expect(codecOf(mimeType)).to.equal(null);
    });
  }
});

const prefixOf = (shape: FrameShape) => wrapperFor(shape, new ArrayBuffer(80), 97).prefix;

describe("the wrapper of a frame", () => {
  it("is nothing for Opus and VP9", () => {
    for (const shape of [opus, vp9Delta, vp9Key]) {
      expect(prefixOf(shape).length).to.equal(0);
      expect(toHex(unwrap(shape.codec, fromHex("0011"))!.body)).to.equal("0011");
    }
  });

  it("is one byte for a VP8 delta frame, and a key frame's header with its size for a key frame", () => {
    expect(toHex(prefixOf(vp8Delta))).to.equal("11");
    expect(toHex(prefixOf(vp8Key))).to.equal("1000009d012a80026801");
  });

  it("of VP8 is authenticated whole", () => {
    for (const shape of [vp8Delta, vp8Key]) {
      const { prefix, metadata } = wrapperFor(shape, new ArrayBuffer(0), 17);
      expect(toHex(metadata)).to.equal(toHex(prefix));
    }
  });

  it("has a size of 14 bits, and none where it is unknown", () => {
    expect(toHex(prefixOf({ ...vp8Key, width: 0, height: 0 }))).to.equal("1000009d012a00000000");
    expect(toHex(prefixOf({ ...vp8Key, width: 0x4001, height: 0x1_3fff }))).to.equal(
      "1000009d012a0100ff3f",
    );
  });

  it("is removed again, whatever its size", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 0xffff }),
        fc.nat({ max: 0xffff }),
        fc.boolean(),
        (width, height, isKey) => {
          const prefix = prefixOf({ codec: "vp8", isKey, width, height });
          const { metadata, body } = unwrap("vp8", concat(prefix, fromHex("0102")))!;
          expect([toHex(metadata), toHex(body)]).to.deep.equal([toHex(prefix), "0102"]);
        },
      ),
    );
  });

  for (const frame of [
    "",
    "10",
    "00",
    "1000009d012a8002",
    "1000009d012a800268",
    "1000009d012b80026801",
    "9000009d012a80026801",
  ]) {
    it(`is missed where a VP8 frame begins otherwise: ${frame || "empty"}`, () => {
      expect(unwrap("vp8", fromHex(frame))).to.equal(null);
    });
  }
});

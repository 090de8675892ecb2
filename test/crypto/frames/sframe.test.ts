import { expect } from "@open-wc/testing";
import { deriveFrameKey, suite5 } from "../../../src/crypto/agreement/key-schedule.ts";
import type { SframeSuite } from "../../../src/crypto/agreement/key-schedule.ts";
import {
  openSframe,
  sealSframe,
  tagLength,
  encodeHeader,
} from "../../../src/crypto/frames/sframe.ts";
import { flipped } from "../../support/frames.ts";
import { fromHex, toHex } from "../../support/hex.ts";
import { sframeVectors } from "../../support/vectors/sframe-rfc9605.ts";

const suites: Record<number, SframeSuite> = {
  4: { id: 4, hash: "SHA-256", keyBits: 128 },
  5: suite5,
};
const baseKeyOf = (hex: string) =>
  crypto.subtle.importKey("raw", fromHex(hex), "HKDF", false, ["deriveKey", "deriveBits"]);

describe("SFrame as in the vectors of RFC 9605", () => {
  for (const vector of sframeVectors) {
    const { suite, kid, counter } = vector;
    const header = encodeHeader(kid, counter);
    const metadata = fromHex(vector.metadata);
    const body = fromHex(vector.sealed).slice(header.length);

    it(`derives the salt of suite ${suite}`, async () => {
      const { salt, key } = await deriveFrameKey(
        await baseKeyOf(vector.baseKey),
        kid,
        suites[suite]!,
      );
      expect(toHex(salt)).to.equal(vector.salt);
      expect(key.extractable).to.equal(false);
    });

    it(`seals and opens with suite ${suite}, the metadata in clear before it`, async () => {
      const key = await deriveFrameKey(await baseKeyOf(vector.baseKey), kid, suites[suite]!);
      for (const number of [counter, Number(counter)]) {
        const sealed = await sealSframe(key, kid, number, metadata, fromHex(vector.plaintext));
        expect(toHex(sealed)).to.equal(vector.metadata + vector.sealed);
        const opened = await openSframe(key, number, header, metadata, body);
        expect(toHex(opened!)).to.equal(vector.plaintext);
      }
    });

    it(`refuses with suite ${suite} whatever was changed`, async () => {
      const key = await deriveFrameKey(await baseKeyOf(vector.baseKey), kid, suites[suite]!);
      const attempts = await Promise.all([
        openSframe(key, counter + 1n, header, metadata, body),
        openSframe(key, counter, encodeHeader(kid, counter + 1n), metadata, body),
        openSframe(key, counter, header, metadata.slice(1), body),
        openSframe(key, counter, header, flipped(metadata, 3), body),
        openSframe(key, counter, header, metadata, flipped(body, 0)),
        openSframe(key, counter, header, metadata, body.slice(0, tagLength - 1)),
        openSframe(key, counter, header, metadata, new Uint8Array(0)),
      ]);
      expect(attempts.every((opened) => opened === null)).to.equal(true);
    });
  }
});

describe("the nonce of a frame", () => {
  it("is the same for a number as for a big integer, up to the last counter of a key", async () => {
    const key = await deriveFrameKey(await baseKeyOf("00".repeat(64)), 0, suite5);
    for (const counter of [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      const [a, b] = await Promise.all([
        sealSframe(key, 0, counter, new Uint8Array(0), fromHex("00")),
        sealSframe(key, 0n, BigInt(counter), new Uint8Array(0), fromHex("00")),
      ]);
      expect(toHex(a)).to.equal(toHex(b));
    }
  });

  it("is the frame's own, also where many are sealed and opened at the same time", async () => {
    const key = await deriveFrameKey(await baseKeyOf("00".repeat(64)), 0, suite5);
    const counters = Array.from({ length: 50 }, (_, at) => at * 7);
    const wrapper = (counter: number) => new Uint8Array(counter % 70).fill(counter);
    const plaintext = fromHex("0102");
    const alone = [];
    for (const counter of counters)
      alone.push(toHex(await sealSframe(key, 0, counter, wrapper(counter), plaintext)));
    const sealed = await Promise.all(
      counters.map((counter) => sealSframe(key, 0, counter, wrapper(counter), plaintext)),
    );
    expect(sealed.map((frame) => toHex(frame))).to.deep.equal(alone);
    const opened = await Promise.all(
      counters.map((counter, at) => {
        const header = encodeHeader(0, counter);
        const body = sealed[at]!.slice(wrapper(counter).length + header.length);
        return openSframe(key, counter, header, wrapper(counter), body);
      }),
    );
    expect(opened.every((frame) => frame !== null && toHex(frame) === "0102")).to.equal(true);
  });

  it("does not change the salt that it is made from", async () => {
    const key = await deriveFrameKey(await baseKeyOf("00".repeat(64)), 0, suite5);
    const before = toHex(key.salt);
    await sealSframe(key, 0, 2 ** 32 - 1, new Uint8Array(0), fromHex("00"));
    expect(toHex(key.salt)).to.equal(before);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deriveFrameKey, suite5 } from "../../src/crypto/agreement/key-schedule.ts";
import {
  openSframe,
  sealSframe,
  decodeHeader,
  encodeHeader,
} from "../../src/crypto/frames/sframe.ts";
import { fromHex, toHex } from "../support/hex.ts";

/** The whole file of the working group, where it lies beside the project; the essential part of it is in test/support/vectors. */
const file = new URL("../../../shared/vectors/sframe-rfc9605.json", import.meta.url);

interface Vectors {
  readonly header: readonly {
    readonly kid: string;
    readonly ctr: string;
    readonly encoded: string;
  }[];
  readonly sframe: readonly (Record<
    "base_key" | "sframe_salt" | "metadata" | "pt" | "ct" | "kid" | "ctr",
    string
  > & {
    readonly cipher_suite: number;
  })[];
}

describe.skipIf(!existsSync(file))("every vector of RFC 9605", () => {
  // Numbers up to 2^64 - 1 would lose digits: they are read as text.
  const read = () =>
    JSON.parse(readFileSync(file, "utf8").replace(/("(?:kid|ctr)": )(\d+)/g, '$1"$2"')) as Vectors;

  it("has its header", () => {
    const { header } = read();
    expect(header.length).toBeGreaterThan(200);
    for (const { kid, ctr, encoded } of header) {
      expect(toHex(encodeHeader(BigInt(kid), BigInt(ctr)))).toBe(encoded);
      expect(decodeHeader(fromHex(encoded))).toEqual({
        kid: BigInt(kid),
        counter: BigInt(ctr),
        length: encoded.length / 2,
      });
    }
  });

  it.each([4, 5])("of suite %i has its frame", async (id) => {
    const suite = id === 5 ? suite5 : ({ id, hash: "SHA-256", keyBits: 128 } as const);
    const vectors = read().sframe.filter((vector) => vector.cipher_suite === id);
    expect(vectors.length).toBeGreaterThan(0);
    for (const vector of vectors) {
      const [kid, counter] = [BigInt(vector.kid), BigInt(vector.ctr)];
      const base = await crypto.subtle.importKey("raw", fromHex(vector.base_key), "HKDF", false, [
        "deriveKey",
        "deriveBits",
      ]);
      const key = await deriveFrameKey(base, kid, suite);
      expect(toHex(key.salt)).toBe(vector.sframe_salt);
      const metadata = fromHex(vector.metadata);
      const sealed = await sealSframe(key, kid, counter, metadata, fromHex(vector.pt));
      expect(toHex(sealed)).toBe(vector.metadata + vector.ct);
      const header = encodeHeader(kid, counter);
      const opened = await openSframe(
        key,
        counter,
        header,
        metadata,
        fromHex(vector.ct).slice(header.length),
      );
      expect(opened && toHex(opened)).toBe(vector.pt);
    }
  });
});

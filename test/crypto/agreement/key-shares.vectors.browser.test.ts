import { x25519 } from "@noble/curves/ed25519.js";
import { shake128 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { expect } from "@open-wc/testing";
import type { Bytes } from "../../../src/crypto/bytes.ts";
import { kemFallback, x25519Fallback } from "../../../src/crypto/agreement/key-shares-fallback.ts";
import {
  decapsulate,
  encapsulate,
  engineKeyShares,
  loadFallbackKeyShares,
  sharedX25519,
} from "../../../src/crypto/agreement/key-shares.ts";
import { fromHex, toHex } from "../../support/hex.ts";

describe("ML-KEM-768 (FIPS 203)", () => {
  it("gives the published accumulated result of 100 keys, encapsulations, decapsulations and rejections", () => {
    // C2SP/CCTV, ML-KEM, "accumulated pq-crystals vectors": inputs from one SHAKE-128, outputs into another.
    const inputs = shake128.create({});
    const outputs = shake128.create({});
    for (let round = 0; round < 100; round++) {
      const { publicKey, secretKey } = ml_kem768.keygen(inputs.xof(64));
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, inputs.xof(32));
      const rejected = kemFallback.decapsulate(secretKey, inputs.xof(1088));
      expect(toHex(kemFallback.decapsulate(secretKey, cipherText))).to.equal(toHex(sharedSecret));
      for (const part of [publicKey, cipherText, sharedSecret, rejected]) outputs.update(part);
    }
    expect(toHex(outputs.xof(32))).to.equal(
      "1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415",
    );
  });

  it("is the same by the engine and by the stand-in, both ways, also for a ciphertext that was changed", async () => {
    const fallback = await loadFallbackKeyShares();
    for (const [ours, theirs] of [
      [engineKeyShares, fallback],
      [fallback, engineKeyShares],
    ] as const) {
      const pair = await ours.generateKem();
      const { secret, ciphertext } = await encapsulate(theirs, pair.publicKey);
      expect(toHex(await decapsulate(pair, ciphertext))).to.equal(toHex(secret));
      const changed = Uint8Array.from(ciphertext);
      changed[0] = (changed[0] ?? 0) ^ 1;
      expect(toHex(await decapsulate(pair, changed))).not.to.equal(toHex(secret));
    }
  });

  it("refuses a public key whose numbers are not reduced, by the engine and by the stand-in (FIPS 203 section 7.2)", async () => {
    const { publicKey } = await engineKeyShares.generateKem();
    const unreduced = Uint8Array.from(publicKey);
    unreduced.fill(0xff, 0, 3);
    for (const shares of [engineKeyShares, await loadFallbackKeyShares()]) {
      const code = await encapsulate(shares, unreduced).then(
        () => null,
        (thrown: unknown) => (thrown as { code?: unknown }).code,
      );
      expect(code).to.equal("insecure");
    }
  });
});

describe("X25519 (RFC 7748)", () => {
  // Section 5.2, the two vectors.
  const vectors = [
    {
      scalar: "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
      point: "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
      result: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    },
    {
      scalar: "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
      point: "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
      result: "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    },
  ];

  for (const { scalar, point, result } of vectors) {
    it(`gives ${result.slice(0, 8)}…, by the engine and by the stand-in`, async () => {
      expect(toHex(x25519Fallback.shared(fromHex(scalar), fromHex(point)))).to.equal(result);
      expect(toHex(await engineShared(fromHex(scalar), fromHex(point)))).to.equal(result);
    });
  }
});

/** X25519 by WebCrypto with a given scalar, which only a PKCS #8 import takes (RFC 8410 section 7). */
async function engineShared(scalar: Bytes, point: Bytes): Promise<Bytes> {
  const pkcs8 = Uint8Array.from([...fromHex("302e020100300506032b656e04220420"), ...scalar]);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, "X25519", false, ["deriveBits"]);
  const pair = {
    publicKey: Uint8Array.from(x25519.getPublicKey(scalar)),
    async shared(theirs: Bytes): Promise<Bytes> {
      const publicKey = await crypto.subtle.importKey("raw", theirs, "X25519", true, []);
      return new Uint8Array(
        await crypto.subtle.deriveBits({ name: "X25519", public: publicKey }, privateKey, 256),
      );
    },
  };
  return sharedX25519(pair, point);
}

import { expect } from "@open-wc/testing";
import { openSframe } from "../../../src/crypto/frames/sframe.ts";
import { fromHex, toHex } from "../../support/hex.ts";

/*
 * AES-256-GCM, the test cases of the algorithm's specification (McGrew and Viega, "The Galois/Counter Mode of Operation",
 * appendix B, adopted by NIST SP 800-38D). They run through the function that opens frames. Its nonce at counter 0 is the salt,
 * and its additional data is any bytes in place of the header.
 */
const cases = [
  {
    name: "13",
    key: "00".repeat(32),
    iv: "00".repeat(12),
    aad: "",
    plaintext: "",
    sealed: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    name: "14",
    key: "00".repeat(32),
    iv: "00".repeat(12),
    aad: "",
    plaintext: "00".repeat(16),
    sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    name: "15",
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    iv: "cafebabefacedbaddecaf888",
    aad: "",
    plaintext:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad" +
      "b094dac5d93471bdec1a502270e3cc6c",
  },
  {
    name: "16",
    key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    iv: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plaintext:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
      "76fc6ece0f4e1768cddf8853bb2d551b",
  },
];

describe("AES-256-GCM (NIST SP 800-38D)", () => {
  for (const { name, key, iv, aad, plaintext, sealed } of cases) {
    it(`opens test case ${name}, and none of its single-bit mutants`, async () => {
      const frameKey = {
        key: await crypto.subtle.importKey("raw", fromHex(key), "AES-GCM", false, ["decrypt"]),
        salt: fromHex(iv),
      };
      const open = (ciphertext: string | Uint8Array<ArrayBuffer>) =>
        openSframe(
          frameKey,
          0,
          fromHex(aad),
          new Uint8Array(0),
          typeof ciphertext === "string" ? fromHex(ciphertext) : ciphertext,
        );
      expect(toHex(new Uint8Array((await open(sealed)) ?? []))).to.equal(plaintext);
      for (let bit = 0; bit < sealed.length * 4; bit++) {
        const mutant = fromHex(sealed);
        mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await open(mutant)).to.equal(null);
      }
    });
  }
});

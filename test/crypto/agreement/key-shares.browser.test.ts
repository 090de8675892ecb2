import { expect } from "@open-wc/testing";
import {
  decapsulate,
  encapsulate,
  engineKeyShares,
  findKeyShares,
  loadFallbackKeyShares,
  sharedX25519,
} from "../../../src/crypto/agreement/key-shares.ts";
import type { KeyShares } from "../../../src/crypto/agreement/key-shares.ts";
import { x25519Fallback } from "../../../src/crypto/agreement/key-shares-fallback.ts";
import { flipped } from "../../support/frames.ts";
import { fromHex, toHex } from "../../support/hex.ts";
import { codeRejectedBy } from "../../support/thrown.ts";

// All points of small order on Curve25519 and its twist, also those not reduced, also with the ignored bit set.
const smallOrder = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

const ways: Record<string, () => Promise<KeyShares>> = {
  "by the engine": () => Promise.resolve(engineKeyShares),
  "by the libraries": loadFallbackKeyShares,
};
for (const [way, load] of Object.entries(ways)) {
  describe(`a key share made ${way}`, () => {
    let shares: KeyShares;

    before(async () => {
      shares = await load();
    });

    it("gives both sides the same X25519 secret, another one with every pair", async () => {
      const [a, b, c] = await Promise.all([
        shares.generateX25519(),
        shares.generateX25519(),
        shares.generateX25519(),
      ]);
      const [ab, ba, ac] = await Promise.all([
        sharedX25519(a, b.publicKey),
        sharedX25519(b, a.publicKey),
        sharedX25519(a, c.publicKey),
      ]);
      expect(toHex(ab)).to.equal(toHex(ba));
      expect(toHex(ab)).not.to.equal(toHex(ac));
      expect([ab.length, a.publicKey.length]).to.deep.equal([32, 32]);
    });

    for (const point of smallOrder) {
      it(`is refused where it is a point of small order: ${point.slice(0, 8)}…${point.slice(-2)}`, async () => {
        expect(
          await codeRejectedBy(sharedX25519(await shares.generateX25519(), fromHex(point))),
        ).to.equal("insecure");
      });
    }

    it("is refused where it is an X25519 key of another length", async () => {
      const pair = await shares.generateX25519();
      for (const length of [0, 31, 33, 64]) {
        expect(await codeRejectedBy(sharedX25519(pair, new Uint8Array(length).fill(9)))).to.equal(
          "insecure",
        );
      }
    });

    it("gives both sides the same ML-KEM secret, a fresh one each time", async () => {
      const pair = await shares.generateKem();
      const [one, two] = await Promise.all([
        encapsulate(shares, pair.publicKey),
        encapsulate(shares, pair.publicKey),
      ]);
      expect([pair.publicKey.length, one.ciphertext.length, one.secret.length]).to.deep.equal([
        1184, 1088, 32,
      ]);
      expect(toHex(await decapsulate(pair, one.ciphertext))).to.equal(toHex(one.secret));
      expect(toHex(one.secret)).not.to.equal(toHex(two.secret));
    });

    it("gives another secret and no error for a changed ciphertext", async () => {
      const pair = await shares.generateKem();
      const { secret, ciphertext } = await encapsulate(shares, pair.publicKey);
      const changed = flipped(ciphertext, 77);
      const [first, again] = [await decapsulate(pair, changed), await decapsulate(pair, changed)];
      expect(toHex(first)).not.to.equal(toHex(secret));
      expect(toHex(first)).to.equal(toHex(again));
    });

    it("is refused where it is no ML-KEM key", async () => {
      // FIPS 203 section 7.2: a coefficient of 12 bits that is not below 3,329.
      expect(await codeRejectedBy(encapsulate(shares, new Uint8Array(1184).fill(255)))).to.equal(
        "insecure",
      );
      for (const length of [0, 800, 1183, 1185, 1568]) {
        expect(await codeRejectedBy(encapsulate(shares, new Uint8Array(length)))).to.equal(
          "insecure",
        );
      }
    });

    it("is refused where it is an ML-KEM ciphertext of another length", async () => {
      const pair = await shares.generateKem();
      for (const length of [0, 1087, 1089]) {
        expect(await codeRejectedBy(decapsulate(pair, new Uint8Array(length)))).to.equal(
          "insecure",
        );
      }
    });
  });
}

describe("an engine and the libraries", () => {
  it("mean the same by both shares", async () => {
    const libraries = await loadFallbackKeyShares();
    const [ours, theirs] = [
      await engineKeyShares.generateX25519(),
      await libraries.generateX25519(),
    ];
    expect(toHex(await ours.shared(theirs.publicKey))).to.equal(
      toHex(await theirs.shared(ours.publicKey)),
    );
    for (const [owner, other] of [
      [engineKeyShares, libraries],
      [libraries, engineKeyShares],
    ] as const) {
      const pair = await owner.generateKem();
      const { secret, ciphertext } = await other.encapsulate(pair.publicKey);
      expect(toHex(await pair.decapsulate(ciphertext))).to.equal(toHex(secret));
    }
  });

  it("give the secret of RFC 7748 section 6.1", () => {
    const secret = fromHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    const alice = fromHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    expect(toHex(x25519Fallback.shared(secret, alice))).to.equal(
      "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    );
  });

  it("are asked once: this engine makes both shares itself", async () => {
    expect((await findKeyShares()) === engineKeyShares).to.equal(true);
    expect(findKeyShares() === findKeyShares()).to.equal(true);
  });
});

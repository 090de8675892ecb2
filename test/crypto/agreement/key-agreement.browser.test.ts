import { expect } from "@open-wc/testing";
import { concat, fromBase64url, lengthPrefixed, utf8 } from "../../../src/crypto/bytes.ts";
import { randomBytes, toBase64url } from "../../../src/crypto/base64url.ts";
import type { Bytes } from "../../../src/crypto/bytes.ts";
import {
  InitiatorAgreement,
  isAuthorOf,
  ResponderAgreement,
} from "../../../src/crypto/agreement/key-agreement.ts";
import type {
  AcceptShare,
  CallTerms,
  ConfirmShare,
  InviteShare,
  TransportBinding,
} from "../../../src/crypto/agreement/key-agreement.ts";
import { engineKeyShares } from "../../../src/crypto/agreement/key-shares.ts";
import { agree, binding, effectOf, transport } from "../../support/agreement.ts";
import type { Meddling } from "../../support/agreement.ts";
import { otherCallId, zeros } from "../../support/signals.ts";
import { codeRejectedBy } from "../../support/thrown.ts";

/** The same text with its first digit changed: other bytes, of the same length. */
const other = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
/** The end of an ML-KEM public key is a seed: any bytes are valid there. */
const otherSeed = (text: string) => text.slice(0, -4) + other(text.slice(-4));

describe("two sides that agree on keys", () => {
  it("hold the same secret, which cannot be extracted, and the same security code", async () => {
    const { caller, callee, calleeCode } = await agree();
    expect(await effectOf(caller.secret)).to.equal(await effectOf(callee.secret));
    expect([caller.secret.extractable, callee.secret.extractable]).to.deep.equal([false, false]);
    expect(caller.securityCode).to.deep.equal(calleeCode);
  });

  it("hold other secrets in every call", async () => {
    const [one, two] = await Promise.all([agree(), agree()]);
    expect(await effectOf(one.caller.secret)).not.to.equal(await effectOf(two.caller.secret));
  });

  it("agree with what both hosts bring, where it is the same", async () => {
    const host = {
      ...transport,
      hostSecret: new Uint8Array(32).fill(7),
      hostBinding: utf8("both identity keys"),
    };
    const { caller, callee } = await agree({ callerTransport: host, calleeTransport: host });
    expect(await effectOf(caller.secret)).to.equal(await effectOf(callee.secret));
  });

  it("say what the messages have room for", async () => {
    const { callee, caller } = await agree();
    const { share } = await InitiatorAgreement.create(binding);
    const lengths = [share.keys.x25519, share.keys.mlkem768, share.commitment].map(
      (text) => text.length,
    );
    expect(lengths).to.deep.equal([zeros(32).length, zeros(1184).length, zeros(64).length]);
    const { keys, nonce, mac } = callee.accept;
    expect([keys.x25519.length, keys.mlkem768.length, nonce.length, mac.length]).to.deep.equal([
      43, 1451, 43, 86,
    ]);
    expect([caller.confirm.nonce.length, caller.confirm.mac.length]).to.deep.equal([43, 86]);
  });
});

describe("a manipulated agreement", () => {
  const invite = (change: (share: InviteShare) => InviteShare): Meddling => ({ invite: change });
  const accept = (change: (share: AcceptShare) => AcceptShare): Meddling => ({ accept: change });
  const confirm = (change: (share: ConfirmShare) => ConfirmShare): Meddling => ({
    confirm: change,
  });
  const callee = (changes: Partial<TransportBinding>): Meddling => ({
    calleeTransport: { ...transport, ...changes },
  });
  const cases: Record<string, Meddling> = {
    "the caller's X25519 key": invite((share) => ({
      ...share,
      keys: { ...share.keys, x25519: other(share.keys.x25519) },
    })),
    "the caller's ML-KEM key": invite((share) => ({
      ...share,
      keys: { ...share.keys, mlkem768: otherSeed(share.keys.mlkem768) },
    })),
    "the commitment": invite((share) => ({ ...share, commitment: other(share.commitment) })),
    "the callee's X25519 key": accept((share) => ({
      ...share,
      keys: { ...share.keys, x25519: other(share.keys.x25519) },
    })),
    "the ML-KEM ciphertext": accept((share) => ({
      ...share,
      keys: { ...share.keys, mlkem768: other(share.keys.mlkem768) },
    })),
    "the callee's mac": accept((share) => ({ ...share, mac: other(share.mac) })),
    "the caller's nonce": confirm((share) => ({ ...share, nonce: other(share.nonce) })),
    "the caller's mac": confirm((share) => ({ ...share, mac: other(share.mac) })),
    "the call": { calleeBinding: { ...binding, callId: otherCallId } },
    "the media": { calleeBinding: { ...binding, media: "video" } },
    "the offer's fingerprint": callee({ offerFingerprint: new Uint8Array(32).fill(9) }),
    "the answer's fingerprint": callee({ answerFingerprint: new Uint8Array(32).fill(9) }),
    "both fingerprints, exchanged": callee({
      offerFingerprint: transport.answerFingerprint,
      answerFingerprint: transport.offerFingerprint,
    }),
    "the host's secret, which one side does not have": callee({ hostSecret: new Uint8Array(32) }),
    "the host's binding, which one side does not have": callee({ hostBinding: Uint8Array.of(1) }),
    "the host's secret, taken for its binding": {
      callerTransport: { ...transport, hostSecret: new Uint8Array(32) },
      calleeTransport: { ...transport, hostBinding: new Uint8Array(32) },
    },
    "the host's secret, another one": {
      callerTransport: { ...transport, hostSecret: new Uint8Array(32).fill(1) },
      calleeTransport: { ...transport, hostSecret: new Uint8Array(32).fill(2) },
    },
  };
  const terms: CallTerms = {
    sentAt: 1_000_000,
    resumes: otherCallId,
    callerDevice: zeros(16),
    calleeDevice: zeros(16),
  };
  const termsDiffer = (changes: Partial<CallTerms>): Meddling => ({
    callerTransport: { ...transport, terms },
    calleeTransport: { ...transport, terms: { ...terms, ...changes } },
  });
  Object.assign(cases, {
    "the time at which it was sent": termsDiffer({ sentAt: terms.sentAt + 1 }),
    "the call that it resumes": termsDiffer({ resumes: null }),
    "the caller's device": termsDiffer({ callerDevice: other(zeros(16)) }),
    "the callee's device": termsDiffer({ calleeDevice: other(zeros(16)) }),
    "the terms, taken away on one side": {
      callerTransport: { ...transport, terms },
      calleeTransport: transport,
    },
  } satisfies Record<string, Meddling>);
  for (const [what, meddling] of Object.entries(cases)) {
    it(`is refused as insecure: ${what}`, async () => {
      expect(await codeRejectedBy(agree(meddling))).to.equal("insecure");
    });
  }

  it("shows two different codes where only the callee's nonce was changed: that is for the two people to see", async () => {
    const { caller, calleeCode } = await agree(
      accept((share) => ({ ...share, nonce: other(share.nonce) })),
    );
    expect(caller.securityCode).not.to.deep.equal(calleeCode);
  });

  const malformed = ["", "A", "+".repeat(43), zeros(31), zeros(33), `${zeros(32).slice(1)}B`];
  it("is refused where a field is not the base64url of its length", async () => {
    for (const text of malformed) {
      const changes = [
        invite((share) => ({ ...share, keys: { ...share.keys, x25519: text } })),
        invite((share) => ({ ...share, keys: { ...share.keys, mlkem768: text } })),
        invite((share) => ({ ...share, commitment: text })),
        accept((share) => ({ ...share, keys: { ...share.keys, x25519: text } })),
        accept((share) => ({ ...share, keys: { ...share.keys, mlkem768: text } })),
        accept((share) => ({ ...share, nonce: text })),
        accept((share) => ({ ...share, mac: text })),
        confirm((share) => ({ ...share, nonce: text })),
        confirm((share) => ({ ...share, mac: text })),
      ];
      for (const [at, change] of changes.entries())
        expect(await codeRejectedBy(agree(change)), `${at} ${text}`).to.equal("insecure");
    }
  });

  it("is refused where a key is all zero or a point of small order", async () => {
    const points = [
      zeros(32),
      toBase64url(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0))),
    ];
    for (const x25519 of points) {
      expect(
        await codeRejectedBy(
          agree(invite((share) => ({ ...share, keys: { ...share.keys, x25519 } }))),
        ),
      ).to.equal("insecure");
      expect(
        await codeRejectedBy(
          agree(accept((share) => ({ ...share, keys: { ...share.keys, x25519 } }))),
        ),
      ).to.equal("insecure");
    }
  });

  it("is refused where the callee's own proof is thrown back at it", async () => {
    const initiator = await InitiatorAgreement.create(binding);
    const responder = await ResponderAgreement.create(binding, initiator.share);
    const { accept: share } = await responder.agree(transport);
    const { confirm: proof } = await initiator.agree(share, transport);
    expect(
      await codeRejectedBy(responder.confirm({ nonce: proof.nonce, mac: share.mac })),
    ).to.equal("insecure");
    expect(
      await codeRejectedBy(responder.confirm({ nonce: share.nonce, mac: proof.mac })),
    ).to.equal("insecure");
  });

  it("is refused where a confirm comes before the agreement", async () => {
    const initiator = await InitiatorAgreement.create(binding);
    const responder = await ResponderAgreement.create(binding, initiator.share);
    expect(await codeRejectedBy(responder.confirm({ nonce: zeros(32), mac: zeros(64) }))).to.equal(
      "insecure",
    );
  });

  it("does not take the answer to another invitation", async () => {
    const [one, two] = await Promise.all([
      InitiatorAgreement.create(binding),
      InitiatorAgreement.create(binding),
    ]);
    const responder = await ResponderAgreement.create(binding, one.share);
    const { accept: share } = await responder.agree(transport);
    expect(await codeRejectedBy(two.agree(share, transport))).to.equal("insecure");
  });
});

describe("an agreement that was used", () => {
  it("is unusable a second time, and has dropped its keys", async () => {
    const initiator = await InitiatorAgreement.create(binding);
    const responder = await ResponderAgreement.create(binding, initiator.share);
    const { accept } = await responder.agree(transport);
    expect(await codeRejectedBy(responder.agree(transport))).to.equal("internal");
    const { confirm } = await initiator.agree(accept, transport);
    expect(await codeRejectedBy(initiator.agree(accept, transport))).to.equal("internal");
    expect(initiator.giveUp()).to.equal(null);
    await responder.confirm(confirm);
    expect(await codeRejectedBy(responder.confirm(confirm))).to.equal("insecure");
  });

  it("is of no use once it was released, or refused a proof", async () => {
    const initiator = await InitiatorAgreement.create(binding);
    const responder = await ResponderAgreement.create(binding, initiator.share);
    const { accept } = await responder.agree(transport);
    const { confirm } = await initiator.agree(accept, transport);
    const forged = { ...confirm, mac: other(confirm.mac) };
    expect(await codeRejectedBy(responder.confirm(forged))).to.equal("insecure");
    expect(await codeRejectedBy(responder.confirm(confirm))).to.equal("insecure");
    const released = await InitiatorAgreement.create(binding);
    released.release();
    expect(await codeRejectedBy(released.agree(accept, transport))).to.equal("internal");
    const unanswered = await ResponderAgreement.create(binding, initiator.share);
    unanswered.release();
    expect(await codeRejectedBy(unanswered.agree(transport))).to.equal("internal");
  });

  it("gives up the nonce of its commitment, which proves who made the invitation", async () => {
    const initiator = await InitiatorAgreement.create(binding);
    const { commitment } = initiator.share;
    const nonce = initiator.giveUp()!;
    expect(await isAuthorOf(binding.callId, commitment, nonce)).to.equal(true);
    for (const [callId, said] of [
      [otherCallId, nonce],
      [binding.callId, other(nonce)],
      [binding.callId, "short"],
    ] as const)
      expect(await isAuthorOf(callId, commitment, said)).to.equal(false);
  });
});

describe("the agreement of another implementation", () => {
  const hkdf = (label: string, salt: Bytes) => ({
    name: "HKDF",
    hash: "SHA-512",
    salt,
    info: utf8(label),
  });

  /** The caller's side once more, written from the design document alone. */
  it("that was written from the document alone reaches the same keys", async () => {
    const [x25519, kem, nonce] = [
      await engineKeyShares.generateX25519(),
      await engineKeyShares.generateKem(),
      randomBytes(32),
    ];
    const digest = async (bytes: Bytes) =>
      new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
    const commitment = await digest(concat(utf8("sx-call/1 commit"), utf8(binding.callId), nonce));
    const responder = await ResponderAgreement.create(binding, {
      keys: { x25519: toBase64url(x25519.publicKey), mlkem768: toBase64url(kem.publicKey) },
      commitment: toBase64url(commitment),
    });
    const { secret, accept } = await responder.agree({
      ...transport,
      hostBinding: utf8("identity"),
    });

    const theirs = fromBase64url(accept.keys.x25519, 32);
    const ciphertext = fromBase64url(accept.keys.mlkem768, 1088);
    const call = [utf8("sx-call/1"), utf8(binding.callId), utf8(binding.media)];
    const keys = [commitment, x25519.publicKey, kem.publicKey, theirs, ciphertext];
    const dtls = [transport.offerFingerprint, transport.answerFingerprint];
    const transcript = await digest(lengthPrefixed(...call, ...keys, ...dtls, utf8("identity")));
    const secrets = concat(await kem.decapsulate(ciphertext), await x25519.shared(theirs));
    const material = await crypto.subtle.importKey("raw", secrets, "HKDF", false, ["deriveBits"]);
    const expand = async (label: string) => {
      const bits = await crypto.subtle.deriveBits(hkdf(label, transcript), material, 512);
      return crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-512" }, false, [
        "sign",
      ]);
    };
    const mac = async (role: string) =>
      toBase64url(
        new Uint8Array(
          await crypto.subtle.sign("HMAC", await expand(`sx-call/1 confirm ${role}`), transcript),
        ),
      );

    expect(accept.mac).to.equal(await mac("responder"));
    expect(
      await codeRejectedBy(
        responder.confirm({ nonce: toBase64url(nonce), mac: await mac("initiator") }),
      ),
    ).to.equal(null);
    expect(await effectOf(secret)).to.equal(await effectOf(await expand("sx-call/1 epoch")));
  });
});

import { expect } from "@open-wc/testing";
import type { CallTerms, TransportBinding } from "../../../src/crypto/agreement/key-agreement.ts";
import type { ResumingInvite } from "../../../src/crypto/agreement/resumption.ts";
import { agree, effectOf, transport } from "../../support/agreement.ts";
import { toHex } from "../../support/hex.ts";
import { callId, description, otherCallId, zeros } from "../../support/signals.ts";
import { codeRejectedBy } from "../../support/thrown.ts";

const invite: ResumingInvite = {
  callId,
  seq: 0,
  media: "audio",
  sentAt: 1_000_000,
  offer: description(),
  keys: { x25519: zeros(32), mlkem768: zeros(1184) },
  commitment: zeros(64),
  resumes: otherCallId,
  device: zeros(16),
};
const terms: CallTerms = {
  sentAt: 1,
  resumes: otherCallId,
  callerDevice: zeros(16),
  calleeDevice: zeros(16),
};

describe("what a call leaves to later ones", () => {
  it("is the same on both sides, and another in every call", async () => {
    const [one, two] = await Promise.all([agree(), agree()]);
    const [caller, callee] = [one.caller.successors, one.calleeSuccessors];
    expect(await effectOf(caller.resumption.key)).to.equal(await effectOf(callee.resumption.key));
    expect(await effectOf(caller.resumption.key)).not.to.equal(
      await effectOf(two.caller.successors.resumption.key),
    );
    const handed = await Promise.all(
      [caller, callee, two.caller.successors].map((each) => each.exportContinuity()),
    );
    expect(handed.map(({ length }) => length)).to.deep.equal([32, 32, 32]);
    expect(toHex(handed[0]!)).to.equal(toHex(handed[1]!));
    expect(toHex(handed[0]!)).not.to.equal(toHex(handed[2]!));
  });

  it("has a resumption secret that cannot be extracted, and that a store can keep", async () => {
    const { calleeSuccessors } = await agree();
    const { key } = calleeSuccessors.resumption;
    expect([key.extractable, key.usages]).to.deep.equal([false, ["sign", "verify"]]);
    expect(await effectOf(structuredClone(key))).to.equal(await effectOf(key));
  });
});

describe("the proof of an invitation that resumes a call", () => {
  it("convinces the other side of that call", async () => {
    const { caller, calleeSuccessors } = await agree();
    const proof = await caller.successors.resumption.prove(invite);
    expect(proof.length).to.equal(zeros(64).length);
    expect(await calleeSuccessors.resumption.isProof(invite, proof)).to.equal(true);
  });

  it("is refused with any changed field, or with the secret of another call", async () => {
    const [one, two] = await Promise.all([agree(), agree()]);
    const { resumption } = one.caller.successors;
    const proof = await resumption.prove(invite);
    const changes: Partial<ResumingInvite>[] = [
      { callId: otherCallId },
      { seq: 1 },
      { media: "video" },
      { sentAt: 1_000_001 },
      { offer: description({ extra: ["a=x"] }) },
      { keys: { ...invite.keys, x25519: `B${zeros(32).slice(1)}` } },
      { keys: { ...invite.keys, mlkem768: `B${zeros(1184).slice(1)}` } },
      { commitment: `B${zeros(64).slice(1)}` },
      { resumes: callId },
      { device: `B${zeros(16).slice(1)}` },
    ];
    expect(Object.keys(Object.assign({}, ...changes) as object).sort()).to.deep.equal(
      Object.keys(invite).sort(),
    );
    for (const change of changes)
      expect(
        await resumption.isProof({ ...invite, ...change }, proof),
        JSON.stringify(Object.keys(change)),
      ).to.equal(false);
    for (const forged of ["", "+", zeros(64), `${proof.slice(0, -1)}B`, proof.slice(1)])
      expect(await resumption.isProof(invite, forged)).to.equal(false);
    const { resumption: others } = two.calleeSuccessors;
    expect(await others.isProof(invite, proof)).to.equal(false);
  });
});

describe("a call that resumes another one", () => {
  it("rests on the secret of that call: who does not hold it cannot agree", async () => {
    const [one, two] = await Promise.all([agree(), agree()]);
    const { resumption } = one.caller.successors;
    const binding: TransportBinding = { ...transport, terms, resumption };
    const both = (calleeTransport: TransportBinding) =>
      agree({ callerTransport: binding, calleeTransport });
    const { caller, callee } = await both({
      ...binding,
      resumption: one.calleeSuccessors.resumption,
    });
    expect(await effectOf(caller.secret)).to.equal(await effectOf(callee.secret));
    for (const other of [
      { ...transport, terms },
      { ...binding, resumption: two.calleeSuccessors.resumption },
    ])
      expect(await codeRejectedBy(both(other))).to.equal("insecure");
  });

  it("requires its terms", async () => {
    const { caller } = await agree();
    const { resumption } = caller.successors;
    const without = { ...transport, resumption };
    expect(
      await codeRejectedBy(agree({ callerTransport: without, calleeTransport: without })),
    ).to.equal("insecure");
  });
});

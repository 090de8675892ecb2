import { expect } from "@open-wc/testing";
import { KnownCalls } from "../../src/controller/known-calls.ts";
import { randomBytes, toBase64url } from "../../src/crypto/base64url.ts";
import { acceptsOf, aMoment, asText, handmadeInvitation } from "../support/attackers.ts";
import { Side } from "../support/call-pair.ts";

/** Far more than any memory of calls has room for. */
const many = 2_000;

const anId = () => toBase64url(randomBytes(16));

describe("a contact who calls again and again, so that other calls are forgotten", () => {
  it("makes no call of anybody else ring a second time", async () => {
    const victim = new Side();
    const { invite } = await handmadeInvitation();
    victim.source.receive(asText(invite), "ann");
    await victim.untilState("incoming");
    await victim.source.perform({ type: "decline" });
    const rings = () => victim.notices.filter(({ type }) => type === "incoming").length;
    expect(rings()).to.equal(1);

    const end = { protocol: "sx-call/1", type: "end", reason: "cancelled", seq: 1 };
    for (let number = 0; number < many; number++)
      victim.source.receive(asText({ ...end, callId: anId() }), "mallory");
    // Somebody repeats what Ann has said.
    victim.source.receive(asText(invite), "ann");
    victim.source.receive(asText(invite), "mallory");
    await aMoment();
    expect(rings()).to.equal(1);
    expect(victim.snapshot.state).to.equal("ended");
    expect(acceptsOf(victim)).to.equal(0);
    victim.source.close();
  });

  it("is forgotten for its own calls alone, and costs a bounded memory", () => {
    const known = new KnownCalls();
    const ofAnn = Array.from({ length: 10 }, anId);
    for (const id of ofAnn) known.add(id, "ann");
    const ofMallory = Array.from({ length: many }, anId);
    for (const id of ofMallory) known.add(id, "mallory");
    expect(ofAnn.every((id) => known.has(id))).to.equal(true);
    expect(ofMallory.filter((id) => known.has(id)).length).to.equal(64);
    // One who is heard of is not the first to be forgotten, however many there are.
    for (let contact = 0; contact < many; contact++) {
      known.add(anId(), `contact ${contact}`);
      if (contact % 100 === 0) known.add(ofAnn[0]!, "ann");
    }
    expect(known.has(ofAnn[9]!)).to.equal(true);
  });
});

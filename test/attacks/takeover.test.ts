import { expect } from "@open-wc/testing";
import { zeros } from "../support/signals.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { acceptsOf, aMoment, asText, invitationOf } from "../support/attackers.ts";

describe("an attacker who knows the id of a verified call, and claims to resume it", () => {
  let pair: CallPair;
  let stranger: Side;

  beforeEach(async () => {
    pair = new CallPair();
    stranger = new Side();
    await pair.connect("audio");
    await pair.b.until(({ securityCode }) => securityCode !== null);
    for (const side of [pair.a, pair.b])
      await side.source.perform({ type: "check-code", match: true });
    await pair.b.until(({ verification }) => verification.remote === true);
  });

  afterEach(() => {
    pair.close();
    stranger.source.close();
  });

  for (const [lie, changes] of Object.entries({
    "with nothing to prove it": {},
    "with a proof made up": { proof: zeros(64) },
    "with a nonce made up": { formerNonce: zeros(32) },
  })) {
    it(`rings beside it, ${lie}: nothing is accepted, and the call goes on untouched`, async () => {
      const { b } = pair;
      const before = b.snapshot;
      const invite = await invitationOf(stranger);
      b.source.receive(asText({ ...invite, resumes: before.callId, ...changes }), "mallory");
      await b.until(() => b.source.others.length === 1);
      await aMoment();
      // The victim's own state is unchanged.
      expect(acceptsOf(b)).to.equal(1);
      expect(stranger.snapshot.state).not.to.equal("connecting");
      expect(b.snapshot.local).to.deep.equal(before.local);
      // State shown to the victim.
      expect(b.snapshot).to.include({ callId: before.callId, state: "connected" });
      expect(b.snapshot.verification).to.deep.equal({ local: true, remote: true });
      expect(b.snapshot.securityCode).to.deep.equal(before.securityCode);
      expect(b.source.others.map(({ state }) => state)).to.deep.equal(["incoming"]);
      expect(pair.a.snapshot.state).to.equal("connected");
    });
  }
});

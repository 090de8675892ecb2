import { expect } from "@open-wc/testing";
import { Side } from "../support/call-pair.ts";
import { acceptsOf, aMoment, asText, handmadeInvitation } from "../support/attackers.ts";
import { zeros } from "../support/signals.ts";

/** Number of attempts: each accept of the victim is another chance to find a matching security code. */
const tries = 30;

describe("a caller who redials, again and again, a call that was accepted once", () => {
  let victim: Side;

  beforeEach(() => {
    victim = new Side();
  });

  afterEach(() => {
    victim.source.close();
  });

  async function accepted() {
    const first = await handmadeInvitation();
    victim.source.receive(asText(first.invite), "mallory");
    await victim.untilState("incoming");
    await victim.source.perform({ type: "accept", media: "audio" }).catch(() => undefined);
    return first;
  }

  it("is accepted once more at most, where each invitation proves who made the one before", async () => {
    let former = await accepted();
    // Each after the one before was judged, as one who searches would do it.
    for (let number = 0; number < 4; number++) {
      const next = await handmadeInvitation({
        resumes: former.invite.callId,
        formerNonce: former.agreement.giveUp() ?? zeros(32),
      });
      victim.source.receive(asText(next.invite), "mallory");
      await aMoment();
      former = next;
    }
    expect(acceptsOf(victim)).to.be.at.most(2);
    // Its person is asked again.
    expect(["incoming", "ended"]).to.include(victim.snapshot.state);
  });

  it("is not accepted again without a proof, however often", async () => {
    const { invite } = await accepted();
    for (let number = 0; number < tries; number++) {
      const next = await handmadeInvitation({ resumes: invite.callId, formerNonce: zeros(32) });
      victim.source.receive(asText(next.invite), "mallory");
    }
    await aMoment();
    expect(acceptsOf(victim)).to.be.at.most(1);
  });
});

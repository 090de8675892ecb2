import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { judgeInvite } from "../../src/call/arbitration.ts";
import { idleModel } from "../../src/call/model.ts";
import { toSnapshot } from "../../src/call/to-snapshot.ts";
import { CallScript, inSituation, say, settings } from "../support/call-script.ts";
import type { Situation } from "../support/call-script.ts";
import { callId, otherCallId, samples, signal } from "../support/signals.ts";

const nobody = new Set<string>();
const judge = (situation: Situation, id: string, known: ReadonlySet<string> = nobody) =>
  judgeInvite(signal("invite", { callId: id }), toSnapshot(inSituation(situation).model), known);

describe("an invitation", () => {
  it("rings where there is no call, and after one", () => {
    expect(judge("idle", otherCallId)).to.equal("ring");
    expect(judge("ended", otherCallId)).to.equal("ring");
  });

  it("is known where it comes again, in every state of its call", () => {
    for (const situation of ["incoming", "answering", "the callee connected", "ended"] as const) {
      expect(judge(situation, callId)).to.equal("known");
    }
  });

  it("is known where its call has been heard of before, also by an end that overtook it", () => {
    for (const situation of ["idle", "ringing", "incoming", "the caller connected", "ended"] as const) {
      expect(judge(situation, otherCallId, new Set([otherCallId]))).to.equal("known");
    }
  });

  it("finds this side busy where there is another call that is not only dialled", () => {
    const busy = ["incoming", "accepted", "answering", "the caller connected", "the callee reconnecting"] as const;
    for (const situation of busy) expect(judge(situation, otherCallId)).to.equal("busy");
  });

  it("gives way to the lower id where both sides dialled", () => {
    for (const situation of ["dialling", "inviting", "ringing"] as const) {
      expect(judge(situation, `0${callId.slice(1)}`)).to.equal("yield");
      expect(judge(situation, otherCallId)).to.equal("keep");
    }
  });
});

describe("two sides that dial each other", () => {
  const base64url = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  const id = fc.string({ unit: fc.constantFrom(...base64url), minLength: 22, maxLength: 22 });

  it("come to the same call, whatever their two ids are", () => {
    const dialling = (own: string) => {
      const call = new CallScript();
      call.do({ ...say.start(), callId: own });
      return toSnapshot(call.model);
    };
    fc.assert(
      fc.property(id, id, (a, b) => {
        fc.pre(a !== b);
        const verdicts = [
          judgeInvite({ ...samples.invite, callId: b }, dialling(a), nobody),
          judgeInvite({ ...samples.invite, callId: a }, dialling(b), nobody),
        ];
        expect(verdicts).to.have.members(["keep", "yield"]);
      }),
    );
  });

  it("judge nothing by a call that is not there", () => {
    fc.assert(
      fc.property(
        id,
        (other) => judgeInvite({ ...samples.invite, callId: other }, toSnapshot(idleModel(settings)), nobody) === "ring",
      ),
    );
  });
});

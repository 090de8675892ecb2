import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  judgeAge,
  judgeInvite,
  judgeKept,
  maxWaiting,
} from "../../../src/call/rules/arbitration.ts";
import type { FormerCall, PresentCalls } from "../../../src/call/rules/arbitration.ts";
import { idleModel } from "../../../src/call/state/model.ts";
import type { CallSnapshot } from "../../../src/call/snapshot.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import type { SignalOf } from "../../../src/signalling/messages.ts";
import { CallScript, inSituation, say, settings, startedAt } from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";
import { callId, otherCallId, samples, signal } from "../../support/signals.ts";

const thirdCallId = "AAAAAAAAAAAAAAAAAAAAAQ";
const inState = (situation: Situation): CallSnapshot => toSnapshot(inSituation(situation).model);
const renamed = (situation: Situation, id: string): CallSnapshot => ({
  ...inState(situation),
  callId: id,
});

function judge(
  situation: Situation,
  invite: Partial<SignalOf<"invite">>,
  calls: Partial<PresentCalls> = {},
  now = startedAt,
  isChecked = false,
) {
  const present: PresentCalls = {
    active: inState(situation),
    others: [],
    known: new Set(),
    former: null,
    whenBusy: "wait",
    dialledId: callId,
    isGlare: true,
    ...calls,
  };
  return judgeInvite(signal("invite", { callId: otherCallId, ...invite }), present, now, isChecked);
}

const inACall = [
  "incoming",
  "accepted",
  "answering",
  "the caller connected",
  "the callee reconnecting",
  "the caller on hold",
] as const;
const dialling = ["dialling", "inviting", "ringing"] as const;

describe("an invitation", () => {
  it("rings where there is no call, and after one", () => {
    expect(judge("idle", {})).to.equal("ring");
    expect(judge("ended", {})).to.equal("ring");
  });

  it("is known where it comes again, in every state of its call", () => {
    for (const situation of ["incoming", "answering", "the callee connected", "ended"] as const) {
      expect(judge(situation, { callId })).to.equal("known");
    }
    expect(judge("idle", {}, { others: [renamed("incoming", otherCallId)] })).to.equal("known");
  });

  it("is known where its call has been heard of before, also by an end that overtook it", () => {
    for (const situation of [
      "idle",
      "ringing",
      "incoming",
      "the caller connected",
      "ended",
    ] as const) {
      expect(judge(situation, {}, { known: new Set([otherCallId]) })).to.equal("known");
    }
  });

  it("waits where there is another call that is not only dialled", () => {
    for (const situation of inACall) expect(judge(situation, {}), situation).to.equal("wait");
  });

  it("is turned away where the host wants no second call, and where enough of them wait", () => {
    for (const situation of inACall)
      expect(judge(situation, {}, { whenBusy: "busy" }), situation).to.equal("busy");
    const waiting = Array.from({ length: maxWaiting }, (_, at) =>
      renamed("incoming", `waiting-${String(at)}`),
    );
    expect(judge("the caller connected", {}, { others: waiting })).to.equal("busy");
    expect(judge("the caller connected", {}, { others: waiting.slice(1) })).to.equal("wait");
    // Those on hold have been answered.
    const held = waiting.map(({ callId: id }) => renamed("the caller on hold", id ?? ""));
    expect(judge("the caller connected", {}, { others: held })).to.equal("wait");
  });

  it("that is too late becomes a missed call, also where the host wants busy", () => {
    expect(
      judge("the caller connected", { sentAt: startedAt - 60_001 }, { whenBusy: "busy" }),
    ).to.equal("late");
    expect(
      judge("the caller connected", { sentAt: startedAt - 60_000 }, { whenBusy: "busy" }),
    ).to.equal("busy");
  });

  const hour = 3_600_000;
  const ages: [name: string, age: number, ringFor: number | undefined, is: string][] = [
    ["new", 0, 60_000, "fresh"],
    ["at the end of its life", 60_000, 60_000, "fresh"],
    ["past its life", 60_001, 60_000, "check"],
    ["of a minute and a half, with a life of two", 90_000, 120_000, "fresh"],
    ["by a clock that is 90 s behind", 90_000, 60_000, "check"],
    ["by a clock that is hours behind", 5 * hour, 60_000, "check"],
    ["by a clock that is a day behind", 24 * hour, 60_000, "check"],
    ["of last week", 7 * 24 * hour, 60_000, "late"],
    ["by a clock that is a little ahead", -10_000, 60_000, "fresh"],
    ["by a clock that is 90 s ahead", -90_000, 60_000, "check"],
    ["by a clock that is hours ahead", -5 * hour, 60_000, "check"],
    ["of next year", -365 * 24 * hour, 60_000, "check"],
    ["of a kit from before, new", 60_000, undefined, "fresh"],
    ["of a kit from before, past its life", 60_001, undefined, "late"],
    ["of a kit from before, ahead", -5 * hour, undefined, "fresh"],
  ];
  for (const [name, age, ringFor, is] of ages) {
    it(`is ${is} where it is ${name}`, () => {
      const invite = { sentAt: startedAt - age, ...(ringFor !== undefined && { ringFor }) };
      expect(judgeAge(invite, startedAt)).to.equal(is);
      for (const situation of ["idle", "the caller connected"] as const) {
        const usual = situation === "idle" ? "ring" : "wait";
        expect(judge(situation, invite)).to.equal(is === "fresh" ? usual : is);
        // Its caller has said that it waits.
        expect(judge(situation, invite, {}, startedAt, true)).to.equal(usual);
      }
    });
  }

  it("gives way to the lower id where both sides dialled", () => {
    for (const situation of dialling) {
      expect(judge(situation, { callId: `0${callId.slice(1)}` })).to.equal("yield");
      expect(judge(situation, {})).to.equal("keep");
    }
  });

  it("is accepted where this side's own has not left yet: the other side may never hear of that", () => {
    for (const id of [`0${callId.slice(1)}`, otherCallId]) {
      expect(judge("dialling", { callId: id }, { dialledId: null })).to.equal("yield");
    }
  });

  it("is compared with the id that the other side knows, where this side redials", () => {
    expect(judge("dialling", { callId: "m" }, { dialledId: "z" })).to.equal("yield");
    expect(judge("dialling", { callId: "m" }, { dialledId: "a" })).to.equal("keep");
  });

  it("that is too late replaces no dialled call: its caller is gone", () => {
    expect(
      judge("ringing", { callId: `0${callId.slice(1)}`, sentAt: startedAt - 60_001 }),
    ).to.equal("late");
  });

  it("of another person than the one dialled waits", () => {
    for (const situation of dialling) {
      for (const id of [`0${callId.slice(1)}`, otherCallId]) {
        expect(judge(situation, { callId: id }, { isGlare: false })).to.equal("wait");
      }
    }
  });
});

describe("an invitation that gave way to a call dialled here", () => {
  it("waits while that rings there, is forgotten once it is accepted, and rings once it has come to nothing", () => {
    const verdicts = ([...dialling, "accepted", "the caller connected", "ended"] as const).map(
      (situation) => judgeKept(inState(situation).state),
    );
    expect(verdicts).to.deep.equal(["wait", "wait", "wait", "forget", "forget", "ring"]);
  });
});

/** The call that an invitation names, with a complete proof. */
const proven = (proof: FormerCall["proof"], changes: Partial<FormerCall> = {}) => ({
  former: { proof, isOlder: false, acceptedAt: startedAt, continuedAt: null, ...changes },
});

describe("an invitation that replaces another call", () => {
  const running = [
    "the caller connected",
    "the callee connected",
    "the callee reconnecting",
  ] as const;

  it("resumes the call that is shown, or one on hold, where it proves that its caller was in it", () => {
    for (const situation of running)
      expect(judge(situation, { resumes: callId }, proven("resumption"))).to.equal("resume");
    const others = [renamed("the caller on hold", thirdCallId)];
    expect(
      judge("the caller connected", { resumes: thirdCallId }, { others, ...proven("resumption") }),
    ).to.equal("resume");
  });

  it("is one like any other without that proof: the running call goes on untouched", () => {
    for (const situation of running) {
      for (const former of [null, proven("none").former, proven("authorship").former])
        expect(judge(situation, { resumes: callId }, { former })).to.equal("wait");
      const older = proven("none", { isOlder: true });
      expect(judge(situation, { resumes: callId }, older)).to.equal("wait");
    }
  });

  it("is one like any other where that call is not there, has only been dialled, or has ended", () => {
    for (const proof of ["resumption", "authorship"] as const) {
      expect(judge("idle", { resumes: callId }, proven(proof))).to.equal("ring");
      expect(judge("ended", { resumes: callId }, proven(proof))).to.equal("ring");
      expect(judge("accepted", { resumes: callId }, proven(proof))).to.equal("wait");
      expect(judge("the caller connected", { resumes: thirdCallId }, proven(proof))).to.equal(
        "wait",
      );
    }
  });

  it("resumes a call once a minute and no more", () => {
    const after = (milliseconds: number) =>
      judge(
        "the callee connected",
        { resumes: callId },
        proven("resumption", { continuedAt: startedAt - milliseconds }),
      );
    expect([after(0), after(59_999), after(60_000)]).to.deep.equal(["wait", "wait", "resume"]);
  });

  it("replaces a call that rings here where it proves who made it, and rings", () => {
    expect(judge("incoming", { resumes: callId }, proven("authorship"))).to.equal("replace");
    for (const proof of ["none", "resumption"] as const)
      expect(judge("incoming", { resumes: callId }, proven(proof))).to.equal("wait");
    const others = [renamed("incoming", thirdCallId)];
    expect(
      judge("the caller connected", { resumes: thirdCallId }, { others, ...proven("authorship") }),
    ).to.equal("replace");
    expect(
      judge("incoming", { resumes: callId }, proven("authorship"), startedAt + 60_001),
    ).to.equal("late");
  });

  it("may still do so between two kits of before, which have no proof: it only rings", () => {
    const older = proven("none", { isOlder: true });
    expect(judge("incoming", { resumes: callId }, older)).to.equal("replace");
    expect(judge("answering", { resumes: callId }, older)).to.equal("wait");
  });

  it("is accepted without ringing where it crossed the accept, once and within five seconds", () => {
    for (const situation of ["answering", "the callee with keys"] as const) {
      const at = (milliseconds: number, changes: Partial<FormerCall> = {}) =>
        judge(
          situation,
          { resumes: callId },
          proven("authorship", { acceptedAt: startedAt - milliseconds, ...changes }),
        );
      expect([at(0), at(5000), at(5001)]).to.deep.equal(["continue", "continue", "replace"]);
      expect(at(0, { continuedAt: startedAt })).to.equal("replace");
      expect(at(0, { acceptedAt: null })).to.equal("replace");
      expect(at(0, { proof: "none" })).to.equal("wait");
    }
  });

  it("is not taken where it comes too late", () => {
    const late = { resumes: callId, sentAt: startedAt - 60_001 };
    expect(judge("the caller connected", late, proven("resumption"))).to.equal("late");
  });
});

describe("two sides that dial each other", () => {
  const base64url = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  const id = fc.string({ unit: fc.constantFrom(...base64url), minLength: 22, maxLength: 22 });
  const nothingElse = {
    others: [],
    known: new Set<string>(),
    former: null,
    whenBusy: "wait",
    dialledId: null,
    isGlare: true,
  } as const;

  it("come to the same call, whatever their two ids are", () => {
    const dial = (own: string) => {
      const call = new CallScript();
      call.do({ ...say.start(), callId: own });
      return { ...nothingElse, active: toSnapshot(call.model), dialledId: own };
    };
    fc.assert(
      fc.property(id, id, (a, b) => {
        fc.pre(a !== b);
        const verdicts = [
          judgeInvite({ ...samples.invite, callId: b }, dial(a), startedAt),
          judgeInvite({ ...samples.invite, callId: a }, dial(b), startedAt),
        ];
        expect(verdicts).to.have.members(["keep", "yield"]);
      }),
    );
  });

  it("judge nothing by a call that is not there", () => {
    const present = { ...nothingElse, active: toSnapshot(idleModel(settings)) };
    fc.assert(
      fc.property(
        id,
        (other) => judgeInvite({ ...samples.invite, callId: other }, present, startedAt) === "ring",
      ),
    );
  });
});

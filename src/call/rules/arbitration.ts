import type { SignalOf } from "../../signalling/messages.ts";
import type { CallSnapshot } from "../snapshot.ts";
import type { CallStateName } from "../terms.ts";

/**
 * Decision about an invitation.
 * - `ring`: there is no other call.
 * - `known`: it came again, or after its own end.
 * - `check`: by this side's clock nobody waits any more, or not yet. One of the two clocks may be wrong: the caller is asked.
 * - `late`: nobody waits behind it any more: it is a missed call.
 * - `wait`: there is another call; this one rings beside it.
 * - `busy`: there is another call, and this one is turned away.
 * - `keep`: both sides dialled each other, and this side's call is the one that stays. See {@link judgeKept}.
 * - `yield`: both sides dialled each other, and the other side's call is the one that stays: it is accepted without ringing.
 * - `replace`: its caller dials anew a call that rings here, or was accepted: it takes its place, and rings.
 * - `continue`: it crossed the accept of the call that its caller dials anew: it takes that call's place without ringing.
 * - `resume`: it resumes a call whose page was loaded anew: it is accepted without ringing.
 */
export type InviteVerdict =
  | "ring"
  | "known"
  | "check"
  | "late"
  | "wait"
  | "busy"
  | "keep"
  | "yield"
  | "replace"
  | "continue"
  | "resume";

/** The call that an invitation claims to replace. */
export interface FormerCall {
  /**
   * Proof in the invitation: `resumption` that its caller was in that call, `authorship` that it created that call's
   * invitation.
   */
  readonly proof: "resumption" | "authorship" | "none";
  /** `true` where neither invitation names a device. Such kits send no proof. */
  readonly isOlder: boolean;
  /** Time of the accept. Milliseconds since the epoch. */
  readonly acceptedAt: number | null;
  /** Time at which it replaced another call without ringing. Milliseconds since the epoch; `null` if it did not. */
  readonly continuedAt: number | null;
}

/** Milliseconds after an accept in which a replacement sent before it may arrive. */
const crossingMilliseconds = 5_000;
/** Minimum milliseconds between two resumptions without ringing. */
const resumptionInterval = 60_000;

/** Calls at the time of an invitation. */
export interface PresentCalls {
  /** The call on screen. */
  readonly active: CallSnapshot;
  /** Waiting and held calls. */
  readonly others: readonly CallSnapshot[];
  /** Ids of known calls, including those whose `end` overtook their invitation. */
  readonly known: { has(callId: string): boolean };
  /** The call that the invitation replaces, if it is one of these; `null` otherwise. */
  readonly former: FormerCall | null;
  readonly whenBusy: "wait" | "busy";
  /** Id by which the other side may know the call dialled here; `null` before its invitation was sent. */
  readonly dialledId: string | null;
  /** `true` where the host names the same contact for the invitation and for the call dialled here. */
  readonly isGlare: boolean;
}

/** Milliseconds that a caller waits if its invitation does not state it. */
const usualLife = 60_000;
/** By how much two clocks differ without anybody noticing. Milliseconds. */
const usualSkew = 10_000;
/** By how much they may differ where somebody does. Milliseconds. */
export const longestSkew = 24 * 3_600_000;

/**
 * Returns whether a person still waits behind an invitation, by this side's clock. Older kits neither announce how long they
 * wait nor answer a question about it. Their own clock counts as right, and a time in the future as now.
 *
 * @param now milliseconds since the epoch.
 */
export function judgeAge(
  { sentAt, ringFor }: Pick<SignalOf<"invite">, "sentAt" | "ringFor">,
  now: number,
): "fresh" | "check" | "late" {
  const age = now - sentAt;
  if (age > (ringFor ?? usualLife))
    return ringFor === undefined || age > ringFor + longestSkew ? "late" : "check";
  return ringFor !== undefined && age < -usualSkew ? "check" : "fresh";
}

/** Maximum number of waiting calls. */
export const maxWaiting = 2;

/**
 * Decides about an invitation.
 *
 * @param now milliseconds since the epoch.
 * @param isChecked `true` where its caller has confirmed, a moment ago, that it still waits.
 */
export function judgeInvite(
  invite: SignalOf<"invite">,
  calls: PresentCalls,
  now: number,
  isChecked = false,
): InviteVerdict {
  const { active, others, known } = calls;
  const isThere = [active, ...others].some(({ callId }) => callId === invite.callId);
  if (isThere || known.has(invite.callId)) return "known";
  const isFree = active.state === "idle" || active.state === "ended";
  const age = isChecked ? "fresh" : judgeAge(invite, now);
  if (age !== "fresh") return age;
  const succession = judgeSuccession(invite, calls, now);
  if (succession !== null) return succession;
  if (isFree) return "ring";
  const isDialling = active.state === "inviting" || active.state === "ringing";
  if (isDialling && calls.isGlare) {
    const { dialledId } = calls;
    // Both sides know both ids, so both decide alike without a message. The other side does not know an invitation that was not
    // sent.
    return dialledId === null || invite.callId < dialledId ? "yield" : "keep";
  }
  const waiting = others.filter(({ state }) => state === "incoming").length;
  return calls.whenBusy === "busy" || waiting >= maxWaiting ? "busy" : "wait";
}

/**
 * Decides about an invitation that lost glare, by the state of the call dialled here. The other side has withdrawn it if it
 * knows that call, and continues to ring otherwise. A caller whose call failed is then called after all.
 */
export function judgeKept(dialled: CallStateName): "wait" | "ring" | "forget" {
  if (dialled === "inviting" || dialled === "ringing") return "wait";
  // An accepted invitation was forgotten before.
  return dialled === "ended" ? "ring" : "forget";
}

/**
 * Decides whether an invitation replaces another call, which requires a proof: a known id alone is not enough. Never twice in a
 * row automatically, because each accept is an attempt to find a matching code. Never for an ended call, whose end a person has
 * seen.
 */
function judgeSuccession(
  { resumes }: SignalOf<"invite">,
  { active, others, former }: PresentCalls,
  now: number,
): "replace" | "continue" | "resume" | null {
  const call = [active, ...others].find(({ callId }) => callId === resumes);
  if (former === null || call === undefined) return null;
  const { proof, isOlder, acceptedAt, continuedAt } = former;
  switch (call.state) {
    case "incoming":
      return proof === "authorship" || isOlder ? "replace" : null;
    case "connecting": {
      if (call.direction !== "incoming" || proof !== "authorship") return null;
      const hasCrossed = acceptedAt !== null && now - acceptedAt <= crossingMilliseconds;
      return hasCrossed && continuedAt === null ? "continue" : "replace";
    }
    case "connected":
    case "reconnecting": {
      const isTooSoon = continuedAt !== null && now - continuedAt < resumptionInterval;
      return proof === "resumption" && !isTooSoon ? "resume" : null;
    }
    default:
      return null;
  }
}

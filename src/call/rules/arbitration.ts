import type { SignalOf } from "../../signalling/messages.ts";
import { inviteLifetime } from "./ringing.ts";
import type { CallSnapshot } from "../snapshot.ts";
import type { CallStateName } from "../terms.ts";

/**
 * What becomes of an invitation.
 * - `ring`: there is no other call.
 * - `known`: it came again, or after its own end.
 * - `wait`: there is another call; this one rings beside it. One that is too late to ring is a missed call.
 * - `busy`: there is another call, and this one is turned away.
 * - `keep`: both sides dialled each other, and this side's call is the one that stays. See {@link judgeKept}.
 * - `yield`: both sides dialled each other, and the other side's call is the one that stays: it is accepted without ringing.
 * - `replace`: its caller dials anew a call that rings here, or was accepted: it takes its place, and rings.
 * - `continue`: it crossed the accept of the call that its caller dials anew: it takes that call's place without ringing.
 * - `resume`: it resumes a call whose page was loaded anew: it is accepted without ringing.
 */
export type InviteVerdict =
  "ring" | "known" | "wait" | "busy" | "keep" | "yield" | "replace" | "continue" | "resume";

/** What is known of the call that an invitation claims to take the place of. */
export interface FormerCall {
  /**
   * What the invitation proves: `resumption` that its caller was in that call, `authorship` that it made that call's invitation.
   */
  readonly proof: "resumption" | "authorship" | "none";
  /** Whether neither of the two invitations names a device. Such kits bring no proof. */
  readonly isOlder: boolean;
  /** When a person accepted it; milliseconds since the epoch. */
  readonly acceptedAt: number | null;
  /** When it took another call's place without ringing; milliseconds since the epoch, `null` where it did not. */
  readonly continuedAt: number | null;
}

/** A redial that left before the accept arrived comes within this time after it. Milliseconds. */
const crossingMilliseconds = 5_000;
/** Between two calls that resume one another without ringing. Milliseconds. */
const resumptionInterval = 60_000;

/** The calls that an invitation meets. */
export interface PresentCalls {
  /** The call that is shown. */
  readonly active: CallSnapshot;
  /** Those that wait or are on hold. */
  readonly others: readonly CallSnapshot[];
  /** The calls of which this side has heard before, also by an `end` that overtook its invitation. */
  readonly known: { has(callId: string): boolean };
  /** The call that the invitation names, where it is one of these; `null` where it names none. */
  readonly former: FormerCall | null;
  readonly whenBusy: "wait" | "busy";
  /** The id by which the other side may know the call that is dialled here; `null` while nothing of it has left. */
  readonly dialledId: string | null;
  /** Whether the invitation is of the person whom this side is dialling: the host has named both, and alike. */
  readonly isGlare: boolean;
}

/** How many calls may wait. */
export const maxWaiting = 2;

/**
 * Judges an invitation against the calls that there are.
 *
 * @param now milliseconds since the epoch.
 */
export function judgeInvite(
  invite: SignalOf<"invite">,
  calls: PresentCalls,
  now: number,
): InviteVerdict {
  const { active, others, known } = calls;
  const isThere = [active, ...others].some(({ callId }) => callId === invite.callId);
  if (isThere || known.has(invite.callId)) return "known";
  const isFree = active.state === "idle" || active.state === "ended";
  const isLate = now - invite.sentAt > inviteLifetime;
  const succession = isLate ? null : judgeSuccession(invite, calls, now);
  if (succession !== null) return succession;
  if (isFree) return "ring";
  const isDialling = active.state === "inviting" || active.state === "ringing";
  if (isDialling && calls.isGlare && !isLate) {
    const { dialledId } = calls;
    // Both sides see both ids, so that both come to the same result without another word. Of an invitation that has not left the
    // other side knows nothing, and may never hear.
    return dialledId === null || invite.callId < dialledId ? "yield" : "keep";
  }
  // Its caller is gone: nobody is there to be told.
  if (isLate) return "wait";
  const waiting = others.filter(({ state }) => state === "incoming").length;
  return calls.whenBusy === "busy" || waiting >= maxWaiting ? "busy" : "wait";
}

/**
 * What becomes of an invitation that gave way to a call dialled here, by the state of that call. The other side has withdrawn it if
 * it has heard of that call, and else rings on: whoever dialled in vain is then called after all.
 */
export function judgeKept(dialled: CallStateName): "wait" | "ring" | "forget" {
  if (dialled === "inviting" || dialled === "ringing") return "wait";
  // One that was accepted has been forgotten by now.
  return dialled === "ended" ? "ring" : "forget";
}

/**
 * Whether the invitation takes another call's place. Nothing of that happens without a proof: who only knows a call's name rings
 * beside it like anybody else. And nothing happens automatically twice in a row: each accept is a chance to search for a matching code.
 * A call that has ended is never taken up: a person has seen its end.
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
      const isSoon = continuedAt !== null && now - continuedAt < resumptionInterval;
      return proof === "resumption" && !isSoon ? "resume" : null;
    }
    default:
      return null;
  }
}

import type { SignalOf } from "../../signalling/messages.ts";
import { inviteLifetime } from "./set-up.ts";
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
 * - `replace`: its caller dials anew a call that rings here, or has just been accepted: it takes its place.
 * - `resume`: it takes up a call whose page was loaded anew: it is accepted without ringing.
 */
export type InviteVerdict =
  "ring" | "known" | "wait" | "busy" | "keep" | "yield" | "replace" | "resume";

/** The calls that an invitation meets. */
export interface PresentCalls {
  /** The call that is shown. */
  readonly active: CallSnapshot;
  /** Those that wait or are on hold. */
  readonly others: readonly CallSnapshot[];
  /** The calls of which this side has heard before, also by an `end` that overtook its invitation. */
  readonly knownIds: ReadonlySet<string>;
  /** The calls that a lost path has ended a moment ago. */
  readonly lostIds: ReadonlySet<string>;
  readonly whenBusy: "wait" | "busy";
  /** The id by which the other side may know the call that is dialled here; `null` while nothing of it has left. */
  readonly dialledId: string | null;
  /** Whether the invitation may be of the person whom this side is dialling. */
  readonly mayBeGlare: boolean;
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
  const { active, others, knownIds } = calls;
  const isThere = [active, ...others].some(({ callId }) => callId === invite.callId);
  if (isThere || knownIds.has(invite.callId)) return "known";
  const isFree = active.state === "idle" || active.state === "ended";
  const isLate = now - invite.sentAt > inviteLifetime;
  const former = [active, ...others].find(
    ({ callId }) => invite.resumes !== undefined && callId === invite.resumes,
  );
  if (
    !isLate &&
    former?.direction === "incoming" &&
    (former.state === "incoming" || former.state === "connecting")
  )
    return "replace";
  if (!isLate && takesUp(invite, calls, isFree)) return "resume";
  if (isFree) return "ring";
  const isDialling = active.state === "inviting" || active.state === "ringing";
  if (isDialling && calls.mayBeGlare && !isLate) {
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

/** One that a lost path has ended does not push itself into another call: it rings like any other. */
function takesUp(
  { resumes }: SignalOf<"invite">,
  { active, others, lostIds }: PresentCalls,
  isFree: boolean,
): boolean {
  if (resumes === undefined) return false;
  const running = [active, ...others].find(({ callId }) => callId === resumes);
  if (running?.state === "connected" || running?.state === "reconnecting") return true;
  return isFree && lostIds.has(resumes);
}

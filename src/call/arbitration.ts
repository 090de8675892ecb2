import type { SignalOf } from "../signalling/messages.ts";
import type { CallSnapshot } from "./snapshot.ts";

/**
 * What becomes of an invitation.
 * - `ring`: there is no other call.
 * - `known`: it came again, or after its own end.
 * - `busy`: there is another call.
 * - `keep`: both sides dialled each other, and this side's call is the one that stays.
 * - `yield`: both sides dialled each other, and the other side's call is the one that stays: it is accepted without ringing.
 */
export type InviteVerdict = "ring" | "known" | "busy" | "keep" | "yield";

/**
 * Judges an invitation against the call that there is.
 *
 * @param knownIds the calls of which this side has heard before, also by an `end` that overtook its invitation.
 */
export function judgeInvite(invite: SignalOf<"invite">, active: CallSnapshot, knownIds: ReadonlySet<string>): InviteVerdict {
  if (invite.callId === active.callId || knownIds.has(invite.callId)) return "known";
  switch (active.state) {
    case "idle":
    case "ended":
      return "ring";
    case "inviting":
    case "ringing":
      // Both sides see both ids, so that both come to the same result without another word.
      return invite.callId < (active.callId ?? "") ? "yield" : "keep";
    default:
      return "busy";
  }
}

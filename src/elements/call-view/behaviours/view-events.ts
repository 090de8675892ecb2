import type { CallNotice, CallSource } from "../../../controller/call-source.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import {
  SxCallEndedEvent,
  SxCallHeldEvent,
  SxCallWaitingEvent,
  SxErrorEvent,
  SxIncomingEvent,
  SxPermissionNeededEvent,
  SxProtectionChangedEvent,
  SxSecurityCodeCheckedEvent,
  codeDigits,
  SxSignalEvent,
  SxStateChangedEvent,
} from "../../../events/call-facts.ts";
import type { SxFactEvent } from "../../../events/sx-event.ts";

const detailOf = <Notice extends CallNotice>({ type: _type, ...detail }: Notice) => detail;

/** Returns the events of a notice, in order; none for a change of the screen only. */
export function eventsOf(notice: CallNotice, calls: CallSource): SxFactEvent<unknown>[] {
  switch (notice.type) {
    case "changed":
      return changesOf(notice.previous, calls.snapshot);
    case "signal":
      return [new SxSignalEvent(detailOf(notice))];
    case "incoming":
      return [new SxIncomingEvent(detailOf(notice))];
    case "waiting": {
      const { callId, media } = notice;
      const snapshot = calls.others.find((other) => other.callId === callId);
      return [new SxCallWaitingEvent({ callId, media, ...(snapshot && { snapshot }) })];
    }
    case "held":
      return [new SxCallHeldEvent(detailOf(notice))];
    case "ended":
      return [new SxCallEndedEvent(detailOf(notice))];
    case "written":
      // For the in-call screen.
      return [];
    case "error":
      return [new SxErrorEvent({ code: notice.error.code, message: notice.error.message })];
  }
}

/**
 * Returns the events of a change. The code check comes first: a mismatch ends the call in the same step, and its reason
 * precedes the end.
 */
function changesOf(previous: CallSnapshot, snapshot: CallSnapshot): SxFactEvent<unknown>[] {
  const facts: SxFactEvent<unknown>[] = [];
  const { securityCode, verification, protection, state } = snapshot;
  const match = verification.local;
  const isSameAnswer = snapshot.callId === previous.callId && match === previous.verification.local;
  if (match !== null && !isSameAnswer && securityCode !== null) {
    facts.push(new SxSecurityCodeCheckedEvent({ match, code: codeDigits(securityCode) }));
  }
  const before = previous.protection;
  if (
    (["status", "sending", "receiving"] as const).some((name) => protection[name] !== before[name])
  ) {
    facts.push(new SxProtectionChangedEvent({ protection }));
  }
  for (const device of ["microphone", "camera"] as const) {
    // A call that failed for its microphone has no devices any more: its error remains.
    const isRefused = ({ local, ending }: CallSnapshot) =>
      local[device].problem === "permission-denied" ||
      (device === "microphone" && ending?.problem === "permission-denied");
    if (isRefused(snapshot) && !isRefused(previous))
      facts.push(new SxPermissionNeededEvent({ device }));
  }
  if (state !== previous.state)
    facts.push(new SxStateChangedEvent({ state, previous: previous.state }));
  return facts;
}

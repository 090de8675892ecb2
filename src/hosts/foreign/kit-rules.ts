import type { CallEffect } from "../../call/events.ts";
import type { CallModel } from "../../call/state/model.ts";
import { sendControl, sendMediaState } from "../../call/rules/step.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import type { ConfirmShare } from "../../crypto/agreement/key-agreement.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import { sessionSteps } from "./session-step.ts";
import type { SessionStep } from "./session-step.ts";

/** What a session of every foreign protocol knows of the other side. */
export interface KitSession {
  readonly call: CallModel;
  /** What the other side is, told by its description: another kit, or the name of the protocol's own. */
  readonly peer: string;
  /** The offerer's proof of its keys, for a control channel that is not open yet. */
  readonly confirm: ConfirmShare | null;
  /** What another kit told of its devices before it was known to be one. */
  readonly earlyMedia: Extract<ControlMessage, { type: "media" }> | null;
}

/** Check the offerer's proof of its keys. */
export interface CheckPeer {
  readonly type: "check-peer";
  readonly confirm: ConfirmShare;
}

/** The set-up of `sx-call/1`, which never happens in a call of a foreign protocol. */
type SetUpType =
  "send" | "prepare-offer" | "prepare-answer" | "answer" | "apply-answer" | "check-confirm";
const setUp: ReadonlySet<string> = new Set<SetUpType>([
  "send",
  "prepare-offer",
  "prepare-answer",
  "answer",
  "apply-answer",
  "check-confirm",
]);

/** What a call brings about besides. */
export type ForeignEffect = Exclude<CallEffect, { type: SetUpType }>;

/** What stays of an effect of the call's own rules. Only another kit reads the control channel: nobody else has one who listens. */
export function translateEffect(peer: string, effect: CallEffect): ForeignEffect[] {
  if (isSetUp(effect)) return [];
  if (peer === "kit") return [effect];
  if (effect.type === "close") return [{ ...effect, farewell: null }];
  return effect.type === "send-control" ? [] : [effect];
}

const isSetUp = (effect: CallEffect): effect is Extract<CallEffect, { type: SetUpType }> =>
  setUp.has(effect.type);

/**
 * The rules of a control channel that only another kit has, beside a protocol's own.
 *
 * @param carry takes over a step that the rules of a call have made.
 */
export function kitRules<Session extends KitSession, Effect>(
  carry: (session: Session, step: Step) => SessionStep<Session, Effect | CheckPeer>,
) {
  const { next, after } = sessionSteps<Session, Effect | CheckPeer>();

  /** Sends the proof of this side's keys as soon as there is a control channel. */
  function proveKeys(session: Session) {
    const { call, confirm, peer } = session;
    if (confirm === null || peer !== "kit" || !call.path.isControlOpen) return next(session);
    const proof = sendControl(call, { type: "confirm", ...confirm });
    return carry({ ...session, confirm: null }, proof);
  }

  /** The control channel may have been quicker than the keys: what it would have carried is said, and heard, now. */
  function introduce(session: Session, now: number) {
    const { call, earlyMedia, peer } = session;
    const met = { ...session, earlyMedia: null };
    if (peer !== "kit") return next(met);
    const told = call.path.isControlOpen ? carry(met, sendMediaState(call)) : next(met);
    if (earlyMedia === null) return told;
    return after(told, (one) =>
      carry(one, transition(one.call, { type: "control", message: earlyMedia }, now)),
    );
  }

  /** @param isAnswerer whether this side has answered the other's offer: then the other proves its keys. */
  function takeControl(
    session: Session,
    message: ControlMessage,
    isAnswerer: boolean,
    now: number,
  ) {
    const { call, peer } = session;
    if (peer === "unknown" && message.type === "media")
      return next({ ...session, earlyMedia: message });
    if (peer !== "kit") return next(session);
    if (message.type !== "confirm")
      return carry(session, transition(call, { type: "control", message }, now));
    return isAnswerer && !call.keys.isConfirmed
      ? next(session, { type: "check-peer", confirm: message })
      : next(session);
  }

  return { proveKeys, introduce, takeControl };
}

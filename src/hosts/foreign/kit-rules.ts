import type { CallEffect } from "../../call/events.ts";
import type { CallModel } from "../../call/state/model.ts";
import { sendControl, type Step } from "../../call/rules/step.ts";
import { sendMediaState } from "../../call/rules/own-devices.ts";
import { transition } from "../../call/rules/transition.ts";
import { confirmed } from "../../call/state/keys.ts";
import type { Agreed } from "./kit-handshake.ts";
import type { ConfirmShare } from "../../crypto/agreement/key-agreement.ts";
import type { ControlMessage } from "../../signalling/control.ts";

/** Result of one event in a session of a foreign protocol: the next session, and its effects in order. */
export type SessionStep<Session, Effect> = readonly [Session, readonly Effect[]];

/** Returns the two combinators of steps for one protocol's session and effects. */
export function sessionSteps<Session, Effect>() {
  return {
    /** Returns a step with effects. */
    next: (session: Session, ...effects: Effect[]): SessionStep<Session, Effect> => [
      session,
      effects,
    ],
    /** Chains two steps. */
    after: (
      [session, effects]: SessionStep<Session, Effect>,
      more: (session: Session) => SessionStep<Session, Effect>,
    ): SessionStep<Session, Effect> => {
      const [last, others] = more(session);
      return [last, [...effects, ...others]];
    },
  };
}

/** State about the other side in a session of every foreign protocol. */
export interface KitSession {
  readonly call: CallModel;
  /** Kind of the other side, from its description: another kit, or the name of the protocol's own page. */
  readonly peer: string;
  /** The offerer's key proof, for a control channel that is not open yet. */
  readonly confirm: ConfirmShare | null;
  /** Device state that another kit sent before it was identified. */
  readonly earlyMedia: Extract<ControlMessage, { type: "media" }> | null;
}

/** The keys are agreed: the other side is a kit, and gets the proof of this side's keys. */
export function withKeys<Session extends KitSession>(session: Session, agreed: Agreed): Session {
  const { call } = session;
  return {
    ...session,
    call: { ...call, keys: confirmed(call.keys, agreed) },
    confirm: agreed.confirm,
  };
}

/** Verify the offerer's key proof. */
export interface CheckPeer {
  readonly type: "check-peer";
  readonly confirm: ConfirmShare;
}

/** The set-up of `sx-call/1`, which a foreign protocol does not use. */
type SetUpType =
  | "send"
  | "prepare-offer"
  | "prepare-answer"
  | "answer"
  | "apply-answer"
  | "check-confirm";
const setUp: ReadonlySet<string> = new Set<SetUpType>([
  "send",
  "prepare-offer",
  "prepare-answer",
  "answer",
  "apply-answer",
  "check-confirm",
]);

/** Other effects of a call. */
export type ForeignEffect = Exclude<CallEffect, { type: SetUpType }>;

/** Returns the remaining effects of the call's rules. Only another kit reads the control channel. */
export function translateEffect(peer: string, effect: CallEffect): ForeignEffect[] {
  if (isSetUp(effect)) return [];
  if (peer === "kit") return [effect];
  if (effect.type === "close") return [{ ...effect, reason: null }];
  return effect.type === "send-control" ? [] : [effect];
}

const isSetUp = (effect: CallEffect): effect is Extract<CallEffect, { type: SetUpType }> =>
  setUp.has(effect.type);

/**
 * Rules of the control channel between two kits, in addition to a protocol's own.
 *
 * @param carry applies a step of the call's rules.
 */
export function kitRules<Session extends KitSession, Effect>(
  carry: (session: Session, step: Step) => SessionStep<Session, Effect | CheckPeer>,
) {
  const { next, after } = sessionSteps<Session, Effect | CheckPeer>();

  /** Sends the proof of this side's keys once there is a control channel. */
  function proveKeys(session: Session) {
    const { call, confirm, peer } = session;
    if (confirm === null || peer !== "kit" || !call.path.isControlOpen) return next(session);
    const proof = sendControl(call, { type: "confirm", ...confirm });
    return carry({ ...session, confirm: null }, proof);
  }

  /** The control channel may open before the keys are ready: sends and handles the waiting messages. */
  function introduce(session: Session, now: number) {
    const { call, earlyMedia, peer } = session;
    const met = { ...session, earlyMedia: null };
    if (peer !== "kit") return next(met);
    const reported = call.path.isControlOpen ? carry(met, sendMediaState(call)) : next(met);
    if (earlyMedia === null) return reported;
    return after(reported, (one) =>
      carry(one, transition(one.call, { type: "control", message: earlyMedia }, now)),
    );
  }

  /** @param isAnswerer `true` where this side has answered: the other side then proves its keys. */
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

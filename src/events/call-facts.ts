import type { CallMedia, CallStateName } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallRecord, CallEnding } from "../call/record.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import type { ProtectionReport } from "../call/state/protection.ts";
import type { ConnectionReport } from "../call/state/connection-report.ts";

/** `detail` of `sx-incoming`. */
export interface SxIncomingDetail {
  /** The call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** Media that the caller asks for. */
  readonly media: CallMedia;
}

/** A call comes in. The host may ring, vibrate or show a notification. */
export class SxIncomingEvent extends SxFactEvent<SxIncomingDetail> {
  static readonly eventName = "sx-incoming";
  declare readonly type: typeof SxIncomingEvent.eventName;

  constructor(detail: SxIncomingDetail) {
    super(SxIncomingEvent.eventName, detail);
  }
}

/** `detail` of `sx-state-changed`. */
export interface SxStateChangedDetail {
  /** The new state. */
  readonly state: CallStateName;
  /** The previous state. */
  readonly previous: CallStateName;
}

/** The state of the call changed. */
export class SxStateChangedEvent extends SxFactEvent<SxStateChangedDetail> {
  static readonly eventName = "sx-state-changed";
  declare readonly type: typeof SxStateChangedEvent.eventName;

  constructor(detail: SxStateChangedDetail) {
    super(SxStateChangedEvent.eventName, detail);
  }
}

/** `detail` of `sx-call-held`. */
export interface SxCallHeldDetail {
  /** The call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** `true` while the side named by `by` holds the call. */
  readonly held: boolean;
  /** The side that changed it. */
  readonly by: "local" | "remote";
}

/** A call was put on hold or resumed. */
export class SxCallHeldEvent extends SxFactEvent<SxCallHeldDetail> {
  static readonly eventName = "sx-call-held";
  declare readonly type: typeof SxCallHeldEvent.eventName;

  constructor(detail: SxCallHeldDetail) {
    super(SxCallHeldEvent.eventName, detail);
  }
}

/** `detail` of `sx-call-waiting`. */
export interface SxCallWaitingDetail {
  /** The waiting call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** Media that the caller asks for. */
  readonly media: CallMedia;
  /** Snapshot of the waiting call. Absent where it has already ended. */
  readonly snapshot?: CallSnapshot;
}

/** A second call arrived during a call. The view shows the banner; the host may play a tone or vibrate. */
export class SxCallWaitingEvent extends SxFactEvent<SxCallWaitingDetail> {
  static readonly eventName = "sx-call-waiting";
  declare readonly type: typeof SxCallWaitingEvent.eventName;

  constructor(detail: SxCallWaitingDetail) {
    super(SxCallWaitingEvent.eventName, detail);
  }
}

/** `detail` of `sx-call-ended`. */
export interface SxCallEndedDetail {
  /** The record of the call. JSON-safe. */
  readonly record: CallRecord;
  /**
   * 32 bytes derived from the keys of the call. Present only where both people confirmed the security code.
   *
   * Both hosts store it for the contact and set it as `hostSecret` of their next call. That call then connects only between the
   * same two devices.
   */
  readonly continuity?: Uint8Array;
}

/** A call ended. Its record is the immutable item for the chat history. */
export class SxCallEndedEvent extends SxFactEvent<SxCallEndedDetail> {
  static readonly eventName = "sx-call-ended";
  declare readonly type: typeof SxCallEndedEvent.eventName;

  constructor(detail: SxCallEndedDetail) {
    super(SxCallEndedEvent.eventName, detail);
  }
}

/** `detail` of `sx-signal`. */
export interface SxSignalDetail {
  /** Argument of `receiveSignal()` on the other side. Plain JSON. */
  readonly message: SignalMessage;
}

/** A message for the other side. The host delivers it unread over its own end-to-end encrypted channel. */
export class SxSignalEvent extends SxFactEvent<SxSignalDetail> {
  static readonly eventName = "sx-signal";
  declare readonly type: typeof SxSignalEvent.eventName;

  constructor(detail: SxSignalDetail) {
    super(SxSignalEvent.eventName, detail);
  }
}

/** The codes of `errors.ts`, taken from the snapshot: `events` may import types of `call` and `signalling` only. */
export type ErrorCode = NonNullable<CallEnding["problem"]>;

/**
 * Codes of warnings, after which the call continues. `worker-unavailable`: the frame worker did not start; `message` names its
 * location.
 */
export type WarningCode = "worker-unavailable";

/** `detail` of `sx-error`. */
export interface SxErrorDetail {
  /** Error code for programs. */
  readonly code: ErrorCode | WarningCode;
  /** English sentence for developers. It holds no key, SDP, candidate or name. */
  readonly message: string;
}

/** An operation failed or a signal was refused. The call continues unless `sx-call-ended` follows. */
export class SxErrorEvent extends SxFactEvent<SxErrorDetail> {
  static readonly eventName = "sx-error";
  declare readonly type: typeof SxErrorEvent.eventName;

  constructor(detail: SxErrorDetail) {
    super(SxErrorEvent.eventName, detail);
  }
}

/** `detail` of `sx-permission-needed`. */
export interface SxPermissionNeededDetail {
  /** The refused device. */
  readonly device: "microphone" | "camera";
}

/**
 * The person, the browser or the system refused a device. Fired once for each refusal, so that a native host can open its
 * settings.
 */
export class SxPermissionNeededEvent extends SxFactEvent<SxPermissionNeededDetail> {
  static readonly eventName = "sx-permission-needed";
  declare readonly type: typeof SxPermissionNeededEvent.eventName;

  constructor(detail: SxPermissionNeededDetail) {
    super(SxPermissionNeededEvent.eventName, detail);
  }
}

/** `detail` of `sx-protection-changed`. */
export interface SxProtectionChangedDetail {
  /** The measured protection with its counts at this moment. */
  readonly protection: ProtectionReport;
}

/** The measured protection changed: `status`, `sending` or `receiving`. Not fired where only a count grew. */
export class SxProtectionChangedEvent extends SxFactEvent<SxProtectionChangedDetail> {
  static readonly eventName = "sx-protection-changed";
  declare readonly type: typeof SxProtectionChangedEvent.eventName;

  constructor(detail: SxProtectionChangedDetail) {
    super(SxProtectionChangedEvent.eventName, detail);
  }
}

/** `detail` of `sx-security-code-checked`. */
export interface SxSecurityCodeCheckedDetail {
  /** `true` where this side's person confirmed that both codes are the same. */
  readonly match: boolean;
  /**
   * The long form of the code: seven numbers from 00 to 63, separated by spaces, as in `"05 41 17 62 00 33 09"`. The first four
   * are the short form. Both sides get the same string in every language.
   *
   * Every call has its own code: it identifies the call, not the contact. A host that remembers contacts stores the result
   * beside its own identity key of them, with the code as evidence.
   */
  readonly code: string;
}

/** The person compared the security code. `sx-call-ended` follows where it does not match. */
export class SxSecurityCodeCheckedEvent extends SxFactEvent<SxSecurityCodeCheckedDetail> {
  static readonly eventName = "sx-security-code-checked";
  declare readonly type: typeof SxSecurityCodeCheckedEvent.eventName;

  constructor(detail: SxSecurityCodeCheckedDetail) {
    super(SxSecurityCodeCheckedEvent.eventName, detail);
  }
}

/** Returns a number of a security code in two ASCII digits. */
export const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** Returns a security code as digits, for hosts: `"05 41 17 62 00 33 09"`. Separate from the emoji, which load later. */
export const codeDigits = (code: readonly number[]): string => code.map(twoDigits).join(" ");

/** `detail` of `sx-connection-checked`. */
export interface SxConnectionCheckedDetail {
  /** Result of the check. It holds no password and no address of this device. */
  readonly report: ConnectionReport;
}

/** A connection check has finished. */
export class SxConnectionCheckedEvent extends SxFactEvent<SxConnectionCheckedDetail> {
  static readonly eventName = "sx-connection-checked";
  declare readonly type: typeof SxConnectionCheckedEvent.eventName;

  constructor(detail: SxConnectionCheckedDetail) {
    super(SxConnectionCheckedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-incoming": SxIncomingEvent;
    "sx-state-changed": SxStateChangedEvent;
    "sx-call-held": SxCallHeldEvent;
    "sx-call-waiting": SxCallWaitingEvent;
    "sx-call-ended": SxCallEndedEvent;
    "sx-signal": SxSignalEvent;
    "sx-error": SxErrorEvent;
    "sx-permission-needed": SxPermissionNeededEvent;
    "sx-protection-changed": SxProtectionChangedEvent;
    "sx-security-code-checked": SxSecurityCodeCheckedEvent;
    "sx-connection-checked": SxConnectionCheckedEvent;
  }
}

import type {
  CallDirection,
  CallEnding,
  CallErrorCode,
  CallMedia,
  CallOutcome,
  CallStateName,
  ConnectingStep,
  EndReason,
  ProtectionStatus,
} from "sx-call-kit";
import { protectionIcon } from "../../src/elements/shared/status-icons.ts";

/** Every member of a union, in order. A member that is missing here does not compile. */
const members = <Name extends string>(record: Record<Name, true>) => Object.keys(record) as Name[];

export const states = members<CallStateName>({
  idle: true,
  inviting: true,
  ringing: true,
  incoming: true,
  connecting: true,
  connected: true,
  reconnecting: true,
  ended: true,
});

export const steps = members<ConnectingStep>({
  devices: true,
  keys: true,
  path: true,
  security: true,
});

export const directions = members<CallDirection>({ outgoing: true, incoming: true });

export const medias = members<CallMedia>({ audio: true, video: true });

export const sides = members<CallEnding["by"]>({ local: true, remote: true, none: true });

export const endReasons = members<EndReason>({
  "hung-up": true,
  cancelled: true,
  declined: true,
  busy: true,
  unanswered: true,
  failed: true,
  "answered-elsewhere": true,
});

export const outcomes = members<CallOutcome>({
  completed: true,
  missed: true,
  declined: true,
  cancelled: true,
  busy: true,
  unanswered: true,
  failed: true,
  "answered-elsewhere": true,
});

export const protections = Object.keys(protectionIcon) as ProtectionStatus[];

export const errorCodes = members<CallErrorCode>({
  "bad-signal": true,
  "unsupported-version": true,
  "too-large": true,
  "unknown-call": true,
  insecure: true,
  flooded: true,
  "bad-frame": true,
  "code-mismatch": true,
  unprotected: true,
  "encryption-lost": true,
  "encryption-unsupported": true,
  "webrtc-unsupported": true,
  "permission-denied": true,
  "device-not-found": true,
  "device-busy": true,
  "connection-failed": true,
  "timed-out": true,
  "not-possible": true,
  "bad-argument": true,
  internal: true,
});

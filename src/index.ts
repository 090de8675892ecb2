export { SxCallControls } from "./elements/call-controls/call-controls.ts";
export { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
export { SxCallView } from "./elements/call-view/call-view.ts";
export { SxConnectionCheck, type ConnectionChecker } from "./elements/connection-check/connection-check.ts";
export { SxIncomingCall } from "./elements/incoming-call/incoming-call.ts";
export { SxSecurityCode } from "./elements/security-code/security-code.ts";
export type { Contact } from "./elements/shared/contact.ts";
export { english } from "./elements/shared/english.ts";
export { registerWords, type Dictionary, type Words } from "./elements/shared/words.ts";

export { SxAcceptEvent, type SxAcceptDetail } from "./events/sx-accept.ts";
export { SxCallBackEvent, type SxCallBackDetail } from "./events/sx-call-back.ts";
export { SxCallHeldEvent, type SxCallHeldDetail } from "./events/sx-call-held.ts";
export { SxCallWaitingEvent, type SxCallWaitingDetail } from "./events/sx-call-waiting.ts";
export { SxCallEndedEvent, type SxCallEndedDetail } from "./events/sx-call-ended.ts";
export { SxCheckCodeEvent, type SxCheckCodeDetail } from "./events/sx-check-code.ts";
export { SxCloseEvent } from "./events/sx-close.ts";
export { SxConnectionCheckedEvent, type SxConnectionCheckedDetail } from "./events/sx-connection-checked.ts";
export { SxDeclineEvent, type SxDeclineDetail } from "./events/sx-decline.ts";
export { SxErrorEvent, type SxErrorDetail } from "./events/sx-error.ts";
export { SxFlipCameraEvent } from "./events/sx-flip-camera.ts";
export { SxHangUpEvent } from "./events/sx-hang-up.ts";
export { SxHideAddressEvent } from "./events/sx-hide-address.ts";
export { SxIgnoreEvent, type SxIgnoreDetail } from "./events/sx-ignore.ts";
export { SxIncomingEvent, type SxIncomingDetail } from "./events/sx-incoming.ts";
export type { SxIntent } from "./events/sx-intent.ts";
export { SxProtectionChangedEvent, type SxProtectionChangedDetail } from "./events/sx-protection-changed.ts";
export { SxResumeEvent, type SxResumeDetail } from "./events/sx-resume.ts";
export { SxSecurityCodeCheckedEvent, type SxSecurityCodeCheckedDetail } from "./events/sx-security-code-checked.ts";
export { SxSignalEvent, type SxSignalDetail } from "./events/sx-signal.ts";
export { SxStateChangedEvent, type SxStateChangedDetail } from "./events/sx-state-changed.ts";
export { SxToggleCameraEvent } from "./events/sx-toggle-camera.ts";
export { SxToggleMicrophoneEvent } from "./events/sx-toggle-microphone.ts";
export { SxToggleScreenEvent } from "./events/sx-toggle-screen.ts";

export { openFrame, sealFrame, type FrameOptions, type SealOptions } from "./crypto/frame-functions.ts";

export { checkConnection, type ConnectionCheckOptions } from "./controller/connection-check.ts";
export type {
  ConnectionReport,
  LoopReport,
  OverallVerdict,
  ServerReport,
  ServerTransport,
  ServerVerdict,
  UdpStatus,
} from "./call/connection-report.ts";

export { CallError, type CallErrorCode } from "./errors.ts";
export type { DirectionProtection, ProtectionReport, ProtectionStatus } from "./call/protection.ts";
export type { CallOutcome, CallRecord } from "./call/record.ts";
export type {
  CallAction,
  CallDirection,
  CallEnding,
  CallMedia,
  CallSnapshot,
  CallStateName,
  ConnectingStep,
  DeviceStatus,
  EndReason,
  Hold,
  LocalMediaStatus,
  RemoteMediaStatus,
  Verification,
} from "./call/snapshot.ts";
export type { CallMediaDevices } from "./media/device-requests.ts";
export type { SignalMessage, SignalType } from "./signalling/messages.ts";

export { SxCallControls } from "./elements/call-controls/call-controls.ts";
export { SxCallHistory, type CallHistoryFilter } from "./elements/call-history/call-history.ts";
export { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
export { SxCallView } from "./elements/call-view/call-view.ts";
export {
  SxConnectionCheck,
  type ConnectionChecker,
} from "./elements/connection-check/connection-check.ts";
export { SxDeviceMenu } from "./elements/device-menu/device-menu.ts";
export type { AudioRoute } from "./elements/shared/status-icons.ts";
export { SxIncomingCall } from "./elements/incoming-call/incoming-call.ts";
export { SxSecurityCode } from "./elements/security-code/security-code.ts";

export type { ShortcutScope } from "./elements/call-view/behaviours/shortcuts.ts";
export type { Contact } from "./elements/shared/contact.ts";
export type { ShortcutAction, ShortcutKeys } from "./elements/shared/shortcut-keys.ts";
export { english } from "./elements/words/english.ts";
export {
  registerWords,
  type Dictionary,
  type PermissionKind,
  type Words,
} from "./elements/words/strings.ts";

export {
  SxAcceptEvent,
  type SxAcceptDetail,
  SxDeclineEvent,
  type SxDeclineDetail,
  SxHideAddressEvent,
  SxIgnoreEvent,
  type SxIgnoreDetail,
  SxResumeEvent,
  type SxResumeDetail,
  SxCallBackEvent,
  type SxCallBackDetail,
  SxCloseEvent,
  SxOpenCallEvent,
  type SxOpenCallDetail,
} from "./events/before-and-after-intents.ts";
export {
  SxNoteEvent,
  type SxNoteDetail,
  SxTranscriptEvent,
  type SxTranscriptDetail,
  type TranscriptMessage,
  SxPauseScreenEvent,
  SxChangeScreenEvent,
  SxMenuOpenEvent,
  type SxMenuOpenDetail,
  SxPictureInPictureEvent,
  type SxPictureInPictureDetail,
  SxScreenActionEvent,
  type ScreenAction,
  type SxScreenActionDetail,
  SxToggleScreenEvent,
} from "./events/screen-events.ts";
export {
  SxCallHeldEvent,
  type SxCallHeldDetail,
  SxCallWaitingEvent,
  type SxCallWaitingDetail,
  SxCallEndedEvent,
  type SxCallEndedDetail,
  SxConnectionCheckedEvent,
  type SxConnectionCheckedDetail,
  SxErrorEvent,
  type SxErrorDetail,
  SxIncomingEvent,
  type SxIncomingDetail,
  SxPermissionNeededEvent,
  type SxPermissionNeededDetail,
  SxProtectionChangedEvent,
  type SxProtectionChangedDetail,
  SxSecurityCodeCheckedEvent,
  type SxSecurityCodeCheckedDetail,
  SxSignalEvent,
  type SxSignalDetail,
  SxStateChangedEvent,
  type SxStateChangedDetail,
} from "./events/call-facts.ts";
export {
  SxCheckCodeEvent,
  type SxCheckCodeDetail,
  SxHangUpEvent,
  SxHoldEvent,
  SxSetVolumeEvent,
  type SxSetVolumeDetail,
  SxTestSpeakerEvent,
  SxChooseRouteEvent,
  type SxChooseRouteDetail,
  SxChooseDeviceEvent,
  type SxChooseDeviceDetail,
  SxFlipCameraEvent,
  SxSwitchVoiceEvent,
  type SxSwitchVoiceDetail,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
  type SxIntent,
} from "./events/call-intents.ts";

export {
  openFrame,
  sealFrame,
  type FrameOptions,
  type SealOptions,
} from "./crypto/frames/frame-functions.ts";

export { checkConnection, type ConnectionCheckOptions } from "./controller/connection-check.ts";
export type {
  ConnectionReport,
  LoopReport,
  OverallVerdict,
  ServerReport,
  ServerTransport,
  ServerVerdict,
  UdpStatus,
} from "./call/state/connection-report.ts";

export { CallError, type CallErrorCode } from "./errors.ts";
export type {
  DirectionProtection,
  ProtectionReport,
  ProtectionStatus,
} from "./call/state/protection.ts";
export {
  ongoingRecord,
  type CallRecordLike,
  type OngoingCallRecord,
  type CallReport,
} from "./call/report.ts";
export type { CallEnding, CallOutcome, CallRecord, ReportedEvent } from "./call/record.ts";
export type { CallSnapshot } from "./call/snapshot.ts";
export type { Verification } from "./call/state/keys.ts";
export type {
  DeviceChoice,
  DeviceList,
  DeviceStatus,
  LocalMediaStatus,
  VoiceProcessing,
} from "./call/state/devices.ts";
export type { Hold } from "./call/state/model.ts";
export type { RemoteMediaStatus } from "./call/state/devices.ts";
export type {
  CallAction,
  CallDirection,
  CallMedia,
  CallStateName,
  CaptureHint,
  ConnectingStep,
  EndReason,
} from "./call/terms.ts";
export type { TrackEffect, TrackProcessor } from "./media/devices/open-track.ts";
export type { CallMediaDevices } from "./media/devices/device-requests.ts";
export type { SignalMessage, SignalType } from "./signalling/messages.ts";

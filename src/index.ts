export { SxCallControls } from "./elements/call-controls/call-controls.ts";
export { SxCallHistory, type CallHistoryFilter } from "./elements/call-history/call-history.ts";
export { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
export { SxCallView } from "./elements/call-view/call-view.ts";
export {
  SxConnectionCheck,
  type ConnectionChecker,
} from "./elements/connection-check/connection-check.ts";
export { SxDeviceMenu } from "./elements/device-menu/device-menu.ts";
export type { AudioRoute } from "./elements/shared/audio-route.ts";
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

export { SxAcceptEvent, type SxAcceptDetail } from "./events/sx-accept.ts";
export { SxCallBackEvent, type SxCallBackDetail } from "./events/sx-call-back.ts";
export { SxNoteEvent, type SxNoteDetail } from "./events/sx-note.ts";
export { SxCallHeldEvent, type SxCallHeldDetail } from "./events/sx-call-held.ts";
export { SxCallWaitingEvent, type SxCallWaitingDetail } from "./events/sx-call-waiting.ts";
export { SxCallEndedEvent, type SxCallEndedDetail } from "./events/sx-call-ended.ts";
export { SxCheckCodeEvent, type SxCheckCodeDetail } from "./events/sx-check-code.ts";
export { SxPauseScreenEvent } from "./events/sx-pause-screen.ts";
export { SxChangeScreenEvent } from "./events/sx-change-screen.ts";
export { SxSetVolumeEvent, type SxSetVolumeDetail } from "./events/sx-set-volume.ts";
export { SxTestSpeakerEvent } from "./events/sx-test-speaker.ts";
export { SxChooseRouteEvent, type SxChooseRouteDetail } from "./events/sx-choose-route.ts";
export { SxChooseDeviceEvent, type SxChooseDeviceDetail } from "./events/sx-choose-device.ts";
export { SxCloseEvent } from "./events/sx-close.ts";
export {
  SxConnectionCheckedEvent,
  type SxConnectionCheckedDetail,
} from "./events/sx-connection-checked.ts";
export { SxDeclineEvent, type SxDeclineDetail } from "./events/sx-decline.ts";
export { SxErrorEvent, type SxErrorDetail } from "./events/sx-error.ts";
export { SxFlipCameraEvent } from "./events/sx-flip-camera.ts";
export { SxHangUpEvent } from "./events/sx-hang-up.ts";
export { SxHideAddressEvent } from "./events/sx-hide-address.ts";
export { SxHoldEvent } from "./events/sx-hold.ts";
export { SxIgnoreEvent, type SxIgnoreDetail } from "./events/sx-ignore.ts";
export { SxIncomingEvent, type SxIncomingDetail } from "./events/sx-incoming.ts";
export type { SxIntent } from "./events/sx-intent.ts";
export { SxOpenCallEvent, type SxOpenCallDetail } from "./events/sx-open-call.ts";
export { SxMenuOpenEvent, type SxMenuOpenDetail } from "./events/sx-menu-open.ts";
export {
  SxPermissionNeededEvent,
  type SxPermissionNeededDetail,
} from "./events/sx-permission-needed.ts";
export {
  SxPictureInPictureEvent,
  type SxPictureInPictureDetail,
} from "./events/sx-picture-in-picture.ts";
export {
  SxProtectionChangedEvent,
  type SxProtectionChangedDetail,
} from "./events/sx-protection-changed.ts";
export { SxResumeEvent, type SxResumeDetail } from "./events/sx-resume.ts";
export {
  SxScreenActionEvent,
  type ScreenAction,
  type SxScreenActionDetail,
} from "./events/sx-screen-action.ts";
export {
  SxTranscriptEvent,
  type SxTranscriptDetail,
  type TranscriptMessage,
} from "./events/sx-transcript.ts";
export {
  SxSecurityCodeCheckedEvent,
  type SxSecurityCodeCheckedDetail,
} from "./events/sx-security-code-checked.ts";
export { SxSignalEvent, type SxSignalDetail } from "./events/sx-signal.ts";
export { SxStateChangedEvent, type SxStateChangedDetail } from "./events/sx-state-changed.ts";
export { SxSwitchVoiceEvent, type SxSwitchVoiceDetail } from "./events/sx-switch-voice.ts";
export { SxToggleCameraEvent } from "./events/sx-toggle-camera.ts";
export { SxToggleMicrophoneEvent } from "./events/sx-toggle-microphone.ts";
export { SxToggleScreenEvent } from "./events/sx-toggle-screen.ts";

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
} from "./call/ongoing-record.ts";
export type { CallEnding, CallOutcome, CallRecord } from "./call/record.ts";
export type { CallReport } from "./call/report.ts";
export type { ReportedEvent } from "./call/state/receipt.ts";
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

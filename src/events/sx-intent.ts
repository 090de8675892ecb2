import type {
  SxAcceptEvent,
  SxDeclineEvent,
  SxHideAddressEvent,
  SxIgnoreEvent,
  SxResumeEvent,
  SxCallBackEvent,
  SxCloseEvent,
} from "./before-and-after-intents.ts";
import type {
  SxCheckCodeEvent,
  SxHangUpEvent,
  SxHoldEvent,
  SxChooseDeviceEvent,
  SxFlipCameraEvent,
  SxSwitchVoiceEvent,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
} from "./call-intents.ts";
import type { SxScreenActionEvent, SxToggleScreenEvent } from "./screen-events.ts";

/** Every intent event, discriminated by `type`. */
export type SxIntent =
  | SxAcceptEvent
  | SxDeclineEvent
  | SxIgnoreEvent
  | SxHangUpEvent
  | SxHideAddressEvent
  | SxHoldEvent
  | SxResumeEvent
  | SxToggleMicrophoneEvent
  | SxToggleCameraEvent
  | SxFlipCameraEvent
  | SxChooseDeviceEvent
  | SxSwitchVoiceEvent
  | SxToggleScreenEvent
  | SxCheckCodeEvent
  | SxCallBackEvent
  | SxScreenActionEvent
  | SxCloseEvent;

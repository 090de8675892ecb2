import type { SxAcceptEvent } from "./sx-accept.ts";
import type { SxCallBackEvent } from "./sx-call-back.ts";
import type { SxCheckCodeEvent } from "./sx-check-code.ts";
import type { SxChooseDeviceEvent } from "./sx-choose-device.ts";
import type { SxCloseEvent } from "./sx-close.ts";
import type { SxDeclineEvent } from "./sx-decline.ts";
import type { SxFlipCameraEvent } from "./sx-flip-camera.ts";
import type { SxHangUpEvent } from "./sx-hang-up.ts";
import type { SxHideAddressEvent } from "./sx-hide-address.ts";
import type { SxIgnoreEvent } from "./sx-ignore.ts";
import type { SxHoldEvent } from "./sx-hold.ts";
import type { SxResumeEvent } from "./sx-resume.ts";
import type { SxScreenActionEvent } from "./sx-screen-action.ts";
import type { SxSwitchVoiceEvent } from "./sx-switch-voice.ts";
import type { SxToggleCameraEvent } from "./sx-toggle-camera.ts";
import type { SxToggleMicrophoneEvent } from "./sx-toggle-microphone.ts";
import type { SxToggleScreenEvent } from "./sx-toggle-screen.ts";

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

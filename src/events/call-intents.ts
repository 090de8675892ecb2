import type {
  SxAcceptEvent,
  SxDeclineEvent,
  SxHideAddressEvent,
  SxIgnoreEvent,
  SxResumeEvent,
  SxCallBackEvent,
  SxCloseEvent,
} from "./before-and-after-intents.ts";
import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";
import type { SxScreenActionEvent, SxToggleScreenEvent } from "./screen-events.ts";
import type { VoiceProcessing } from "../call/state/devices.ts";

/** The person ends the call, or cancels it while it rings. */
export class SxHangUpEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hang-up";
  declare readonly type: typeof SxHangUpEvent.eventName;

  constructor() {
    super(SxHangUpEvent.eventName, null);
  }
}

/** The person puts the call on screen on hold. */
export class SxHoldEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hold";
  declare readonly type: typeof SxHoldEvent.eventName;

  constructor() {
    super(SxHoldEvent.eventName, null);
  }
}

/** `detail` of `sx-check-code`. */
export interface SxCheckCodeDetail {
  /** `true` where both people see the same security code. */
  readonly match: boolean;
}

/** The person compared the security code. `match: false` ends the call. */
export class SxCheckCodeEvent extends SxIntentEvent<SxCheckCodeDetail> {
  static readonly eventName = "sx-check-code";
  declare readonly type: typeof SxCheckCodeEvent.eventName;

  constructor(detail: SxCheckCodeDetail) {
    super(SxCheckCodeEvent.eventName, detail);
  }
}

/** The person turns this side's microphone on or off. */
export class SxToggleMicrophoneEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-microphone";
  declare readonly type: typeof SxToggleMicrophoneEvent.eventName;

  /** @param detail - desired state. Omit to toggle. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleMicrophoneEvent.eventName, detail);
  }
}

/** The person turns this side's camera on or off. */
export class SxToggleCameraEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-camera";
  declare readonly type: typeof SxToggleCameraEvent.eventName;

  /** @param detail - desired state. Omit to toggle. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleCameraEvent.eventName, detail);
  }
}

/** The person switches between the front and the back camera. */
export class SxFlipCameraEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-flip-camera";
  declare readonly type: typeof SxFlipCameraEvent.eventName;

  constructor() {
    super(SxFlipCameraEvent.eventName, null);
  }
}

/** `detail` of `sx-choose-device`. */
export interface SxChooseDeviceDetail {
  readonly device: "microphone" | "camera" | "speaker";
  /**
   * An id in `CallSnapshot.devices`. For a speaker, `""` selects the system's default output, and `null` lets the person choose in a window
   * of the browser, where `canAskForSpeaker` is set.
   */
  readonly id: string | null;
}

/** The person selects another microphone, camera or speaker. */
export class SxChooseDeviceEvent extends SxIntentEvent<SxChooseDeviceDetail> {
  static readonly eventName = "sx-choose-device";
  declare readonly type: typeof SxChooseDeviceEvent.eventName;

  constructor(detail: SxChooseDeviceDetail) {
    super(SxChooseDeviceEvent.eventName, detail);
  }
}

/** `detail` of `sx-choose-route`. */
export interface SxChooseRouteDetail {
  /** The `id` of one of the host's `audioRoutes`. */
  readonly id: string;
}

/** The person selects one of the host's `audioRoutes`. The host changes the route: the kit has no default action. */
export class SxChooseRouteEvent extends SxIntentEvent<SxChooseRouteDetail> {
  static readonly eventName = "sx-choose-route";
  declare readonly type: typeof SxChooseRouteEvent.eventName;

  constructor(detail: SxChooseRouteDetail) {
    super(SxChooseRouteEvent.eventName, detail);
  }
}

/** `detail` of `sx-switch-voice`. */
export interface SxSwitchVoiceDetail {
  /** A key of `CallSnapshot.voice` whose value is `true` or `false`. */
  readonly feature: keyof VoiceProcessing;
  /** `true` to turn it on. */
  readonly on: boolean;
}

/** The person turns processing of the voice, or blur of the camera's background, on or off. */
export class SxSwitchVoiceEvent extends SxIntentEvent<SxSwitchVoiceDetail> {
  static readonly eventName = "sx-switch-voice";
  declare readonly type: typeof SxSwitchVoiceEvent.eventName;

  constructor(detail: SxSwitchVoiceDetail) {
    super(SxSwitchVoiceEvent.eventName, detail);
  }
}

/** `detail` of `sx-set-volume`. */
export interface SxSetVolumeDetail {
  /** 0 (silent) to 1. */
  readonly volume: number;
  /** `call`: the voice of the other side. `screen`: the sound of its shared screen. */
  readonly of: "call" | "screen";
}

/**
 * The person sets how loud the other side is. The nearest view performs it (`callVolume`, `screenVolume`). A host may keep it for each
 * contact, and set the property before the next call.
 */
export class SxSetVolumeEvent extends SxIntentEvent<SxSetVolumeDetail> {
  static readonly eventName = "sx-set-volume";
  declare readonly type: typeof SxSetVolumeEvent.eventName;

  constructor(detail: SxSetVolumeDetail) {
    super(SxSetVolumeEvent.eventName, detail);
  }
}

/** The person wants to hear the speaker. The nearest view plays a tone on the chosen one, as loud as the call. */
export class SxTestSpeakerEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-test-speaker";
  declare readonly type: typeof SxTestSpeakerEvent.eventName;

  constructor() {
    super(SxTestSpeakerEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-hang-up": SxHangUpEvent;
    "sx-hold": SxHoldEvent;
    "sx-check-code": SxCheckCodeEvent;
    "sx-toggle-microphone": SxToggleMicrophoneEvent;
    "sx-toggle-camera": SxToggleCameraEvent;
    "sx-flip-camera": SxFlipCameraEvent;
    "sx-choose-device": SxChooseDeviceEvent;
    "sx-choose-route": SxChooseRouteEvent;
    "sx-switch-voice": SxSwitchVoiceEvent;
    "sx-set-volume": SxSetVolumeEvent;
    "sx-test-speaker": SxTestSpeakerEvent;
  }
}

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

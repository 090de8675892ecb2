import type { VoiceProcessing } from "./state/devices.ts";
import type { CallMedia, DeviceKind, DeviceName } from "./terms.ts";

/** Intents of a person for one call: the person's part of its events. */
export type CallIntent =
  | { readonly type: "accept"; readonly media: CallMedia }
  | { readonly type: "decline" }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "set-device"; readonly device: DeviceName; readonly on: boolean }
  | { readonly type: "flip-camera" }
  /** `id`: an id in `CallSnapshot.devices`. For a speaker, `""` selects the system's default output. */
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string }
  | { readonly type: "set-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  /** The person compared the security code. */
  | { readonly type: "check-code"; readonly match: boolean }
  /** Stops sending and playing media until `resume`. */
  | { readonly type: "hold" }
  | { readonly type: "resume" }
  /** Hides this device's address. Before accepting, or while ringing on the other side, which starts a new call. */
  | { readonly type: "hide-address"; readonly on: boolean };

/** Intents of a person or the host for all calls. */
export type CallsIntent =
  /** `to`: id of the callee. Only an invitation of the same contact counts as glare. */
  | { readonly type: "start"; readonly media: CallMedia; readonly to?: string }
  /** Resumes the call before a reload of the page, from its last snapshot. */
  | { readonly type: "resume-call"; readonly last: unknown; readonly to?: string }
  /** Tells the other side that such a call is not resumed. `last`: as in `resume-call`. */
  | { readonly type: "leave-call"; readonly last: unknown }
  /** `active`: action on the call on screen. */
  | {
      readonly type: "accept-waiting";
      readonly callId: string;
      readonly media: CallMedia;
      readonly active: "end" | "hold";
    }
  | { readonly type: "decline-waiting"; readonly callId: string }
  | { readonly type: "ignore-waiting"; readonly callId: string }
  /** Resumes the held call, and holds the one on screen. */
  | { readonly type: "swap"; readonly callId: string }
  /** Another device of the same person answered or declined the call. */
  | { readonly type: "answered-elsewhere"; readonly callId: string }
  | { readonly type: "declined-elsewhere"; readonly callId: string };

/** Every intent of a person or the host. */
export type Intent = CallIntent | CallsIntent;

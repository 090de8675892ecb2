import type { VoiceProcessing } from "./state/devices.ts";
import type { CallMedia, DeviceKind, DeviceName } from "./terms.ts";

/** What a person asks of one call: the person's part of its events. */
export type CallIntent =
  | { readonly type: "accept"; readonly media: CallMedia }
  | { readonly type: "decline" }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "set-device"; readonly device: DeviceName; readonly on: boolean }
  | { readonly type: "flip-camera" }
  /** `id`: one of `CallSnapshot.devices`; of a speaker also the empty one, for the system's own. */
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string }
  | { readonly type: "set-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  /** A person has compared the security code with the other side. */
  | { readonly type: "check-code"; readonly match: boolean }
  /** Nothing is sent and nothing played until `resume`. */
  | { readonly type: "hold" }
  | { readonly type: "resume" }
  /** Whether to hide this device's address from the other side: before accepting, or while it rings there, which dials anew. */
  | { readonly type: "hide-address"; readonly on: boolean };

/** What a person, or the host, asks of all calls together. */
export type CallsIntent =
  /** `to`: the person called, as the host names its contacts. Only an invitation of theirs can cross this one. */
  | { readonly type: "start"; readonly media: CallMedia; readonly to?: string }
  /** Resumes a call that the page was in before it was loaded anew, from its last snapshot. */
  | { readonly type: "resume-call"; readonly last: unknown; readonly to?: string }
  /** Tells the other side of such a call that nobody resumes it. `last`: as in `resume-call`. */
  | { readonly type: "leave-call"; readonly last: unknown }
  /** `active`: what becomes of the call that is shown. */
  | {
      readonly type: "accept-waiting";
      readonly callId: string;
      readonly media: CallMedia;
      readonly active: "end" | "hold";
    }
  | { readonly type: "decline-waiting"; readonly callId: string }
  | { readonly type: "ignore-waiting"; readonly callId: string }
  /** The held call of that id is resumed, and the one that is shown is put on hold. */
  | { readonly type: "swap"; readonly callId: string }
  /** Another device of the same person has accepted or declined the call. */
  | { readonly type: "answered-elsewhere"; readonly callId: string }
  | { readonly type: "declined-elsewhere"; readonly callId: string };

/** Everything that a person, or the host, can ask for. */
export type Intent = CallIntent | CallsIntent;

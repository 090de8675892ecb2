import { property } from "lit/decorators.js";
import type { SystemControlsChoice } from "./attention.ts";
import { ControlOptions } from "./control-options.ts";

/**
 * What a host chooses of the sounds of a call and of what it asks of the device.
 *
 * @fires {SxHangUpEvent} sx-hang-up - The person ends the call by a button of the system. Cancelable.
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The person switches the microphone by a button of the system. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The person switches the camera by a button of the system. Cancelable.
 *
 * @csspart tap-to-hear - The button in a call whose sound the browser holds back until something is pressed.
 */
export abstract class AttentionOptions extends ControlOptions {
  /** How loud the sounds of the view are, 0 (none) to 1: ringback, busy, connected, ended and the like. Voices stay as they are. */
  @property({ type: Number }) volume = 0.5;

  /** Whose ringback and busy tone are played, an ISO 3166-1 region such as `GB`. `null` for the region of the language. */
  @property({ attribute: "sound-region" }) soundRegion: string | null = null;

  /** Whether an incoming call rings, and vibrates, in the view. Off by default: most hosts have a ring of their own. */
  @property({ type: Boolean }) ring = false;

  /** Whether nothing vibrates. */
  @property({ type: Boolean, attribute: "no-haptics" }) noHaptics = false;

  /** Whether the screen may go dark during a call. */
  @property({ type: Boolean, attribute: "no-wake-lock" }) noWakeLock = false;

  /** What the system may show of a call, on a lock screen or a headset: nothing, its buttons, or also the contact's name. */
  @property({ attribute: "system-controls" }) systemControls: SystemControlsChoice = "buttons";
}

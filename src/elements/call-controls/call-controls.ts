import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import type { CallAction, CallSnapshot, DeviceStatus } from "../../call/snapshot.ts";
import { SxFlipCameraEvent } from "../../events/sx-flip-camera.ts";
import { SxHangUpEvent } from "../../events/sx-hang-up.ts";
import { SxToggleCameraEvent } from "../../events/sx-toggle-camera.ts";
import { SxToggleMicrophoneEvent } from "../../events/sx-toggle-microphone.ts";
import { SxToggleScreenEvent } from "../../events/sx-toggle-screen.ts";
import { CallConsumer } from "../shared/context.ts";
import { icon } from "../shared/icon.ts";
import type { IconName } from "../shared/icons.ts";
import { RovingFocus } from "../shared/roving-focus.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { styles } from "./call-controls.styles.ts";

/** What can be pressed where nothing is known of a call: what every call has. */
const always: readonly CallAction[] = ["toggle-microphone", "toggle-camera", "hang-up"];

/** How one on-off button looks and what it says. */
interface Toggle {
  readonly part: string;
  readonly name: string;
  readonly tip: string;
  readonly drawing: IconName;
  readonly device: DeviceStatus | undefined;
  readonly marked: boolean;
  readonly press: () => void;
}

/**
 * The toolbar of a call: microphone, camera, flip, screen and the end of the call, as far as the call allows them.
 *
 * It follows the nearest call around it, or the snapshot it is given. What it shows is what the devices do, never what was asked
 * of them. Every button is an intent, done by the nearest call unless a host prevents it; without a call it only says so.
 *
 * @tagname sx-call-controls
 *
 * @slot - More buttons, before the one that ends the call. They take part in the arrow keys with the attribute `data-roving`.
 *
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The microphone button was pressed. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The camera button was pressed. Cancelable.
 * @fires {SxFlipCameraEvent} sx-flip-camera - The flip button was pressed. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The screen button was pressed. Cancelable.
 * @fires {SxHangUpEvent} sx-hang-up - The end button was pressed. Cancelable.
 *
 * @csspart toolbar - The row of buttons.
 * @csspart button - Every button.
 * @csspart microphone - The microphone button.
 * @csspart camera - The camera button.
 * @csspart flip - The flip button.
 * @csspart screen - The screen button.
 * @csspart hang-up - The end button.
 *
 * @cssprop [--sx-control-size=3rem] - The width and height of a button.
 * @cssprop [--sx-controls-direction=row] - `column` stands the toolbar upright.
 * @cssprop [--sx-controls-gap=0.75rem] - The space between two buttons.
 * @cssprop [--sx-controls-background] - Behind a button that is as usual.
 */
export class SxCallControls extends SxElement {
  static readonly tagName = "sx-call-controls";
  static override styles = [tokens, buttons, styles];
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** The call to show instead of the nearest one around the element. */
  @property({ attribute: false }) snapshot: CallSnapshot | null = null;

  readonly #nearest = new CallConsumer(this);
  readonly #focus = new RovingFocus(this);

  protected override render(): TemplateResult {
    const call = this.snapshot ?? this.#nearest.calls?.snapshot ?? null;
    const can = (action: CallAction) => (call?.actions ?? always).includes(action);
    return html`<div
      class="toolbar"
      part="toolbar"
      role="toolbar"
      aria-label=${this.say("controls")}
      @keydown=${this.#focus.onKeyDown}
      @focusin=${this.#focus.onFocusIn}
    >
      ${can("toggle-microphone") ? this.#renderToggle(this.#microphone(call)) : nothing}
      ${can("toggle-camera") ? this.#renderToggle(this.#camera(call)) : nothing}
      ${can("flip-camera") ? this.#renderFlip() : nothing}
      ${can("toggle-screen") ? this.#renderToggle(this.#screen(call)) : nothing}
      <slot></slot>
      ${can("hang-up") ? this.#renderHangUp() : nothing}
    </div>`;
  }

  #microphone(call: CallSnapshot | null): Toggle {
    const device = call?.local.microphone;
    const off = device !== undefined && device.state !== "on";
    return {
      part: "microphone",
      name: this.say("microphone"),
      tip: this.say(off ? "unmuteMicrophone" : "muteMicrophone"),
      drawing: off ? "mic-off" : "mic",
      device,
      marked: off && device.state !== "starting",
      press: this.#onMicrophone,
    };
  }

  #camera(call: CallSnapshot | null): Toggle {
    const device = call?.local.camera;
    const off = device !== undefined && device.state !== "on";
    return {
      part: "camera",
      name: this.say("camera"),
      tip: this.say(off ? "cameraOn" : "cameraOff"),
      // In an audio call the camera is off as a matter of course, and nothing to point at.
      drawing: off && call?.media === "video" ? "video-off" : "video",
      device,
      marked: off && device.state !== "starting" && call?.media === "video",
      press: this.#onCamera,
    };
  }

  #screen(call: CallSnapshot | null): Toggle {
    const device = call?.local.screen;
    const on = device?.state === "on";
    return {
      part: "screen",
      name: this.say("screen"),
      tip: this.say(on ? "screenStop" : "screenStart"),
      drawing: "monitor-up",
      device,
      marked: on,
      press: this.#onScreen,
    };
  }

  #renderToggle({ part, name, tip, drawing, device, marked, press }: Toggle) {
    const busy = device?.state === "starting";
    // `aria-disabled` instead of `disabled`: a button that opens a device keeps the focus.
    return html`<button
      class="round ${marked ? "marked" : ""}"
      part="button ${part}"
      type="button"
      data-roving
      title=${tip}
      aria-label=${name}
      aria-pressed=${device?.state === "on" ? "true" : "false"}
      aria-busy=${busy ? "true" : nothing}
      aria-disabled=${busy ? "true" : nothing}
      @click=${busy ? nothing : press}
    >
      ${icon(drawing)}
    </button>`;
  }

  #renderFlip() {
    const name = this.say("flipCamera");
    return html`<button
      class="round"
      part="button flip"
      type="button"
      data-roving
      title=${name}
      aria-label=${name}
      @click=${this.#onFlip}
    >
      ${icon("switch-camera")}
    </button>`;
  }

  #renderHangUp() {
    const name = this.say("endCall");
    return html`<button
      class="round danger"
      part="button hang-up"
      type="button"
      data-roving
      title=${name}
      aria-label=${name}
      @click=${this.#onHangUp}
    >
      ${icon("phone", "solid hang-up")}
    </button>`;
  }

  readonly #onMicrophone = () => void this.intend(new SxToggleMicrophoneEvent());

  readonly #onCamera = () => void this.intend(new SxToggleCameraEvent());

  readonly #onFlip = () => void this.intend(new SxFlipCameraEvent());

  readonly #onScreen = () => void this.intend(new SxToggleScreenEvent());

  readonly #onHangUp = () => void this.intend(new SxHangUpEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-controls": SxCallControls;
  }
}

import { html, nothing, type TemplateResult, type LitElement, type ReactiveController } from "lit";
import { query } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { audioRoutes, number, type PropertyReaders } from "../shared/property-readers.ts";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { DeviceChoice, VoiceProcessing } from "../../call/state/devices.ts";
import {
  SxChooseDeviceEvent,
  SxChooseRouteEvent,
  SxSetVolumeEvent,
  SxSwitchVoiceEvent,
  SxTestSpeakerEvent,
} from "../../events/call-intents.ts";
import { CallConsumer } from "../shared/call-consumer.ts";
import { routeIcons, type AudioRoute } from "../shared/status-icons.ts";
import { icon, type IconName } from "../shared/icons.ts";
import { KeepFocus, SxElement } from "../shared/sx-element.ts";
import { snapshot } from "../shared/read-records.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./device-menu.styles.ts";
import type { CallLevels } from "../../controller/call-source.ts";

/** Milliseconds between updates. More would not be visible. */
const interval = 100;

/** Decibels below full scale that count as silence. */
const floor = 60;

/** Shows the level of the microphone while its host is connected and visible. */
class LevelMeter implements ReactiveController {
  readonly #host: LitElement;
  readonly #levels: () => CallLevels | null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement, levels: () => CallLevels | null) {
    this.#host = host;
    this.#levels = levels;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#draw, interval);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  /** Without a rendering: only the bar changes. */
  readonly #draw = (): void => {
    const meter = this.#host.renderRoot.querySelector<HTMLElement>(".meter");
    if (meter === null || document.hidden) return;
    const level = barOf(this.#levels()?.microphone() ?? 0);
    meter.style.setProperty("--_level", level.toFixed(2));
    // In steps of ten, so that a screen reader does not announce ten values a second.
    meter.ariaValueNow = String(Math.round(level * 10) * 10);
  };
}

/** Returns the length of the bar for a linear level, both 0 to 1: proportional to decibels, like hearing. */
export function barOf(level: number): number {
  return level > 0 ? Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / floor)) : 0;
}

/** One option of a group. */
interface Option {
  readonly id: string;
  readonly label: string;
  readonly isChosen: boolean;
  readonly iconName?: IconName | undefined;
}

/**
 * The devices of a call: microphone, camera, speaker, input level, and processing of voice and picture.
 *
 * Shows `snapshot`, or the call of the nearest `<sx-call-view>` ancestor. The selected option is the device in use, not the
 * requested one. Each choice fires a cancelable intent, which the nearest call performs.
 *
 * @tagname sx-device-menu
 *
 * @fires {SxChooseDeviceEvent} sx-choose-device - The person selects another microphone, camera or speaker. Cancelable.
 * @fires {SxSwitchVoiceEvent} sx-switch-voice - The person turns processing of voice or picture on or off. Cancelable.
 * @fires {SxSetVolumeEvent} sx-set-volume - The person sets how loud the other side is. Cancelable.
 * @fires {SxTestSpeakerEvent} sx-test-speaker - The person wants to hear the speaker. Cancelable.
 * @fires {SxChooseRouteEvent} sx-choose-route - The person selects one of the `audioRoutes`. The host changes the route.
 *
 * @csspart devices - The whole element.
 * @csspart group - The options of one kind of device.
 * @csspart title - The heading of a group.
 * @csspart option - One radio button or switch.
 * @csspart meter - The input level of the microphone.
 * @csspart volume - One volume: its name, its slider and its percentage.
 * @csspart choose-speaker - The button that opens the browser's own choice of speakers.
 * @csspart test-speaker - The button that plays a test tone.
 * @csspart none - The text of an empty group.
 */
export class SxDeviceMenu extends SxElement {
  static readonly tagName = "sx-device-menu";
  static override styles = [tokens, buttons, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    snapshot,
    audioRoutes,
    volume: number({ least: 0, most: 1 }),
    screenVolume: number({ least: 0, most: 1 }),
  };

  protected override readonly localize = this.localizeWith(english);

  /** The call to show instead of the nearest call. */
  @property({ attribute: false }) snapshot: CallSnapshot | null = null;

  /** Audio routes of the host, shown instead of the browser's speakers. `null` for the speakers. */
  @property({ attribute: false }) audioRoutes: readonly AudioRoute[] | null = null;

  /** Volume of the other side's voice, 0 to 1, on a slider. `null` for no slider. */
  @property({ type: Number }) volume: number | null = null;

  /** Volume of the other side's shared screen, 0 to 1, on a slider while it shares one. `null` for no slider. */
  @property({ type: Number, attribute: "screen-volume" }) screenVolume: number | null = null;

  /** `true` to show the button that plays a test tone, where something performs `sx-test-speaker`, as the view does. */
  @property({ type: Boolean, attribute: "can-test" }) canTest = false;

  /** @internal The only kind of device to show; `null` for all. */
  @property({ attribute: false }) only: "microphone" | "camera" | null = null;

  @query("input:checked, input") private firstInput!: HTMLElement | null;

  readonly #nearest = new CallConsumer(this);

  constructor() {
    super();
    new LevelMeter(this, () => this.#nearest.calls?.levels ?? null);
    // The focus may have been on a device that was unplugged.
    new KeepFocus(this, () => this.firstInput);
  }

  protected override render(): TemplateResult {
    const call = this.snapshot ?? this.#nearest.calls?.snapshot ?? null;
    const {
      microphones = [],
      cameras = [],
      speakers = [],
      microphone,
      camera,
      speaker,
    } = call?.devices ?? {};
    const isOn = call?.local.microphone.state === "on";
    const own = (list: readonly DeviceChoice[], chosen: string | null | undefined) =>
      list.map(({ id, label }, at): Option => {
        return {
          id,
          label: label || this.localize("deviceNumber", at + 1),
          isChosen: id === chosen,
        };
      });
    const system = { id: "", label: this.localize("systemSpeaker"), isChosen: speaker === null };
    const wants = (kind: "speaker" | "microphone" | "camera") => [null, kind].includes(this.only);
    const groups = [
      wants("speaker") &&
        this.#renderGroup(
          ...([
            this.localize("speaker"),
            "volume-2",
            this.#sounds(speakers.length > 0 ? [system, ...own(speakers, speaker)] : []),
          ] as const),
          (id) => (this.audioRoutes ? this.#onRoute(id) : this.#onDevice("speaker", id)),
          this.#renderSound(call),
        ),
      wants("microphone") &&
        this.#renderGroup(
          ...([this.localize("microphone"), "mic", own(microphones, microphone)] as const),
          (id) => this.#onDevice("microphone", id),
          isOn && microphones.length > 0 ? this.#renderMeter() : nothing,
        ),
      wants("microphone") &&
        this.#renderProcessing(call?.voice, ["noiseSuppression", "voiceIsolation"]),
      wants("camera") &&
        this.#renderGroup(this.localize("camera"), "video", own(cameras, camera), (id) =>
          this.#onDevice("camera", id),
        ),
      wants("camera") && this.#renderProcessing(call?.voice, ["backgroundBlur"]),
    ].filter((group) => group !== nothing && group !== false);
    return html`<div class="devices" part="devices">
      ${groups.length === 0 ? html`<p class="none" part="none">${this.localize("noDevices")}</p>` : groups}
    </div>`;
  }

  /** Returns the host's audio routes, or the browser's speakers. */
  #sounds(speakers: Option[]): Option[] {
    if (!this.audioRoutes) return speakers;
    return this.audioRoutes.map(({ id, label, selected, kind }) => {
      return { id, label, isChosen: selected, iconName: routeIcons[kind] };
    });
  }

  #renderGroup(
    name: string,
    iconName: IconName,
    options: readonly Option[],
    choose: (id: string) => void,
    more: TemplateResult | typeof nothing = nothing,
  ) {
    if (options.length === 0 && more === nothing) return nothing;
    return html`<fieldset part="group">
      <legend class=${this.only === null ? nothing : "visually-hidden"} part="title">
        ${icon(iconName)} ${name}
      </legend>
      ${more}
      ${repeat(
        options,
        ({ id }) => id,
        ({ id, label, isChosen, iconName: own }) =>
          html`<label class="option" part="option">
            ${own ? icon(own) : nothing} <span><bdi>${label}</bdi></span>
            <input
              type="radio"
              name=${iconName}
              .checked=${live(isChosen)}
              @change=${() => this.#ask(() => choose(id))}
            />
          </label>`,
      )}
    </fieldset>`;
  }

  /** Renders how loud the speaker is, and the ways to another one and to hear it. Only in a call: before, there is nothing to hear. */
  #renderSound(call: CallSnapshot | null) {
    const isOn = call?.state === "connected" || call?.state === "reconnecting";
    if (!isOn) return nothing;
    const { volume, screenVolume, canTest, audioRoutes: routes } = this;
    const sharesSound = call.remote.screen && screenVolume !== null;
    const canAsk = routes === null && call.devices.canAskForSpeaker === true;
    if (volume === null && !sharesSound && !canAsk && !canTest) return nothing;
    return html`${volume === null ? nothing : this.#renderVolume("call", this.localize("callVolume"), volume)}
    ${sharesSound ? this.#renderVolume("screen", this.localize("screenVolume"), screenVolume) : nothing}
    ${
      canAsk || canTest
        ? html`<div class="buttons">
            ${canAsk ? this.#renderButton("choose-speaker", this.localize("chooseSpeaker"), this.#onAsk) : nothing}
            ${canTest ? this.#renderButton("test-speaker", this.localize("testSpeaker"), this.#onTest) : nothing}
          </div>`
        : nothing
    }`;
  }

  #renderButton(part: string, words: string, press: () => void) {
    return html`<button part=${part} type="button" @click=${press}>${words}</button>`;
  }

  #renderVolume(of: "call" | "screen", name: string, volume: number) {
    const format = new Intl.NumberFormat(this.language, { style: "percent" });
    const words = format.format(Math.round(volume * 100) / 100);
    return html`<label class="volume" part="volume">
      <span>${name}</span>
      <output aria-hidden="true">${words}</output>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        name=${of}
        aria-label=${name}
        aria-valuetext=${words}
        .value=${live(String(Math.round(volume * 100)))}
        @input=${(event: Event) => this.#onVolume(of, event)}
      />
    </label>`;
  }

  #onVolume(of: "call" | "screen", { target }: Event): void {
    const volume = (target as HTMLInputElement).valueAsNumber / 100;
    this.#ask(() => void this.dispatchEvent(new SxSetVolumeEvent({ volume, of })));
  }

  readonly #onAsk = (): void => this.#onDevice("speaker", null);

  readonly #onTest = (): void => void this.dispatchEvent(new SxTestSpeakerEvent());

  #renderMeter() {
    const name = this.localize("microphoneLevel");
    return html`<div
      class="meter"
      part="meter"
      role="meter"
      aria-label=${name}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow="0"
    ></div>`;
  }

  #renderProcessing(voice: VoiceProcessing | undefined, all: readonly (keyof VoiceProcessing)[]) {
    const features = all.filter((feature) => typeof voice?.[feature] === "boolean");
    if (features.length === 0) return nothing;
    return html`<div part="group">
      ${features.map((feature) => {
        const isOn = voice?.[feature] === true;
        const change = () => void this.intend(new SxSwitchVoiceEvent({ feature, on: !isOn }));
        return html`<label class="option" part="option">
          <span>${this.localize(feature)}</span>
          <input
            type="checkbox"
            role="switch"
            aria-checked=${isOn ? "true" : "false"}
            .checked=${live(isOn)}
            @change=${() => this.#ask(change)}
          />
        </label>`;
      })}
    </div>`;
  }

  /** Renders the measured state again after a request: the snapshot changes when the device does. */
  #ask(ask: () => void): void {
    ask();
    this.requestUpdate();
  }

  #onDevice(device: "microphone" | "camera" | "speaker", id: string | null): void {
    this.intend(new SxChooseDeviceEvent({ device, id }));
  }

  #onRoute(id: string): void {
    this.dispatchEvent(new SxChooseRouteEvent({ id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-device-menu": SxDeviceMenu;
  }
}

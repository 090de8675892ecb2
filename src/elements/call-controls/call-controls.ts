import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "../shared/property.ts";
import { repeat } from "lit/directives/repeat.js";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { SxHangUpEvent } from "../../events/sx-hang-up.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import { CallConsumer } from "../shared/context.ts";
import { icon } from "../shared/icons.ts";
import { RovingFocus } from "../shared/roving-focus.ts";
import { sheetStyles } from "../shared/sheet.ts";
import { keyCap, keyOf, type ShortcutKeys } from "../shared/shortcut-keys.ts";
import { record, snapshot, wordList, type PropertyReaders } from "../shared/read-property.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./call-controls.styles.ts";
import { always, controlItems, type ControlItem } from "./control-items.ts";
import { MoreMenu } from "./more-menu.ts";
import { ToolbarCapacity } from "./toolbar-capacity.ts";

/**
 * The toolbar of a call: microphone, camera and the end of the call always, and what else the call and the screen around allow.
 *
 * It follows the nearest call around it, or the snapshot it is given. What it shows is what the devices do, never what was asked
 * of them. Every button is an intent, done by the nearest call unless a host prevents it; without a call it only says so. What
 * finds no room in one row is in a menu.
 *
 * @tagname sx-call-controls
 *
 * @slot - More buttons, before the one that ends the call. They take part in the arrow keys with the attribute `data-roving`.
 *
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The microphone button was pressed. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The camera button was pressed. Cancelable.
 * @fires {SxFlipCameraEvent} sx-flip-camera - The flip button was pressed. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The screen button was pressed. Cancelable.
 * @fires {SxScreenActionEvent} sx-screen-action - One of the `extras` was pressed. Cancelable.
 * @fires {SxHoldEvent} sx-hold - The call shall be put on hold. Cancelable.
 * @fires {SxResumeEvent} sx-resume - The call shall go on. Cancelable.
 * @fires {SxHangUpEvent} sx-hang-up - The end button was pressed. Cancelable.
 * @fires {SxMenuOpenEvent} sx-menu-open - The menu has opened or closed. So does the attribute `menu-open`.
 *
 * @csspart toolbar - The row of buttons.
 * @csspart button - Every button.
 * @csspart microphone - The microphone button.
 * @csspart camera - The camera button.
 * @csspart flip - The flip button.
 * @csspart devices - The button that opens the devices.
 * @csspart screen - The screen button.
 * @csspart picture-in-picture - The button that takes the pictures to a window of their own.
 * @csspart security - The button that opens the security code.
 * @csspart more - The button that opens the menu.
 * @csspart hang-up - The end button.
 * @csspart menu - The menu.
 * @csspart menu-item - Every item of the menu: what is a button where there is room, and those that follow.
 * @csspart swap-pictures - The item that swaps the two pictures.
 * @csspart fit - The item that shows the whole picture, or fills the screen with it.
 * @csspart full-screen - The item that fills the whole screen.
 * @csspart hold - The item that puts the call on hold, or goes on with it.
 * @csspart help - The item that opens the list of keys.
 *
 * @cssprop [--sx-control-size=3rem] - The width and height of a button.
 * @cssprop [--sx-controls-direction=row] - `column` stands the toolbar upright.
 * @cssprop [--sx-controls-gap=0.75rem] - The space between two buttons.
 * @cssprop [--sx-controls-background] - Behind a button that is as usual.
 */
export class SxCallControls extends SxElement {
  static readonly tagName = "sx-call-controls";
  static override styles = [tokens, buttons, sheetStyles, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    snapshot,
    extras: wordList,
    shortcutKeys: record,
  };
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  protected override readonly localize = this.localizeWith(english);

  /** The call to show instead of the nearest one around the element. */
  @property({ attribute: false }) snapshot: CallSnapshot | null = null;

  /** What the screen around the toolbar can do: each is offered, and asked for by `sx-screen-action`. */
  @property({ attribute: false }) extras: readonly ScreenAction[] = [];

  /** The keys that do the same as the buttons, to be told of beside them. Whoever gives them listens to them. */
  @property({ attribute: false }) shortcutKeys: ShortcutKeys = {};

  readonly #nearest = new CallConsumer(this);
  readonly #focus = new RovingFocus(this);
  readonly #capacity = new ToolbarCapacity(this);
  readonly #menu = new MoreMenu(this, this.#capacity);

  protected override render(): TemplateResult {
    const call = this.snapshot ?? this.#nearest.calls?.snapshot ?? null;
    const { fixed, row, menu } = controlItems(call, this.extras, this.localize);
    const canEnd = (call?.actions ?? always).includes("hang-up");
    const free = this.#capacity.count - this.#capacity.slotted - fixed.length - Number(canEnd);
    const shown =
      menu.length === 0 && row.length <= free ? row : row.slice(0, Math.max(0, free - 1));
    const hidden = [...row.slice(shown.length), ...menu];
    return html`<div
        class="toolbar"
        part="toolbar"
        role="toolbar"
        aria-label=${this.localize("controls")}
        @keydown=${this.#focus.onKeyDown}
        @focusin=${this.#focus.onFocusIn}
      >
        ${repeat(
          [...fixed, ...shown],
          ({ name }) => name,
          (item) => this.#renderButton(item),
        )}
        <slot @slotchange=${this.#capacity.measure}></slot>
        ${hidden.length > 0 && free > 0 ? this.#renderMore() : nothing}
        ${canEnd ? this.#renderHangUp() : nothing}
      </div>
      ${this.#menu.isOpen && hidden.length > 0 ? this.#menu.render(hidden, this.shortcutKeys, this.localize, this.#press) : nothing}`;
  }

  #renderButton(item: ControlItem) {
    const { name, label, does, iconName, shortcut, device, marked } = item;
    const busy = device?.state === "starting";
    const key = keyOf(shortcut, this.shortcutKeys);
    const tip = does ?? label;
    // `aria-disabled` instead of `disabled`: a button that opens a device keeps the focus.
    return html`<button
      class="round ${marked ? "marked" : ""}"
      part="button ${name}"
      type="button"
      data-roving
      title=${key === null ? tip : `${tip} (${keyCap(key, this.localize("keySpace"))})`}
      aria-label=${label}
      aria-pressed=${device === undefined ? nothing : device?.state === "on" ? "true" : "false"}
      aria-keyshortcuts=${key ?? nothing}
      aria-haspopup=${name === "devices" || name === "security" ? "dialog" : nothing}
      aria-busy=${busy ? "true" : nothing}
      aria-disabled=${busy ? "true" : nothing}
      @click=${busy ? nothing : () => this.#press(item)}
    >
      ${icon(iconName)}
    </button>`;
  }

  #renderMore() {
    const name = this.localize("more");
    return html`<button
      class="round more"
      part="button more"
      type="button"
      data-roving
      title=${name}
      aria-label=${name}
      aria-haspopup="menu"
      aria-expanded=${this.#menu.isOpen ? "true" : "false"}
      @click=${this.#onMore}
      @keydown=${this.#onMoreKey}
    >
      ${icon("ellipsis")}
    </button>`;
  }

  #renderHangUp() {
    const name = this.localize("endCall");
    return html`<span class="apart"></span
      ><button
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

  readonly #press = (item: ControlItem) => void this.intend(item.intent());

  readonly #onMore = () => this.#menu.toggle("more");

  /** Up and down open the menu, as on every menu button; along the row they go on to the next one. */
  readonly #onMoreKey = (event: KeyboardEvent) => {
    if (
      (event.key !== "ArrowUp" && event.key !== "ArrowDown") ||
      this.offsetHeight > this.offsetWidth
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#menu.show("more");
  };

  readonly #onHangUp = () => void this.intend(new SxHangUpEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-controls": SxCallControls;
  }
}

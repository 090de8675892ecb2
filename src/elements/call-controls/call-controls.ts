import { html, LitElement, nothing, type TemplateResult, type ReactiveController } from "lit";
import { property } from "../shared/property.ts";
import { audioRoutes, record, type PropertyReaders } from "../shared/property-readers.ts";
import { repeat } from "lit/directives/repeat.js";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { SxHangUpEvent } from "../../events/call-intents.ts";
import { SxScreenActionEvent, type ScreenAction } from "../../events/screen-events.ts";
import type { AudioRoute } from "../shared/status-icons.ts";
import { CallConsumer } from "../shared/call-consumer.ts";
import { icon } from "../shared/icons.ts";
import { sheetStyles } from "../shared/sheet.ts";
import { keyCap, keyOf, type ShortcutKeys } from "../shared/shortcut-keys.ts";
import { snapshot, wordList } from "../shared/read-records.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./call-controls.styles.ts";
import { always, controlItems, type ControlItem } from "./control-items.ts";
import { MoreMenu, ToolbarCapacity } from "./more-menu.ts";

/**
 * One tab stop for a row of buttons; arrow keys, Home and End move within it (WAI-ARIA toolbar pattern). Both pairs of arrows
 * work, because a narrow container may turn the row into a column.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
class RovingFocus implements ReactiveController {
  readonly #host: LitElement;
  #current: HTMLElement | null = null;
  #index = 0;
  #focused = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#current?.matches(":focus") ?? false;
  }

  /** Buttons appear and disappear: the tab stop stays on its button, or moves to the one in its place. */
  hostUpdated(): void {
    const items = this.#items;
    if (this.#current === null || !items.includes(this.#current)) {
      this.#current = items[Math.min(this.#index, items.length - 1)] ?? null;
      if (this.#focused) this.#current?.focus();
    }
    this.#mark(items);
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const item = event.target as HTMLElement;
    if (!this.#items.includes(item)) return;
    this.#current = item;
    this.#mark(this.#items);
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || this.#current === null)
      return;
    const items = this.#items;
    const at = items.indexOf(this.#current);
    const forwards = getComputedStyle(this.#host).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backwards = forwards === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    let to: number;
    if (event.key === forwards || event.key === "ArrowDown") to = (at + 1) % items.length;
    else if (event.key === backwards || event.key === "ArrowUp")
      to = (at - 1 + items.length) % items.length;
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = items.length - 1;
    else return;
    event.preventDefault();
    items[to]?.focus();
  };

  /** The buttons of the toolbar and slotted ones, in order. */
  get #items(): HTMLElement[] {
    const found = [...this.#host.renderRoot.querySelectorAll<HTMLElement>("[data-roving], slot")];
    return found.flatMap((item) => {
      if (!(item instanceof HTMLSlotElement)) return [item];
      const slotted = item.assignedElements({ flatten: true });
      return slotted.filter(
        (element): element is HTMLElement =>
          element instanceof HTMLElement && element.matches("[data-roving]"),
      );
    });
  }

  #mark(items: HTMLElement[]): void {
    this.#index = Math.max(0, this.#current === null ? 0 : items.indexOf(this.#current));
    for (const item of items) item.tabIndex = item === this.#current ? 0 : -1;
  }
}

/** Buttons that open a panel. */
const dialogs: readonly string[] = ["devices", "security", "text"];

/** The words below a button, where the view has room for them. */
const renderCaption = (words: string) =>
  html`<span class="caption" aria-hidden="true">${words}</span>`;

/** The mark on a button. Its number is in the button's name. */
const renderUnread = (unread: number | undefined) =>
  unread ? html`<span class="unread" aria-hidden="true"></span>` : nothing;

/**
 * The toolbar of a call. Microphone, camera and hang-up are always present; other buttons follow the call and the screen.
 *
 * Shows `snapshot`, or the call of the nearest `<sx-call-view>` ancestor. Buttons show the measured state of the devices. Each
 * button fires a cancelable intent, which the nearest call performs. Buttons that do not fit into one row move to a menu.
 *
 * @tagname sx-call-controls
 *
 * @slot - More buttons, before the hang-up button. The attribute `data-roving` includes a button in the arrow key order.
 *
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The microphone button was pressed. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The camera button was pressed. Cancelable.
 * @fires {SxFlipCameraEvent} sx-flip-camera - The flip button was pressed. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The screen button was pressed. Cancelable.
 * @fires {SxScreenActionEvent} sx-screen-action - A button or item of `extras` was pressed. Cancelable.
 * @fires {SxChooseRouteEvent} sx-choose-route - The speaker button was pressed. The host changes the route.
 * @fires {SxHoldEvent} sx-hold - The hold item was pressed. Cancelable.
 * @fires {SxResumeEvent} sx-resume - The resume item was pressed. Cancelable.
 * @fires {SxHangUpEvent} sx-hang-up - The hang-up button was pressed. Cancelable.
 * @fires {SxMenuOpenEvent} sx-menu-open - The menu opened or closed. The attribute `menu-open` reflects it.
 *
 * @csspart toolbar - The row of buttons.
 * @csspart button - Every button.
 * @csspart microphone - The microphone button.
 * @csspart camera - The camera button.
 * @csspart flip - The flip button.
 * @csspart devices - The button that opens the device menu.
 * @csspart speaker - The button that switches between the speaker and another route of the host.
 * @csspart choose-microphone - The button that opens the choice of microphones, where there is room.
 * @csspart choose-camera - The button that opens the choice of cameras, where there is room.
 * @csspart text - The button that opens the text of the call.
 * @csspart screen - The screen button.
 * @csspart picture-in-picture - The button that moves the call to a small window.
 * @csspart security - The button that opens the security code.
 * @csspart more - The button that opens the menu.
 * @csspart hang-up - The hang-up button.
 * @csspart menu - The menu.
 * @csspart menu-item - Every item of the menu, including buttons that do not fit into the row.
 * @csspart swap-pictures - The item that swaps the two video pictures.
 * @csspart fit - The item that switches between the whole picture and a picture that fills the screen.
 * @csspart full-screen - The item that enters or leaves full screen.
 * @csspart hold - The item that holds or resumes the call.
 * @csspart help - The item that opens the list of keyboard shortcuts.
 *
 * @cssprop [--sx-control-size=3rem] - The width and height of a button.
 * @cssprop [--sx-controls-direction=row] - The `flex-direction` of the toolbar: `row` or `column`.
 * @cssprop [--sx-controls-gap=0.75rem] - The space between two buttons.
 * @cssprop [--sx-controls-background] - The background of a button in its normal state.
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
    audioRoutes,
  };
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  protected override readonly localize = this.localizeWith(english);

  /** The call to show instead of the nearest call. */
  @property({ attribute: false }) snapshot: CallSnapshot | null = null;

  /** Actions of the surrounding screen. Each gets a button or an item, which fires `sx-screen-action`. */
  @property({ attribute: false }) extras: readonly ScreenAction[] = [];

  /** Audio routes of the host. Between two of them, of which one is the speaker, a button switches. `null` for none. */
  @property({ attribute: false }) audioRoutes: readonly AudioRoute[] | null = null;

  /** Keyboard shortcuts to show with the buttons. The toolbar does not listen to the keys. */
  @property({ attribute: false }) shortcutKeys: ShortcutKeys = {};

  /** `true` where the whole picture is shown: the item `fit` then fills the screen. */
  @property({ attribute: false }) showsWholePicture = false;

  /** Number of messages that the person has not seen: a mark on the button of the text, or of the menu that has it. */
  @property({ attribute: false }) unread = 0;

  /** @internal Buttons that come later in the call, as soon as it is connected. */
  @property({ attribute: false }) later: readonly (ScreenAction | "screen")[] = [];

  readonly #nearest = new CallConsumer(this);
  readonly #focus = new RovingFocus(this);
  readonly #capacity = new ToolbarCapacity(this);
  readonly #menu = new MoreMenu(this, this.#capacity);

  protected override render(): TemplateResult {
    const call = this.snapshot ?? this.#nearest.calls?.snapshot ?? null;
    const { fixed, row, menu } = controlItems(
      call,
      this.extras,
      this.showsWholePicture,
      this.unread,
      this.localize,
      this.later,
      this.audioRoutes ?? [],
    );
    const canEnd = (call?.actions ?? always).includes("hang-up");
    const free = this.#capacity.count - this.#capacity.slotted - fixed.length - Number(canEnd);
    const choices = fixed.filter(({ choose }) => choose !== undefined).length;
    const hasChoices = row.length + Number(menu.length > 0) + choices <= free;
    const shown =
      menu.length === 0 && row.length <= free ? row : row.slice(0, Math.max(0, free - 1));
    const hidden = [...row.slice(shown.length).filter((item) => !item.isLater), ...menu];
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
          (item) =>
            html`${this.#renderButton(item)} ${hasChoices ? this.#renderChoice(item) : nothing}`,
        )}
        <slot @slotchange=${this.#capacity.measure}></slot>
        ${hidden.length > 0 ? this.#renderMore(hidden) : nothing}
        ${canEnd ? this.#renderHangUp() : nothing}
      </div>
      ${this.#menu.isOpen && hidden.length > 0 ? this.#menu.render(hidden, this.shortcutKeys, this.localize, this.#press) : nothing}`;
  }

  #renderButton(item: ControlItem) {
    const { name, label, does, iconName, shortcut, device, marked, unread, isLater, isOn } = item;
    const busy = device?.state === "starting";
    const key = keyOf(shortcut, this.shortcutKeys);
    const tip = does ?? label;
    return html`<button
      class="round ${marked ? "marked" : ""}"
      part="button ${name}"
      type="button"
      ?data-roving=${!isLater}
      ?disabled=${isLater}
      title=${key === null ? tip : `${tip} (${keyCap(key, this.localize("keySpace"))})`}
      aria-label=${unread ? tip : label}
      aria-pressed=${
        device === undefined && isOn === undefined
          ? nothing
          : (isOn ?? device?.state === "on")
            ? "true"
            : "false"
      }
      aria-keyshortcuts=${key ?? nothing}
      aria-haspopup=${dialogs.includes(name) ? "dialog" : nothing}
      aria-busy=${busy ? "true" : nothing}
      @click=${() => this.#press(item)}
    >
      ${icon(iconName)} ${renderCaption(label)} ${renderUnread(unread)}
    </button>`;
  }

  /** Where one looks for the choice of a device: beside its button. */
  #renderChoice({ name, choose }: ControlItem) {
    if (choose === undefined || (name !== "microphone" && name !== "camera")) return nothing;
    const part = name === "camera" ? "choose-camera" : "choose-microphone";
    return html`<button
      class="round choose"
      part="button ${part}"
      type="button"
      data-roving
      title=${choose}
      aria-label=${choose}
      aria-haspopup="dialog"
      @click=${() => this.intend(new SxScreenActionEvent({ action: "devices", device: name }))}
    >
      ${icon("chevron-up")}
    </button>`;
  }

  #renderMore(hidden: readonly ControlItem[]) {
    const unread = hidden.find((item) => item.unread)?.unread;
    const more = this.localize("more");
    const name = unread ? `${more}, ${this.localize("textUnread", unread)}` : more;
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
      ${icon("ellipsis")} ${renderCaption(more)} ${renderUnread(unread)}
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
        ${icon("phone", "hang-up")} ${renderCaption(name)}
      </button>`;
  }

  readonly #press = (item: ControlItem): void => {
    const event = item.intent();
    // The host changes the route: there is no default action.
    if (event.type === "sx-choose-route") this.dispatchEvent(event);
    else this.intend(event);
  };

  readonly #onMore = () => this.#menu.toggle("more");

  /** Up and Down open the menu, as on every menu button. Left and Right move along the toolbar. */
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

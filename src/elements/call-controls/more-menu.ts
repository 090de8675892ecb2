import { type LitElement, type ReactiveController, html, nothing, type TemplateResult } from "lit";
import { SxMenuOpenEvent } from "../../events/screen-events.ts";
import { icon } from "../shared/icons.ts";
import { OpenSheet } from "../shared/sheet.ts";
import { keyCap, keyOf, type ShortcutKeys } from "../shared/shortcut-keys.ts";
import type { Localize } from "../words/strings.ts";
import type { ControlItem } from "./control-items.ts";

/**
 * Computes how many buttons fit into the container of a toolbar, in a row or in a column. Measures the container, because the
 * toolbar is as large as its buttons.
 */
export class ToolbarCapacity implements ReactiveController {
  /** Number of buttons that fit. Before the measurement that of a phone, so that no toolbar starts too large. */
  count = 5;
  /** Number of the host's slotted buttons. */
  slotted = 0;
  readonly #host: LitElement;
  #observer: ResizeObserver | undefined;
  #isMeasured = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The container of the toolbar. */
  get around(): HTMLElement | null {
    const parent = this.#host.assignedSlot?.parentNode ?? this.#host.parentNode;
    const element = parent instanceof ShadowRoot ? parent.host : parent;
    return element instanceof HTMLElement ? element : null;
  }

  hostConnected(): void {
    const { around } = this;
    if (around === null) return;
    this.#observer = new ResizeObserver(this.measure);
    this.#observer.observe(around);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /**
   * The first time at once instead of in the next frame, so that the container is laid out with the right number of buttons.
   */
  hostUpdated(): void {
    if (!this.#isMeasured) void this.#host.updateComplete.then(this.measure);
  }

  readonly measure = (): void => {
    const { count, slotted } = this;
    this.#measure();
    if (count !== this.count || slotted !== this.slotted) this.#host.requestUpdate();
  };

  #measure(): void {
    const toolbar = this.#host.renderRoot.querySelector<HTMLElement>(".toolbar");
    const button = toolbar?.querySelector("button");
    const { around } = this;
    // Nothing to measure before the first rendering, or without layout.
    if (!toolbar || !button?.offsetWidth || around === null) return;
    this.#isMeasured = true;
    this.slotted = toolbar.querySelector("slot")?.assignedElements({ flatten: true }).length ?? 0;
    const { flexDirection, gap } = getComputedStyle(toolbar);
    const { paddingTop, paddingBottom, paddingLeft, paddingRight } = getComputedStyle(around);
    const sum = (...lengths: string[]) =>
      lengths.reduce((total, length) => total + (parseFloat(length) || 0), 0);
    const [size, room] = flexDirection.startsWith("column")
      ? [
          button.offsetHeight,
          around.clientHeight -
            sum(paddingTop, paddingBottom) -
            this.#host.offsetHeight +
            toolbar.offsetHeight,
        ]
      : [
          button.offsetWidth,
          around.clientWidth -
            sum(paddingLeft, paddingRight) -
            this.#host.offsetWidth +
            toolbar.offsetWidth,
        ];
    // One more gap than between the buttons: hang-up is set apart.
    this.count = Math.floor(room / (size + sum(gap)));
  }
}

const edge = 8;

/**
 * The menu of the toolbar (WAI-ARIA menu button pattern). It uses the top layer where there is one, so that no ancestor clips
 * it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export class MoreMenu extends OpenSheet<"more"> {
  readonly #host: LitElement;
  readonly #capacity: ToolbarCapacity;

  constructor(host: LitElement, capacity: ToolbarCapacity) {
    const button = () => host.renderRoot.querySelector<HTMLElement>(".more");
    super(host, {
      sheet: ".menu",
      inside: ".more",
      anywhere: true,
      first: "[role=menuitem]",
      opener: button,
    });
    this.#host = host;
    this.#capacity = capacity;
  }

  override show(name: "more" | null): void {
    if (name === this.shown) return;
    super.show(name);
    this.#host.toggleAttribute("menu-open", this.isOpen);
    this.#host.dispatchEvent(new SxMenuOpenEvent({ open: this.isOpen }));
  }

  override hostUpdated(): void {
    const menu = this.#host.renderRoot.querySelector<HTMLElement>(".menu");
    if (menu !== null) this.#place(menu);
    // Its items may have become buttons, or have disappeared with the call.
    else if (this.isOpen) void this.#host.updateComplete.then(this.close);
    super.hostUpdated();
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.close();
  }

  /** Above its button; next to it for an upright toolbar; below it where more space is there. */
  #place(menu: HTMLElement): void {
    const button = this.#host.renderRoot.querySelector(".more")?.getBoundingClientRect();
    const { innerWidth, innerHeight } = this.#host.ownerDocument.defaultView ?? {};
    // Without a top layer the styles place it (before Chrome 114, Safari 17, Firefox 125). Remove with their support.
    if (!button || !innerWidth || !innerHeight || !("showPopover" in menu)) return;
    if (!menu.matches(":popover-open")) menu.showPopover();
    const { offsetWidth: width, offsetHeight: height } = this.#host;
    const isUpright = height > width;
    const isBelow =
      !isUpright && button.top < innerHeight - button.bottom && button.top < 15 * button.height;
    // Next to the button it may extend to the edge of the window.
    const lowest = Math.min(
      innerHeight - edge,
      Math.max(button.bottom, menu.scrollHeight + 2 * edge),
    );
    const bottom = isUpright ? lowest : button.top - edge;
    const room = isBelow ? innerHeight - button.bottom - 2 * edge : bottom - edge;
    // Within the container of the toolbar, if it fits.
    const around = this.#capacity.around?.getBoundingClientRect();
    const frame =
      around && around.width > menu.offsetWidth + 2 * edge
        ? around
        : { left: 0, right: innerWidth };
    const isAfter = isUpright && button.left < innerWidth / 2;
    const wished = isUpright
      ? isAfter
        ? button.right + edge
        : button.left - edge - menu.offsetWidth
      : button.left + (button.width - menu.offsetWidth) / 2;
    const left = isUpright
      ? wished
      : Math.min(Math.max(wished, frame.left + edge), frame.right - edge - menu.offsetWidth);
    const lengths = {
      left: `${Math.max(edge, left)}px`,
      top: isBelow ? `${button.bottom + edge}px` : "auto",
      bottom: isBelow ? "auto" : `${innerHeight - bottom}px`,
      "max-block-size": `${room}px`,
    };
    for (const [name, value] of Object.entries(lengths)) menu.style.setProperty(name, value);
  }

  /** Arrows, Home and End move; a letter moves to the next item that begins with it. */
  readonly onKeyDown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    const items = [...this.#host.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.findIndex((item) => item.matches(":focus"));
    if (key === "Tab") {
      // From the button: the menu is no tab stop of its own.
      this.#host.renderRoot.querySelector<HTMLElement>(".more")?.focus();
      this.close();
      return;
    }
    let to: HTMLElement | undefined;
    if (key === "ArrowDown") to = items[(at + 1) % items.length];
    else if (key === "ArrowUp") to = items.at(at <= 0 ? -1 : at - 1);
    else if (key === "Home") to = items[0];
    else if (key === "End") to = items.at(-1);
    else if (key.length === 1 && key !== " ") {
      const begins = (item: HTMLElement) =>
        item.innerText.trim().toLowerCase().startsWith(key.toLowerCase());
      to = [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins);
    } else return;
    // Also for a letter without an item: in a menu it must not act as a shortcut.
    event.preventDefault();
    to?.focus();
  };

  /** @param press - performs an item, after the menu was closed and its button focused. */
  render(
    items: readonly ControlItem[],
    keys: ShortcutKeys,
    localize: Localize,
    press: (item: ControlItem) => void,
  ): TemplateResult {
    const choose = (item: ControlItem) => {
      this.#host.renderRoot.querySelector<HTMLElement>(".more")?.focus();
      this.close();
      press(item);
    };
    return html`<div
      class="menu sheet"
      part="menu"
      role="menu"
      popover="manual"
      tabindex="-1"
      aria-label=${localize("more")}
      @keydown=${this.onKeyDown}
    >
      ${items.map((item) => {
        const key = keyOf(item.shortcut, keys);
        return html`<button
          class="item"
          part=${["menu-item", item.name].join(" ")}
          type="button"
          role="menuitem"
          tabindex="-1"
          aria-keyshortcuts=${key ?? nothing}
          @click=${() => choose(item)}
        >
          ${icon(item.iconName)} <span>${item.does ?? item.label}</span>
          ${key === null ? nothing : html`<kbd aria-hidden="true">${keyCap(key, localize("keySpace"))}</kbd>`}
        </button>`;
      })}
    </div>`;
  }
}

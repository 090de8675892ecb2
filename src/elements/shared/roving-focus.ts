import type { LitElement, ReactiveController } from "lit";

/**
 * One tab stop for a row of buttons; arrow keys, Home and End move within it (WAI-ARIA toolbar pattern). Both pairs of arrows
 * work, because a narrow container may turn the row into a column.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export class RovingFocus implements ReactiveController {
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

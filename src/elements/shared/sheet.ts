import { css, type LitElement, type ReactiveController } from "lit";

/** Properties of a sheet in its host. */
export interface SheetPlace {
  /** Selector of the open sheet in the host's shadow tree. */
  readonly sheet: string;
  /** Selector of elements that can be pressed without closing it. */
  readonly inside: string;
  /** `true` to close it by a press anywhere in the document, instead of in the host only. */
  readonly anywhere?: boolean;
  /** Name of a sheet that a press outside does not close. */
  readonly stays?: string;
  /** Selector of the element to focus when it opens; by default the sheet itself. */
  readonly first?: string;
  /** Returns the element to focus after closing, if the previous one is gone. */
  readonly opener: () => HTMLElement | null | undefined;
}

/**
 * Opens and closes sheets (panels and menus over a call), and manages the focus. At most one sheet of a host is open.
 *
 * Sheets are not modal (WAI-ARIA dialog pattern): the toolbar stays accessible, so that a call can be ended at any time. Escape
 * or a press outside closes a sheet, and the focus returns.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/
 */
export class OpenSheet<Name extends string> implements ReactiveController {
  readonly #host: LitElement;
  readonly #place: SheetPlace;
  #shown: Name | null = null;
  #was: Name | null = null;
  #hadFocus = false;
  #cameFrom: HTMLElement | null = null;

  constructor(host: LitElement, place: SheetPlace) {
    this.#host = host;
    this.#place = place;
    host.addController(this);
    host.addEventListener("keydown", this.#onKeyDown);
  }

  /** The open sheet, if any. */
  get shown(): Name | null {
    return this.#shown;
  }

  get isOpen(): boolean {
    return this.#shown !== null;
  }

  show(name: Name | null): void {
    if (name === this.#shown) return;
    if (this.#shown === null) this.#cameFrom = deepFocus(this.#host);
    this.#shown = name;
    this.#host.requestUpdate();
  }

  /** Opens a sheet, or closes it if it is open. */
  readonly toggle = (name: Name): void => this.show(name === this.#shown ? null : name);

  readonly close = (): void => this.show(null);

  hostConnected(): void {
    // On the host or the document instead of the sheet: a press outside may hit any element, including slotted ones.
    this.#around.addEventListener("click", this.#onClick, true);
  }

  hostDisconnected(): void {
    this.#around.removeEventListener("click", this.#onClick, true);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#sheet?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  /** Before `updated()` of the host, which would move a lost focus to the toolbar. */
  hostUpdated(): void {
    if (this.#shown === this.#was) return;
    this.#was = this.#shown;
    if (this.#shown !== null) this.#focusIn();
    else if (this.#hadFocus) this.#focusBack();
  }

  #focusIn(): void {
    const sheet = this.#sheet;
    const { first } = this.#place;
    const inner = first === undefined ? null : sheet?.querySelector<HTMLElement>(first);
    (inner ?? sheet)?.focus();
  }

  /** The previously focused element may be gone or hidden. */
  #focusBack(): void {
    const back = this.#cameFrom;
    const canTake =
      back !== null && back !== back.ownerDocument.body && back.getClientRects().length > 0;
    (canTake ? back : this.#place.opener())?.focus();
  }

  get #around(): EventTarget {
    return this.#place.anywhere ? this.#host.ownerDocument : this.#host;
  }

  get #sheet(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(this.#place.sheet);
  }

  readonly #onClick = (event: Event): void => {
    if (this.#shown === this.#place.stays) return;
    const inside = `${this.#place.sheet}, ${this.#place.inside}`;
    if (!event.composedPath().some((target) => target instanceof Element && target.matches(inside)))
      this.close();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.isOpen || event.defaultPrevented) return;
    // One press closes one thing: the host's own dialog around the call stays.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}

/** Returns the focused element in the innermost shadow tree. */
function deepFocus(host: LitElement): HTMLElement | null {
  let active = host.ownerDocument.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

/** Styles and animation of sheets: panels and menus. */
export const sheetStyles = css`
  .sheet {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_elevation);
    animation: appear var(--_motion) ease-out;
  }
  .sheet:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
  }
  @keyframes appear {
    /* Not from transparent, because fading text is unreadable during the animation. */
    from {
      transform: translateY(var(--_appear, -0.5rem));
    }
  }
  @media (forced-colors: active) {
    .sheet {
      border-color: CanvasText;
    }
  }
`;

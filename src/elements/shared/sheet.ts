import { css, type LitElement, type ReactiveController } from "lit";

/** What an open sheet needs to know of the element that shows it. */
export interface SheetPlace {
  /** The open sheet in the host's shadow tree, a selector. */
  readonly sheet: string;
  /** What may be pressed without closing it, a selector. */
  readonly inside: string;
  /** Whether a press anywhere in the document closes it, or only one in the host. */
  readonly anywhere?: boolean;
  /** What takes the focus when it opens: the sheet itself where it is not said. */
  readonly first?: string;
  /** Where the focus goes back to, if it cannot go where it was before. */
  readonly opener: () => HTMLElement | null | undefined;
}

/**
 * Which sheet is open, and where the focus goes with it: panels and menus over a call. At most one of a host's is.
 *
 * They are not modal (WAI-ARIA dialog pattern): the toolbar stays in reach, so that a call can be ended at any moment. Escape and a
 * press beside it close it, and the focus returns to where it came from.
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

  /** The sheet that is open, if any. */
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

  /** Opens it, or closes it where it is the open one. */
  readonly toggle = (name: Name): void => this.show(name === this.#shown ? null : name);

  readonly close = (): void => this.show(null);

  hostConnected(): void {
    // On the host or all around it, and not on the sheet: a press beside it may hit anything, what a host has slotted, too.
    this.#around.addEventListener("click", this.#onClick, true);
  }

  hostDisconnected(): void {
    this.#around.removeEventListener("click", this.#onClick, true);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#sheet?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  /** Before `updated()` of the host, which would take a focus that has nowhere to be to the toolbar. */
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

  /** What had the focus may be gone by now, or not be displayed. */
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

/** What has the focus, in the innermost shadow tree. */
function deepFocus(host: LitElement): HTMLElement | null {
  let active = host.ownerDocument.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

/** How a sheet looks and comes in, the same for panels and menus. */
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
    /* Not from transparent: words that fade in cannot be read for as long. */
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

import type { LitElement, ReactiveController } from "lit";

/**
 * Whether the panel behind the lock is open, and where the focus goes with it. A dialog that is not modal (WAI-ARIA dialog
 * pattern): the toolbar beside it stays in reach, so that a call can be ended at any moment; the rest behind it is `inert`.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/
 */
export class OpenPanel implements ReactiveController {
  readonly #host: LitElement;
  readonly #isPossible: () => boolean;
  #isOpen = false;
  #wasOpen = false;
  #hadFocus = false;

  /** @param isPossible - whether there is a lock. Where there is none any more, the panel closes. */
  constructor(host: LitElement, isPossible: () => boolean) {
    this.#host = host;
    this.#isPossible = isPossible;
    host.addController(this);
    // On the host: a press beside the panel may hit anything, what a host has slotted, too.
    host.addEventListener("click", this.#onClick);
    host.addEventListener("keydown", this.#onKeyDown);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  readonly open = (): void => this.#set(true);

  readonly close = (): void => this.#set(false);

  hostUpdate(): void {
    this.#isOpen &&= this.#isPossible();
    this.#hadFocus = this.#panel?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  /** Before `updated()` of the host, which would take a focus that has nowhere to be to the toolbar. */
  hostUpdated(): void {
    if (this.#isOpen === this.#wasOpen) return;
    this.#wasOpen = this.#isOpen;
    if (this.#isOpen) this.#panel?.focus();
    else if (this.#hadFocus) this.#lock?.focus();
  }

  get #panel(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".panel");
  }

  /** The lock stands over a picture or under a name; the other one is not displayed. */
  get #lock(): HTMLElement | undefined {
    const locks = [...this.#host.renderRoot.querySelectorAll<HTMLElement>(".lock")];
    return locks.find((lock) => lock.getClientRects().length > 0);
  }

  #set(open: boolean): void {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#host.requestUpdate();
  }

  readonly #onClick = (event: Event): void => {
    const isInside = event
      .composedPath()
      .some((target) => target instanceof Element && target.matches(".panel, .lock, .bottom"));
    if (!isInside) this.close();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#isOpen || event.defaultPrevented) return;
    // One press closes one thing: the host's own dialog around the call stays.
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}

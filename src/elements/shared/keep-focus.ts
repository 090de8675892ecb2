import type { LitElement, ReactiveController } from "lit";

/**
 * Keeps the focus in its host when an update removes the focused element, such as a button that disappears with its state.
 *
 * In a microtask after the update: an open sheet first returns the focus to its opener, and code that awaits `updateComplete`
 * finds the focus in place.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #target: () => HTMLElement | null | undefined;
  #hadFocus = false;

  /** @param target returns the element to focus. */
  constructor(host: LitElement, target: () => HTMLElement | null | undefined) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  hostUpdated(): void {
    if (this.#hadFocus && !this.#hasFocus) queueMicrotask(() => void this.#restore());
  }

  get #hasFocus(): boolean {
    return Boolean(this.#host.shadowRoot?.activeElement);
  }

  async #restore(): Promise<void> {
    if (this.#hasFocus) return;
    // The update may still be loading parts.
    if (!this.#target()) await this.#host.updateComplete;
    const target: (HTMLElement & Partial<Pick<LitElement, "updateComplete">>) | null | undefined =
      this.#target();
    if (target?.updateComplete) await target.updateComplete;
    target?.focus();
  }
}

import type { LitElement, ReactiveController } from "lit";

/**
 * Keeps the focus in its host when an update removes the element that had it, such as a button that is gone with its state.
 *
 * A microtask after the update: an open sheet returns the focus to its opener first, and whoever awaits `updateComplete` finds the
 * focus in its place.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #target: () => HTMLElement | null | undefined;
  #hadFocus = false;

  /** @param target returns the element that takes the focus. */
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
    // What the update needs may still be loading.
    if (!this.#target()) await this.#host.updateComplete;
    const target: (HTMLElement & Partial<Pick<LitElement, "updateComplete">>) | null | undefined =
      this.#target();
    if (target?.updateComplete) await target.updateComplete;
    target?.focus();
  }
}

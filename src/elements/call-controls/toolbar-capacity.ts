import type { LitElement, ReactiveController } from "lit";

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

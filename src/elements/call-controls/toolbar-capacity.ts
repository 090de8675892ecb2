import type { LitElement, ReactiveController } from "lit";

/**
 * How many buttons fit beside each other into what is around a toolbar, or above each other where it stands upright. Measured on
 * what is around it, and not on the toolbar itself: that is as large as its buttons.
 */
export class ToolbarCapacity implements ReactiveController {
  /** How many fit. Until it has been measured as many as a phone has room for: no toolbar begins with more than its place. */
  count = 5;
  /** How many the host has slotted. */
  slotted = 0;
  readonly #host: LitElement;
  #observer: ResizeObserver | undefined;
  #isMeasured = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is around the toolbar. */
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

  /** The first time at once, and not with the next frame: what is around is laid out with the right number of buttons. */
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
    // Before the first rendering, and where nothing is displayed, there is nothing to measure.
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
    // One gap more than there is between as many: the end of the call stands apart.
    this.count = Math.floor(room / (size + sum(gap)));
  }
}

import type { LitElement, ReactiveController } from "lit";

/** How long the bars stay after the last touch, in milliseconds. */
const patience = 4000;

const signsOfLife = ["pointerdown", "pointermove", "keydown", "focusin", "click", "wheel"] as const;

/**
 * Takes the bars away from a picture that somebody only looks at, and brings them back at the first touch, key or focus: by the
 * attribute `bars="hidden"` of the view. They stay in the tree and in the tab order: whoever moves there brings them back.
 */
export class HidingBars implements ReactiveController {
  readonly #host: LitElement;
  readonly #mayHide: () => boolean;
  readonly #patience: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The press under way only brings the bars back: it must not press what appears under it. */
  #isWaking = false;

  /** @param mayHide - whether nothing on the bars is needed now. */
  constructor(host: LitElement, mayHide: () => boolean, wait = patience) {
    this.#host = host;
    this.#mayHide = mayHide;
    this.#patience = wait;
    host.addController(this);
    // On the host, in the phase before anything in it: they live with it.
    for (const name of signsOfLife)
      host.addEventListener(name, this.#onLife, { capture: true, passive: name === "wheel" });
  }

  get areHidden(): boolean {
    return this.#host.getAttribute("bars") === "hidden";
  }

  hostUpdated(): void {
    if (!this.#mayHide()) this.#show();
    else if (!this.areHidden) this.#timer ??= setTimeout(this.#onTime, this.#patience);
  }

  hostDisconnected(): void {
    this.#show();
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.removeAttribute("bars");
  }

  readonly #onTime = (): void => {
    this.#timer = undefined;
    if (!this.#mayHide()) return;
    // Who moves by the keyboard would lose where they are. The next key, or the focus that goes elsewhere, starts the time anew.
    if (hasVisibleFocus(this.#host)) this.#timer = setTimeout(this.#onTime, this.#patience);
    else this.#host.setAttribute("bars", "hidden");
  };

  readonly #onLife = (event: Event): void => {
    const wasHidden = this.areHidden;
    if (event.type === "click") {
      if (this.#isWaking && isInBars(event)) {
        event.stopImmediatePropagation();
        event.preventDefault();
      }
      this.#isWaking = false;
    } else if (event.type === "pointerdown" || event.type === "keydown") {
      this.#isWaking = event.type === "pointerdown" && wasHidden;
    }
    this.#show();
    if (this.#mayHide()) this.#timer = setTimeout(this.#onTime, this.#patience);
  };
}

/** What the host has put into a bar counts, too. */
const isInBars = (event: Event): boolean =>
  event
    .composedPath()
    .some((target) => target instanceof Element && target.matches(".top-bar, .bottom"));

function hasVisibleFocus(host: LitElement): boolean {
  // `activeElement` of the tree that the host is in: also for what is slotted into it.
  const root = host.getRootNode();
  let active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  if (active === null || !host.contains(active)) return false;
  while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active.matches(":focus-visible");
}

import type { LitElement, ReactiveController } from "lit";
import { hasTrouble } from "../in-call/badges.ts";
import { backdropOf, type CallScene } from "../scene.ts";

/** Milliseconds for which the bars stay after the last input. */
const patience = 4000;

const inputEvents = ["pointerdown", "pointermove", "keydown", "focusin", "click", "wheel"] as const;

/**
 * Hides the bars over an unattended picture, and shows them at the next touch, key or focus, by the attribute `bars="hidden"`
 * of the view. They stay in the tree and in the tab order: focusing them shows them.
 */
export class HidingBars implements ReactiveController {
  readonly #host: LitElement;
  readonly #mayHide: () => boolean;
  readonly #patience: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** `true` during a press that shows the bars: it must not activate a button that appears under it. */
  #isWaking = false;

  /** @param mayHide - returns `true` while nothing on the bars is needed. */
  constructor(host: LitElement, mayHide: () => boolean, wait = patience) {
    this.#host = host;
    this.#mayHide = mayHide;
    this.#patience = wait;
    host.addController(this);
    // On the host, in the capture phase: the listeners live as long as the host.
    for (const name of inputEvents)
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
    // Keyboard users would lose their position. The next key, or a moved focus, restarts the timer.
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

/** Includes elements that the host has slotted into a bar. */
const isInBars = (event: Event): boolean =>
  event
    .composedPath()
    .some((target) => target instanceof Element && target.matches(".top-bar, .bottom"));

function hasVisibleFocus(host: LitElement): boolean {
  // `activeElement` of the host's tree, for slotted elements as well.
  const root = host.getRootNode();
  let active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  if (active === null || !host.contains(active)) return false;
  while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active.matches(":focus-visible");
}

/**
 * Returns `true` where the bars may hide: a picture fills the screen, and the bars show no question, waiting call or problem.
 */
export function isOnlyWatched(scene: CallScene): boolean {
  const { snapshot, otherCalls, panel, sound, layout } = scene;
  const { state, held, protection } = snapshot;
  const hasPicture = ["remote", "screen"].includes(backdropOf(scene)) && !layout.isElsewhere;
  const isQuiet =
    otherCalls.length === 0 && !panel.isOpen && !sound.isBlocked && !held.local && !held.remote;
  // Weaker protection than expected must stay visible.
  const isSafe = ["protected", "compatible", "transport"].includes(protection.status);
  const isRead = (scene.text?.conversation.unread ?? 0) === 0;
  return state === "connected" && hasPicture && isQuiet && isSafe && isRead && !hasTrouble(scene);
}

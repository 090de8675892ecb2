import type { LitElement, ReactiveController } from "lit";
import type { CallSource } from "../../../controller/call-source.ts";
import { SxHoldEvent } from "../../../events/sx-hold.ts";
import type { SxIntent } from "../../../events/sx-intent.ts";
import { SxResumeEvent } from "../../../events/sx-resume.ts";
import { SxScreenActionEvent } from "../../../events/sx-screen-action.ts";
import { SxToggleCameraEvent } from "../../../events/sx-toggle-camera.ts";
import { SxToggleMicrophoneEvent } from "../../../events/sx-toggle-microphone.ts";
import { SxToggleScreenEvent } from "../../../events/sx-toggle-screen.ts";
import { defaultKeys, type ShortcutAction, type ShortcutKeys } from "../../shared/shortcut-keys.ts";

/** Where keys count: with the focus in the view, anywhere in the page, or nowhere. */
export type ShortcutScope = "view" | "page" | "off";

/** What of a key event decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  | "key"
  | "code"
  | "ctrlKey"
  | "altKey"
  | "metaKey"
  | "shiftKey"
  | "repeat"
  | "isComposing"
  | "defaultPrevented"
>;

/** What has the focus: something that is typed into, something that Space or Enter press, or neither. */
export type KeyTarget = "typing" | "pressing" | "none";

/**
 * What a key asks for.
 *
 * Nothing while somebody types, with a modifier (the browser's and the system's own), while a key repeats, or where somebody else
 * has used it. Space on a button presses it.
 */
export function actionOf(
  press: KeyPress,
  target: KeyTarget,
  keys: ShortcutKeys,
): ShortcutAction | null {
  const { ctrlKey, altKey, metaKey, repeat, isComposing, defaultPrevented } = press;
  if (
    ctrlKey ||
    altKey ||
    metaKey ||
    repeat ||
    isComposing ||
    defaultPrevented ||
    target === "typing"
  )
    return null;
  const key = keyOf(press);
  if (key === " " && target === "pressing") return null;
  // Made of the same table: its keys are the actions.
  const actions = Object.keys(keys) as ShortcutAction[];
  return actions.find((action) => keys[action] === key || keys[action] === press.key) ?? null;
}

/** The letter on the key. With Shift it is another one, Caps Lock does not count; on a keyboard of other letters the place decides. */
function keyOf({ key, code, shiftKey }: KeyPress): string {
  const isOther = key.length === 1 && key > "~";
  const letter = isOther && code.startsWith("Key") ? code.slice(3) : key;
  return shiftKey || letter.length > 1 ? letter : letter.toLowerCase();
}

const typing =
  "textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=searchbox], [role=combobox]";
const pressing =
  "a[href], button, input, summary, [role=button], [role=switch], [role^=menuitem], [role=radio]";
const noText = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]";

/** @param path - the event's way, from the innermost shadow tree to the window. */
export function targetOf(path: readonly EventTarget[]): KeyTarget {
  const elements = path.filter((target) => target instanceof Element);
  if (elements.some((element) => element.matches(`${typing}, input:not(${noText})`)))
    return "typing";
  return elements.some((element) => element.matches(pressing)) ? "pressing" : "none";
}

/** What the shortcuts of a view need of it. */
export interface ShortcutHost extends LitElement {
  readonly shortcuts: ShortcutScope;
  readonly shortcutKeys: Partial<ShortcutKeys>;
  readonly calls: CallSource;
}

/** Turns keys into the intents that the buttons make, for as long as its view is in the document. */
export class Shortcuts implements ReactiveController {
  readonly #host: ShortcutHost;
  readonly #intend: (event: SxIntent) => boolean;
  /** The key that is held to talk. */
  #held: string | null = null;

  constructor(host: ShortcutHost, intend: (event: SxIntent) => boolean) {
    this.#host = host;
    this.#intend = intend;
    host.addController(this);
  }

  /** The keys in use. None where they are switched off (WCAG 2.1.4). */
  get keys(): ShortcutKeys {
    if (this.#host.shortcuts === "off") return {};
    return { ...defaultKeys, ...this.#host.shortcutKeys };
  }

  hostConnected(): void {
    const { ownerDocument } = this.#host;
    ownerDocument.addEventListener("keydown", this.#onKeyDown);
    ownerDocument.addEventListener("visibilitychange", this.#onRelease);
    ownerDocument.defaultView?.addEventListener("keyup", this.#onKeyUp, true);
    ownerDocument.defaultView?.addEventListener("blur", this.#onRelease);
  }

  hostDisconnected(): void {
    const { ownerDocument } = this.#host;
    ownerDocument.removeEventListener("keydown", this.#onKeyDown);
    ownerDocument.removeEventListener("visibilitychange", this.#onRelease);
    ownerDocument.defaultView?.removeEventListener("keyup", this.#onKeyUp, true);
    ownerDocument.defaultView?.removeEventListener("blur", this.#onRelease);
    this.#onRelease();
  }

  /** On the document, after everybody else has had the event: whoever uses the key prevents it, or stops it. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (this.#host.shortcuts !== "page" && !path.includes(this.#host)) return;
    // Held down, Space would scroll the page.
    if (event.repeat && event.key === this.#held) event.preventDefault();
    const action = actionOf(event, targetOf(path), this.keys);
    if (action !== null && this.#perform(action, event.key)) event.preventDefault();
  };

  /** @returns whether there was anything to do. */
  #perform(action: ShortcutAction, key: string): boolean {
    const { snapshot } = this.#host.calls;
    const { actions, callId, local } = snapshot;
    const can = (name: (typeof actions)[number]) => actions.includes(name);
    switch (action) {
      case "microphone":
        return can("toggle-microphone") && this.#ask(new SxToggleMicrophoneEvent());
      case "camera":
        return can("toggle-camera") && this.#ask(new SxToggleCameraEvent());
      case "screen":
        return can("toggle-screen") && this.#ask(new SxToggleScreenEvent());
      case "hold":
        if (can("hold")) return this.#ask(new SxHoldEvent());
        return callId !== null && can("resume") && this.#ask(new SxResumeEvent({ callId }));
      case "talk":
        if (!can("toggle-microphone") || local.microphone.state !== "off") return false;
        if (this.#intend(new SxToggleMicrophoneEvent({ on: true }))) this.#held = key;
        return true;
      case "help":
        return this.#ask(new SxScreenActionEvent({ action: "help" }));
    }
  }

  #ask(event: SxIntent): true {
    this.#intend(event);
    return true;
  }

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === this.#held) this.#onRelease();
  };

  /** Off is said, not toggled: what was switched on may not have started yet, and nobody is heard who has let go. */
  readonly #onRelease = (): void => {
    if (this.#held === null) return;
    this.#held = null;
    this.#intend(new SxToggleMicrophoneEvent({ on: false }));
  };
}

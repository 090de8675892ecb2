import type { LitElement, ReactiveController } from "lit";
import type { CallSource } from "../../../controller/call-source.ts";
import {
  SxHoldEvent,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
  type SxIntent,
} from "../../../events/call-intents.ts";
import { SxResumeEvent } from "../../../events/before-and-after-intents.ts";
import { SxScreenActionEvent, SxToggleScreenEvent } from "../../../events/screen-events.ts";
import { defaultKeys, type ShortcutAction, type ShortcutKeys } from "../../shared/shortcut-keys.ts";

/** Scope of the keyboard shortcuts: focus in the view, anywhere in the page, or off. */
export type ShortcutScope = "view" | "page" | "off";

/** Properties of a key event that select the action. */
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

/** Kind of the focused element: text input, element activated by Space or Enter, or neither. */
export type KeyTarget = "typing" | "pressing" | "none";

/**
 * Returns the action of a key.
 *
 * `null` in a text input, with a modifier, for a repeated key, or after `preventDefault()`. Space activates a focused button
 * instead.
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
  // `keys` is built from the same table: its keys are the actions.
  const actions = Object.keys(keys) as ShortcutAction[];
  return actions.find((action) => keys[action] === key || keys[action] === press.key) ?? null;
}

/**
 * Returns the letter of the key. Ignores Caps Lock; Shift makes a different key. On non-Latin layouts the physical position
 * decides.
 */
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

/** @param path - the composed path of the event. */
export function targetOf(path: readonly EventTarget[]): KeyTarget {
  const elements = path.filter((target) => target instanceof Element);
  if (elements.some((element) => element.matches(`${typing}, input:not(${noText})`)))
    return "typing";
  return elements.some((element) => element.matches(pressing)) ? "pressing" : "none";
}

/** Requirements of the shortcuts on their view. */
export interface ShortcutHost extends LitElement {
  readonly shortcuts: ShortcutScope;
  readonly shortcutKeys: Partial<ShortcutKeys>;
  readonly calls: CallSource;
}

/** Turns keys into the intents of the buttons while its view is connected. */
export class Shortcuts implements ReactiveController {
  readonly #host: ShortcutHost;
  readonly #intend: (event: SxIntent) => boolean;
  /** The key held to talk. */
  #held: string | null = null;
  /** Where the last key went down. */
  #down: { readonly key: string; readonly target: EventTarget | undefined } | null = null;
  /** Nothing but a key shows that a device for touch has a keyboard. */
  #hasKeyboard = false;

  constructor(host: ShortcutHost, intend: (event: SxIntent) => boolean) {
    this.#host = host;
    this.#intend = intend;
    host.addController(this);
  }

  /** The shortcuts in use; none where they are off (WCAG 2.1.4), and no key for the text of a call that has none. */
  get keys(): ShortcutKeys {
    const { shortcuts, shortcutKeys, calls } = this.#host;
    if (shortcuts === "off") return {};
    const keys = { ...defaultKeys, ...shortcutKeys };
    return calls.text?.conversation.isPossible === true ? keys : { ...keys, text: null };
  }

  /** The shortcuts to show: none on a device for touch, until a key of a keyboard was pressed. */
  get hints(): ShortcutKeys {
    return this.#hasKeyboard || matchMedia("(any-pointer: fine)").matches ? this.keys : {};
  }

  hostConnected(): void {
    const { ownerDocument } = this.#host;
    ownerDocument.addEventListener("keydown", this.#onKeyDown);
    ownerDocument.addEventListener("visibilitychange", this.#onRelease);
    ownerDocument.defaultView?.addEventListener("keydown", this.#keepFromPressing, true);
    ownerDocument.defaultView?.addEventListener("keyup", this.#onKeyUp, true);
    ownerDocument.defaultView?.addEventListener("blur", this.#onRelease);
  }

  hostDisconnected(): void {
    const { ownerDocument } = this.#host;
    ownerDocument.removeEventListener("keydown", this.#onKeyDown);
    ownerDocument.removeEventListener("visibilitychange", this.#onRelease);
    ownerDocument.defaultView?.removeEventListener("keydown", this.#keepFromPressing, true);
    ownerDocument.defaultView?.removeEventListener("keyup", this.#onKeyUp, true);
    ownerDocument.defaultView?.removeEventListener("blur", this.#onRelease);
    this.#onRelease();
  }

  /** Listens on the document, after all other listeners, which may prevent or stop the event. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (this.#host.shortcuts !== "page" && !path.includes(this.#host)) return;
    // Holding Space would scroll the page.
    if (event.repeat && event.key === this.#held) event.preventDefault();
    const action = actionOf(event, targetOf(path), this.keys);
    if (action !== null && this.#perform(action, event.key)) event.preventDefault();
  };

  /** @returns `true` where an action was performed. */
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
      case "text":
      case "help":
        return this.#ask(new SxScreenActionEvent({ action }));
    }
  }

  #ask(event: SxIntent): true {
    this.#intend(event);
    return true;
  }

  /**
   * A held key presses only the button on which it went down. A change of state moves the focus to another button, such as to
   * one of an ended call. Engines press by the repeated keydown or by the keyup.
   */
  readonly #keepFromPressing = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    const { key, type, repeat } = event;
    // The keyboard on the screen is there for fields only.
    if (targetOf(path) !== "typing") this.#hasKeyboard = true;
    if (type === "keydown" && !repeat) this.#down = { key, target: path[0] };
    if (key !== " " && key !== "Enter") return;
    const isElsewhere = this.#down?.key === key && this.#down.target !== path[0];
    if (isElsewhere && path.includes(this.#host) && targetOf(path) === "pressing")
      event.preventDefault();
  };

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    this.#keepFromPressing(event);
    if (event.key === this.#held) this.#onRelease();
  };

  /** Sets `off` instead of toggling: the microphone may still be starting, and must be muted on release. */
  readonly #onRelease = (): void => {
    if (this.#held === null) return;
    this.#held = null;
    this.#intend(new SxToggleMicrophoneEvent({ on: false }));
  };
}

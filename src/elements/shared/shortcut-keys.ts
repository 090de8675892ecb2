/** An action with a keyboard shortcut. */
export type ShortcutAction = "microphone" | "camera" | "screen" | "hold" | "text" | "talk" | "help";

/** The key of each action as a `KeyboardEvent.key` value, letters in lower case. `null` or absent for none. */
export type ShortcutKeys = Partial<Record<ShortcutAction, string | null>>;

/** Default shortcuts. `talk` is held down. */
export const defaultKeys: ShortcutKeys = {
  microphone: "m",
  camera: "v",
  screen: "s",
  hold: "h",
  text: "t",
  talk: " ",
  help: "?",
};

/** Returns the key of an action; `null` for none. */
export function keyOf(action: ShortcutAction | undefined, keys: ShortcutKeys): string | null {
  return action === undefined ? null : (keys[action] ?? null);
}

/** Returns the label of a key. @param space - the name of the space bar, whose key cap is blank. */
export function keyCap(key: string, space: string): string {
  return key === " " ? space : key.length === 1 ? key.toUpperCase() : key;
}

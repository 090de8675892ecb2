/** What a key can do in a call. */
export type ShortcutAction = "microphone" | "camera" | "screen" | "hold" | "talk" | "help";

/** The key of each action, as `KeyboardEvent.key` has it, letters in lower case; `null` or nothing where it has none. */
export type ShortcutKeys = Partial<Record<ShortcutAction, string | null>>;

/** What the keys are where a host does not say otherwise. `talk` is held. */
export const defaultKeys: ShortcutKeys = {
  microphone: "m",
  camera: "v",
  screen: "s",
  hold: "h",
  talk: " ",
  help: "?",
};

/** The key of an action; `null` where it has none. */
export function keyOf(action: ShortcutAction | undefined, keys: ShortcutKeys): string | null {
  return action === undefined ? null : (keys[action] ?? null);
}

/** A key as it stands on the keyboard. @param space - the word for the long one, which has nothing on it. */
export function keyCap(key: string, space: string): string {
  return key === " " ? space : key.length === 1 ? key.toUpperCase() : key;
}

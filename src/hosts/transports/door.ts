import { CallError } from "../../errors.ts";

/*
 * Shared by several WebViews. The app can only evaluate script, so it calls a function of the page with a text. The page calls
 * a method of an object that the app has added.
 */

/** Function that an app without a message channel calls: `sxReceive(text)`. */
export const receiverName = "sxReceive";

/** Default name of the object, handler or channel of an app. */
export const hostName = "sx";

/** Installs the function for the app. @returns a function that removes it. */
export function openDoor(listener: (text: unknown) => void): () => void {
  Object.assign(globalThis, { [receiverName]: listener });
  return () => {
    if (Reflect.get(globalThis, receiverName) === listener)
      Reflect.deleteProperty(globalThis, receiverName);
  };
}

/**
 * Returns an object that the app has added to the page. Looked up at each call, because some apps add it late.
 * @returns the object, with its platform's documented interface.
 * @throws {CallError} `not-possible` where it is missing.
 */
export function fromHost(path: string): object {
  let found: unknown = globalThis;
  for (const name of path.split("."))
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  // Some engines report a callable host object as "function".
  if ((typeof found !== "object" && typeof found !== "function") || found === null) {
    throw new CallError("not-possible", `The app has not added "${path}" to this page.`);
  }
  return found;
}

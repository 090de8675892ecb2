import { CallError } from "../../errors.ts";

/*
 * What several WebViews have in common: the app calls a function of the page with a text, since all it can do is to have the page
 * evaluate something; and the page calls a method of an object that the app has put there.
 */

/** The function by which an app without a channel of its own speaks to the page: `sxReceive(text)`. */
export const receiverName = "sxReceive";

/** The name of the object, handler or channel that an app makes, where it chooses no other. */
export const hostName = "sx";

/** Opens the door that an app calls. @returns a function that closes it. */
export function openDoor(listener: (text: unknown) => void): () => void {
  Object.assign(globalThis, { [receiverName]: listener });
  return () => {
    if (Reflect.get(globalThis, receiverName) === listener)
      Reflect.deleteProperty(globalThis, receiverName);
  };
}

/**
 * What an app has put into the page under a name, looked up each time: some put it there later.
 * @returns it; what it has is what its platform documents.
 * @throws {CallError} `not-possible` where it is not there.
 */
export function fromHost(path: string): object {
  let found: unknown = globalThis;
  for (const name of path.split("."))
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  // Some engines say "function" of a host object that can be called.
  if ((typeof found !== "object" && typeof found !== "function") || found === null) {
    throw new CallError("not-possible", `The app has put nothing into this page as "${path}".`);
  }
  return found;
}

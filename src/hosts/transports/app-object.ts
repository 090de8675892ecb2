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
export function installReceiver(listener: (text: unknown) => void): () => void {
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

/**
 * Returns the origin of a URL as browsers serialise it in `MessageEvent.origin`: lower case, without path, slash and default
 * port. Pages of custom schemes (`capacitor://localhost`) have one, too, which `URL.origin` does not return.
 *
 * @throws {CallError} `bad-argument` without an origin: `null` of a sandboxed frame, a file, `*`, or no URL. Both pages would
 * otherwise wait for each other silently.
 */
export function exactOrigin(given: unknown): string {
  const address = typeof given === "string" ? readAddress(given) : null;
  // Chromium reports an origin for files, which no message carries.
  if (address !== null && address.host !== "" && address.protocol !== "file:") {
    const isCustom = address.origin === "null";
    return isCustom ? `${address.protocol}//${address.host.toLowerCase()}` : address.origin;
  }
  throw new CallError(
    "bad-argument",
    "A frame needs the exact origin of the other page, such as https://app.example: files and sandboxed frames have none.",
  );
}

/** Parses a URL. `URL.canParse` needs Chromium 120. */
function readAddress(given: string): URL | null {
  try {
    return new URL(given);
  } catch {
    return null;
  }
}

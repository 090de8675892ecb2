import { CallError } from "../../errors.ts";

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

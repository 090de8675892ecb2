import { CallError } from "../../errors.ts";

/**
 * The origin of an address as a browser writes it in `MessageEvent.origin`: without a path or slash, in small letters, without the usual
 * port. Pages of custom schemes (`capacitor://localhost`) have one as well, which a URL does not tell.
 *
 * @throws {CallError} `bad-argument` for what has no origin: `null` of a sandboxed frame, a file, `*`, or no address at all. Both pages
 * would wait for each other without a word.
 */
export function exactOrigin(given: unknown): string {
  const address = typeof given === "string" && URL.canParse(given) ? new URL(given) : null;
  // Chromium tells an origin of files, which no message has.
  if (address !== null && address.host !== "" && address.protocol !== "file:") {
    const isCustom = address.origin === "null";
    return isCustom ? `${address.protocol}//${address.host.toLowerCase()}` : address.origin;
  }
  throw new CallError(
    "bad-argument",
    "A frame needs the exact origin of the other page, such as https://app.example: files and sandboxed frames have none.",
  );
}

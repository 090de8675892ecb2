import { CallError } from "../../errors.ts";

/**
 * Returns the SHA-256 fingerprint of a description (RFC 8122), 32 bytes.
 *
 * @throws {CallError} `insecure` where it is missing or differs between sections.
 */
export function fingerprintOf(sdp: string): Uint8Array {
  const found = new Set(
    [...sdp.matchAll(/^a=fingerprint:(.*?)\r?$/gm)].map((match) =>
      (match[1] ?? "").trim().toLowerCase(),
    ),
  );
  const [fingerprint = ""] = found;
  const hex = /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/.exec(fingerprint)?.[1];
  if (found.size !== 1 || hex === undefined) {
    throw new CallError("insecure", "A description does not have one SHA-256 fingerprint.");
  }
  return Uint8Array.from(hex.split(":"), (byte) => Number.parseInt(byte, 16));
}

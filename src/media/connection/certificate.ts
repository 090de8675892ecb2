import { CallError } from "../../errors.ts";

/** A DTLS certificate created before its connection, and its SHA-256 fingerprint: 32 bytes. */
export interface Certificate {
  readonly certificate: RTCCertificate;
  readonly fingerprint: Uint8Array;
}

/**
 * Creates the certificate of a later connection. Contacts nobody, and lets work that depends on the fingerprint happen while
 * the call rings.
 *
 * @returns `null` where the engine does not report a certificate's fingerprint (Firefox). It is then known once the connection
 * exists.
 */
export async function createCertificate(): Promise<Certificate | null> {
  // W3C WebRTC section 4.9.1: P-256 is mandatory, and the default of engines.
  const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  // Absent in some engines, contrary to its type.
  if (!("getFingerprints" in certificate)) return null;
  const value = certificate
    .getFingerprints()
    .find(({ algorithm: hash }) => hash === "sha-256")?.value;
  if (value === undefined) return null;
  return {
    certificate,
    fingerprint: Uint8Array.from(value.split(":"), (byte) => Number.parseInt(byte, 16)),
  };
}

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
    throw new CallError("insecure", "A description lacks its fingerprint.");
  }
  return Uint8Array.from(hex.split(":"), (byte) => Number.parseInt(byte, 16));
}

/**
 * Checks that a description is of the engine whose description is known: the keys depend on both engines' fingerprints.
 *
 * @throws {CallError} `insecure` for another engine.
 */
export function checkSameEngine(known: string, sdp: string): void {
  const expected = fingerprintOf(known);
  if (fingerprintOf(sdp).some((byte, at) => byte !== expected[at]))
    throw new CallError("insecure", "A restart came from another engine.");
}

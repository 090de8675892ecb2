/** A DTLS certificate made ahead of its connection, and its SHA-256 fingerprint: 32 bytes. */
export interface Certificate {
  readonly certificate: RTCCertificate;
  readonly fingerprint: Uint8Array;
}

/**
 * Makes the certificate of a connection before there is one. Contacts nobody, and lets all that depends on the fingerprint be
 * calculated while it rings.
 *
 * @returns `null` where the engine does not tell a certificate's fingerprint (Firefox): then it is known once the connection is made.
 */
export async function createCertificate(): Promise<Certificate | null> {
  // W3C WebRTC section 4.9.1: P-256 is what every engine must have, and what it uses by itself.
  const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  // Not in every engine, whatever the types say.
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

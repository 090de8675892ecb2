/** Media sections of every description, in this order: microphone, camera, screen audio, screen video, data channel. */
const sections = ["audio", "video", "audio", "video", "application"] as const;

/**
 * Returns `true` for the shape of every `sx-call/1` description. It has the five media sections in order, one SHA-256
 * fingerprint in all of them (RFC 8122), and no candidates, which are trickled after the callee accepts. An engine may still
 * refuse it.
 */
export function isSessionDescription(sdp: string): boolean {
  // Printable ASCII and line ends only, which every parser reads in the same way.
  if (!/^v=0\r\n(?:[\x20-\x7e]+\r\n)+$/.test(sdp)) return false;
  const lines = sdp.split("\r\n");
  const kinds = lines
    .filter((line) => line.startsWith("m="))
    .map((line) => line.slice(2).split(" ", 1)[0]);
  if (kinds.length !== sections.length || kinds.some((kind, index) => kind !== sections[index]))
    return false;
  if (lines.some((line) => line.startsWith("a=candidate:"))) return false;
  const fingerprints = lines
    .filter((line) => line.startsWith("a=fingerprint:"))
    .map((line) => line.slice(14).toLowerCase());
  return (
    fingerprints.length > 0 &&
    fingerprints.every((fingerprint) => fingerprint === fingerprints[0]) &&
    /^sha-256 (?:[0-9a-f]{2}:){31}[0-9a-f]{2}$/.test(fingerprints[0] ?? "")
  );
}

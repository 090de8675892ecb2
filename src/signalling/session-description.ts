/** The media sections of every description, in this order: microphone, camera, screen audio, screen video, data channel. */
const sections = ["audio", "video", "audio", "video", "application"] as const;

/**
 * Whether a text has the shape that every description of `sx-call/1` has: the five media sections in their order, one and the
 * same SHA-256 fingerprint in all of them (RFC 8122), and no candidate, since candidates are trickled after the callee accepts.
 * It says nothing about whether an engine will take it.
 */
export function isSessionDescription(sdp: string): boolean {
  // Printable ASCII and line ends only: nothing a later reader could see otherwise than this one does.
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

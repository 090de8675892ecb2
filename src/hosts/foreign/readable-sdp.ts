/** The most that is taken of one session description of a foreign page: its size in characters, and its media sections. */
export const sdpLimits = { size: 65_536, sections: 16 } as const;

/**
 * Whether a text can be a session description at all (RFC 8866): printable ASCII, of a size that is worth reading. What it says is
 * for the engine to judge.
 */
export function isReadableSdp(sdp: string): boolean {
  return (
    sdp.length <= sdpLimits.size &&
    /^v=0\r?\n/.test(sdp) &&
    !/[^\x20-\x7e\r\n]|\r(?!\n)/.test(sdp) &&
    (sdp.match(/^m=/gm)?.length ?? 0) <= sdpLimits.sections
  );
}

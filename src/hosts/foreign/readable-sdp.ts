/** Limits of a foreign page's session description: characters, and media sections. */
export const sdpLimits = { size: 65_536, sections: 16 } as const;

/**
 * Returns `true` for a text that may be a session description (RFC 8866): printable ASCII of a limited size. The engine
 * validates its content.
 */
export function isReadableSdp(sdp: string): boolean {
  return (
    sdp.length <= sdpLimits.size &&
    /^v=0\r?\n/.test(sdp) &&
    !/[^\x20-\x7e\r\n]|\r(?!\n)/.test(sdp) &&
    (sdp.match(/^m=/gm)?.length ?? 0) <= sdpLimits.sections
  );
}

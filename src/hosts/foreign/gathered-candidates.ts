import type { SignalCandidate } from "../../signalling/messages.ts";

/* For protocols whose descriptions contain candidates (RFC 8839 section 5.1): waiting for them, writing and reading them. */

/** Maximum number of candidates of one description, and characters of one. */
const maxCandidates = 128;
const maxLength = 512;
/** Milliseconds to wait for more candidates after the first reflexive or relayed one. */
const reflexiveMilliseconds = 150;
/** Milliseconds to wait for a relay without an answer. */
export const relayMilliseconds = 5000;

/**
 * Returns the milliseconds to wait for further candidates: 0 to send now, `null` without a change.
 *
 * @param found the new candidates.
 * @param end `true` after the last candidate.
 * @param hasRelay `true` with a relay among the servers, whose candidate is awaited.
 */
export function gatheringWait(
  found: readonly SignalCandidate[],
  end: boolean,
  hasRelay: boolean,
): number | null {
  const has = (type: string) => found.some(({ candidate }) => candidate.includes(` typ ${type}`));
  if (end || has("relay")) return 0;
  return has("srflx") && !hasRelay ? reflexiveMilliseconds : null;
}

/** Writes candidates into the media sections that they name. */
export function withCandidates(sdp: string, candidates: readonly SignalCandidate[]): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section, at) => {
      const lines = candidates
        .filter(({ candidate, sdpMid, sdpMLineIndex }) => {
          const isHere = sdpMid === null ? sdpMLineIndex === at - 1 : sdpMid === midOf(section);
          return isHere && candidate !== "";
        })
        .map(({ candidate }) => `a=${candidate}\r\n`);
      return at === 0 ? section : section + lines.join("");
    })
    .join("");
}

/** Returns the candidates in a description. Lines that are not printable or too long are ignored. */
export function candidatesOf(sdp: string): RTCIceCandidateInit[] {
  const [session = "", ...sections] = sdp.split(/^(?=m=)/m);
  return sections
    .flatMap((section, sdpMLineIndex) => {
      const usernameFragment = fragmentOf(section) ?? fragmentOf(session);
      return [...section.matchAll(/^a=(candidate:[^\r\n]+)/gm)].map(([, candidate = ""]) => ({
        ...{ candidate, sdpMid: midOf(section), sdpMLineIndex, usernameFragment },
      }));
    })
    .filter(({ candidate }) => candidate.length <= maxLength)
    .slice(0, maxCandidates);
}

const midOf = (section: string) => /^a=mid:([^\r\n]+)/m.exec(section)?.[1] ?? null;
const fragmentOf = (part: string) => /^a=ice-ufrag:([^\r\n]+)/m.exec(part)?.[1] ?? null;

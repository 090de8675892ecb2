import type { SignalCandidate } from "../../signalling/messages.ts";

/*
 * For protocols whose descriptions carry candidates (RFC 8839 section 5.1): how long a description waits for them, and how they are
 * written and read.
 */

/** How many candidates are taken of one description, and how long one may be. */
const maxCandidates = 128;
const maxLength = 512;
/** How long a description waits for more candidates after the first that the internet can reach. Milliseconds. */
const reflexiveMilliseconds = 150;
/** How long it waits for a relay that does not answer. Milliseconds. */
export const relayMilliseconds = 5000;

/**
 * How long a description still waits for candidates, in milliseconds: 0 where it may leave, `null` where nothing new is known.
 *
 * @param found those of this moment.
 * @param end whether there will be no more.
 * @param hasRelay whether a relay is among the servers: then its candidate is what is waited for.
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

/** The candidates that a description carries. What is not a printable line of its kind is passed over. */
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

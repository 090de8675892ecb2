import type { PathState } from "../terms.ts";

/**
 * Why a call that connects does not come to a path.
 * - `no-proof`: there is a path, and the caller has not proved its keys.
 * - `no-answer`: nothing has come from the other side since the accept.
 * - `no-remote-addresses`: the other side has answered, and none of its addresses has come.
 * - `no-addresses`: this side found no address that may be told.
 * - `server-password`: a server refused its password.
 * - `server-unreachable`: a server does not answer.
 * - `needs-relay`: both sides have addresses, none of them fits, and no relay was named.
 * - `no-path`: both sides have addresses, a relay's among them, and none of them fits.
 */
export type StuckReason =
  | "no-proof"
  | "no-answer"
  | "no-remote-addresses"
  | "no-addresses"
  | "server-password"
  | "server-unreachable"
  | "needs-relay"
  | "no-path";

/** What a call is stuck on. */
export interface Stuck {
  readonly reason: StuckReason;
  /** The server that it lies with, scheme, host and port; `null` where it lies with none. */
  readonly server: string | null;
}

/** A STUN or TURN server that could not be used. */
export interface ServerFailure {
  /** Scheme, host and port. */
  readonly server: string;
  /** A STUN error code (RFC 8489 section 14.8), or 701 where there was no answer (W3C WebRTC section 4.8.2). */
  readonly code: number;
}

/** The network path, and what is known of the addresses of both sides. */
export interface Path {
  /** As the transport reports it. */
  readonly state: PathState;
  /** Whether the data channel is open. */
  readonly isControlOpen: boolean;
  /** Whether connecting takes so long that the screen says why. */
  readonly isStuck: boolean;
  /** This side's candidates by type. */
  readonly found: { readonly host: number; readonly reflexive: number; readonly relay: number };
  /** The other side's. */
  readonly received: number;
  /** Whether the other side has said anything since the accept, for protocols in which an answer is no proof of keys. */
  readonly hasAnswered: boolean;
  readonly failures: readonly ServerFailure[];
}

export const noPath: Path = {
  state: "new",
  isControlOpen: false,
  isStuck: false,
  found: { host: 0, reflexive: 0, relay: 0 },
  received: 0,
  hasAnswered: false,
  failures: [],
};

/** After this time a call that connects says what it is stuck on. Milliseconds. */
export const stuckMilliseconds = 8000;

/** How many failures are remembered: one for each way to each of a few servers. */
const maxFailures = 16;

/** Counts this side's candidates (RFC 8839 section 5.1: `typ host`, `srflx`, `prflx`, `relay`). */
export function withFound(path: Path, candidates: readonly { readonly candidate: string }[]): Path {
  let { host, reflexive, relay } = path.found;
  for (const { candidate } of candidates) {
    if (/ typ relay(?: |$)/.test(candidate)) relay += 1;
    else if (/ typ (?:srflx|prflx)(?: |$)/.test(candidate)) reflexive += 1;
    else if (candidate !== "") host += 1;
  }
  return { ...path, found: { host, reflexive, relay } };
}

/** Remembers a server that failed. */
export function withFailure(path: Path, failure: ServerFailure): Path {
  const isKnown = path.failures.some(
    ({ server, code }) => server === failure.server && code === failure.code,
  );
  return isKnown ? path : { ...path, failures: [...path.failures, failure].slice(-maxFailures) };
}

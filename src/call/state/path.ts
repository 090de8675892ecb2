import type { PathState } from "../terms.ts";

/**
 * Why a connecting call has no path.
 * - `no-proof`: a path exists, but the caller has not proved its keys.
 * - `no-answer`: no message of the other side has arrived since the accept.
 * - `no-remote-addresses`: the other side has answered without any address yet.
 * - `no-addresses`: this side has no address that may be sent.
 * - `server-password`: a server refused the credentials.
 * - `server-unreachable`: a server does not answer.
 * - `needs-relay`: no pair of addresses works, and no relay is configured.
 * - `no-path`: no pair of addresses works, including those of a relay.
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

/** Reason for slow connecting. */
export interface Stuck {
  readonly reason: StuckReason;
  /** Scheme, host and port of the responsible server; `null` for none. */
  readonly server: string | null;
}

/** A STUN or TURN server that failed. */
export interface ServerFailure {
  /** Scheme, host and port. */
  readonly server: string;
  /** A STUN error code (RFC 8489 section 14.8), or 701 where there was no answer (W3C WebRTC section 4.8.2). */
  readonly code: number;
}

/** State of the network path, and the known addresses of both sides. */
export interface Path {
  /** As reported by the transport. */
  readonly state: PathState;
  /** `true` while the data channel is open. */
  readonly isControlOpen: boolean;
  /** When a call that connects ends at the latest, whatever is heard; milliseconds since the epoch, `null` where it does not connect. */
  readonly connectsUntil: number | null;
  /** `true` once connecting is slow enough to show the reason. */
  readonly isStuck: boolean;
  /** Number of this side's candidates by type. */
  readonly found: { readonly host: number; readonly reflexive: number; readonly relay: number };
  /** Number of the other side's candidates. */
  readonly received: number;
  /** `true` once the other side has sent a message after the accept, for protocols whose answer proves no keys. */
  readonly hasAnswered: boolean;
  readonly failures: readonly ServerFailure[];
}

export const noPath: Path = {
  state: "new",
  isControlOpen: false,
  connectsUntil: null,
  isStuck: false,
  found: { host: 0, reflexive: 0, relay: 0 },
  received: 0,
  hasAnswered: false,
  failures: [],
};

/** Milliseconds of connecting after which the reason is shown. */
export const stuckMilliseconds = 8000;

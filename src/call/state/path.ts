import type { PathState } from "../terms.ts";
import type { SignalCandidate } from "../../signalling/messages.ts";

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

/** Waiting ICE candidates: no address is sent before the callee has accepted. */
export interface Candidates {
  /** This side's candidates, held until the callee has accepted. */
  readonly held: readonly SignalCandidate[];
  /** `true` where the held candidates are complete. */
  readonly isHeldEnd: boolean;
  /** Candidates of the other side that overtook its `accept`. */
  readonly early: readonly EarlyCandidate[];
  /** Number of further candidates accepted before the other side's next description. */
  readonly left: number;
  /** `true` once candidates may be sent: the callee has accepted and, on its side, has sent `accept`. */
  readonly isTrickling: boolean;
}

/** A candidate of a device that was not selected yet. */
export interface EarlyCandidate {
  /** `null` for a kit that names no device. */
  readonly device: string | null;
  readonly candidate: SignalCandidate;
}

/** Maximum number of candidates for one description, several times that of any device. */
export const maxOfOneGeneration = 64;

export const noCandidates: Candidates = {
  held: [],
  isHeldEnd: false,
  early: [],
  left: maxOfOneGeneration,
  isTrickling: false,
};

/** Maximum number of candidates that wait for an `accept`, which they overtake by a few messages only. */
const maxEarly = 64;

/** Keeps the other side's candidates until a connection exists. */
export function withEarly(
  state: Candidates,
  candidates: readonly SignalCandidate[],
  device: string | null,
): Candidates {
  const early = candidates.map((candidate) => ({ device, candidate }));
  return { ...state, early: [...state.early, ...early].slice(0, maxEarly) };
}

/** State of the reconnection after a lost path. */
export interface Reconnection {
  /** Time of the loss. Milliseconds since the epoch. */
  readonly since: number;
  /** Time at which the call ends without a path. Milliseconds since the epoch. */
  readonly until: number;
  /** Number of requested ICE restarts. */
  readonly attempts: number;
  /**
   * `wait`: the path may recover by itself; `ask`: an ICE restart was requested; `check`: new candidate pairs are being
   * checked.
   */
  readonly trying: "wait" | "ask" | "check";
}

/** Lost paths, and the requests for new ones (ICE restarts, RFC 8445 section 9). */
export interface ReconnectionState {
  /** State of the reconnection; `null` while the path works. */
  readonly current: Reconnection | null;
  /** Number of recovered paths. */
  readonly count: number;
  /** Number of restarts requested in the present silence while the transport still reports `connected`. */
  readonly silentTries: number;
  /** `true` where the other side supports ICE restarts. */
  readonly canRestart: boolean;
  /** Number of this side's last request. */
  readonly attempt: number;
  /** Time of the last request. Milliseconds since the epoch. */
  readonly requestedAt: number;
  /** `true` while the last request waits for its answer. */
  readonly isPending: boolean;
  /** Number of the other side's last request. Both channels carry each request. */
  readonly receivedAttempt: number;
  /** `true` while an offer of the other side is being answered. One at a time. */
  readonly isAnswering: boolean;
  /** `true` where a restart has to wait for the first answer because the network changed after the offer was created. */
  readonly isDue: boolean;
  /** `true` if the other side has announced that its page is unloaded and may come back. */
  readonly isAway: boolean;
}

export const noReconnection: ReconnectionState = {
  current: null,
  count: 0,
  silentTries: 0,
  canRestart: true,
  attempt: 0,
  requestedAt: 0,
  isPending: false,
  receivedAttempt: 0,
  isAnswering: false,
  isDue: false,
  isAway: false,
};

/** Returns `true` once either side has requested an ICE restart. */
export function hasRestarted({ attempt, receivedAttempt }: ReconnectionState): boolean {
  return attempt > 0 || receivedAttempt > 0;
}

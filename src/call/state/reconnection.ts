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

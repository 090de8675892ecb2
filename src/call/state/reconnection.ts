/** What is done about a lost path. */
export interface Reconnection {
  /** When the path was lost. Milliseconds since the epoch. */
  readonly since: number;
  /** When the call ends if it does not come back. Milliseconds since the epoch. */
  readonly until: number;
  /** How often a new path was requested. */
  readonly attempts: number;
  /** `wait`: it may heal by itself; `ask`: the other side was asked for a new path; `check`: new ways are being tried. */
  readonly trying: "wait" | "ask" | "check";
}

/** Lost paths, and the requests for new ones (ICE restarts, RFC 8445 section 9). */
export interface ReconnectionState {
  /** What is done about a lost path; `null` while there is none. */
  readonly current: Reconnection | null;
  /** How often the path was lost and found again. */
  readonly count: number;
  /** How often a new path was requested in the present silence, while the transport still reports that it is connected. */
  readonly silentTries: number;
  /** Whether the other side understands a request for a new path. */
  readonly canRestart: boolean;
  /** The number of this side's last request. */
  readonly attempt: number;
  /** When that was made. Milliseconds since the epoch. */
  readonly requestedAt: number;
  /** Whether it waits for its answer. */
  readonly isPending: boolean;
  /** The number of the other side's last request: both channels carry each of them. */
  readonly receivedAttempt: number;
  /** Whether an offer of the other side is being answered: one at a time. */
  readonly isAnswering: boolean;
  /** Whether a new path is wanted and has to wait for the first answer: the network has changed since the offer was made. */
  readonly isDue: boolean;
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
};

/** Whether a new path was ever requested, by either side. */
export function hasRestarted({ attempt, receivedAttempt }: ReconnectionState): boolean {
  return attempt > 0 || receivedAttempt > 0;
}

/** The path works again. */
export function restored(state: ReconnectionState): ReconnectionState {
  return { ...state, current: null, count: state.count + 1 };
}

/** This side requests a new path. */
export function requesting(
  state: ReconnectionState,
  attempts: number,
  now: number,
): ReconnectionState {
  return {
    ...state,
    attempt: state.attempt + 1,
    isPending: true,
    requestedAt: now,
    current: state.current && { ...state.current, attempts, trying: "ask" },
  };
}

/** Both sides have described the new path: its ways are being tried. */
export function checking(state: ReconnectionState): ReconnectionState {
  return {
    ...state,
    isPending: false,
    current: state.current && { ...state.current, trying: "check" },
  };
}

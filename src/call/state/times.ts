/** When a call came to each stage. Milliseconds since the epoch; `null` where it has not. */
export interface CallTimes {
  readonly startedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
}

export const noTimes: CallTimes = { startedAt: null, connectedAt: null, endedAt: null };

/** Whole seconds since the call was connected; 0 where it never was. Clocks can be set back in a call. */
export function secondsConnected({ connectedAt }: CallTimes, now: number): number {
  return connectedAt === null ? 0 : Math.max(0, Math.floor((now - connectedAt) / 1000));
}

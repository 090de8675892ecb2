/** Times of a call's stages. Milliseconds since the epoch; `null` before the stage. */
export interface CallTimes {
  readonly startedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
}

export const noTimes: CallTimes = { startedAt: null, connectedAt: null, endedAt: null };

/** Returns whole seconds since connecting; 0 where the call never connected. Never negative, because clocks can be set back. */
export function secondsConnected({ connectedAt }: CallTimes, now: number): number {
  return connectedAt === null ? 0 : Math.max(0, Math.floor((now - connectedAt) / 1000));
}

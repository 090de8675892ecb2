/** A report is a map that only an engine makes: a plain one does the same. */
export function report(
  ...entries: readonly {
    readonly id?: string;
    readonly type: string;
    readonly [field: string]: unknown;
  }[]
): RTCStatsReport {
  return new Map(
    entries.map((entry, at) => [
      entry.id ?? String(at),
      { id: String(at), timestamp: 1, ...entry },
    ]),
  );
}

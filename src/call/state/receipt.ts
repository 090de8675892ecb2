/** An event of a call, for its report: what changed, and to what. Neither holds a name, an address, a key or an id. */
export interface ReportedEvent {
  /** Seconds since the call began. */
  readonly second: number;
  readonly what: string;
  readonly value: string;
}

/** Figures of a call that nobody needs during it: what the record and the report tell afterwards. */
export interface Receipt {
  /** Milliseconds without a path, up to `gapSince`. */
  readonly gap: number;
  /** Since when there is no path; `null` with one. Milliseconds since the epoch. */
  readonly gapSince: number | null;
  /** Milliseconds for which the encryption was measured, of a connected call that nobody held. */
  readonly measured: number;
  /** Of these, milliseconds with encrypted frames in both directions. */
  readonly protected: number;
  /** Time of the last measurement; `null` where none counts yet. */
  readonly measuredAt: number | null;
  /** Bytes over all paths, without UDP and IP headers. */
  readonly sent: number;
  readonly received: number;
  /** The last reading of the path in use. */
  readonly path: { readonly id: string; readonly sent: number; readonly received: number } | null;
  /** The newest last. */
  readonly events: readonly ReportedEvent[];
}

export const noReceipt: Receipt = {
  gap: 0,
  gapSince: null,
  measured: 0,
  protected: 0,
  measuredAt: null,
  sent: 0,
  received: 0,
  path: null,
  events: [],
};

import type { CallErrorCode } from "../../errors.ts";

/** What a host chooses for a call, and what the platform can do: fixed for the call's whole life. */
export interface CallSettings {
  /** This view's random id among all the views of its person: in every message, so that two that accept are told apart. */
  readonly device?: string;
  /** How long it rings, in milliseconds. */
  readonly ringMilliseconds: number;
  /** Whether media may only go through a relay, which hides the address. */
  readonly relayOnly: boolean;
  /** Whether a person may choose that for a call: there is a relay, and the host has not chosen it already. Default false. */
  readonly mayHideAddress?: boolean;
  /** How long a lost path may take to come back, in milliseconds. */
  readonly reconnectMilliseconds: number;
  /** How much a call may cost in both directions, in megabytes an hour; `null` and by default without a limit. */
  readonly megabytesPerHour?: number | null;
  /** Whether the platform can share a screen. */
  readonly canShareScreen: boolean;
  /** Whether a call can be made from here; otherwise the host alone makes them. Default true. */
  readonly canCallBack?: boolean;
  /** Why no call can be made here at all; `null` where calls can be made. */
  readonly unable: CallErrorCode | null;
}

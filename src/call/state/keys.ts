import type { SignalOf } from "../../signalling/messages.ts";

/** What each person said of the codes; `null` where they have not compared them. Both `true` makes the call verified. */
export interface Verification {
  readonly local: boolean | null;
  /** As the other side's kit reports it: worth as much as the channel it came through, which the code itself protects. */
  readonly remote: boolean | null;
}

/** How far the two sides have come with their keys. */
export interface Keys {
  /** Whether this side holds the call's keys. */
  readonly isAgreed: boolean;
  /** Whether the other side has proved that it holds the same keys. */
  readonly isConfirmed: boolean;
  /** A `confirm` that overtook the end of this side's own work on the answer. */
  readonly earlyConfirm: SignalOf<"confirm"> | null;
  /** The numbers of the security code, once the other side has proved its keys. */
  readonly securityCode: readonly number[] | null;
  readonly verification: Verification;
}

export const noKeys: Keys = {
  isAgreed: false,
  isConfirmed: false,
  earlyConfirm: null,
  securityCode: null,
  verification: { local: null, remote: null },
};

/** The other side has proved that it holds the same keys. */
export function confirmed(keys: Keys, securityCode: readonly number[]): Keys {
  return { ...keys, isConfirmed: true, securityCode };
}

/** A person has compared the security code. */
export function verifiedBy(keys: Keys, side: keyof Verification, match: boolean): Keys {
  return { ...keys, verification: { ...keys.verification, [side]: match } };
}

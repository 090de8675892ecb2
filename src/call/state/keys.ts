import type { SignalOf } from "../../signalling/messages.ts";
import type { PathState } from "../terms.ts";

/** What each person said of the codes; `null` where they have not compared them. Both `true` makes the call verified. */
export interface Verification {
  readonly local: boolean | null;
  /** As the other side's kit reports it: worth as much as the channel it came through, which the code itself protects. */
  readonly remote: boolean | null;
}

/** How far the two sides have come with their keys. */
export interface Keys {
  /** Whether the call counts as connected only once the other side has proved its keys: the callee's part of `sx-call/1`. */
  readonly needsProof: boolean;
  /** Whether this side holds the call's keys. */
  readonly isAgreed: boolean;
  /** Whether the other side has proved that it holds the same keys. */
  readonly isConfirmed: boolean;
  /** Whether the other side's proof is being checked: it comes by both channels, and is checked once. */
  readonly isChecking: boolean;
  /** The caller's own proof, for the data channel. */
  readonly ownProof: KeyProof | null;
  /** A `confirm` that overtook the end of this side's own work on the answer. */
  readonly earlyConfirm: KeyProof | null;
  /** The numbers of the security code, once the other side has proved its keys. */
  readonly securityCode: readonly number[] | null;
  readonly verification: Verification;
}

/** What a `confirm` carries, by whichever channel. */
export type KeyProof = Pick<SignalOf<"confirm">, "nonce" | "mac">;

export const noKeys: Keys = {
  needsProof: false,
  isAgreed: false,
  isConfirmed: false,
  isChecking: false,
  ownProof: null,
  earlyConfirm: null,
  securityCode: null,
  verification: { local: null, remote: null },
};

/** A call that resumes another one has that one's code, and what each person said of it. */
export interface ConfirmedCode {
  readonly securityCode: readonly number[];
  readonly verification?: Verification;
}

/** The other side has proved that it holds the same keys. */
export function confirmed(
  keys: Keys,
  { securityCode, verification = keys.verification }: ConfirmedCode,
): Keys {
  return { ...keys, isConfirmed: true, isChecking: false, securityCode, verification };
}

/** A person has compared the security code. */
export function verifiedBy(keys: Keys, side: keyof Verification, match: boolean): Keys {
  return { ...keys, verification: { ...keys.verification, [side]: match } };
}

/** Whether nothing but the other side's proof is missing to a call. */
export function lacksProof({
  keys,
  path,
}: {
  readonly keys: Keys;
  readonly path: { readonly state: PathState };
}): boolean {
  return keys.needsProof && keys.isAgreed && !keys.isConfirmed && path.state === "connected";
}

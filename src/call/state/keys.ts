import type { SignalOf } from "../../signalling/messages.ts";
import type { PathState } from "../terms.ts";

/** Result of the security code comparison on each side; `null` before. The call is verified where both are `true`. */
export interface Verification {
  /** Result of this side's person. */
  readonly local: boolean | null;
  /** As the other side's kit reports it over the call's own channel, which the code itself authenticates. */
  readonly remote: boolean | null;
}

/** Progress of the key agreement. */
export interface Keys {
  /** `true` where the call connects only after the other side's key confirmation: the callee's part of `sx-call/1`. */
  readonly needsProof: boolean;
  /** `true` once this side holds the keys of the call. */
  readonly isAgreed: boolean;
  /** `true` once the other side has proved that it holds the same keys. */
  readonly isConfirmed: boolean;
  /** `true` while the other side's proof is checked. Both channels carry the proof, and it is checked once. */
  readonly isChecking: boolean;
  /** The caller's own proof, kept for the data channel. */
  readonly ownProof: KeyProof | null;
  /** A `confirm` that arrived before this side had processed the answer. */
  readonly earlyConfirm: KeyProof | null;
  /** Numbers of the security code, once the other side has proved its keys. */
  readonly securityCode: readonly number[] | null;
  readonly verification: Verification;
}

/** Fields of a `confirm`, on either channel. */
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

/** Code and verification of the former call, which a resumed call keeps. */
export interface ConfirmedCode {
  readonly securityCode: readonly number[];
  readonly verification?: Verification;
}

/** Records that the other side has proved that it holds the same keys. */
export function confirmed(
  keys: Keys,
  { securityCode, verification = keys.verification }: ConfirmedCode,
): Keys {
  return { ...keys, isConfirmed: true, isChecking: false, securityCode, verification };
}

/** Records a person's comparison of the security code. */
export function verifiedBy(keys: Keys, side: keyof Verification, match: boolean): Keys {
  return { ...keys, verification: { ...keys.verification, [side]: match } };
}

/** Returns `true` where the other side's proof is the only missing prerequisite. */
export function lacksProof({
  keys,
  path,
}: {
  readonly keys: Keys;
  readonly path: { readonly state: PathState };
}): boolean {
  return keys.needsProof && keys.isAgreed && !keys.isConfirmed && path.state === "connected";
}

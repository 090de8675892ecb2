import type { CallDirection, CallMedia, Encryption } from "../terms.ts";
import type { WantedDevices } from "./devices.ts";

/*
 * A reloaded page loses its keys and its connection for good. The call continues as a new one that names the old one. Both
 * sides prove that they were in it by the secret of the old call: see `crypto/agreement/resumption.ts`.
 */

/** Milliseconds after its last snapshot in which a call can be resumed. */
export const resumptionMilliseconds = 60_000;

/** Properties that a call keeps from the one that it resumes. */
export interface ResumedCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  /** Talk time of that call. Milliseconds. */
  readonly talked: number;
  readonly reconnections: number;
  readonly wanted: WantedDevices;
  /** `true` where this side held the call. */
  readonly isHeld: boolean;
  /** `true` where this side's address was hidden. */
  readonly isHidden: boolean;
}

/** A ringing call that is replaced by a new one. */
export interface ReplacedCall {
  readonly callId: string;
  /** Nonce of its commitment, which proves authorship of its invitation. `null` if no longer known. */
  readonly nonce: string | null;
}

/** Identity of a call. */
export interface CallIdentity {
  /** Empty while idle. */
  readonly callId: string;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly encryption: Encryption;
  /** The ringing call that this one replaces with another address choice; `null` otherwise. */
  readonly replaces: ReplacedCall | null;
  /** The call that this one resumes after a page reload; `null` otherwise. */
  readonly resumed: ResumedCall | null;
}

export const noIdentity: CallIdentity = {
  callId: "",
  direction: "outgoing",
  media: "audio",
  encryption: "sx-call/1",
  replaces: null,
  resumed: null,
};

/** Returns the direction of the conversation: a resumed call keeps that of the first one. */
export function originalDirection({ direction, resumed }: CallIdentity): CallDirection {
  return resumed?.direction ?? direction;
}

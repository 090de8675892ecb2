import type { CallDirection, CallMedia, Encryption } from "../terms.ts";
import type { WantedDevices } from "./devices.ts";

/*
 * A page that is loaded anew in a call loses its keys and its connection, and nothing can bring them back: the call goes on as a
 * new one that names the old. Who was in it proves that by the secret that the old call left: see `crypto/agreement/successors.ts`.
 */

/** How long after its last sign of life a call can be resumed. Milliseconds. */
export const resumptionMilliseconds = 60_000;

/** What a call takes over from the one that it resumes. */
export interface ResumedCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly reconnections: number;
  readonly wanted: WantedDevices;
  /** Whether this side had put it on hold. */
  readonly isHeld: boolean;
  /** Whether this side's address was hidden: it stays so. */
  readonly isHidden: boolean;
}

/** A ringing call that is dialled anew. */
export interface ReplacedCall {
  readonly callId: string;
  /** The nonce of its commitment: who knows it made its invitation. `null` where that is not known any more. */
  readonly nonce: string | null;
}

/** Which call it is. */
export interface CallIdentity {
  /** Empty while idle. */
  readonly callId: string;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly encryption: Encryption;
  /** The ringing call that this one dials anew with another choice of addresses; `null` where it is a call of its own. */
  readonly replaces: ReplacedCall | null;
  /** The call that this one resumes after a page was loaded anew; `null` where it is a call of its own. */
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

/** Who dialled the conversation: a resumed call keeps the direction of the first one. */
export function originalDirection({ direction, resumed }: CallIdentity): CallDirection {
  return resumed?.direction ?? direction;
}

import type { CallDirection, CallMedia, Encryption } from "../terms.ts";
import type { WantedDevices } from "./devices.ts";

/*
 * A page that is loaded anew in a call loses its keys and its connection, and nothing can bring them back: the call goes on as a
 * new one that names the old. The name of a call is 16 random bytes that only its two sides know: who can say it took part.
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
}

/** Which call it is. */
export interface CallIdentity {
  /** Empty while idle. */
  readonly callId: string;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly encryption: Encryption;
  /** The ringing call that this one dials anew with another choice of addresses; `null` where it is a call of its own. */
  readonly replaces: string | null;
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

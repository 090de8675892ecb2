import { resumptionMilliseconds } from "../call/state/identity.ts";
import type { ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";

/**
 * The number of a message about such a call. How many this side has sent is lost with the old page: so it is the highest that a
 * message may have, which no call has come to.
 */
export const lastSeq = 0x7fff_ffff;

/** A call that the page was in before it was loaded anew. */
export interface LastCall {
  readonly media: CallMedia;
  readonly call: ResumedCall;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Reads a snapshot that a host has stored and brought back: anything at all.
 *
 * @param untrusted the last `CallSnapshot` before the page was loaded anew, as an object.
 * @param now milliseconds since the epoch.
 * @returns what a new call takes over; `null` where it is no snapshot of a connected call, or older than 60 s.
 */
export function readLastCall(untrusted: unknown, now: number): LastCall | null {
  if (typeof untrusted !== "object" || untrusted === null) return null;
  try {
    return read(untrusted, now);
  } catch {
    // A getter or a proxy of theirs.
    return null;
  }
}

function read(untrusted: object, now: number): LastCall | null {
  const { state, asOf, callId, direction, media, startedAt, connectedAt, reconnections, local } =
    untrusted as Partial<CallSnapshot>;
  const { exposesAddress } = untrusted as Partial<CallSnapshot>;
  if (state !== "connected" && state !== "reconnecting") return null;
  if (typeof callId !== "string" || !/^[A-Za-z0-9_-]{22}$/.test(callId)) return null;
  if (direction !== "incoming" && direction !== "outgoing") return null;
  if (media !== "audio" && media !== "video") return null;
  if (!isTime(asOf) || !isTime(startedAt) || !isTime(connectedAt) || !isTime(reconnections))
    return null;
  if (typeof local !== "object") return null;
  // A clock that was set back may not keep an offer alive for ever.
  if (
    Math.abs(now - asOf) > resumptionMilliseconds ||
    startedAt > connectedAt ||
    connectedAt > asOf
  )
    return null;
  const wanted = {
    microphone: local.microphone.state === "on",
    camera: local.camera.state === "on",
    screen: false,
  };
  return {
    media,
    call: {
      callId,
      direction,
      startedAt,
      connectedAt,
      reconnections,
      wanted,
      isHeld: false,
      isHidden: exposesAddress === false,
    },
    until: asOf + resumptionMilliseconds,
  };
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

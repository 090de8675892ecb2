import { resumptionMilliseconds } from "../call/state/identity.ts";
import type { ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";

/**
 * Number of a message about such a call. The count of sent messages is lost with the old page, so the highest valid number is
 * used, which no call reaches.
 */
export const lastSeq = 0x7fff_ffff;

/** The call of the page before a reload. */
export interface LastCall {
  readonly media: CallMedia;
  readonly call: ResumedCall;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Reads a snapshot that the host has stored. Any value is accepted.
 *
 * @param untrusted the last `CallSnapshot` before the reload, as an object.
 * @param now milliseconds since the epoch.
 * @returns properties for a new call; `null` for anything but the snapshot of a connected call of the last 60 s.
 */
export function readLastCall(untrusted: unknown, now: number): LastCall | null {
  if (typeof untrusted !== "object" || untrusted === null) return null;
  try {
    return read(untrusted, now);
  } catch {
    // A getter or a proxy threw.
    return null;
  }
}

function read(untrusted: object, now: number): LastCall | null {
  const { state, asOf, callId, direction, media, startedAt, connectedAt, reconnections, local } =
    untrusted as Partial<CallSnapshot>;
  const { exposesAddress, talk } = untrusted as Partial<CallSnapshot>;
  if (state !== "connected" && state !== "reconnecting") return null;
  if (typeof callId !== "string" || !/^[A-Za-z0-9_-]{22}$/.test(callId)) return null;
  if (direction !== "incoming" && direction !== "outgoing") return null;
  if (media !== "audio" && media !== "video") return null;
  if (!isTime(asOf) || !isTime(startedAt) || !isTime(connectedAt) || !isTime(reconnections))
    return null;
  if (typeof local !== "object") return null;
  // A clock that was set back must not keep an offer forever.
  if (Math.abs(now - asOf) > resumptionMilliseconds || startedAt > connectedAt) return null;
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
      talked: isTime(talk?.milliseconds) ? talk.milliseconds : Math.max(0, asOf - connectedAt),
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

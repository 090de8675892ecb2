import type { CallSnapshot } from "../snapshot.ts";

/** A sound that lasts while the calls stay the same. */
export type LoopName = "waiting" | "ringback" | "ring" | "reconnecting" | "knock";

/** A sound that plays once, at a state change. */
export type CueName = "connected" | "ended" | "busy";

/** Sounds and vibration for the calls at one moment. */
export interface CallAlerts {
  /** Sound while the state lasts; `null` for silence. */
  readonly loop: LoopName | null;
  /** Sound to play once now; `null` for none. */
  readonly cue: CueName | null;
  /** Vibration to perform once now; `null` for none. */
  readonly touch: CueName | "switched" | null;
}

/**
 * Returns the sounds of the present calls and of the last change.
 *
 * No API reports whether a screen reader speaks, and every state is announced as text when its sound begins. A cue therefore
 * ends within 400 ms, before speech. Longer sounds begin with 1.5 s of silence for the speech. The durations are in
 * `media/sound/tones.ts`.
 *
 * @param previous snapshot before; `null` without one: no change and no cue.
 * @param others calls other than the one on screen.
 */
export function alertsOf(
  previous: CallSnapshot | null,
  snapshot: CallSnapshot,
  others: readonly CallSnapshot[],
): CallAlerts {
  // A different call on screen is the person's choice, without a sound.
  const before = previous?.callId === snapshot.callId ? previous : null;
  const cue = before === null || before.state === snapshot.state ? null : cueOf(before, snapshot);
  const isSwitched = before !== null && hasSwitched(before, snapshot);
  return { loop: loopOf(snapshot, others), cue, touch: cue ?? (isSwitched ? "switched" : null) };
}

function loopOf({ state }: CallSnapshot, others: readonly CallSnapshot[]): LoopName | null {
  if (state === "incoming") return "ring";
  // Rare enough to talk over. It takes precedence over the ringback, because the person can choose between two calls.
  if (others.some((other) => other.state === "incoming")) return "knock";
  if (state === "inviting" || state === "connecting") return "waiting";
  if (state === "ringing") return "ringback";
  return state === "reconnecting" ? "reconnecting" : null;
}

/** A call that only rang here ends silently: the ring stops. */
function cueOf(before: CallSnapshot, { state, ending }: CallSnapshot): CueName | null {
  if (state === "connected") return "connected";
  if (state !== "ended" || before.state === "incoming") return null;
  return ending?.reason === "busy" ? "busy" : "ended";
}

/** The microphone was turned on or off, except by its first start or the end of the call. */
function hasSwitched(
  before: CallSnapshot,
  { state, local: { microphone } }: CallSnapshot,
): boolean {
  const was = before.local.microphone.state;
  if (state === "ended" || before.state === "incoming") return false;
  return (
    (was === "on" && microphone.state === "off") || (was === "off" && microphone.state === "on")
  );
}

import type { CallSnapshot } from "../snapshot.ts";

/** A sound that goes on for as long as the calls stay as they are. */
export type LoopName = "waiting" | "ringback" | "ring" | "reconnecting" | "knock";

/** A sound that is heard once, where a call has come to another state. */
export type CueName = "connected" | "ended" | "busy";

/** What the ear and the hand are told of the calls at one moment. */
export interface CallAlerts {
  /** What sounds for as long as this stays so; `null` for silence. */
  readonly loop: LoopName | null;
  /** What sounds once, now; `null` for nothing. */
  readonly cue: CueName | null;
  /** What is felt once, now; `null` for nothing. */
  readonly touch: CueName | "switched" | null;
}

/**
 * Which sounds belong to the calls as they are, and to what has just changed.
 *
 * No API tells whether a screen reader speaks, and every state is announced in words at the moment at which its sound would
 * begin. So nothing here may need to know: a cue is over in less than 400 ms, before speech sets in, and everything longer begins
 * with 1.5 s of silence, while the words are spoken. The lengths stand in `media/tones.ts`.
 *
 * @param previous what was shown before; `null` where nothing was: then nothing has changed, and there is no cue.
 * @param others the calls beside the one that is shown.
 */
export function alertsOf(
  previous: CallSnapshot | null,
  snapshot: CallSnapshot,
  others: readonly CallSnapshot[],
): CallAlerts {
  // Another call on the screen is what the person has asked for: that needs no sound.
  const before = previous?.callId === snapshot.callId ? previous : null;
  const cue = before === null || before.state === snapshot.state ? null : cueOf(before, snapshot);
  const isSwitched = before !== null && hasSwitched(before, snapshot);
  return { loop: loopOf(snapshot, others), cue, touch: cue ?? (isSwitched ? "switched" : null) };
}

function loopOf({ state }: CallSnapshot, others: readonly CallSnapshot[]): LoopName | null {
  if (state === "incoming") return "ring";
  // Rare enough to talk over. It stands before the ringback: the person has two calls to choose from.
  if (others.some((other) => other.state === "incoming")) return "knock";
  if (state === "inviting" || state === "connecting") return "waiting";
  if (state === "ringing") return "ringback";
  return state === "reconnecting" ? "reconnecting" : null;
}

/** A call that was only ringing here ends without a sound: the ring stops, which says it. */
function cueOf(before: CallSnapshot, { state, ending }: CallSnapshot): CueName | null {
  if (state === "connected") return "connected";
  if (state !== "ended" || before.state === "incoming") return null;
  return ending?.reason === "busy" ? "busy" : "ended";
}

/** The microphone went off or on by itself or by a press: not its first start, and not the end of the call. */
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

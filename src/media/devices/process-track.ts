import {
  OpenTrack,
  type TrackEffect,
  type TrackProcessor,
  deviceOf,
  engineValue,
  type ChosenFeatures,
} from "./open-track.ts";

/** Runs processors one after another. `null` without any. */
function inSequence(processors: readonly TrackProcessor[]): TrackProcessor | null {
  if (processors.length === 0) return null;
  return async (source, context) => {
    let track = source;
    for (const process of processors) {
      const next = await process(track, context);
      if (next.kind !== source.kind || next.readyState !== "live") return next;
      // The kit stops the first and the last one.
      if (track !== source && track !== next) stopWith(context.signal, track);
      track = next;
    }
    return track;
  };
}

function stopWith(signal: AbortSignal, track: MediaStreamTrack): void {
  signal.addEventListener("abort", () => {
    track.stop();
  });
}

/** Processing of device tracks: the host's processor, and its chosen effects. */
export interface Processing {
  readonly processor: TrackProcessor | null;
  readonly effects: readonly TrackEffect[];
  readonly chosen: ChosenFeatures;
}

/**
 * Runs the host's processor, and every effect that is on and that the engine does not have.
 *
 * @throws as {@link OpenTrack.process} does.
 */
export function processTrack(
  source: MediaStreamTrack,
  device: "microphone" | "camera",
  { processor, effects, chosen }: Processing,
  life: AbortController,
): Promise<OpenTrack> {
  const needed = effects.filter(
    ({ feature }) =>
      deviceOf(feature) === device && chosen[feature] && engineValue(source, feature) === null,
  );
  const all = needed.map(({ process }) => process);
  if (processor !== null) all.unshift(processor);
  const names = needed.map(({ feature }) => feature);
  return OpenTrack.process(source, device, inSequence(all), life, names);
}

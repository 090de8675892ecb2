import type { VoiceProcessing } from "../../call/state/devices.ts";

/**
 * Processes the microphone or camera track before it is sent or shown, such as a blurred background or noise suppression.
 * Receives the device's track and returns the track to send. The device fails if the processor throws, or returns an ended
 * track or one of another kind. The unprocessed track is never sent.
 *
 * @param context.signal aborted when the device closes: release resources then. The kit stops both tracks.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  context: { readonly kind: "microphone" | "camera"; readonly signal: AbortSignal },
) => MediaStreamTrack | Promise<MediaStreamTrack>;

/**
 * Processing with a switch in the device menu. It runs only while it is on. Where the engine has the feature itself, that is used
 * instead.
 */
export interface TrackEffect {
  /** Blur of the camera's background, or suppression of everything but the voice. */
  readonly feature: "backgroundBlur" | "voiceIsolation";
  /** As a {@link TrackProcessor}. Called with the device's track, or with that of the host's track processor. */
  readonly process: TrackProcessor;
}

/** Rejection of opening a device that is no longer wanted. */
export class Abandoned extends Error {
  constructor() {
    super("The device is not wanted any more.");
  }
}

/** Rejects with the abort. */
export const abandoned = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Abandoned());
    });
  });

/** A sent track of an own device, and the device's own track before a track processor. */
export class OpenTrack {
  /** The device's own track. */
  readonly source: MediaStreamTrack;
  /** The sent track. */
  readonly track: MediaStreamTrack;
  /** Effects that have processed it. */
  readonly effects: readonly TrackEffect["feature"][];
  /** Id of the device; `null` if unknown. A track that has ended has none any more (Firefox 153). */
  readonly id: string | null;
  /** `true` for a screen whose sound is left out. */
  isSilenced = false;
  readonly #life: AbortController;

  constructor(
    source: MediaStreamTrack,
    track = source,
    life = new AbortController(),
    effects: OpenTrack["effects"] = [],
  ) {
    this.source = source;
    this.effects = effects;
    this.id = source.getSettings().deviceId ?? null;
    this.track = track;
    this.#life = life;
  }

  /**
   * Runs a track processor. If it fails, nothing is sent and the device is released.
   *
   * @param life aborted where no caller waits: a processor may be slow, or never finish.
   * @throws {DOMException} `NotReadableError` where the processor failed; {@link Abandoned}.
   */
  static async process(
    source: MediaStreamTrack,
    kind: "microphone" | "camera",
    processor: TrackProcessor | null,
    life: AbortController,
    effects: OpenTrack["effects"] = [],
  ): Promise<OpenTrack> {
    if (processor === null) return new OpenTrack(source, source, life);
    const { signal } = life;
    let error: Error = new DOMException("A track was not processed.", "NotReadableError");
    try {
      const work = Promise.resolve(processor(source, { kind, signal }));
      // A late track that is no longer wanted.
      void work.then((track) => signal.aborted && track.stop()).catch(() => undefined);
      const track = await Promise.race([work, abandoned(signal)]);
      if (track.kind === source.kind && track.readyState === "live")
        return new OpenTrack(source, track, life, effects);
      track.stop();
    } catch (thrown) {
      // Not the host's exception, whose name could be mistaken for one of `getUserMedia`.
      if (thrown instanceof Abandoned) error = thrown;
    }
    source.stop();
    life.abort();
    throw error;
  }

  get isLive(): boolean {
    return this.source.readyState === "live" && this.track.readyState === "live";
  }

  /** `true` while the system has taken the device, as for a telephone call (W3C `MediaStreamTrack.muted`). */
  get isTaken(): boolean {
    return this.source.muted;
  }

  /** Reports that the system takes or returns the device. */
  whenTaken(changed: () => void, signal: AbortSignal): void {
    for (const name of ["mute", "unmute"]) this.source.addEventListener(name, changed, { signal });
  }

  set enabled(on: boolean) {
    this.source.enabled = on;
    this.track.enabled = on;
  }

  /** Reports that the device or the processed track has ended by itself. */
  whenLost(lost: () => void, signal: AbortSignal): void {
    for (const track of new Set([this.source, this.track]))
      track.addEventListener("ended", lost, { signal });
  }

  /** Fires `stop` on the track first: a video that shows it then keeps its last picture until the screen is rendered, instead of black. */
  stop(): void {
    this.track.dispatchEvent(new Event("stop"));
    this.source.stop();
    this.track.stop();
    this.#life.abort();
  }
}

/** Processing that has a switch. */
export type Feature = keyof VoiceProcessing;

/** Processing that a person has turned on or off. */
export type ChosenFeatures = Readonly<Partial<Record<Feature, boolean>>>;

/** Returns the device of a feature. */
export const deviceOf = (feature: Feature): "microphone" | "camera" =>
  feature === "backgroundBlur" ? "camera" : "microphone";

/** Returns the engine's own processing of a device. `null` where it has none that can be turned off. */
export function engineValue(track: MediaStreamTrack | undefined, feature: Feature): boolean | null {
  // Absent in some engines; in Firefox since 132.
  const could = (track as Partial<MediaStreamTrack> | undefined)?.getCapabilities?.() as
    | Record<string, unknown>
    | undefined;
  const is = track?.getSettings() as Record<string, unknown> | undefined;
  const [values, value] = [could?.[feature], is?.[feature]];
  return Array.isArray(values) && values.length > 1 && typeof value === "boolean" ? value : null;
}

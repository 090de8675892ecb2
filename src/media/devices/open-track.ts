import type { TrackProcessor } from "./track-processor.ts";

/** What the opening of a device is given up with where nobody wants it any more. */
export class Abandoned extends Error {
  constructor() {
    super("The device is not wanted any more.");
  }
}

/** A track of an own device as it is sent, and the device's own track behind it where a host has worked on it. */
export class OpenTrack {
  /** The device's own. */
  readonly source: MediaStreamTrack;
  /** The one that is sent. */
  readonly track: MediaStreamTrack;
  readonly #life: AbortController;

  constructor(source: MediaStreamTrack, track = source, life = new AbortController()) {
    this.source = source;
    this.track = track;
    this.#life = life;
  }

  /**
   * Has a host work on a track. Where that fails nothing is sent, and the device is let go of.
   *
   * @param life aborted with {@link Abandoned} where nobody waits for it any more: a host may take its time, or never answer.
   * @throws {DOMException} `NotReadableError` where the host's work came to nothing; {@link Abandoned}.
   */
  static async process(
    source: MediaStreamTrack,
    kind: "microphone" | "camera",
    processor: TrackProcessor | null,
    life: AbortController,
  ): Promise<OpenTrack> {
    if (processor === null) return new OpenTrack(source, source, life);
    const { signal } = life;
    try {
      const work = Promise.resolve(processor(source, { kind, signal }));
      // Late, and nobody wants it.
      void work.then((track) => signal.aborted && track.stop()).catch(() => undefined);
      const givenUp = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Abandoned());
        });
      });
      const track = await Promise.race([work, givenUp]);
      if (track.kind === source.kind && track.readyState === "live")
        return new OpenTrack(source, track, life);
      track.stop();
    } catch (thrown) {
      // Whatever else the host has thrown: its names mean other things there.
      if (thrown instanceof Abandoned) {
        source.stop();
        throw thrown;
      }
    }
    source.stop();
    life.abort(new Abandoned());
    throw new DOMException("A track was not processed.", "NotReadableError");
  }

  get isLive(): boolean {
    return this.source.readyState === "live" && this.track.readyState === "live";
  }

  /** Which device it is; `null` where the platform does not say. */
  get id(): string | null {
    return this.source.getSettings().deviceId ?? null;
  }

  /** Whether the system has taken the device: a telephone call, a switch at the machine (W3C `MediaStreamTrack.muted`). */
  get isTaken(): boolean {
    return this.source.muted;
  }

  /** Tells when the system takes the device, or gives it back. */
  whenTaken(changed: () => void, signal: AbortSignal): void {
    for (const name of ["mute", "unmute"]) this.source.addEventListener(name, changed, { signal });
  }

  set enabled(on: boolean) {
    this.source.enabled = on;
    this.track.enabled = on;
  }

  /** Tells when the device, or the host's work, has ended by itself. */
  whenLost(lost: () => void, signal: AbortSignal): void {
    for (const track of new Set([this.source, this.track]))
      track.addEventListener("ended", lost, { signal });
  }

  stop(): void {
    this.source.stop();
    this.track.stop();
    this.#life.abort(new Abandoned());
  }
}

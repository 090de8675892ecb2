import type { TrackIndex } from "../../call/terms.ts";
import { limited } from "../limited.ts";

/** Milliseconds for the first picture of a still. Without one nothing is sent. */
const patience = 1000;
/** Milliseconds between two pictures of a still: whoever has lost one, or a new path, gets it again. */
const interval = 1000;

/** The last picture of a track, as a track of its own. */
interface Still {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** Takes what a shared screen shows now. @returns `null` where the engine cannot draw it in time. */
async function stillOf(source: MediaStreamTrack): Promise<Still | null> {
  const video = document.createElement("video");
  const canvas = document.createElement("canvas");
  try {
    video.muted = true;
    video.srcObject = new MediaStream([source]);
    await limited(video.play(), patience);
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext("2d");
    context?.drawImage(video, 0, 0);
    const [track] = canvas.captureStream(1).getVideoTracks();
    if (!track || !context || canvas.width === 0) return null;
    track.contentHint = "detail";
    // Drawn onto itself, which changes nothing but counts as a new picture.
    const timer = setInterval(() => {
      context.drawImage(canvas, 0, 0);
    }, interval);
    const stop = () => {
      clearInterval(timer);
      track.stop();
    };
    return { track, stop };
  } catch {
    return null;
  } finally {
    video.srcObject = null;
  }
}

/** Pauses the screen that is shared: the other side keeps a still, and plays no sound of it. The capture itself goes on. */
export class ScreenPause {
  readonly #shared: (name: "screen" | "screenSound") => MediaStreamTrack | null;
  readonly #place: (index: TrackIndex, track: MediaStreamTrack | null) => Promise<void>;
  #still: Still | null = null;
  /** A new object for each change, which makes an earlier one void. */
  #turn: object = {};
  isPaused = false;

  constructor(
    shared: (name: "screen" | "screenSound") => MediaStreamTrack | null,
    place: (index: TrackIndex, track: MediaStreamTrack | null) => Promise<void>,
  ) {
    this.#shared = shared;
    this.#place = place;
  }

  /** Never throws: a connection that does not take a track is about to go. */
  async set(on: boolean): Promise<void> {
    const source = this.#shared("screen");
    if (source === null || on === this.isPaused) return;
    this.end();
    this.isPaused = on;
    const turn = this.#turn;
    const place = (index: TrackIndex, track: MediaStreamTrack | null) =>
      this.#place(index, track).catch(() => undefined);
    if (!on) {
      await Promise.all([place(3, source), place(2, this.#shared("screenSound"))]);
      return;
    }
    // At once: a slow machine takes a second for the still, in which something else may be shown already.
    void place(2, null);
    void place(3, null);
    const still = await stillOf(source);
    if (turn !== this.#turn) {
      still?.stop();
      return;
    }
    this.#still = still;
    await place(3, still?.track ?? null);
  }

  /** Something else is shared, or nothing. */
  end(): void {
    this.#turn = {};
    this.#still?.stop();
    this.#still = null;
    this.isPaused = false;
  }
}

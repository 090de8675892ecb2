/** Sent frames after which the first ones are through. */
const firstFrames = 5;
/**
 * Share of the wanted bit rate that the engine must expect of the path. The key frame of the full size waits for it: at the
 * first estimate (300 kbit/s in Chromium) the engine would reduce the picture itself, for seconds. 1 of 2.5 Mbit/s is the
 * lowest rate of the highest rung.
 */
const enough = 0.4;
/** Bit rate without limits: that of the highest rung. */
const usualBitrate = 2_500_000;
/** Readings, twice a second, after which the ladder knows the path: eight seconds. */
const patience = 16;

/** A reading of the counters. */
export interface SentReading {
  /** Frames that the camera's sender has sent. */
  readonly left: number;
  /** Estimate of congestion control in bit/s; `null` where the engine has none. */
  readonly available: number | null;
}

/**
 * Decides when a camera is sent at a part of its size. The encoder is made for its first frame, which is decoded
 * sooner if it is small. A sender whose track is only exchanged, as by a flip, has its encoder already.
 */
export class SmallStart {
  /** `away`: no track is sent, and at the last reading there was none. */
  #stage: "away" | "small" | "full" = "away";
  /** Frames sent before this camera. */
  #before = 0;
  #readings = 0;

  get isSmall(): boolean {
    return this.#stage === "small";
  }

  /** Call it before a camera is placed. @returns `true` where it is to begin small. */
  begin(): boolean {
    if (this.#stage === "away") this.#stage = "small";
    this.#readings = 0;
    return this.isSmall;
  }

  /** Ends the small start, for other reasons than its frames. @returns `true` where it was small. */
  end(): boolean {
    const { isSmall } = this;
    this.#stage = "full";
    return isSmall;
  }

  /** A reading without a camera. */
  rest({ left }: Pick<SentReading, "left">): void {
    this.#stage = "away";
    this.#before = left;
  }

  /**
   * A reading with a camera.
   *
   * @param maxBitrate limit that waits for the camera, bit/s; `null` for none yet.
   * @returns `true` where the full size is to follow now.
   */
  read({ left, available }: SentReading, maxBitrate: number | null): boolean {
    if (!this.isSmall || left - this.#before < firstFrames) return false;
    this.#readings += 1;
    const isEnough = available === null || available >= enough * (maxBitrate ?? usualBitrate);
    return (isEnough || this.#readings >= patience) && this.end();
  }
}

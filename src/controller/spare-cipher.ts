import {
  FrameCipher,
  type FrameCipherListener,
  type FrameCipherOptions,
} from "../crypto/worker/frame-cipher.ts";
import type { CipherPort } from "./ports.ts";

/** Options by which a cipher fits a call. */
type Fit = Pick<FrameCipherOptions, "workerUrl" | "onMainThread">;

/** What a spare cipher tells: of a failure it is silent until a call has taken it. */
class LateListener implements FrameCipherListener {
  listener: FrameCipherListener | null = null;
  isLost = false;

  opened(...told: Parameters<FrameCipherListener["opened"]>): void {
    this.listener?.opened(...told);
  }
  unavailable(): void {
    // It runs in the page then. The call starts one of its own, and is told why there is no worker.
    this.isLost = true;
  }
  lost(): void {
    this.isLost = true;
    this.listener?.lost();
  }
}

interface Spare extends Fit {
  readonly cipher: FrameCipher;
  readonly late: LateListener;
}

/** The frame worker of the next call, one for the page. */
export class SpareCipher {
  #spare: Spare | null = null;

  /**
   * Starts it while the page is idle: it takes longer than all else that a call begins with. It has no keys, sees no frame and contacts
   * nobody.
   */
  prepare(fit: Fit): void {
    if (this.#spare !== null || fit.onMainThread) return;
    const late = new LateListener();
    this.#spare = { ...fit, late, cipher: new FrameCipher(late, fit) };
  }

  /** Returns the cipher of a call: the spare one where it runs and fits. */
  take(listener: FrameCipherListener, options: FrameCipherOptions): CipherPort {
    const taken = this.#spare;
    this.#spare = null;
    if (taken !== null) {
      const { cipher, late, workerUrl } = taken;
      const isFit = workerUrl === options.workerUrl && !options.onMainThread;
      if (isFit && !late.isLost && cipher.mode !== null) {
        late.listener = listener;
        return cipher;
      }
      cipher.close();
    }
    return new FrameCipher(listener, options);
  }
}

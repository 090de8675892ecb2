import {
  FrameCipher,
  type FrameCipherListener,
  type FrameCipherOptions,
} from "../crypto/worker/frame-cipher.ts";
import type { CipherPort } from "./ports.ts";

/** Options by which a cipher fits a call. */
type Fit = Pick<FrameCipherOptions, "workerUrl" | "onMainThread">;

/** What a spare cipher tells: of a failure it is silent until a call has taken it. */
class Ear implements FrameCipherListener {
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
  readonly ear: Ear;
}

let spare: Spare | null = null;

/**
 * Starts the frame worker of the next call while the page is idle, one for the page: it takes longer than all else that a call begins with.
 * It has no keys, sees no frame and contacts nobody.
 */
export function prepareCipher(fit: Fit): void {
  if (spare !== null || fit.onMainThread) return;
  const ear = new Ear();
  spare = { ...fit, ear, cipher: new FrameCipher(ear, fit) };
}

/** Returns the cipher of a call: the spare one where it runs and fits. */
export function takeCipher(listener: FrameCipherListener, options: FrameCipherOptions): CipherPort {
  const taken = spare;
  spare = null;
  if (taken !== null) {
    const { cipher, ear, workerUrl } = taken;
    const isFit = workerUrl === options.workerUrl && !options.onMainThread;
    if (isFit && !ear.isLost && cipher.mode !== null) {
      ear.listener = listener;
      return cipher;
    }
    cipher.close();
  }
  return new FrameCipher(listener, options);
}

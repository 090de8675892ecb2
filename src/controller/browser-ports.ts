import {
  CrashMark,
  FrameCipher,
  type FrameCipherListener,
  type FrameCipherOptions,
} from "../crypto/worker/frame-cipher.ts";
import {
  InitiatorAgreement,
  isAuthorOf,
  ResponderAgreement,
} from "../crypto/agreement/key-agreement.ts";
import { BrowserResumptions } from "../crypto/agreement/resumption.ts";
import { watchPage } from "../media/devices/audio-session.ts";
import { Capture } from "../media/devices/capture.ts";
import { devicePermission } from "../media/devices/device-requests.ts";
import { createCertificate } from "../media/connection/certificate.ts";
import { MediaConnection } from "../media/connection/connection.ts";
import { Senses } from "../media/devices/senses.ts";
import { relaysOfPage } from "./relay-times.ts";
import { ownDevices, pagePorts, type CallPorts, type CipherPort } from "./ports.ts";

/** The ports of a browser. */
export const browserPorts: CallPorts = {
  ...pagePorts,
  watchNetwork,
  watchPage,
  createCipher: (listener, options) => new FrameCipher(listener, options),
  createInitiator: (binding) => InitiatorAgreement.create(binding),
  createResponder: (binding, invite) => ResponderAgreement.create(binding, invite),
  isAuthorOf,
  resumptions: new BrowserResumptions(),
  createCertificate,
  createConnection: (options, hooks, listener) => new MediaConnection(options, hooks, listener),
  relays: relaysOfPage({ now: pagePorts.now, watchNetwork }),
  createCapture: (devices, listener, options) =>
    new Capture(devices ?? ownDevices(), listener, {
      ...options,
      // Absent on iPhones: the system selects the output. In Firefox since 116.
      canChooseSpeaker: "setSinkId" in HTMLMediaElement.prototype,
      // The browser knows nothing about a host's own devices.
      ...(devices === null && { permission: devicePermission }),
    }),
  createSenses: (taps, report) => new Senses(taps, report),
};

/** The part of the W3C Network Information API that reports changes. Absent in TypeScript's DOM library. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Reports a changed or restored network. Chromium on Android reports a change from Wi-Fi to mobile; all engines report a
 * restored network.
 *
 * @returns a function that stops it.
 */
function watchNetwork(changed: () => void): () => void {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  let type = connection?.type;
  const check = () => {
    // The event also reports new estimates of the same network's speed.
    if (connection?.type === type) return;
    type = connection?.type;
    // Without a network there is nothing to search: `online` follows.
    if (type !== "none") changed();
  };
  globalThis.addEventListener("online", changed);
  connection?.addEventListener("change", check);
  return () => {
    globalThis.removeEventListener("online", changed);
    connection?.removeEventListener("change", check);
  };
}

/** Options by which a cipher fits a call. */
type Fit = Pick<FrameCipherOptions, "workerUrl" | "onMainThread">;

/** Listener of a spare cipher: it reports no failure until a call has taken it. */
class LateListener implements FrameCipherListener {
  listener: FrameCipherListener | null = null;
  isLost = false;

  opened(...args: Parameters<FrameCipherListener["opened"]>): void {
    this.listener?.opened(...args);
  }
  unavailable(): void {
    // It runs in the page then. The call starts one of its own, and reports why there is no worker.
    this.isLost = true;
  }
  lost(): void {
    this.isLost = true;
    this.listener?.lost();
  }
}

/** A spare cipher, and the mark that it sets. */
export interface RunningSpare {
  readonly cipher: FrameCipher;
  readonly mark: CrashMark;
}

interface Spare extends Fit, RunningSpare {
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
    const [late, mark] = [new LateListener(), new CrashMark()];
    this.#spare = { ...fit, late, mark, cipher: new FrameCipher(late, { ...fit, mark }) };
  }

  /** Resolves once the spare one runs; at once where there is none. */
  get ready(): Promise<void> | undefined {
    return this.#spare?.cipher.ready;
  }

  /** The spare one where it runs, in a worker; `null` for none. */
  get running(): RunningSpare | null {
    const spare = this.#spare;
    return spare === null || spare.late.isLost || spare.cipher.mode === null ? null : spare;
  }

  /** Closes the spare one, if it is this. */
  drop(cipher: FrameCipher): void {
    if (this.#spare?.cipher !== cipher) return;
    this.#spare = null;
    cipher.close();
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

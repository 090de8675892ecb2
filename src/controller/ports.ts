import type { CallErrorCode } from "../errors.ts";
import type {
  FrameCipher,
  FrameCipherListener,
  FrameCipherOptions,
} from "../crypto/worker/frame-cipher.ts";
import type {
  CallBinding,
  InitiatorAgreement,
  InviteShare,
  ResponderAgreement,
} from "../crypto/agreement/key-agreement.ts";
import type { TextCipher } from "../crypto/text/text-cipher.ts";
import type { ResumptionStore } from "../crypto/agreement/resumption.ts";
import type { Sense } from "../call/state/devices.ts";
import type { Capture } from "../media/devices/capture.ts";
import type { CaptureListener, CaptureOptions } from "../media/devices/capture-listener.ts";
import type { MeasuredRelays } from "./relay-times.ts";
import type { CallStorage } from "./known-calls.ts";
import type { Certificate } from "../media/connection/certificate.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { SenseTaps, Senses } from "../media/devices/senses.ts";
import type {
  ConnectionListener,
  ConnectionOptions,
  FrameHooks,
  MediaConnection,
} from "../media/connection/connection.ts";
import { randomBytes, toBase64url } from "../crypto/base64url.ts";
import { canEncryptCalls } from "../crypto/can-encrypt.ts";
import { missingOfFloor } from "../host-values/engine-floor.ts";

/** The public members of a class, which a fake has to implement. */
type Surface<T> = Pick<T, keyof T>;

export type CipherPort = Surface<FrameCipher>;
/** Without what is done before a call. */
export type ConnectionPort = Omit<Surface<MediaConnection>, "gathering">;
export type CapturePort = Surface<Capture>;
export type SensesPort = Surface<Senses>;
export type TextCipherPort = Pick<TextCipher, "seal" | "open">;
export type InitiatorPort = Surface<InitiatorAgreement>;
export type ResponderPort = Surface<ResponderAgreement>;

/** Ports of the controller before a call is accepted. Implemented by `pagePorts`, and by fakes in tests. */
export interface PagePorts {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds by a clock that nobody can set; missing where `now` is such a one. */
  readonly ticks?: () => number;
  /** Reports when the clock should be checked: the page is seen or runs again, or some seconds have gone by. @returns a function that ends it. */
  readonly watchClock?: (check: () => void) => () => void;
  /** Where calls are remembered over a reload; missing where they are not. Throws in a page without an origin of its own. */
  readonly callStorage?: (() => CallStorage) | undefined;
  /** @returns a function that stops the timer. */
  setTimer(milliseconds: number, ring: () => void): () => void;
  newCallId(): string;
  /** Returns a view's random name among the views of its person: 16 bytes, base64url. */
  newDevice(): string;
  /** Resolves with the error that prevents calls here; `null` for none. */
  findObstacle(): Promise<CallErrorCode | null>;
  canShareScreen(devices: CallMediaDevices | null): boolean;
}

/** Interface of the controller to everything but rules. Implemented by `browser-ports.ts`, and by fakes in tests. */
export interface CallPorts extends PagePorts {
  /** Reports changes of this device's network. @returns a function that stops it. */
  watchNetwork(changed: () => void): () => void;
  /**
   * Declares to the system that the page records and plays. Reports when the page is visible again, and when the system has
   * ended an interruption of its sound. Missing where there is nothing to declare. @returns a function that ends both.
   */
  readonly watchPage?: (seen: () => void) => () => void;
  createCipher(listener: FrameCipherListener, options: FrameCipherOptions): CipherPort;
  createInitiator(binding: CallBinding): Promise<InitiatorPort>;
  createResponder(binding: CallBinding, invite: InviteShare): Promise<ResponderPort>;
  /** Missing for the kit's own cipher, `null` for a call without text. */
  readonly createTextCipher?: (
    ...given: ConstructorParameters<typeof TextCipher>
  ) => TextCipherPort | null;
  /** Resolves with `true` where the nonce proves authorship of the invitation with this commitment. */
  isAuthorOf(callId: string, commitment: string, nonce: string): Promise<boolean>;
  readonly resumptions: ResumptionStore;
  /** `null` where the engine does not report a certificate's fingerprint. */
  createCertificate(): Promise<Certificate | null>;
  /** @param hooks `null` for a call without the kit's frame encryption. */
  createConnection(
    options: ConnectionOptions,
    hooks: FrameHooks | null,
    listener: ConnectionListener,
  ): ConnectionPort;
  /** Missing where relays are not measured. */
  readonly relays?: Pick<MeasuredRelays, "choose"> | undefined;
  createCapture(
    devices: CallMediaDevices | null,
    listener: CaptureListener,
    options: CaptureOptions,
  ): CapturePort;
  /** @param report receives measurements of the own devices. */
  createSenses(taps: SenseTaps, report: (sense: Sense) => void): SensesPort;
}

/** Returns the browser's devices; `null` in an insecure context. */
export function ownDevices(): CallMediaDevices | null {
  return "mediaDevices" in navigator ? navigator.mediaDevices : null;
}

/** Between two checks of the clock. Milliseconds. */
const clockInterval = 5000;

function checkedBy(check: () => void) {
  const life = new AbortController();
  const timer = setInterval(check, clockInterval);
  const stop = () => {
    clearInterval(timer);
    life.abort();
  };
  return { signal: life.signal, stop };
}

/** Ports of a browser that are needed before a call is accepted. */
export const pagePorts: PagePorts = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  watchClock(check) {
    const { signal, stop } = checkedBy(check);
    // A page that was frozen, or a device that slept: whichever the engine reports first.
    for (const name of ["resume", "visibilitychange"])
      document.addEventListener(name, check, { signal });
    for (const name of ["pageshow", "focus", "online"]) addEventListener(name, check, { signal });
    return stop;
  },
  // Not before the first call: the engine stops the page until another process has allowed it.
  callStorage: () => localStorage,
  setTimer(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  newCallId: () => toBase64url(randomBytes(16)),
  newDevice: () => toBase64url(randomBytes(16)),
  async findObstacle() {
    // Below the floor nothing is loaded that needs it.
    if (typeof RTCPeerConnection !== "function" || missingOfFloor()) return "webrtc-unsupported";
    return (await canEncryptCalls()) ? null : "encryption-unsupported";
  },
  canShareScreen: (devices) => typeof (devices ?? ownDevices())?.getDisplayMedia === "function",
};

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
import type { ResumptionStore } from "../crypto/agreement/resumption-store.ts";
import type { Sense } from "../call/state/sensing.ts";
import type {
  Capture,
  CaptureListener,
  CaptureOptions,
  ChosenDevices,
} from "../media/devices/capture.ts";
import type { Certificate } from "../media/connection/certificate.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { SenseTaps, Senses } from "../media/devices/senses.ts";
import type { TrackProcessor } from "../media/devices/track-processor.ts";
import type {
  ConnectionListener,
  ConnectionOptions,
  FrameHooks,
  MediaConnection,
} from "../media/connection/connection.ts";

/** What a host chooses for its calls. Read anew for every call. */
export interface CallOptions {
  /** STUN and TURN servers, W3C `RTCIceServer`. None by default: nothing is contacted that the host did not name. */
  readonly iceServers: RTCIceServer[];
  /** Whether media may only go through a relay. */
  readonly relayOnly: boolean;
  /** How long it rings, in seconds, above 0. */
  readonly ringTimeoutSeconds: number;
  /** How long a lost path may take to come back, in seconds, above 0. */
  readonly reconnectTimeoutSeconds: number;
  /** Whether a second call waits beside the first or is told `busy`. Default `wait`. */
  readonly whenBusy?: "wait" | "busy";
  /** How much a call may cost in both directions, in megabytes an hour, 60 or more; `null` for as much as it takes. */
  readonly megabytesPerHour: number | null;
  /** Where tracks come from; `null` for the browser's own devices. */
  readonly mediaDevices: CallMediaDevices | null;
  /** A host's own work on microphone and camera before they are sent; `null` for none. */
  readonly trackProcessor: TrackProcessor | null;
  /** What a person has chosen in calls before: filled in as they choose. Without it a call begins with the system's devices. */
  readonly chosen?: ChosenDevices;
  /** 32 bytes that both hosts know and nobody else does: then the keys rest on them, too. `null` where there are none. */
  readonly hostSecret: Uint8Array | null;
  /** Bytes that both hosts hold alike, such as both identity keys: the call is then bound to them. `null` where there are none. */
  readonly hostBinding: Uint8Array | null;
  /** Where the frame worker's script is; `null` for the one that ships beside this module. */
  readonly workerUrl: string | null;
  /** Whether frames are encrypted on the main thread, for WebViews whose workers are known to be faulty. */
  readonly encryptOnMainThread: boolean;
}

/** The public methods of a class, without what is private in it: what a fake has to bring. */
type Surface<T> = Pick<T, keyof T>;

export type CipherPort = Surface<FrameCipher>;
export type ConnectionPort = Surface<MediaConnection>;
export type CapturePort = Surface<Capture>;
export type SensesPort = Surface<Senses>;
export type InitiatorPort = Surface<InitiatorAgreement>;
export type ResponderPort = Surface<ResponderAgreement>;

/** The doors of the controller to everything that is not a rule: the real ones in `browser-ports.ts`, fakes in tests. */
export interface CallPorts {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @returns a function that stops the timer. */
  setTimer(milliseconds: number, ring: () => void): () => void;
  newCallId(): string;
  /** A view's random name among the views of its person: 16 bytes, base64url. */
  newDevice(): string;
  /** Why no call can be made here; `null` where calls can be made. */
  findObstacle(): Promise<CallErrorCode | null>;
  canShareScreen(devices: CallMediaDevices | null): boolean;
  /**
   * Brings what comes late: nothing below may be asked for before. Where there is no such thing all is there from the beginning.
   *
   * @param urgent whether somebody waits for it; otherwise it may wait until the page has been painted.
   * @returns `null` where all is there. Rejects where it did not load; the next one who asks tries again.
   */
  readonly ready?: (urgent: boolean) => Promise<unknown> | null;
  /** Tells of every change of this device's network. @returns a function that ends that. */
  watchNetwork(changed: () => void): () => void;
  createCipher(listener: FrameCipherListener, options: FrameCipherOptions): CipherPort;
  createInitiator(binding: CallBinding): Promise<InitiatorPort>;
  createResponder(binding: CallBinding, invite: InviteShare): Promise<ResponderPort>;
  /** Whether whoever knows this nonce made the invitation with this commitment. */
  isAuthorOf(callId: string, commitment: string, nonce: string): Promise<boolean>;
  readonly resumptions: ResumptionStore;
  /** `null` where the engine does not tell a certificate's fingerprint. */
  createCertificate(): Promise<Certificate | null>;
  /** @param hooks `null` for a call whose frames the kit does not encrypt. */
  createConnection(
    options: ConnectionOptions,
    hooks: FrameHooks | null,
    listener: ConnectionListener,
  ): ConnectionPort;
  createCapture(
    devices: CallMediaDevices | null,
    listener: CaptureListener,
    options: CaptureOptions,
  ): CapturePort;
  /** @param tell takes what is heard and seen of the own devices. */
  createSenses(taps: SenseTaps, tell: (sense: Sense) => void): SensesPort;
}

import type { DeviceName } from "../../call/terms.ts";
import {
  facingOf,
  wantedOf,
  type ChosenDevices,
  type DeviceConstraint,
  type Facing,
} from "./device-choices.ts";
import {
  DeviceRequests,
  isOfSystem,
  isRefusal,
  type CallMediaDevices,
  type DevicePermission,
} from "./device-requests.ts";
import {
  Abandoned,
  abandoned,
  OpenTrack,
  type TrackEffect,
  type TrackProcessor,
} from "./open-track.ts";
import { processTrack, type Processing } from "./process-track.ts";
import type { CallErrorCode } from "../../errors.ts";
import { limited, NoAnswer } from "../limited.ts";

type Kind = "microphone" | "camera";
type TrackRequest = Promise<MediaStreamTrack>;

/** Time limits for opening a device. */
export interface OpeningLimits {
  /** Milliseconds after which a permitted device without an answer counts as failed. */
  readonly answer: number;
  /** Milliseconds before each retry for a busy device: cameras take up to half a second to be released. */
  readonly busyRetries: readonly number[];
}

export const openingLimits: OpeningLimits = { answer: 10_000, busyRetries: [200, 400, 800] };

/** Options of tests and hosts. */
export interface OpenerOptions {
  readonly limits?: OpeningLimits | undefined;
  readonly permission: DevicePermission;
  /** Optional processing. Default none. */
  readonly effects?: readonly TrackEffect[];
}

/** Factor of the limit where the browser does not report an open prompt. */
const unknownRounds = 2;

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && ["NotReadableError", "AbortError"].includes(thrown.name);
}

/**
 * Options of W3C "Screen Capture" and Chromium's additions to it; engines ignore what they do not know. The page's own sound,
 * which is the other side's voice, is not shared. Sound is not processed as a voice is. The focus stays in the call.
 */
function screenOptions(): DisplayMediaStreamOptions {
  const { CaptureController } = globalThis as {
    CaptureController?: new () => { setFocusBehavior?(behavior: "no-focus-change"): void };
  };
  const controller = CaptureController && new CaptureController();
  controller?.setFocusBehavior?.("no-focus-change");
  const options = {
    video: true,
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      restrictOwnAudio: true,
    },
    systemAudio: "include",
    windowAudio: "system",
    surfaceSwitching: "include",
    selfBrowserSurface: "exclude",
    ...(controller && { controller }),
  };
  return options;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Opens devices with the host's track processor: the previous device, or a requested one. */
export class DeviceOpener {
  readonly #devices: CallMediaDevices | null;
  readonly #requests: DeviceRequests;
  /** The host's processor and effects. */
  readonly #processing: Omit<Processing, "chosen">;
  readonly #chosen: ChosenDevices;
  /** Returns `true` while an opening device is still wanted. */
  readonly #isWanted: (device: Kind) => boolean;
  /** Track processors at work. */
  readonly #lives = new Map<Kind, AbortController>();
  /** Last devices of this call, for opening them again. */
  readonly #last: { microphone: string | null; camera: string | null };
  readonly #limits: OpeningLimits;
  readonly #permission: DevicePermission;
  /** Requests without a waiting caller: a device that is wanted again must not prompt twice. */
  readonly #unanswered = new Map<Kind, { readonly of: string; readonly track: TrackRequest }>();
  /** Abort the waits for devices that are no longer wanted. */
  readonly #waits = new Map<Kind | "screen", AbortController>();
  /** Actual or desired direction of the camera; `null` if unknown. */
  facing: Facing | null = null;

  constructor(
    devices: CallMediaDevices | null,
    processor: TrackProcessor | null,
    chosen: ChosenDevices,
    isWanted: (device: Kind) => boolean,
    { limits = openingLimits, permission, effects = [] }: OpenerOptions,
  ) {
    this.#devices = devices;
    this.#limits = limits;
    this.#permission = permission;
    this.#requests = new DeviceRequests(devices, permission);
    this.#processing = { processor, effects };
    this.#chosen = chosen;
    this.#isWanted = isWanted;
    this.#last = { microphone: chosen.microphone ?? null, camera: chosen.camera ?? null };
  }

  /** @throws {DOMException} as `getUserMedia` does; {@link Abandoned} where it is no longer wanted. */
  async open(device: Kind, constraint: DeviceConstraint): Promise<OpenTrack> {
    const constraints = { ...wantedOf(device, this.#chosen), ...constraint };
    const source = await this.#askPatiently(device, constraints);
    if (!this.#isWanted(device)) {
      source.stop();
      throw new Abandoned();
    }
    return this.#process(source, device, this.#chosen);
  }

  /**
   * Processes the track of an open device again, with another choice of effects. The open one is left as it is.
   *
   * @throws as {@link OpenTrack.process} does.
   */
  reprocess(device: Kind, { source }: OpenTrack, choice: ChosenDevices): Promise<OpenTrack> {
    return this.#process(source.clone(), device, { ...this.#chosen, ...choice });
  }

  async #process(
    source: MediaStreamTrack,
    device: Kind,
    chosen: ChosenDevices,
  ): Promise<OpenTrack> {
    const life = new AbortController();
    this.#lives.set(device, life);
    try {
      return await processTrack(source, device, { ...this.#processing, chosen }, life);
    } finally {
      this.#lives.delete(device);
    }
  }

  /** Opens the previous device, or the system's default if that is gone. @throws as {@link open}. */
  async openLast(device: Kind): Promise<OpenTrack> {
    const id = this.#last[device];
    const usual = device === "camera" ? { facingMode: this.facing ?? "user" } : {};
    if (id === null) return this.open(device, usual);
    return this.open(device, { deviceId: { exact: id } }).catch((thrown: unknown) => {
      if (!this.#isWanted(device) || captureError(thrown) !== "device-not-found") throw thrown;
      return this.open(device, usual);
    });
  }

  /** Opens a screen with its audio, if any that may be sent: the video first. */
  async openScreen(): Promise<OpenTrack[]> {
    if (this.#devices?.getDisplayMedia === undefined)
      throw new DOMException("No screen capture.", "NotFoundError");
    const picking = this.#devices.getDisplayMedia(screenOptions());
    const stream = await this.#wait("screen", picking, stop);
    const [video] = stream.getVideoTracks();
    if (video === undefined) throw new DOMException("No track.", "NotFoundError");
    video.contentHint = "detail";
    const picture = new OpenTrack(video);
    const [sound] = stream.getAudioTracks();
    if (sound === undefined) return [picture];
    const isEcho = await this.#wait("screen", hasOwnSound(video, sound)).catch(
      (thrown: unknown) => {
        stop(stream);
        throw thrown;
      },
    );
    if (isEcho) {
      sound.stop();
      picture.isSilenced = true;
      return [picture];
    }
    sound.contentHint = "music";
    return [picture, new OpenTrack(sound)];
  }

  /** Sets the device to open next time; `null` for the system's default. */
  remember(device: Kind, id: string | null): void {
    this.#last[device] = id;
  }

  /** Remembers an opened device for the next time. */
  opened(device: Kind, open: OpenTrack): void {
    if (open.id !== null) this.#last[device] = open.id;
    if (device === "camera") this.facing = facingOf(open.source);
  }

  /** Abandons waiting for a device, or for its track processor. */
  abandon(device?: DeviceName): void {
    for (const [kind, life] of [...this.#lives, ...this.#waits])
      if (device === undefined || device === kind) life.abort();
  }

  /** Retries a busy device: releasing takes a moment, in this page or in others. */
  async #askPatiently(device: Kind, constraints: DeviceConstraint): Promise<MediaStreamTrack> {
    for (const delay of this.#limits.busyRetries) {
      try {
        return await this.#ask(device, constraints);
      } catch (thrown) {
        if (!isBusy(thrown) || !this.#isWanted(device)) throw thrown;
      }
      await this.#wait(device, new Promise((resolve) => setTimeout(resolve, delay)));
    }
    return this.#ask(device, constraints);
  }

  async #ask(device: Kind, constraints: DeviceConstraint): Promise<MediaStreamTrack> {
    const of = JSON.stringify(constraints);
    const before = this.#unanswered.get(device);
    const request =
      before?.of === of
        ? before.track
        : this.#requests.ask(
            device === "microphone" ? { audio: constraints } : { video: constraints },
          );
    const entry = { of, track: request };
    this.#unanswered.set(device, entry);
    const settled = () => {
      if (this.#unanswered.get(device) === entry) this.#unanswered.delete(device);
    };
    void request.then(settled, settled);
    const stopLate = (track: MediaStreamTrack) => {
      // A device that is wanted again waits for the same request.
      if (!this.#waits.has(device) || !this.#isWanted(device)) track.stop();
    };
    return this.#wait(device, this.#withLimit(device, request), stopLate, request);
  }

  /** Limits the wait for a permitted device. A person's answer to a prompt is not limited. @throws {NoAnswer} */
  async #withLimit(device: Kind, request: TrackRequest): TrackRequest {
    for (let rounds = 1; ; rounds += 1) {
      try {
        return await limited(request, this.#limits.answer);
      } catch (thrown) {
        const state = thrown instanceof NoAnswer ? await this.#permission(device) : "denied";
        // A device that arrived meanwhile is open, and must not be lost.
        if (state !== "prompt" && (state !== null || rounds === unknownRounds))
          return await Promise.race([request, Promise.reject(thrown as Error)]);
      }
    }
  }

  /**
   * Waits for a promise that may never settle.
   *
   * @param late receives a result that arrives after abandoning. @param source another promise for it, if any.
   * @throws {@link Abandoned}
   */
  async #wait<T>(
    device: Kind | "screen",
    promise: Promise<T>,
    late?: (value: T) => void,
    source = promise,
  ): Promise<T> {
    const life = new AbortController();
    this.#waits.set(device, life);
    let isOver = false;
    void source.then(
      (value) => {
        if (isOver) late?.(value);
      },
      () => undefined,
    );
    try {
      return await Promise.race([promise, abandoned(life.signal)]);
    } catch (thrown) {
      isOver = true;
      throw thrown;
    } finally {
      if (this.#waits.get(device) === life) this.#waits.delete(device);
    }
  }
}

/** Returns `true` where a person has closed the list of screens: a choice, no error. */
export function isChoice(device: DeviceName, thrown: unknown): boolean {
  return device === "screen" && isRefusal(thrown) && !isOfSystem(thrown);
}

/** Returns the error code for the name of a `DOMException` (W3C Media Capture and Streams, `getUserMedia`). */
export function captureError(thrown: unknown): CallErrorCode {
  switch (thrown instanceof Error ? thrown.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "permission-denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "device-not-found";
    default:
      // NotReadableError, AbortError: the device exists but does not start.
      return "device-busy";
  }
}

/** W3C Region Capture and Screen Capture. Absent in TypeScript's DOM library. */
interface Croppable {
  cropTo?(target: object | null): Promise<void>;
}

/** Milliseconds for the first picture of a cropped tab. */
const cropMilliseconds = 2000;

/**
 * Returns `true` where the sound of a shared screen contains the other side's voice, which would come back to it as an echo.
 * This holds for the sound of the system and of this tab. The exception is an engine that confirms `restrictOwnAudio`:
 * Chromium 141 does for the system's sound, none for a tab (measured in 156). A source without `displaySurface` is the host's
 * own, and not judged.
 */
export async function hasOwnSound(
  picture: MediaStreamTrack,
  sound: MediaStreamTrack,
): Promise<boolean> {
  const { displaySurface } = picture.getSettings();
  const { restrictOwnAudio } = sound.getSettings() as { readonly restrictOwnAudio?: boolean };
  if (restrictOwnAudio === true || displaySurface === undefined) return false;
  return displaySurface !== "browser" || isOwnTab(picture);
}

/**
 * Only a picture of this tab can be cropped to an element in it, also from a frame. Where that cannot be asked, or is not answered, it
 * counts as this tab.
 */
async function isOwnTab(picture: MediaStreamTrack & Croppable): Promise<boolean> {
  const { CropTarget } = globalThis as {
    CropTarget?: { fromElement(element: Element): Promise<object> };
  };
  if (CropTarget === undefined || picture.cropTo === undefined) return true;
  try {
    const target = await CropTarget.fromElement(document.documentElement);
    await limited(picture.cropTo(target), cropMilliseconds);
    return true;
  } catch (thrown) {
    return thrown instanceof NoAnswer;
  } finally {
    void picture.cropTo(null).catch(() => undefined);
  }
}

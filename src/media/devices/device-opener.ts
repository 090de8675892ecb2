import type { DeviceName } from "../../call/terms.ts";
import { captureError } from "./capture-error.ts";
import { facingOf, wantedOf } from "./device-constraints.ts";
import type { ChosenDevices, DeviceConstraint, Facing } from "./device-constraints.ts";
import { unknownPermission } from "./device-permission.ts";
import type { DevicePermission } from "./device-permission.ts";
import { DeviceRequests } from "./device-requests.ts";
import type { CallMediaDevices } from "./device-requests.ts";
import { Abandoned, OpenTrack } from "./open-track.ts";
import type { TrackProcessor } from "./track-processor.ts";

type Kind = "microphone" | "camera";
type Asked = Promise<MediaStreamTrack>;

/** How long opening a device may take. */
export interface OpeningLimits {
  /** Without an answer, a device that is allowed counts as one that does not start. Milliseconds. */
  readonly answer: number;
  /** Before each further try where a device is in use: cameras take up to half a second to be released. Milliseconds. */
  readonly busyRetries: readonly number[];
}

export const openingLimits: OpeningLimits = { answer: 10_000, busyRetries: [200, 400, 800] };

/** What tests and hosts may change. */
export interface OpenerOptions {
  readonly limits?: OpeningLimits | undefined;
  readonly permission?: DevicePermission | undefined;
}

/** Where the browser does not tell whether a person is being asked, a device has so many times as long. */
const unknownRounds = 2;

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && ["NotReadableError", "AbortError"].includes(thrown.name);
}

/** Opens devices, with a host's work on them: the one of before, or the one that is asked for. */
export class DeviceOpener {
  readonly #devices: CallMediaDevices | null;
  readonly #requests: DeviceRequests;
  readonly #processor: TrackProcessor | null;
  readonly #chosen: ChosenDevices;
  /** Whether a device that has opened is still wanted. */
  readonly #isWanted: (device: Kind) => boolean;
  /** A host's work that is under way. */
  readonly #processing = new Map<Kind, AbortController>();
  /** The devices of this call, for when they open again. */
  readonly #last: { microphone: string | null; camera: string | null };
  readonly #limits: OpeningLimits;
  readonly #permission: DevicePermission;
  /** Requests that nobody waits for any more: one that is wanted again must not ask a person twice. */
  readonly #unanswered = new Map<Kind, { readonly of: string; readonly track: Asked }>();
  /** Ends the waits for devices that are no longer wanted. */
  readonly #waits = new Map<Kind | "screen", AbortController>();
  /** Which way the camera looks, or is to look; `null` where it does not say. */
  facing: Facing | null = null;

  constructor(
    devices: CallMediaDevices | null,
    processor: TrackProcessor | null,
    chosen: ChosenDevices,
    isWanted: (device: Kind) => boolean,
    { limits = openingLimits, permission = unknownPermission }: OpenerOptions = {},
  ) {
    this.#devices = devices;
    this.#limits = limits;
    this.#permission = permission;
    this.#requests = new DeviceRequests(devices, permission);
    this.#processor = processor;
    this.#chosen = chosen;
    this.#isWanted = isWanted;
    this.#last = { microphone: chosen.microphone ?? null, camera: chosen.camera ?? null };
  }

  /** @throws {DOMException} as `getUserMedia` does; {@link Abandoned} where nobody wants it any more. */
  async open(device: Kind, constraint: DeviceConstraint): Promise<OpenTrack> {
    const constraints = { ...wantedOf(device, this.#chosen), ...constraint };
    const source = await this.#askPatiently(device, constraints);
    if (!this.#isWanted(device)) {
      source.stop();
      throw new Abandoned();
    }
    const life = new AbortController();
    this.#processing.set(device, life);
    try {
      return await OpenTrack.process(source, device, this.#processor, life);
    } finally {
      this.#processing.delete(device);
    }
  }

  /** Opens the device of before, or the system's where that is gone. @throws as {@link open}. */
  async openLast(device: Kind): Promise<OpenTrack> {
    const id = this.#last[device];
    const usual = device === "camera" ? { facingMode: this.facing ?? "user" } : {};
    if (id === null) return this.open(device, usual);
    return this.open(device, { deviceId: { exact: id } }).catch((thrown: unknown) => {
      if (!this.#isWanted(device) || captureError(thrown) !== "device-not-found") throw thrown;
      return this.open(device, usual);
    });
  }

  /** Opens a screen, and its sound where there is any: the picture first. */
  async openScreen(): Promise<OpenTrack[]> {
    if (this.#devices?.getDisplayMedia === undefined)
      throw new DOMException("No screen capture.", "NotFoundError");
    const picking = this.#devices.getDisplayMedia({ video: true, audio: true });
    const stream = await this.#wait("screen", picking, (late) => {
      for (const track of late.getTracks()) track.stop();
    });
    const [video] = stream.getVideoTracks();
    if (video === undefined) throw new DOMException("No track.", "NotFoundError");
    video.contentHint = "detail";
    return [video, ...stream.getAudioTracks().slice(0, 1)].map((track) => new OpenTrack(track));
  }

  /** This device is opened the next time; `null` for the one that the system chooses. */
  remember(device: Kind, id: string | null): void {
    this.#last[device] = id;
  }

  /** A device is open: the next time it is the same one. */
  opened(device: Kind, open: OpenTrack): void {
    if (open.id !== null) this.#last[device] = open.id;
    if (device === "camera") this.facing = facingOf(open.source);
  }

  /** Nobody waits any more for a device, or for what a host does with its track. */
  abandon(device?: DeviceName): void {
    for (const [kind, life] of [...this.#processing, ...this.#waits])
      if (device === undefined || device === kind) life.abort(new Abandoned());
  }

  /** A device that was just released, by this page or another, takes a moment until it opens again. */
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
    const asked =
      before?.of === of
        ? before.track
        : this.#requests.ask(
            device === "microphone" ? { audio: constraints } : { video: constraints },
          );
    const entry = { of, track: asked };
    this.#unanswered.set(device, entry);
    const settled = () => {
      if (this.#unanswered.get(device) === entry) this.#unanswered.delete(device);
    };
    void asked.then(settled, settled);
    const stopLate = (track: MediaStreamTrack) => {
      // One that is wanted again waits for the same request.
      if (!this.#waits.has(device) || !this.#isWanted(device)) track.stop();
    };
    return this.#wait(device, this.#withLimit(device, asked), stopLate, asked);
  }

  /** A person may take as long as they like to answer; a device that is allowed may not. */
  #withLimit(device: Kind, asked: Asked): Asked {
    return new Promise((resolve, reject) => {
      let rounds = 0;
      const look = async () => {
        rounds += 1;
        const state = await this.#permission(device);
        if (state === "prompt" || (state === null && rounds < unknownRounds)) start();
        else reject(new DOMException("The device does not answer.", "TimeoutError"));
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const start = () => (timer = setTimeout(() => void look(), this.#limits.answer));
      start();
      const end = () => {
        clearTimeout(timer);
      };
      asked.then(resolve, reject);
      asked.then(end, end);
    });
  }

  /**
   * Waits for what may never come.
   *
   * @param late takes what comes when nobody waits any more. @param source where that is another promise.
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
      return await Promise.race([
        promise,
        new Promise<never>((_, reject) => {
          life.signal.addEventListener("abort", () => {
            reject(new Abandoned());
          });
        }),
      ]);
    } catch (thrown) {
      isOver = true;
      throw thrown;
    } finally {
      if (this.#waits.get(device) === life) this.#waits.delete(device);
    }
  }
}

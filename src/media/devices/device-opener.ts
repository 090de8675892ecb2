import { captureError } from "./capture-error.ts";
import { facingOf, wantedOf } from "./device-constraints.ts";
import type { ChosenDevices, DeviceConstraint, Facing } from "./device-constraints.ts";
import { DeviceRequests } from "./device-requests.ts";
import type { CallMediaDevices } from "./device-requests.ts";
import { Abandoned, OpenTrack } from "./open-track.ts";
import type { TrackProcessor } from "./track-processor.ts";

type Kind = "microphone" | "camera";

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
  /** Which way the camera looks, or is to look; `null` where it does not say. */
  facing: Facing | null = null;

  constructor(
    devices: CallMediaDevices | null,
    processor: TrackProcessor | null,
    chosen: ChosenDevices,
    isWanted: (device: Kind) => boolean,
  ) {
    this.#devices = devices;
    this.#requests = new DeviceRequests(devices);
    this.#processor = processor;
    this.#chosen = chosen;
    this.#isWanted = isWanted;
    this.#last = { microphone: chosen.microphone ?? null, camera: chosen.camera ?? null };
  }

  /** @throws {DOMException} as `getUserMedia` does; {@link Abandoned} where nobody wants it any more. */
  async open(device: Kind, constraint: DeviceConstraint): Promise<OpenTrack> {
    const constraints = { ...wantedOf(device, this.#chosen), ...constraint };
    const source = await this.#requests.ask(
      device === "microphone" ? { audio: constraints } : { video: constraints },
    );
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
    const stream = await this.#devices.getDisplayMedia({ video: true, audio: true });
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

  /** Nobody waits any more for what a host does with a track. */
  abandon(device?: Kind): void {
    for (const [kind, life] of this.#processing)
      if (device === undefined || device === kind) life.abort(new Abandoned());
  }
}

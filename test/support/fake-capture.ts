import type { CallErrorCode } from "../../src/errors.ts";
import type { CapturePort } from "../../src/controller/ports.ts";
import type { CaptureListener, Facing } from "../../src/media/capture.ts";
import { FakeTrack } from "./fake-devices.ts";

type Device = Parameters<CapturePort["switch"]>[0];

/** Devices that do what the test tells them, at once or when it says so. */
export class FakeCapture implements CapturePort {
  /** What was asked for, such as `camera on`. */
  readonly asked: string[] = [];
  readonly #listener: CaptureListener;
  readonly #mode: "at once" | "when told";
  readonly #tracks = new Map<Device, FakeTrack>();
  /** The problem with which a device fails, where it does. */
  readonly #problems: ReadonlyMap<Device, CallErrorCode>;
  flips = 0;
  /** What a flip waits for. */
  flipping: Promise<void> = Promise.resolve();
  isClosed = false;

  constructor(listener: CaptureListener, mode: "at once" | "when told", problems: ReadonlyMap<Device, CallErrorCode>) {
    this.#listener = listener;
    this.#mode = mode;
    this.#problems = problems;
  }

  switch(device: Device, on: boolean): void {
    this.asked.push(`${device} ${on ? "on" : "off"}`);
    if (on) this.#listener.deviceChanged(device, { state: "starting", problem: null }, null);
    if (this.#mode === "at once") this.settle(device, on);
  }

  /** The device has done it, or has failed. */
  settle(device: Device, on: boolean, facing: Facing | null = null): void {
    const problem = this.#problems.get(device) ?? null;
    if (on && problem === null) this.#tracks.set(device, new FakeTrack(device === "microphone" ? "audio" : "video"));
    else this.#tracks.delete(device);
    const state = !on ? "off" : problem === null ? "on" : "failed";
    this.#listener.deviceChanged(device, { state, problem: state === "failed" ? problem : null }, facing);
  }

  countCameras(count: number): void {
    this.#listener.camerasCounted(count);
  }

  async flipCamera(): Promise<void> {
    this.#listener.deviceChanged("camera", { state: "starting", problem: null }, null);
    await this.flipping;
    this.flips += 1;
    this.settle("camera", true);
  }

  track(device: Device): MediaStreamTrack | null {
    return this.#tracks.get(device)?.asTrack ?? null;
  }

  close(): void {
    this.isClosed = true;
  }
}

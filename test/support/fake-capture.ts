import { noDevices } from "../../src/call/state/devices.ts";
import type { DeviceList, VoiceProcessing } from "../../src/call/state/devices.ts";
import type { CallErrorCode } from "../../src/errors.ts";
import type { CapturePort } from "../../src/controller/ports.ts";
import type { CaptureListener } from "../../src/media/devices/capture-listener.ts";
import type { Facing } from "../../src/media/devices/device-choices.ts";
import { FakeTrack } from "./fake-devices.ts";

type Device = Parameters<CapturePort["setDevice"]>[0];

/** Devices that do what the test tells them, at once or when it says so. */
export class FakeCapture implements CapturePort {
  /** Requests, such as `camera on`. */
  readonly asked: string[] = [];
  readonly #listener: CaptureListener;
  mode: "at once" | "on request";
  readonly #tracks = new Map<Device, FakeTrack>();
  /** The problem with which a device fails, where it does. */
  readonly #problems: ReadonlyMap<Device, CallErrorCode>;
  flips = 0;
  devices: DeviceList = noDevices.available;
  voice: VoiceProcessing = { noiseSuppression: null, voiceIsolation: null };
  /** Awaited by a flip. */
  flipping: Promise<void> = Promise.resolve();
  isClosed = false;

  constructor(
    listener: CaptureListener,
    mode: "at once" | "on request",
    problems: ReadonlyMap<Device, CallErrorCode>,
  ) {
    this.#listener = listener;
    this.mode = mode;
    this.#problems = problems;
  }

  setDevice(device: Device, on: boolean): void {
    this.asked.push(`${device} ${on ? "on" : "off"}`);
    if (on) this.#listener.deviceChanged(device, { state: "starting", problem: null }, null);
    if (this.mode === "at once") this.settle(device, on);
  }

  /** The device has done it, or has failed. */
  settle(device: Device, on: boolean, facing: Facing | null = null): void {
    const problem = this.#problems.get(device) ?? null;
    if (on && problem === null)
      this.#tracks.set(device, new FakeTrack(device === "microphone" ? "audio" : "video"));
    else this.#tracks.delete(device);
    const state = !on ? "off" : problem === null ? "on" : "failed";
    this.#listener.deviceChanged(
      device,
      { state, problem: state === "failed" ? problem : null },
      facing,
    );
  }

  /** There are so many of each, named `microphone 0` and so on, of which the first are in use. */
  list({ microphones = 1, cameras = 1, speakers = 0 } = {}): void {
    const named = (kind: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: `${kind} ${index}`, label: "" }));
    this.devices = {
      microphones: named("microphone", microphones),
      cameras: named("camera", cameras),
      speakers: named("speaker", speakers),
      microphone: "microphone 0",
      camera: this.#tracks.has("camera") ? "camera 0" : null,
      speaker: null,
    };
    this.reportDevices();
  }

  reportDevices(): void {
    this.#listener.devicesChanged(this.devices, this.voice);
  }

  chooseDevice(device: "microphone" | "camera" | "speaker", id: string): void {
    this.asked.push(`${device} ${id}`);
    if (this.mode === "at once") this.chosen(device, id);
  }

  /** The device is in use now. */
  chosen(device: "microphone" | "camera" | "speaker", id: string): void {
    this.devices = { ...this.devices, [device]: id === "" ? null : id };
    this.reportDevices();
  }

  reopen(device: Device, mayPrompt: boolean): Promise<void> {
    this.asked.push(`${device} again${mayPrompt ? ", with a prompt" : ""}`);
    return Promise.resolve();
  }

  pauseScreen(on: boolean): Promise<void> {
    this.asked.push(`screen ${on ? "paused" : "goes on"}`);
    return Promise.resolve();
  }

  changeScreen(): Promise<void> {
    this.asked.push("another screen");
    return Promise.resolve();
  }

  setVoice(feature: keyof VoiceProcessing, on: boolean): void {
    this.asked.push(`${feature} ${on ? "on" : "off"}`);
    if (this.mode === "on request") return;
    this.voice = { ...this.voice, [feature]: on };
    this.reportDevices();
  }

  /** Fails the last request. */
  failChoice(code: CallErrorCode): void {
    this.#listener.choiceFailed(code);
  }

  source(device: "microphone" | "camera"): MediaStreamTrack | null {
    return this.track(device);
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

import type { DeviceList, DeviceStatus, VoiceProcessing } from "../call/state/devices.ts";
import type { DeviceKind, DeviceName, CallMedia } from "../call/terms.ts";
import type { CallTracks } from "../controller/call-source.ts";
import type { CapturePort } from "../controller/ports.ts";
import type { CallErrorCode } from "../errors.ts";
import type { CaptureListener } from "../media/devices/capture-listener.ts";
import type { SimulatedClock } from "./simulated-clock.ts";

/** Milliseconds to open or change a device. */
const openMilliseconds = 120;

const cameras = { user: "front-camera", environment: "back-camera" } as const;

/** Two devices of each kind. None is opened. */
const list: DeviceList = {
  microphones: [
    { id: "built-in-microphone", label: "Built-in microphone" },
    { id: "headset-microphone", label: "Headset" },
  ],
  cameras: [
    { id: cameras.user, label: "Front camera" },
    { id: cameras.environment, label: "Back camera" },
  ],
  speakers: [
    { id: "built-in-speaker", label: "Built-in speaker" },
    { id: "headset-speaker", label: "Headset" },
  ],
  microphone: "built-in-microphone",
  camera: null,
  speaker: null,
};

/** Devices of this side in a simulated call. */
export class SimulatedDevices implements CapturePort {
  readonly #clock: SimulatedClock;
  readonly #tracks: Partial<CallTracks>;
  readonly #problems: ReadonlyMap<DeviceName, CallErrorCode>;
  readonly #listener: CaptureListener;
  readonly #waiting = new Map<DeviceName, () => void>();
  #facing: "user" | "environment" = "user";
  #devices = list;
  #voice: VoiceProcessing = {
    noiseSuppression: true,
    voiceIsolation: false,
    backgroundBlur: false,
  };
  #isClosed = false;
  readonly #taken = new Set<DeviceName>();
  readonly #isOn = new Set<DeviceName>();

  /** @param problems errors of failing devices; the map may change. */
  constructor(
    clock: SimulatedClock,
    tracks: Partial<CallTracks>,
    problems: ReadonlyMap<DeviceName, CallErrorCode>,
    listener: CaptureListener,
  ) {
    this.#clock = clock;
    this.#tracks = tracks;
    this.#problems = problems;
    this.#listener = listener;
  }

  setDevice(device: DeviceName, on: boolean): void {
    this.#waiting.get(device)?.();
    this.#waiting.delete(device);
    this.#isOn.delete(device);
    this.#report(device, on ? "starting" : "off");
    if (on) this.#open(device);
  }

  chooseDevice(device: DeviceKind, id: string): void {
    if (device === "camera") this.#facing = id === cameras.environment ? "environment" : "user";
    this.#later(() => {
      this.#devices = { ...this.#devices, [device]: id === "" ? null : id };
    });
  }

  setVoice(feature: keyof VoiceProcessing, on: boolean): void {
    this.#later(() => {
      this.#voice = { ...this.#voice, [feature]: on };
    });
  }

  flipCamera(
    to: "user" | "environment" = this.#facing === "user" ? "environment" : "user",
  ): Promise<void> {
    this.#facing = to;
    this.setDevice("camera", true);
    return Promise.resolve();
  }

  track(device: DeviceName): MediaStreamTrack | null {
    const { localCamera, localScreen } = this.#tracks;
    return { microphone: null, camera: localCamera, screen: localScreen }[device] ?? null;
  }

  source(): MediaStreamTrack | null {
    return null;
  }

  /** The system takes these devices of those that are on, and gives the others back. */
  interrupt(devices: readonly DeviceName[]): void {
    for (const device of ["microphone", "camera"] as const) {
      const isTaken = devices.includes(device);
      if (isTaken === this.#taken.has(device)) continue;
      if (isTaken) this.#taken.add(device);
      else this.#taken.delete(device);
      if (this.#isOn.has(device)) this.#report(device, isTaken ? "interrupted" : "on");
    }
  }

  /** A device that the system has taken stays taken until the system returns it. */
  reopen(): Promise<void> {
    return Promise.resolve();
  }

  /** The rules notify the other side. */
  pauseScreen(): Promise<void> {
    return Promise.resolve();
  }

  /** Something else is shared, which looks the same here. */
  changeScreen(): Promise<void> {
    this.#report("screen", "on");
    return Promise.resolve();
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#waiting.values()) stop();
  }

  #open(device: DeviceName): void {
    const stop = this.#clock.setTimer(openMilliseconds, () => {
      const problem = this.#problems.get(device) ?? null;
      const working = this.#taken.has(device) ? "interrupted" : "on";
      this.#report(device, problem === null ? working : "failed", problem);
      if (problem !== null) return;
      this.#isOn.add(device);
      if (device === "camera") this.#devices = { ...this.#devices, camera: cameras[this.#facing] };
      this.#listener.devicesChanged(this.#devices, this.#voice);
    });
    this.#waiting.set(device, stop);
  }

  #report(
    device: DeviceName,
    state: DeviceStatus["state"],
    problem: CallErrorCode | null = null,
  ): void {
    this.#listener.deviceChanged(
      device,
      { state, problem },
      device === "camera" && state === "on" ? this.#facing : null,
    );
  }

  #later(change: () => void): void {
    this.#clock.setTimer(openMilliseconds, () => {
      if (this.#isClosed) return;
      change();
      this.#listener.devicesChanged(this.#devices, this.#voice);
    });
  }
}

/** Opens what a note is recorded from: silence, and the given own camera. Fails as the script wants its devices to. */
export function simulatedNote(
  media: CallMedia,
  { localCamera }: Partial<CallTracks>,
  problems: ReadonlyMap<DeviceName, CallErrorCode>,
): Promise<MediaStream> {
  const problem =
    problems.get("microphone") ?? (media === "video" ? problems.get("camera") : undefined);
  if (problem !== undefined)
    return Promise.reject(Object.assign(new Error("Simulated."), { name: problem }));
  // A source of silence keeps a recorder going. Its context ends with the page: it uses no device.
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(destination);
  silence.start();
  if (media === "video" && localCamera) destination.stream.addTrack(localCamera.clone());
  return Promise.resolve(destination.stream);
}

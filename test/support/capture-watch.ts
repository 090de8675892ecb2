import type { DeviceName } from "../../src/call/terms.ts";
import type { DeviceList, VoiceProcessing } from "../../src/call/state/devices.ts";
import type { CaptureListener } from "../../src/media/devices/capture-listener.ts";
import type { ChosenDevices, Facing } from "../../src/media/devices/device-choices.ts";
import type { FakeTrack } from "./fake-devices.ts";

/** Everything that capture reported, in order, and the tracks as they lie on the wire. */
export class CaptureWatch implements CaptureListener {
  /** For example `camera on` or `microphone failed permission-denied`. */
  readonly reported: string[] = [];
  readonly facings: (Facing | null)[] = [];
  /** The same as they are. */
  readonly statuses: object[] = [];
  /** Present track of each of the four. */
  readonly placed: (FakeTrack | null)[] = [null, null, null, null];
  /** `true` if each track that was placed could be heard or seen in that moment. */
  readonly wasEnabled: boolean[] = [];
  devices: DeviceList | null = null;
  voice: VoiceProcessing | null = null;
  /** Awaited before placing a track. */
  gate: Promise<void> = Promise.resolve();
  /** Where the selections of a person are kept, as the controller does. */
  chosen: ChosenDevices = {};
  readonly #watchers = new Set<() => void>();

  deviceChanged(
    device: DeviceName,
    status: { state: string; problem: string | null },
    facing: Facing | null,
  ): void {
    this.statuses.push(status);
    this.reported.push([device, status.state, status.problem].filter(Boolean).join(" "));
    this.facings.push(facing);
    for (const watcher of this.#watchers) watcher();
  }

  devicesChanged(devices: DeviceList, voice: VoiceProcessing): void {
    this.devices = devices;
    this.voice = voice;
  }

  choiceMade(choice: ChosenDevices): void {
    Object.assign(this.chosen, choice);
  }

  choiceFailed(code: string): void {
    this.reported.push(`choice failed ${code}`);
    for (const watcher of this.#watchers) watcher();
  }

  async place(index: 0 | 1 | 2 | 3, track: MediaStreamTrack | null): Promise<void> {
    await this.gate;
    if (track !== null) this.wasEnabled.push(track.enabled);
    // The fake devices hand out nothing else.
    this.placed[index] = track as unknown as FakeTrack | null;
  }

  get last(): string {
    return this.reported.at(-1) ?? "";
  }

  /** Waits until capture has reported this, from now on or as the last thing. */
  async until(text: string): Promise<void> {
    if (this.last === text) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.last !== text) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }
}

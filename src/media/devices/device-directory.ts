import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";
import { choicesOf, voiceOf } from "./device-constraints.ts";
import type { ChosenDevices } from "./device-constraints.ts";
import type { CallMediaDevices } from "./device-requests.ts";
import { limited } from "../limited.ts";
import type { OpenTrack } from "./open-track.ts";

/** Limit for a delayed device list. Milliseconds. */
const patience = 2000;

/** Inputs of a device list. */
export interface DirectorySources {
  readonly devices: CallMediaDevices | null;
  readonly chosen: ChosenDevices;
  readonly canChooseSpeaker: boolean;
  /** Returns the open device of that kind. */
  open(device: "microphone" | "camera"): OpenTrack | undefined;
  tell(devices: DeviceList, voice: VoiceProcessing): void;
}

/** Reports available devices and those in use after each change, until the signal is aborted. */
export class DeviceDirectory {
  readonly #sources: DirectorySources;
  readonly #signal: AbortSignal;
  #hasOpened = false;
  choices: ReturnType<typeof choicesOf> = { microphones: [], cameras: [], speakers: [] };

  /** @param plugged called when a device was plugged in or out, with the new list. */
  constructor(sources: DirectorySources, signal: AbortSignal, plugged: () => void) {
    this.#sources = sources;
    this.#signal = signal;
    const changed = async () => {
      await this.list();
      if (!signal.aborted) plugged();
    };
    sources.devices?.addEventListener?.("devicechange", changed, { signal });
  }

  /** A device was opened: from now on the browser reports names. No query before that. */
  opened(): void {
    this.#hasOpened = true;
    this.tell();
    void this.list();
  }

  /** @returns the engine's list; `null` without an answer. */
  async list(): Promise<readonly MediaDeviceInfo[] | null> {
    if (!this.#hasOpened || this.#signal.aborted) return null;
    const { devices, canChooseSpeaker } = this.#sources;
    let found = null;
    try {
      found = (await (devices && limited(devices.enumerateDevices(), patience))) ?? [];
      this.choices = choicesOf(found, canChooseSpeaker);
    } catch {
      // The previous list is better than none, and a camera change waits for this one.
    }
    this.tell();
    return found;
  }

  tell(): void {
    if (this.#signal.aborted) return;
    const { chosen, open, tell } = this.#sources;
    const isChosen = ({ id }: { readonly id: string }) => id === chosen.speaker;
    tell(
      {
        ...this.choices,
        microphone: open("microphone")?.id ?? null,
        camera: open("camera")?.id ?? null,
        speaker: this.choices.speakers.find(isChosen)?.id ?? null,
      },
      voiceOf(open("microphone")?.source),
    );
  }
}

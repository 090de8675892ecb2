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

  /** @param plugged called when a device was plugged in or out. */
  constructor(sources: DirectorySources, signal: AbortSignal, plugged: () => void) {
    this.#sources = sources;
    this.#signal = signal;
    const changed = () => {
      plugged();
      void this.list();
    };
    sources.devices?.addEventListener?.("devicechange", changed, { signal });
  }

  /** A device was opened: from now on the browser reports names. No query before that. */
  opened(): void {
    this.#hasOpened = true;
    this.tell();
    void this.list();
  }

  async list(): Promise<void> {
    if (!this.#hasOpened || this.#signal.aborted) return;
    const { devices, canChooseSpeaker } = this.#sources;
    try {
      const found = (await (devices && limited(devices.enumerateDevices(), patience))) ?? [];
      this.choices = choicesOf(found, canChooseSpeaker);
    } catch {
      // The previous list is better than none, and a camera change waits for this one.
    }
    this.tell();
  }

  tell(): void {
    if (this.#signal.aborted) return;
    const { chosen, open, tell } = this.#sources;
    const { microphones, cameras, speakers } = this.choices;
    const isThere = speakers.some(({ id }) => id === chosen.speaker);
    tell(
      {
        ...{ microphones, cameras, speakers },
        microphone: open("microphone")?.id ?? null,
        camera: open("camera")?.id ?? null,
        speaker: (isThere ? chosen.speaker : null) ?? null,
      },
      voiceOf(open("microphone")?.source),
    );
  }
}

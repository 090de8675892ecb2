import type { DeviceName } from "../../call/terms.ts";
import {
  type Chooseable,
  mostRescues,
  type TrackName,
  type DeviceReports,
} from "./capture-listener.ts";
import { type DeviceChange, type DeviceDirectory, toDevice } from "./device-choices.ts";
import type { DeviceOpener } from "./device-opener.ts";
import type { DevicePermission } from "./device-requests.ts";
import type { OpenTrack } from "./open-track.ts";

/** Parts of capture that the rescue of a device needs. */
interface RescueParts {
  readonly permission: DevicePermission;
  readonly reports: DeviceReports;
  readonly opener: Pick<DeviceOpener, "remember">;
  readonly directory: DeviceDirectory;
  readonly open: ReadonlyMap<TrackName, OpenTrack>;
  readonly wishes: Map<DeviceName, { readonly on: boolean }>;
  readonly closing: AbortSignal;
  readonly setDevice: (name: Chooseable, on: boolean) => void;
  readonly change: (name: Chooseable, change: DeviceChange) => void;
  readonly work: (name: Chooseable) => void;
}

/** Devices that were lost in use: another one takes their place, and they are used again once they are back. */
export class DeviceRescue {
  readonly #parts: RescueParts;
  /** Until a person chooses another one or they come back. */
  readonly #missing = new Map<TrackName, string>();
  #rescues = 0;
  /** `true` where a muted microphone ended and must be opened again. */
  reopensMuted = false;

  constructor(parts: RescueParts) {
    this.#parts = parts;
  }

  /** A person has acted, or something was plugged in: replacements are counted anew. */
  begin(): void {
    this.#rescues = 0;
  }

  /** A person has chosen another device. */
  forget(name: Chooseable): void {
    this.#missing.delete(name);
  }

  /** A device has ended by itself, and was released. */
  lost(name: Chooseable, id: string | null): void {
    this.#parts.opener.remember(name, null);
    if (!this.#missing.has(name)) this.#missing.set(name, id ?? "");
    this.#rescues += 1;
    if (this.#rescues <= mostRescues) void this.#rescue(name, id);
    else this.#parts.reports.report(name, "failed", "device-not-found");
  }

  /** The list of devices is another one. */
  plugged(): void {
    this.begin();
    void this.#comeBack("microphone");
    void this.#comeBack("camera");
  }

  async #rescue(name: Chooseable, lost: string | null): Promise<void> {
    const { permission, reports, directory, wishes, open, closing, work } = this.#parts;
    const wish = wishes.get(name);
    const isOn = wish?.on === true;
    // It is not on while a browser takes its time to report the reason.
    if (isOn) reports.report(name, "starting");
    const state = await permission(name);
    const isRevoked =
      state === "denied" || (state === "prompt" && !(await directory.isGone(name, lost)));
    // A person has acted in the meantime.
    if (closing.aborted || wishes.get(name) !== wish || open.has(name)) return;
    wishes.set(name, { on: isOn && !isRevoked });
    if (isRevoked) {
      // Do not request it again automatically.
      reports.report(name, "failed", "permission-denied");
      return;
    }
    // The system's next device replaces it. It has failed only without another one.
    this.reopensMuted = name === "microphone" && !isOn;
    work(name);
  }

  /**
   * A lost device may be there again, as a headset whose radio was away: the call goes back to it. Without a device meanwhile the
   * microphone opens again; a camera waits for a person.
   */
  async #comeBack(name: Chooseable): Promise<void> {
    const { permission, reports, directory, wishes, closing } = this.#parts;
    const list = directory.choices[`${name}s`];
    const state = await permission(name);
    const id = this.#missing.get(name);
    if (closing.aborted || id === undefined || state === "prompt" || state === "denied") return;
    if (list.some((one) => one.id === id)) {
      this.#missing.delete(name);
      this.#parts.opener.remember(name, id);
      this.#parts.change(name, toDevice(id));
    }
    const isNotFound = reports.problem(name) === "device-not-found";
    // Nobody who is muted.
    if (isNotFound && name === "microphone" && wishes.get(name)?.on === true && list.length > 0)
      this.#parts.setDevice(name, true);
  }
}

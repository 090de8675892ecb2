import type { DeviceStatus } from "../../call/state/devices.ts";
import type { DeviceName } from "../../call/terms.ts";

/** Reports the measured state of each device, and knows what it was before. */
export class DeviceReports {
  readonly #tell: (device: DeviceName, status: DeviceStatus) => void;
  readonly #told = new Map<DeviceName, DeviceStatus>();
  /** Devices that were on since they were opened last: what the system takes of them then is an interruption, no failure. */
  readonly #hasWorked = new Set<DeviceName>();

  constructor(tell: (device: DeviceName, status: DeviceStatus) => void) {
    this.#tell = tell;
  }

  problem(device: DeviceName): DeviceStatus["problem"] {
    return this.#told.get(device)?.problem ?? null;
  }

  report(
    device: DeviceName,
    state: DeviceStatus["state"],
    problem: DeviceStatus["problem"] = null,
  ): void {
    if (state === "off" && this.#told.get(device)?.state === "off") return;
    if (state === "on") this.#hasWorked.add(device);
    else if (state === "off" || state === "failed") this.#hasWorked.delete(device);
    const status = { state, problem };
    this.#told.set(device, status);
    this.#tell(device, status);
  }

  /** The system has the device. */
  taken(device: DeviceName): void {
    if (this.#hasWorked.has(device)) this.report(device, "interrupted");
    else this.report(device, "failed", "device-busy");
  }
}

import type { SensingPlan } from "../../src/call/rules/own-devices.ts";
import type { Sense } from "../../src/call/state/devices.ts";
import type { SensesPort } from "../../src/controller/ports.ts";

/** Senses that hear what the test says. */
export class FakeSenses implements SensesPort {
  readonly tell: (sense: Sense) => void;
  attention: SensingPlan = { microphone: null, camera: null };
  levels = { microphone: 0, remote: 0 };
  isClosed = false;

  constructor(tell: (sense: Sense) => void) {
    this.tell = tell;
  }

  measure(attention: SensingPlan): void {
    this.attention = attention;
  }

  microphone(): number {
    return this.levels.microphone;
  }

  remote(): number {
    return this.levels.remote;
  }

  close(): void {
    this.isClosed = true;
  }
}

import type { SensingPlan } from "../../src/call/rules/own-devices.ts";
import type { Sense } from "../../src/call/state/devices.ts";
import type { SensesPort } from "../../src/controller/ports.ts";

/** Senses whose measurements the test sets. */
export class FakeSenses implements SensesPort {
  readonly report: (sense: Sense) => void;
  plan: SensingPlan = { microphone: null, camera: null };
  levels = { microphone: 0, remote: 0 };
  isClosed = false;

  constructor(report: (sense: Sense) => void) {
    this.report = report;
  }

  measure(plan: SensingPlan): void {
    this.plan = plan;
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

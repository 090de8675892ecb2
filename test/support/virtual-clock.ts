import { SimulatedClock } from "../../src/simulator/simulated-clock.ts";

export { settled } from "../../src/simulator/simulated-clock.ts";

/** A clock that only the test moves, with the timers of `CallPorts`. */
export class VirtualClock extends SimulatedClock {
  constructor(now = 1_000_000) {
    super(0, now);
  }
}

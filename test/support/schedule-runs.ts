import * as fc from "fast-check";
import type { Schedule } from "./schedule.ts";
import { faultsOf } from "./schedule-checks.ts";
import { play } from "./two-cores.ts";

/**
 * Plays so many schedules.
 *
 * @throws {Error} with the smallest schedule that fails, as data for a named test, and what happened in it.
 */
export function expectNoFaults(
  schedules: fc.Arbitrary<Schedule>,
  { seed, count }: { seed: number; count: number },
): void {
  const result = fc.check(
    fc.property(schedules, (schedule) => faultsOf(play(schedule)).length === 0),
    { seed, numRuns: count },
  );
  const [smallest] = result.counterexample ?? [];
  if (smallest === undefined) {
    if (result.failed)
      throw new Error(`The schedules of seed ${String(seed)} could not be played.`, {
        cause: result.errorInstance,
      });
    return;
  }
  const world = play(smallest);
  const changes = world.changes.map(
    ({ at, side, callId, from, to }) => `${String(at)} ms: ${side} ${callId} ${from} → ${to}`,
  );
  throw new Error(
    [...faultsOf(world), ...changes, `seed ${String(seed)}: ${JSON.stringify(smallest)}`].join(
      "\n",
    ),
  );
}

import type { InteropCall } from "./call.ts";

/** A router's memory: what does not find its turn so soon is lost. */
const queueMilliseconds = 300;

/**
 * Waits until each side has been on the wanted rung, not both at one time: on a busy machine they go up and down. Says in the log how long
 * it took. @returns the heights of the pictures that come.
 */
export async function untilRungs(
  call: InteropCall,
  wanted: RegExp,
  milliseconds?: number,
): Promise<number[]> {
  const start = Date.now();
  const reached = new Map<"caller" | "callee", string>();
  const looks = Object.values(
    await call.until(({ sending }, side) => {
      if (sending !== null && wanted.test(sending) && !reached.has(side))
        reached.set(side, sending);
      return reached.has(side);
    }, milliseconds),
  );
  const rungs = [...reached.values()].join(" and ");
  process.stdout.write(`  ${rungs} after ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  return looks.map(({ seen }) => seen.height);
}

/** Lets so much pass each way. `null` for all. */
export function narrow(call: InteropCall, kilobitsPerSecond: number | null): void {
  call.relay.limit = kilobitsPerSecond === null ? null : { kilobitsPerSecond, queueMilliseconds };
}

/** Listens until both sides have had three seconds of sound. @returns how much of it was not made up, the worse side's, 0 to 1. */
export async function heardShare(call: InteropCall): Promise<number> {
  const before = await call.look();
  const perSecond = 48_000;
  const after = await call.until(
    ({ samples }, side) => samples.all >= before[side].samples.all + 3 * perSecond,
  );
  const shares = (["caller", "callee"] as const).map((side) => {
    const [from, to] = [before[side].samples, after[side].samples];
    return (to.real - from.real) / (to.all - from.all);
  });
  return Math.min(...shares);
}

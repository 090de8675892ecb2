import { describe, expect, it } from "vitest";
import { heardShare, narrow, untilRungs } from "../support/interop/narrow.ts";
import { Stage } from "../support/interop/stage.ts";

describe("a call over a network that becomes narrow, and wide again", () => {
  const stage = new Stage("chromium");

  it(
    "goes down to sound alone, which is still heard, and comes back step by step",
    { timeout: 900_000 },
    async () => {
      const call = await stage.connectedCall({ isBusy: true });
      await call.until(({ seen, sending }) => sending === "720p30" && seen.height >= 360);
      process.stdout.write("  250 kbit/s each way:\n");
      narrow(call, 250);
      // The ladder, or the engine before it: a side whose encoder has given way leaves nothing to lose, and keeps its rung.
      const looks = await call.until(
        ({ seen }) => seen.rate > 0 && seen.rate <= 16 && seen.height > 0 && seen.height <= 270,
        240_000,
      );
      const rungsAt250 = Object.values(looks).map(({ sending }) => sending);
      process.stdout.write(`  ${rungsAt250.join(" and ")}\n`);

      process.stdout.write("  40 kbit/s each way, less than sound needs with all its headers:\n");
      narrow(call, 40);
      await untilRungs(call, /^audio-only network$/, 240_000);
      await call.until(({ pictureLimit }) => pictureLimit === 0);
      const starving = await heardShare(call);
      narrow(call, 80);
      const enough = Date.now();
      // The queue and the receiver's buffer empty first.
      await expect.poll(() => heardShare(call), { timeout: 30_000 }).toBeGreaterThan(0.95);
      const seconds = Math.round((Date.now() - enough) / 1000);
      process.stdout.write(
        `  sound that came: ${starving.toFixed(2)} of all at 40 kbit/s, at 80 all but a twentieth within ${seconds} s\n`,
      );
      expect(starving).toBeGreaterThan(0.1);

      narrow(call, null);
      const wide = Date.now();
      const rungs = ["audio-only", "180p10", "270p15", "360p24", "540p30", "720p30"];
      const steps: Record<"caller" | "callee", { rung: number; at: number }[]> = {
        caller: [],
        callee: [],
      };
      await call.until(({ sending }, side) => {
        const rung = rungs.indexOf(sending?.split(" ")[0] ?? "");
        if (steps[side].at(-1)?.rung !== rung) steps[side].push({ rung, at: Date.now() });
        return rung >= rungs.indexOf("270p15");
      }, 200_000);
      process.stdout.write(
        `  270p15 or better after ${Math.round((Date.now() - wide) / 1000)} s without a limit\n`,
      );
      for (const of of Object.values(steps)) {
        const climbed = of.slice(1).map(({ rung, at }, before) => ({
          by: rung - of[before]!.rung,
          wait: at - of[before]!.at,
        }));
        // By one rung at a time. The first may have been due already. Each of the others waits for eight good seconds, minus
        // the delay of a reading.
        for (const { by } of climbed) expect(by).toBeLessThanOrEqual(1);
        for (const { by, wait } of climbed.slice(1)) if (by > 0) expect(wait).toBeGreaterThan(4000);
      }
      const after = await call.until(({ seen }) => seen.rate > 0 && seen.height >= 180);
      for (const look of Object.values(after))
        expect(look).toMatchObject({ errors: [], protection: { forged: 0 } });
    },
  );
});

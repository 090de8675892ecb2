import { describe, expect, it } from "vitest";
import { pause, recover, troubles } from "../support/interop/recovery.ts";
import type { Recovery, Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const times = 10;
/** From the moment that there is a path again to the next decoded sound and picture, median of ten, both sides together. */
const limitMilliseconds = 1500;

describe("calls between two Chromium pages whose network fails", () => {
  const stage = new Stage("chromium");

  it.each(Object.keys(troubles) as Trouble[])(
    "are heard and seen again within 1.5 s, sound first, after this: %s",
    {
      timeout: times * 40_000,
    },
    async (trouble) => {
      const found: Recovery[] = [];
      for (let time = 0; time < times; time++) {
        const call = await stage.connectedCall();
        found.push(...Object.values(await recover(call, trouble)));
        await call.close();
      }
      const of = (kind: keyof Recovery) => found.map((recovery) => recovery[kind]).sort((a, b) => a - b);
      const [sounds, pictures] = [of("sound"), of("picture")];
      const [sound, picture] = [sounds, pictures].map(median) as [number, number];
      process.stdout.write(
        `  ${trouble}: sound ${sound} ms (${sounds[0]} to ${sounds.at(-1)}), picture ${picture} ms (${pictures[0]} to ${pictures.at(-1)})\n`,
      );
      expect(sound).toBeLessThanOrEqual(limitMilliseconds);
      expect(picture).toBeLessThanOrEqual(limitMilliseconds);
      // Where nothing was cut there may be no pause at all in either.
      expect(sound).toBeLessThanOrEqual(Math.max(picture, pause));
    },
  );
});

function median(sorted: number[]): number {
  const middle = sorted.length / 2;
  return Math.round((sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2);
}

import { describe, expect, it } from "vitest";
import {
  describeSpreads,
  limitMilliseconds,
  pause,
  recover,
  recoverOften,
  troubles,
} from "../support/interop/recovery.ts";
import type { Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const times = 7;

describe("calls between two Chromium pages whose network fails", () => {
  const stage = new Stage("chromium");

  it.each(Object.keys(troubles) as Trouble[])(
    "are heard and seen again within 1.5 s, sound first, after this: %s",
    { timeout: times * 40_000 },
    async (trouble) => {
      const found = await recoverOften(
        times,
        () => stage.connectedCall(),
        (call) => recover(call, trouble),
      );
      process.stdout.write(`  ${trouble}: ${describeSpreads(found)}\n`);
      const [sound, picture] = [found.sound.median, found.picture.median];
      expect(sound).toBeLessThanOrEqual(limitMilliseconds);
      expect(picture).toBeLessThanOrEqual(limitMilliseconds);
      // Where nothing was cut there may be no pause at all in either.
      expect(sound).toBeLessThanOrEqual(Math.max(picture, pause));
    },
  );
});

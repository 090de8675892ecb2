import { describe, expect, it } from "vitest";
import {
  describeSpreads,
  pause,
  recover,
  recoverOften,
  troubles,
  unharmed,
} from "../support/interop/recovery.ts";
import type { Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const times = 4;

describe("calls between two Chromium pages whose network fails", () => {
  const stage = new Stage("chromium");

  it.each(Object.keys(troubles) as Trouble[])(
    "are heard and seen again, sound first, after this: %s",
    { timeout: times * 60_000 },
    async (trouble) => {
      const found = await recoverOften(
        times,
        () => stage.connectedCall(),
        (call) => recover(call, trouble),
      );
      process.stdout.write(`  ${trouble}: ${describeSpreads(found)}\n`);
      const [sound, picture] = [found.sound.median, found.picture.median];
      for (const look of found.looks) expect(look).toMatchObject(unharmed);
      // Where nothing was cut there may be no pause at all in either.
      expect(sound).toBeLessThanOrEqual(Math.max(picture, pause));
    },
  );
});

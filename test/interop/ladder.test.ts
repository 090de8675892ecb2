import { describe, expect, it } from "vitest";
import { narrow } from "../support/interop/narrow.ts";
import { Stage } from "../support/interop/stage.ts";

// The way down to sound alone and up again takes two minutes: ladder.long.test.ts.

describe("a call over a network that becomes narrow", () => {
  const stage = new Stage("chromium");

  it("sends less of the picture, and says why", { tags: "long", timeout: 300_000 }, async () => {
    const call = await stage.connectedCall({ isBusy: true });
    await call.until(({ seen, sending }) => sending === "720p30" && seen.height >= 360);
    narrow(call, 250);
    // The ladder, or the engine before it: a side whose encoder has given way leaves nothing to lose, and keeps its rung.
    const looks = await call.until(
      ({ seen }) => seen.rate > 0 && seen.rate <= 24 && seen.height > 0 && seen.height < 360,
      240_000,
    );
    for (const look of Object.values(looks)) {
      expect(look).toMatchObject({ state: "connected", errors: [] });
      expect(look.sending).toMatch(/^(720p30|(540p30|360p24|270p15|180p10|audio-only) \w+)$/);
      // The highest rate of 540p30 at most.
      if (look.sending !== "720p30") expect(look.pictureLimit).toBeLessThanOrEqual(1_200_000);
    }
  });
});

import { describe, expect, it } from "vitest";
import { narrow, untilRungs } from "../support/interop/narrow.ts";
import { Stage } from "../support/interop/stage.ts";

// The way down to sound alone and up again takes two minutes: ladder.long.test.ts.

describe("a call over a network that becomes narrow", () => {
  const stage = new Stage("chromium");

  it("sends less of the picture, and says why", { tags: "long" }, async () => {
    const call = await stage.connectedCall({ isBusy: true });
    await call.until(({ seen, sending }) => sending === "720p30" && seen.height >= 360);
    narrow(call, 250);
    await untilRungs(call, /^(540p30|360p24|270p15|180p10) network$/);
    const looks = await call.until(({ seen }) => seen.height > 0 && seen.height < 360);
    for (const look of Object.values(looks)) {
      expect(look).toMatchObject({ state: "connected", errors: [] });
      // An engine makes its picture smaller by itself, too: this is the kit's word, the highest rate of 540p30 at most.
      expect(look.pictureLimit).toBeLessThanOrEqual(1_200_000);
    }
  });
});

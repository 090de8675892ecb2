import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSharing } from "../support/interop/browsers.ts";
import { Stage } from "../support/interop/stage.ts";

/*
 * The other side plays a tone, and this side shares the tab in which it is heard. Chromium 156 ignores `restrictOwnAudio` for a tab.
 */

/** Without any sound there is no level. dB. */
const silence = -200;

describe("the sound of a shared screen", () => {
  const stage = new Stage("chromium");
  let sharing: Browser;

  beforeAll(async () => {
    sharing = await launchSharing("One side of a call");
  });
  afterAll(() => sharing.close());

  const callSharing = async (shares: "tab" | "unnamed") => {
    const call = await stage.connectedCall({
      caller: sharing,
      wishes: { caller: `&shares=${shares}`, callee: "&tone" },
    });
    await call.caller.evaluate(() => window.interop.switch("screen", true));
    return call;
  };

  it(
    "would bring the other side its own voice, where the host's source does not say what it shows",
    { tags: "long" },
    async () => {
      const call = await callSharing("unnamed");
      const { caller } = await call.until(
        ({ screenTone }, side) => side === "caller" || (screenTone ?? silence) > -60,
      );
      expect(caller.screen).not.toHaveProperty("isSilenced");
    },
  );

  it(
    "is left out where it is the call's own tab: the tone of the other side does not come back",
    { tags: "long" },
    async () => {
      const call = await callSharing("tab");
      const levels: number[] = [];
      const { caller } = await call.until(({ screens, screenTone }, side) => {
        if (side === "callee" && screens > 0) levels.push(screenTone ?? silence);
        // Seconds of it: what comes back is there with the first pictures.
        return side === "caller" || levels.length > 20;
      });
      expect(caller.screen).toEqual({ state: "on", problem: null, isSilenced: true });
      expect(Math.max(...levels)).toBeLessThan(-100);
    },
  );
});

import { describe, expect, it } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import { recover } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const directions = [
  { from: "chromium", to: "firefox" },
  { from: "firefox", to: "chromium" },
] as const;

describe.skipIf(skipsFirefox)("a call between Chromium and Firefox", () => {
  const stage = skipsFirefox ? null : new Stage("chromium", "firefox");

  for (const direction of directions)
    it(
      `tells of devices, shares the screen and finds a new path, ${direction.from} calling ${direction.to}`,
      { tags: "long" },
      async () => {
        const call = await stage!.connectedCall(direction);
        const sides = ["caller", "callee"] as const;
        for (const side of sides) {
          const other = side === "caller" ? "callee" : "caller";
          await call[side].evaluate(() => window.interop.switch("microphone", false));
          await call.until(
            ({ remote }, at) =>
              at === side || (remote.known && !remote.microphone && remote.camera),
          );
          await call[side].evaluate(() => window.interop.switch("microphone", true));
          await call.until(({ remote }, at) => at === side || remote.microphone);
          await call[side].evaluate(() => window.interop.switch("screen", true));
          await call.until(
            ({ remote, screens }, at) => at === side || (remote.screen && screens >= 5),
          );
          await call[side].evaluate(() => window.interop.switch("screen", false));
          await call.until(({ remote }, at) => at !== other || !remote.screen);
        }
        // The old addresses are dead: without a restart (RFC 8445 section 9) nothing comes any more.
        const found = await recover(call, "both addresses changed, which the devices notice");
        process.stdout.write(
          `  ${direction.from} → ${direction.to}, new addresses, ms: ${JSON.stringify(found)}\n`,
        );
        const before = await call.look();
        const looks = await call.until(
          ({ state, decoded }, side) =>
            state === "connected" && decoded >= before[side].decoded + 10,
        );
        for (const look of Object.values(looks))
          expect(look).toMatchObject({ errors: [], protection: { forged: 0 } });
      },
    );
});

import { describe, expect, it } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import { describeSpreads, limitMilliseconds, recover, recoverOften } from "../support/interop/recovery.ts";
import type { Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const times = 10;
const directions = [
  { from: "chromium", to: "firefox" },
  { from: "firefox", to: "chromium" },
] as const;
const some: Trouble[] = ["the path cut for 3 s", "both addresses changed, which the devices notice"];

describe.skipIf(skipsFirefox)("calls between Chromium and Firefox whose network fails", () => {
  const stage = skipsFirefox ? null : new Stage("chromium", "firefox");

  it.each(directions.flatMap((direction) => some.map((trouble) => ({ ...direction, trouble }))))(
    "are heard and seen again within 1.5 s, $from calling $to, after this: $trouble",
    { timeout: times * 40_000 },
    async ({ trouble, ...direction }) => {
      const found = await recoverOften(
        times,
        () => stage!.connectedCall(direction),
        (call) => recover(call, trouble),
      );
      process.stdout.write(`  ${direction.from} → ${direction.to}, ${trouble}: ${describeSpreads(found)}\n`);
      expect(Math.max(found.sound.median, found.picture.median)).toBeLessThanOrEqual(limitMilliseconds);
    },
  );
});

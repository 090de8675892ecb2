import { describe, expect, it } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import {
  cut,
  describeSpreads,
  recover,
  recoverOften,
  unharmed,
} from "../support/interop/recovery.ts";
import type { Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

const times = 4;
const directions = [
  { from: "chromium", to: "firefox" },
  { from: "firefox", to: "chromium" },
] as const;
const some: Trouble[] = [
  "the path cut for 3 s",
  "both addresses changed, which the devices notice",
];

describe.skipIf(skipsFirefox)("calls between Chromium and Firefox whose network fails", () => {
  const stage = skipsFirefox ? null : new Stage("chromium", "firefox");

  it.each(directions.flatMap((direction) => some.map((trouble) => ({ ...direction, trouble }))))(
    "are heard and seen again, $from calling $to, after this: $trouble",
    { timeout: times * 60_000 },
    async ({ trouble, ...direction }) => {
      const found = await recoverOften(
        times,
        () => stage!.connectedCall(direction),
        (call) => recover(call, trouble),
      );
      process.stdout.write(
        `  ${direction.from} → ${direction.to}, ${trouble}: ${describeSpreads(found)}\n`,
      );
      for (const look of found.looks) expect(look).toMatchObject(unharmed);
    },
  );

  // 11 s after a path was asked for Firefox gives up what is not asked for again.
  it.each(
    directions.flatMap((direction) => [10, 15].map((seconds) => ({ ...direction, seconds }))),
  )(
    "are heard and seen again, $from calling $to, after a cut of $seconds s",
    { timeout: times * 60_000 },
    async ({ seconds, ...direction }) => {
      const found = await recoverOften(
        3,
        () => stage!.connectedCall(direction),
        (call) => recover(call, () => cut(call, seconds * 1000)),
      );
      process.stdout.write(
        `  ${direction.from} → ${direction.to}, cut for ${seconds} s: ${describeSpreads(found)}\n`,
      );
      for (const look of found.looks) expect(look).toMatchObject(unharmed);
    },
  );
});

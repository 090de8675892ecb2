import { describe, expect, it } from "vitest";
import { moves, recoverFromLoss, recoverFromMove } from "../support/interop/moves.ts";
import type { Move } from "../support/interop/moves.ts";
import { skipsNamespaces } from "../support/interop/namespaces.ts";
import {
  describeSpreads,
  limitMilliseconds,
  recoverOften,
  spread,
  spreadsOf,
} from "../support/interop/recovery.ts";
import type { Recoveries, Recovery } from "../support/interop/recovery.ts";
import { StageApart } from "../support/interop/stage.ts";

const times = 7;
const skips = skipsNamespaces();

describe.skipIf(skips)("calls between two devices, each with interfaces of its own", () => {
  const stage = skips ? null : new StageApart();
  const connect = () => stage!.connectedCall();
  const holds = ({ sound, picture }: Recoveries) => {
    expect(Math.max(sound.median, picture.median)).toBeLessThanOrEqual(limitMilliseconds);
  };

  it.each(Object.keys(moves) as Move[])(
    "are heard and seen again within 1.5 s of the moment at which the engine has an address, after this: %s",
    { timeout: times * 40_000 },
    async (move) => {
      const inAll: Recovery[] = [];
      const engines: number[] = [];
      const found = await recoverOften(times, connect, async (call) => {
        const { found: both, engine } = await recoverFromMove(call, stage!.networks, move);
        engines.push(engine);
        for (const { sound, picture } of Object.values(both))
          inAll.push({ sound: engine + sound, picture: engine + picture });
        return both;
      });
      const { median, least, most } = spread(engines);
      process.stdout.write(
        `  ${move}: ${describeSpreads(found)}, after the engine's own ${median} ms (${least} to ${most})\n`,
      );
      // Waiting time of a person. The engine's share is measured by polling it, which takes time itself.
      process.stdout.write(
        `  ${move}, from the kernel's word on: ${describeSpreads(spreadsOf(inAll))}\n`,
      );
      holds(found);
    },
  );

  it(
    "are heard and seen again soon where one of two networks goes away",
    { timeout: times * 40_000 },
    async () => {
      const found = await recoverOften(times, connect, (call) =>
        recoverFromLoss(call, stage!.networks),
      );
      process.stdout.write(`  one of two networks gone: ${describeSpreads(found)}\n`);
      // No event reports it: the silence is detected after about a second.
      expect(Math.max(found.sound.median, found.picture.median)).toBeLessThanOrEqual(
        limitMilliseconds + 1000,
      );
    },
  );
});

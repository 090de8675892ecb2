import { describe, expect, it } from "vitest";
import { moves, recoverFromLoss, recoverFromMove } from "../support/interop/moves.ts";
import type { Move } from "../support/interop/moves.ts";
import { skipsNamespaces } from "../support/interop/namespaces.ts";
import {
  describeSpreads,
  recoverOften,
  spread,
  spreadsOf,
  unharmed,
} from "../support/interop/recovery.ts";
import type { Recovery } from "../support/interop/recovery.ts";
import { StageApart } from "../support/interop/stage.ts";

const times = 4;
const skips = skipsNamespaces();

describe.skipIf(skips)("calls between two devices, each with interfaces of its own", () => {
  const stage = skips ? null : new StageApart();
  const connect = () => stage!.connectedCall();

  it.each(Object.keys(moves) as Move[])(
    "are heard and seen again once the engine has an address, after this: %s",
    { timeout: times * 60_000 },
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
      for (const look of found.looks) expect(look).toMatchObject(unharmed);
    },
  );

  it(
    "are heard and seen again where one of two networks goes away, which no event reports",
    { timeout: times * 60_000 },
    async () => {
      const found = await recoverOften(times, connect, (call) =>
        recoverFromLoss(call, stage!.networks),
      );
      process.stdout.write(`  one of two networks gone: ${describeSpreads(found)}\n`);
      for (const look of found.looks) expect(look).toMatchObject(unharmed);
    },
  );
});

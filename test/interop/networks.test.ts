import { describe, expect, it } from "vitest";
import { recoverFromMove } from "../support/interop/moves.ts";
import type { Move } from "../support/interop/moves.ts";
import { skipsNamespaces } from "../support/interop/namespaces.ts";
import { StageApart } from "../support/interop/stage.ts";

// One of them; networks.long.test.ts makes each move several times and holds the medians to the limit.

const skips = skipsNamespaces();

describe.skipIf(skips)("a call between two devices, each with interfaces of its own", () => {
  const stage = skips ? null : new StageApart();

  it.each(["from one network to another, with 1 s between"] satisfies Move[])(
    "goes on with the same keys after this: %s",
    async (move) => {
      const call = await stage!.connectedCall();
      const { found, engine } = await recoverFromMove(call, stage!.networks, move);
      process.stdout.write(
        `  ${move}, ms: ${JSON.stringify(found)}, the engine before that ${engine}\n`,
      );
      for (const look of Object.values(await call.look()))
        expect(look).toMatchObject({ state: "connected", errors: [], protection: { forged: 0 } });
    },
  );
});

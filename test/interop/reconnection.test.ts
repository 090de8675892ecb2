import { describe, expect, it } from "vitest";
import { recover, troubles, unharmed } from "../support/interop/recovery.ts";
import type { Trouble } from "../support/interop/recovery.ts";
import { Stage } from "../support/interop/stage.ts";

// test/calls/reconnection.test.ts has it in one page. One of them; reconnection.long.test.ts makes each several times, and bench/recovery holds the medians to the limit.
const some: Trouble[] = ["the callee's network changed, which only it notices"];

describe("a call between two Chromium pages whose network fails", { tags: "long" }, () => {
  const stage = new Stage("chromium");

  it.each(some)("goes on with the same keys after this: %s", async (trouble) => {
    const call = await stage.connectedCall();
    const found = await recover(call, trouble);
    process.stdout.write(`  ${trouble}, ms: ${JSON.stringify(found)}\n`);
    const { caller, callee } = await call.look();
    for (const look of [caller, callee]) expect(look).toMatchObject(unharmed);
  });
});

describe("a call between two Chromium pages whose networks change while it connects", () => {
  const found = { caller: false, callee: false };
  const stage = new Stage("chromium");

  for (const side of ["caller", "callee"] as const)
    it(`connects in the new ones, where only the ${side} notices`, { tags: "long" }, async () => {
      Object.assign(found, { caller: false, callee: false });
      const call = await stage.call({
        listen: (said, by) => {
          found[by] ||= said.includes('"type":"candidates"') && said.includes('"end":true');
        },
        whileRinging: async ({ relay }) => {
          relay.isCut = true;
        },
      });
      // Both know all addresses of each other, and no packet of theirs ever passes.
      await call.until(({ state }) => state === "connecting" && found.caller && found.callee);
      const since = Date.now();
      await troubles[`the ${side}'s network changed, which only it notices`](call);
      call.relay.isCut = false;
      const looks = await call.until(
        ({ state, decoded, heard }) => state === "connected" && decoded >= 10 && heard,
      );
      process.stdout.write(
        `  the ${side}'s network changed while it connects: ${Date.now() - since} ms until sound and picture\n`,
      );
      for (const look of [looks.caller, looks.callee]) {
        expect(look).toMatchObject({ errors: [], protection: { forged: 0 }, reconnections: 0 });
      }
    });
});

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CountingProxy } from "../support/interop/counting-proxy.ts";
import { relayAddress, relayOnly, Wiretap } from "../support/interop/relayed-call.ts";
import { Stage } from "../support/interop/stage.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

describe.skipIf(skipsTurn())(
  "a call that may use nothing but relays, with a real TURN server",
  () => {
    const stage = new Stage("chromium");
    let turn: TurnServer;

    beforeAll(async () => {
      turn = await TurnServer.start({ relayAddress });
    });
    afterAll(() => turn.stop());

    for (const [transport, options] of [
      ["udp", {}],
      ["tcp", { tags: "long" }],
    ] as const)
      it(
        `connects over ${transport}, and nothing that leaves a page names an address of the machine`,
        options,
        async () => {
          const tap = new Wiretap();
          const [atCaller, atCallee] = await Promise.all([
            CountingProxy.start(turn.port),
            CountingProxy.start(turn.port),
          ]);
          onTestFinished(() => [atCaller, atCallee].forEach((proxy) => proxy.close()));
          let contactedBefore = -1;
          const call = await stage.connectedCall({
            ...relayOnly(turn, transport, tap, { caller: atCaller.port, callee: atCallee.port }),
            whileRinging: async () => {
              // The caller has been gathering for as long: what the callee would do has been done by now.
              await expect.poll(() => atCaller.count).toBeGreaterThan(0);
              contactedBefore = atCallee.count;
            },
          });
          expect(contactedBefore).toBe(0);
          expect(atCallee.count).toBeGreaterThan(0);
          // A new path, too: with it the data channel carries candidates.
          const before = tap.relayedPorts;
          await call.caller.evaluate(() => window.interop.changeNetwork());
          await expect
            .poll(() => tap.relayedPorts.length)
            .toBeGreaterThanOrEqual(before.length + 2);
          const looks = await call.until(
            ({ state, relayed }) => state === "connected" && relayed === true,
          );
          for (const look of Object.values(looks)) expect(look.ends).toEqual(["relay"]);
          expect(tap.texts.some((text) => text.includes('"restart-answer"'))).toBe(true);
          expect(tap.candidates.length).toBeGreaterThanOrEqual(6);
          for (const candidate of tap.candidates)
            expect(candidate).toMatch(/ 127\.0\.0\.2 \d+ typ relay raddr 0\.0\.0\.0 rport 9 /);
          expect(tap.addressesOfThisMachine).toEqual([]);
        },
      );

    it(
      "looks for new relayed addresses when its server breaks down, and goes on when the server is back",
      { tags: "long" },
      async () => {
        const tap = new Wiretap();
        const first = await TurnServer.start({ relayAddress });
        const call = await stage.connectedCall(relayOnly(first, "udp", tap));
        const before = tap.relayedPorts;
        await first.stop();
        await call.until(({ state }) => state === "reconnecting");
        const second = await TurnServer.start({
          relayAddress,
          port: first.port,
          secret: first.secret,
        });
        onTestFinished(() => second.stop());
        const from = await call.look();
        const looks = await call.until(
          ({ state, decoded }, side) => state === "connected" && decoded >= from[side].decoded + 10,
        );
        for (const look of Object.values(looks))
          expect(look).toMatchObject({ reconnections: 1, relayed: true, ends: ["relay"] });
        expect(tap.relayedPorts.length).toBeGreaterThanOrEqual(before.length + 2);
        expect(tap.addressesOfThisMachine).toEqual([]);
      },
    );
  },
);

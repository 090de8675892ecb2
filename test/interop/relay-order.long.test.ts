import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Page } from "puppeteer-core";
import type { MeasureRelays } from "../../src/controller/call-options.ts";
import { CountingProxy } from "../support/interop/counting-proxy.ts";
import { relayAddress, Wiretap } from "../support/interop/relayed-call.ts";
import { Stage } from "../support/interop/stage.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

/** Nobody is there. */
const dead = "turn:127.0.0.3:10";
/** Of the far relay, each way. Milliseconds. */
const far = 150;

describe.skipIf(skipsTurn())(
  "a call through relays only, of which the host names a far one first",
  () => {
    const stage = new Stage("chromium");
    let turn: TurnServer;

    beforeAll(async () => {
      turn = await TurnServer.start({ relayAddress });
    });
    afterAll(() => turn.stop());

    /** A dead one, a far one and a near one, which each side reaches by proxies of its own. */
    const open = async (measureRelays: MeasureRelays) => {
      const proxies = async () => ({
        far: await CountingProxy.start(turn.port, far),
        near: await CountingProxy.start(turn.port),
      });
      const sides = { caller: await proxies(), callee: await proxies() };
      onTestFinished(() => {
        for (const { far, near } of Object.values(sides))
          [far, near].forEach((proxy) => proxy.close());
      });
      const optionsOf = (side: "caller" | "callee") => ({
        relayOnly: true,
        measureRelays,
        iceServers: [
          { urls: dead, ...turn.credentials() },
          { urls: `turn:127.0.0.1:${sides[side].far.port}`, ...turn.credentials() },
          { urls: `turn:localhost:${sides[side].near.port}`, ...turn.credentials() },
        ],
      });
      const tap = new Wiretap();
      const options = { caller: optionsOf("caller"), callee: optionsOf("callee") };
      return {
        sides,
        tap,
        given: { isDirect: true, listen: (text: string) => void tap.texts.push(text), options },
      };
    };
    const serversOf = (page: Page) => page.evaluate(() => window.interop.servers());
    const urlsOf = ({ far, near }: Proxies) => ({
      far: `turn:127.0.0.1:${far.port}`,
      near: `turn:localhost:${near.port}`,
    });
    type Proxies = Awaited<ReturnType<typeof open>>["sides"]["caller"];
    /** The measurement waits for the dead one until its time is up. */
    const untilOrdered = async (page: Page, proxies: Proxies) => {
      const { far, near } = urlsOf(proxies);
      await expect.poll(() => serversOf(page), { timeout: 20_000 }).toEqual([near, far]);
    };
    /** Packets of the next second that go through each proxy. */
    const traffic = async ({ far, near }: Proxies) => {
      const before = { far: far.count, near: near.count };
      await expect
        .poll(() => far.count + near.count - before.far - before.near, { timeout: 20_000 })
        .toBeGreaterThan(200);
      return { far: far.count - before.far, near: near.count - before.near };
    };

    it("begins with the near one on the side that calls, and contacts nobody before accept on the other", async () => {
      const { sides, tap, given } = await open("caller");
      let before = -1;
      const call = await stage.connectedCall({
        ...given,
        whileRinging: async ({ caller }) => {
          await untilOrdered(caller, sides.caller);
          before = sides.callee.far.count + sides.callee.near.count;
        },
      });
      expect(before).toBe(0);
      // Nothing is known there: all of them, in the host's order.
      const { far, near } = urlsOf(sides.callee);
      expect(await serversOf(call.callee)).toEqual([dead, far, near]);
      const passed = await traffic(sides.caller);
      expect(passed.near).toBeGreaterThan(10 * passed.far);
      const looks = await call.look();
      for (const look of Object.values(looks)) expect(look.ends).toEqual(["relay"]);
      // A new path may use every one again.
      await call.caller.evaluate(() => window.interop.changeNetwork());
      await expect.poll(() => serversOf(call.caller), { timeout: 20_000 }).toHaveLength(3);
      await call.until(({ state, relayed }) => state === "connected" && relayed === true);
      expect(tap.addressesOfThisMachine).toEqual([]);
    });

    it("begins with the near one on both sides where the host lets both measure, and tells no address before accept", async () => {
      const { sides, tap, given } = await open("both");
      let before = -1;
      const call = await stage.connectedCall({
        ...given,
        whileRinging: async ({ caller }) => {
          await untilOrdered(caller, sides.caller);
          await expect.poll(() => sides.callee.near.count).toBeGreaterThan(1);
          await expect.poll(() => sides.callee.far.count).toBeGreaterThan(2);
          before = tap.candidates.length;
        },
      });
      expect(before).toBe(0);
      for (const side of ["caller", "callee"] as const) {
        const { far, near } = urlsOf(sides[side]);
        expect(await serversOf(call[side])).toEqual([near, far]);
        const passed = await traffic(sides[side]);
        expect(passed.near).toBeGreaterThan(10 * passed.far);
      }
      expect(tap.addressesOfThisMachine).toEqual([]);
    });
  },
);

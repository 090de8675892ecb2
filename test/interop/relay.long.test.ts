import { describe, expect, it, onTestFinished } from "vitest";
import { relayAddress, relayOnly, Wiretap } from "../support/interop/relayed-call.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { openPage, press, sightOf } from "../support/interop/deltachat-page.ts";
import type { OpenedApp } from "../support/interop/deltachat-page.ts";
import { Stage } from "../support/interop/stage.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

describe.skipIf(skipsTurn())("a call that may use nothing but relays, and gets none", () => {
  const stage = new Stage("chromium");

  const wrongFor = ["caller", "callee", "both"] as const;
  it.each(wrongFor)(
    "says why at both sides and ends within its time where the password is wrong for %s",
    async (whose) => {
      const turn = await TurnServer.start({ relayAddress });
      onTestFinished(() => turn.stop());
      const tap = new Wiretap();
      const right = relayOnly(turn, "udp", tap);
      const isWrong = (side: "caller" | "callee") => whose === side || whose === "both";
      const sides = ["caller", "callee"] as const;
      const optionsOf = (side: "caller" | "callee") => {
        const iceServers = [
          { urls: turn.urls.udp, ...turn.credentials(), credential: "not-the-password" },
        ];
        return { ...right.options?.[side], ...(isWrong(side) ? { iceServers } : {}) };
      };
      const call = await stage.call({
        ...right,
        options: { caller: optionsOf("caller"), callee: optionsOf("callee") },
      });
      const accepted = Date.now();
      // Long before the end, so that a person can do something about it: a side whose server is well knows that nothing came.
      const looks = await call.until(({ stuck }) => stuck !== null);
      const reported = Date.now() - accepted;
      for (const side of sides)
        expect(looks[side]).toMatchObject({
          state: "connecting",
          stuck: isWrong(side) ? "server-password" : "no-remote-addresses",
        });
      for (const side of sides)
        await expect
          .poll(async () => (await call.look())[side].state, { timeout: 40_000 })
          .toBe("ended");
      const ended = Date.now() - accepted;
      expect(ended).toBeLessThan(35_000);
      const { caller, callee } = await call.look();
      const reasons = [caller.problem, callee.problem];
      process.stdout.write(
        `  wrong for ${whose}: said after ${reported} ms, ${reasons.join(", ")} after ${ended} ms\n`,
      );
      expect(reasons).toContain("timed-out");
      // Of those who have a password that is right.
      if (whose === "both") expect(tap.candidates).toEqual([]);
      expect(tap.addressesOfThisMachine).toEqual([]);
      expect(tap.texts.join("")).not.toContain("not-the-password");
    },
  );

  it("ends as one whose connection failed where its server is gone for good", async () => {
    const turn = await TurnServer.start({ relayAddress });
    const options = relayOnly(turn, "udp", new Wiretap());
    const short = { reconnectTimeoutSeconds: 8 };
    const call = await stage.connectedCall({
      ...options,
      options: {
        caller: { ...options.options?.caller, ...short },
        callee: { ...options.options?.callee, ...short },
      },
    });
    await turn.stop();
    await expect
      .poll(async () => (await call.look()).caller.state, { timeout: 30_000 })
      .toBe("ended");
    await expect.poll(async () => (await call.look()).callee.state).toBe("ended");
    const { caller, callee } = await call.look();
    expect([caller.problem, callee.problem]).toContain("connection-failed");
  });
});

describe.skipIf(skipsTurn())(
  "the built page for Delta Chat's apps, with a real TURN server",
  () => {
    /** Notes what a page sends on its data channels, too. */
    const listen = async ({ page }: OpenedApp, tap: Wiretap) => {
      await page.exposeFunction("tapped", (text: string) => void tap.texts.push(text));
      await page.evaluate(() => {
        const { tapped } = globalThis as unknown as { tapped(text: string): void };
        const send = RTCDataChannel.prototype.send as (data: unknown) => void;
        RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: unknown) {
          if (typeof data === "string") tapped(data);
          send.call(this, data);
        };
      });
    };
    const said = async (app: OpenedApp, name: string) => {
      await expect
        .poll(() => app.said.some(([one]) => one === name), { timeout: 20_000 })
        .toBe(true);
      return app.said.find(([one]) => one === name)![1];
    };
    const isRelayed = ({ page }: OpenedApp) =>
      page.evaluate(() => {
        const view = document.querySelector("sx-call-view");
        return (view as unknown as { snapshot: { relayed: boolean | null } }).snapshot.relayed;
      });

    it.each(["the address's query", "the switch on the ringing screen"])(
      "connects through it alone, and says no other address, where %s wants that",
      async (whose) => {
        const turn = await TurnServer.start({ relayAddress });
        onTestFinished(() => turn.stop());
        const browser = await startBrowser("chromium");
        onTestFinished(() => browser.close());
        const servers = JSON.stringify(turn.iceServers("udp"));
        const isQuery = whose.includes("query");
        const query = isQuery ? "?relayOnly" : "";
        const [ofCaller, ofCallee] = [new Wiretap(), new Wiretap()];
        const caller = await openPage(browser, { servers, query });
        await listen(caller, ofCaller);
        await caller.hash("startCall");
        const offer = await said(caller, "startCall");
        ofCaller.texts.push(offer);
        const callee = await openPage(browser, { servers, query });
        await listen(callee, ofCallee);
        await callee.hash("offerIncomingCall", offer);
        if (!isQuery) await press(callee, "hide-address");
        await press(callee, "accept-video");
        const answer = await said(callee, "acceptCall");
        ofCallee.texts.push(answer);
        await caller.hash("onAnswer", answer);
        for (const app of [caller, callee])
          await expect
            .poll(async () => (await sightOf(app)).protection, { timeout: 30_000 })
            .toBe("protected");
        for (const app of [caller, callee])
          await expect.poll(() => isRelayed(app), { timeout: 20_000 }).toBe(true);
        // A new path, too: its descriptions and candidates go over the channels.
        await callee.page.evaluate(() => void dispatchEvent(new Event("online")));
        await expect
          .poll(() => ofCallee.texts.some((text) => text.includes('"restart-request"')))
          .toBe(true);
        await expect
          .poll(() => ofCallee.texts.some((text) => text.includes('"answer"')), { timeout: 20_000 })
          .toBe(true);
        for (const tap of isQuery ? [ofCaller, ofCallee] : [ofCallee]) {
          expect(tap.candidates.length).toBeGreaterThan(0);
          for (const candidate of tap.candidates)
            expect(candidate).toMatch(/ 127\.0\.0\.2 \d+ typ relay raddr 0\.0\.0\.0 rport /);
          expect(tap.addressesOfThisMachine).toEqual([]);
        }
      },
    );
  },
);

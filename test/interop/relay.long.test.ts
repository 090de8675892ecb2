import { describe, expect, it, onTestFinished } from "vitest";
import { relayAddress, relayOnly, Wiretap } from "../support/interop/relayed-call.ts";
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
      const told = Date.now() - accepted;
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
        `  wrong for ${whose}: said after ${told} ms, ${reasons.join(", ")} after ${ended} ms\n`,
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
    await expect
      .poll(async () => (await call.look()).callee.state, { timeout: 5_000 })
      .toBe("ended");
    const { caller, callee } = await call.look();
    expect([caller.problem, callee.problem]).toContain("connection-failed");
  });
});

import { describe, expect, it } from "vitest";
import { relayAddress, relayOnly, Wiretap } from "../support/interop/relayed-call.ts";
import { Stage } from "../support/interop/stage.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

describe.skipIf(skipsTurn())("a call that may use nothing but relays, and gets none", () => {
  const stage = new Stage("chromium");

  it("ends within its time, with a reason, where the password is wrong", async () => {
    const turn = await TurnServer.start({ relayAddress });
    const tap = new Wiretap();
    const wrong = relayOnly(turn, "udp", tap);
    const iceServers = [{ urls: turn.urls.udp, ...turn.credentials(), credential: "not-the-password" }];
    const both = { relayOnly: true, iceServers };
    const call = await stage.call({ ...wrong, options: { caller: both, callee: both } });
    const accepted = Date.now();
    await expect.poll(async () => (await call.look()).caller.state, { timeout: 40_000 }).toBe("ended");
    await expect.poll(async () => (await call.look()).callee.state, { timeout: 5_000 }).toBe("ended");
    expect(Date.now() - accepted).toBeLessThan(35_000);
    const { caller, callee } = await call.look();
    const reasons = [caller.problem, callee.problem];
    process.stdout.write(`  wrong password: ${reasons.join(", ")} after ${Date.now() - accepted} ms\n`);
    expect(reasons.some((reason) => reason !== null)).toBe(true);
    expect(tap.candidates).toEqual([]);
    expect(tap.texts.join("")).not.toContain("not-the-password");
    await turn.stop();
  });

  it("ends as one whose connection failed where its server is gone for good", async () => {
    const turn = await TurnServer.start({ relayAddress });
    const options = relayOnly(turn, "udp", new Wiretap());
    const short = { reconnectTimeoutSeconds: 8 };
    const call = await stage.connectedCall({
      ...options,
      options: { caller: { ...options.options?.caller, ...short }, callee: { ...options.options?.callee, ...short } },
    });
    await turn.stop();
    await expect.poll(async () => (await call.look()).caller.state, { timeout: 30_000 }).toBe("ended");
    await expect.poll(async () => (await call.look()).callee.state, { timeout: 5_000 }).toBe("ended");
    const { caller, callee } = await call.look();
    expect([caller.problem, callee.problem]).toContain("connection-failed");
  });
});

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { relayAddress, Wiretap } from "../support/interop/relayed-call.ts";
import { Stage } from "../support/interop/stage.ts";
import type { StageOptions } from "../support/interop/stage.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

describe.skipIf(skipsTurn())(
  "a person who hides the address while it rings, with a real TURN server",
  () => {
    const stage = new Stage("chromium");
    let turn: TurnServer;

    beforeAll(async () => {
      turn = await TurnServer.start({ relayAddress });
    });
    afterAll(() => turn.stop());

    /** Both may use any way at first, and each side's words are heard apart. */
    const open = () => {
      const taps = { caller: new Wiretap(), callee: new Wiretap() };
      const options = { iceServers: turn.iceServers("udp") };
      const given: StageOptions = {
        isDirect: true,
        options: { caller: options, callee: options },
        listen: (said, by) => taps[by].texts.push(said),
      };
      return { taps, given };
    };

    for (const [hider, options] of [
      ["caller", { tags: "long" }],
      ["callee", { tags: "long" }],
    ] as const)
      it(
        `is the ${hider}: nothing that leaves this page names an address of it`,
        options,
        async () => {
          const { taps, given } = open();
          const other = hider === "caller" ? "callee" : "caller";
          const call = await stage.connectedCall({
            ...given,
            whileRinging: async (ringing) => {
              if (hider === "caller")
                await ringing.until(({ state }, side) => side === "callee" || state === "ringing");
              await ringing[hider].evaluate(() => window.interop.hideAddress(true));
              // The caller's offer has left by then: it dials anew, and the other side's telephone goes on ringing.
              const invitations = () =>
                taps.caller.texts.filter((text) => text.includes('"type":"invite"')).length;
              await expect.poll(invitations).toBe(hider === "caller" ? 2 : 1);
              await ringing.until(({ state }) => state === "incoming" || state === "ringing");
            },
          });
          expect(taps[hider].addressesOfThisMachine).toEqual([]);
          expect(taps[hider].candidates.length).toBeGreaterThan(0);
          // Also not after a later ICE restart.
          const before = taps[hider].relayedPorts.length;
          await call[hider].evaluate(() => window.interop.changeNetwork());
          await expect
            .poll(() => taps[hider].relayedPorts.length, { timeout: 10_000 })
            .toBeGreaterThan(before);
          const looks = await call.until(
            ({ state, relayed }) => state === "connected" && relayed === true,
          );
          expect(looks[hider].ends).toEqual(["relay"]);
          for (const candidate of taps[hider].candidates)
            expect(candidate).toMatch(/ 127\.0\.0\.2 \d+ typ relay raddr 0\.0\.0\.0 rport 9 /);
          expect(taps[hider].addressesOfThisMachine).toEqual([]);
          // Else nothing was shown: the other side, which does not hide, tells its addresses.
          expect(taps[other].addressesOfThisMachine).not.toEqual([]);
        },
      );
  },
);

/** A server that answers nothing and counts who asks. */
class StunSocket {
  readonly #socket = createSocket("udp4", () => (this.packets += 1));
  packets = 0;

  static async open(): Promise<StunSocket> {
    const stun = new StunSocket();
    await once(stun.#socket.bind(0, relayAddress), "listening");
    return stun;
  }

  get urls(): string {
    return `stun:${relayAddress}:${String(this.#socket.address().port)}`;
  }

  close(): void {
    this.#socket.close();
  }
}

describe("a call that rings with the servers of a host", () => {
  const stage = new Stage("chromium");

  it(
    "asks none of them before a person accepts, though the answer is prepared by then",
    { tags: "long" },
    async () => {
      const [server, control] = await Promise.all([StunSocket.open(), StunSocket.open()]);
      let whileRinging = -1;
      try {
        const call = await stage.connectedCall({
          isDirect: true,
          options: { callee: { iceServers: [{ urls: server.urls }] } },
          whileRinging: async (ringing) => {
            await ringing.until(({ state }) => state === "incoming" || state === "ringing");
            // For as long as an engine takes to ask, which another connection of that page shows.
            await ringing.callee.evaluate(async (urls) => {
              const connection = new RTCPeerConnection({ iceServers: [{ urls }] });
              connection.createDataChannel("control");
              await connection.setLocalDescription();
            }, control.urls);
            await expect.poll(() => control.packets).toBeGreaterThan(0);
            whileRinging = server.packets;
          },
        });
        await call.until(({ state }) => state === "connected");
        expect(whileRinging).toBe(0);
        // Else nothing was shown: it is asked after that.
        await expect.poll(() => server.packets).toBeGreaterThan(0);
      } finally {
        server.close();
        control.close();
      }
    },
  );
});

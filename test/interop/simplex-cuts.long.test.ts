import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { passing } from "../support/interop/recovery.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";
import { androidPage, builtPages } from "../support/interop/simplex-pages.ts";
import { joinThroughRelay } from "../support/interop/simplex-relay.ts";
import { UdpRelay } from "../support/interop/udp-relay.ts";
import { SimplexApp } from "../support/simplex/app.ts";
import { connect } from "../support/simplex/pair.ts";

const peerProgram = "test/support/interop/simplex-peer.ts";

let browser: Browser;
let server: Server;
let peerUrl: string;

beforeAll(async () => {
  server = await serve([peerProgram]);
  const address = server.server?.address();
  if (typeof address !== "object" || address === null)
    throw new Error("the server does not listen");
  peerUrl = `http://localhost:${String(address.port)}/${peerProgram.replace(".ts", ".html")}`;
  browser = await startBrowser("chromium");
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Whose page the other app has: SimpleX's own, or the kit's, too. */
type Other = "simplex" | "kit";

interface CutCall {
  readonly kit: SimplexApp;
  readonly other: SimplexApp;
  /** When both apps were connected, before the cut. Milliseconds since the epoch. */
  readonly connectedAt: number;
}

/**
 * Connects the kit's page with another one over a relay, cuts the path for so long, and waits what comes of it. Calls run side by side:
 * each closes what it has opened.
 */
async function callWithCut(
  role: "caller" | "callee",
  other: Other,
  { seconds, reconnect }: { readonly seconds: number; readonly reconnect: boolean },
  look: (call: CutCall) => unknown,
): Promise<void> {
  const relay = new UdpRelay({ loss: 0, delay: 10, seed: 1 });
  const open = (url: string) =>
    SimplexApp.open(
      androidPage(browser, url, () => undefined),
      { reconnect },
    );
  const [kit, otherApp] = await Promise.all([
    open(builtPages.fileUrl("android")),
    open(other === "kit" ? builtPages.fileUrl("android") : peerUrl),
  ]);
  try {
    const [a, b] = role === "caller" ? [kit, otherApp] : [otherApp, kit];
    joinThroughRelay(a, b, relay);
    await connect({ a, b, close: () => undefined }, "audio");
    const connectedAt = Date.now();
    await passing(3000);
    expect(relay.passed).toBeGreaterThan(0);
    relay.isCut = true;
    await passing(seconds * 1000);
    relay.isCut = false;
    await passing(8000);
    await look({ kit, other: otherApp, connectedAt });
  } finally {
    kit.close();
    otherApp.close();
    await relay.close();
  }
}

/** Checks that the app's view of an ended call is accurate. */
function expectTrueView({ kit, connectedAt }: CutCall): void {
  expect(kit.violations).toEqual([]);
  const { clockStarts, item } = kit.view;
  expect(clockStarts.length).toBe(1);
  expect(clockStarts[0]!).toBeLessThanOrEqual(connectedAt);
  expect(item?.status).toBe("ended");
}

const connections = (app: SimplexApp) =>
  app.received.flatMap(({ resp }) =>
    resp.type === "connection" ? [resp.state.connectionState] : [],
  );

const timesConnected = (app: SimplexApp) =>
  connections(app).filter((state) => state === "connected").length;

describe("what the app shows of a call over a path that is cut", () => {
  for (const role of ["caller", "callee"] as const) {
    for (const [seconds, reconnect, survives] of [
      [3, false, true],
      [3, true, true],
      // SimpleX's own page ends a call at the first loss.
      [10, false, false],
      [10, true, true],
      [20, false, false],
    ] as const) {
      const how = reconnect ? "both wait" : "as of today";
      it.concurrent(`is true with SimpleX's own page, ${seconds} s, ${how}: the kit as ${role}`, () =>
        callWithCut(role, "simplex", { seconds, reconnect }, async (call) => {
          // Its page may be too late to notice a loss; where it has, the call ends on both sides.
          const hasEnded = call.other.received.some(({ resp }) => resp.type === "ended");
          if (hasEnded) await call.kit.until("Ended");
          expect([hasEnded, call.kit.state]).toEqual(
            hasEnded ? [!survives, "Ended"] : [false, "Connected"],
          );
          call.kit.end();
          expectTrueView(call);
          if (reconnect && seconds === 10)
            expect(connections(call.kit).slice(-3)).toEqual([
              ...["connected", "reconnecting", "connected"],
            ]);
          else expect(timesConnected(call.kit)).toBe(1);
        }));
    }

    it.concurrent(`is true with SimpleX's own page, 20 s, both wait, whatever becomes of it: the kit as ${role}`, () =>
      callWithCut(role, "simplex", { seconds: 20, reconnect: true }, async (call) => {
        // Chromium may have given the old path up by then; then both wait for 30 s in vain.
        const { kit } = call;
        await kit.untilThat(() => kit.state === "Ended" || connections(kit).at(-1) === "connected");
        kit.end();
        expectTrueView(call);
      }));

    for (const seconds of [3, 10]) {
      it.concurrent(`is true between two of the kit's pages, ${seconds} s: ${role} first`, () =>
        callWithCut(role, "kit", { seconds, reconnect: false }, (call) => {
          expect([call.kit.state, call.other.state]).toEqual(["Connected", "Connected"]);
          expect(timesConnected(call.kit)).toBe(1);
          call.kit.end();
          expectTrueView(call);
          expect(call.other.violations).toEqual([]);
        }));
    }
  }
});

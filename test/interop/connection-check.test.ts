import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { startDevServer } from "@web/dev-server";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionReport } from "../../src/call/state/connection-report.ts";
import type { checkConnection } from "../../src/controller/connection-check.ts";
import config from "../../web-dev-server.config.mjs";
import { skipsFirefox, startBrowser } from "../support/interop/browsers.ts";
import type { EngineName } from "../support/interop/browsers.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";

declare global {
  interface Window {
    checkConnection: typeof checkConnection;
  }
}

const page = `<!doctype html><title>Check</title><link rel="icon" href="data:,">
<script type="module">
import { checkConnection } from "/src/controller/connection-check.ts";
window.checkConnection = checkConnection;
</script>`;

/** A port of this machine on which nobody listens any more. Firefox refuses those that are known not to be WebRTC's. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe.skipIf(skipsTurn())("the connection check, asking a real TURN server", () => {
  let server: Awaited<ReturnType<typeof startDevServer>>;
  let turn: TurnServer;

  beforeAll(async () => {
    const once = {
      logStartMessage: false,
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    };
    const blank = (
      context: { path: string; type: string; body: unknown },
      next: () => Promise<void>,
    ) => {
      if (context.path !== "/blank") return next();
      Object.assign(context, { type: "html", body: page });
      return Promise.resolve();
    };
    [server, turn] = await Promise.all([
      startDevServer({
        ...once,
        config: { ...config, middleware: [blank], watch: false, open: false },
      }),
      TurnServer.start(),
    ]);
  });

  afterAll(async () => {
    await server.stop();
    await turn.stop();
  });

  const engines: EngineName[] = skipsFirefox ? ["chromium"] : ["chromium", "firefox"];
  describe.each(engines)("in %s", (engine) => {
    // What the check makes of an answer is the same: only how an engine tells of it differs.
    const options = engine === "chromium" ? {} : { tags: "long" };
    let browser: Browser;
    let tab: Page;

    beforeAll(async () => {
      browser = await startBrowser(engine);
      tab = await browser.newPage();
      await tab.goto(`http://127.0.0.1:${server.config.port}/blank`);
      await tab.waitForFunction(() => "checkConnection" in window);
    });

    afterAll(() => browser.close());

    const check = (iceServers: RTCIceServer[], timeoutSeconds = 5): Promise<ConnectionReport> =>
      tab.evaluate(
        (list, seconds) => window.checkConnection(list, { timeoutSeconds: seconds }),
        iceServers,
        timeoutSeconds,
      );
    const verdicts = ({ servers }: ConnectionReport) =>
      servers.map(({ transport, verdict }) => `${transport} ${verdict}`);

    it(
      "finds that STUN and TURN work over UDP and TCP, and brings a message there and back",
      options,
      async () => {
        const report = await check([{ urls: turn.stunUrl }, ...turn.iceServers()]);
        process.stdout.write(`  ${engine}: ${JSON.stringify(report)}\n`);
        const { port } = turn;
        expect(report.servers.map(({ url }) => url)).toEqual([
          turn.stunUrl,
          `turn:127.0.0.1:${port}`,
          `turn:127.0.0.1:${port}`,
        ]);
        expect(verdicts(report)).toEqual(["udp ok", "udp ok", "tcp ok"]);
        expect(report).toMatchObject({ udp: "open", loop: { verdict: "ok" }, overall: "good" });
        expect(report.loop.roundTripMilliseconds).toBeGreaterThan(0);
        expect(report.loop.roundTripMilliseconds).toBeLessThan(2000);
      },
    );

    it("finds that a relay works over TCP only, where UDP is silent", options, async () => {
      const silent = await TurnServer.start({ transports: ["tcp"] });
      try {
        const report = await check(silent.iceServers(), 3);
        expect(report.servers[0]?.verdict).toMatch(/^(?:timed-out|unreachable)$/);
        expect(report).toMatchObject({
          udp: "blocked",
          loop: { verdict: "ok" },
          overall: "relay-only-tcp",
        });
        expect(report.servers[1]?.verdict).toBe("ok");
      } finally {
        await silent.stop();
      }
    });

    it("finds that a relay gives addresses, but lets nothing through", options, async () => {
      const deaf = await TurnServer.start({ relays: false });
      try {
        const report = await check(deaf.iceServers(), 2);
        expect(verdicts(report)).toEqual(["udp ok", "tcp ok"]);
        expect(report).toMatchObject({
          loop: { verdict: "failed", roundTripMilliseconds: null },
          overall: "loop-failed",
        });
      } finally {
        await deaf.stop();
      }
    });

    it(
      "tells a refused password from a server that does not answer, and repeats neither it nor the name",
      options,
      async () => {
        const wrong = turn.iceServers().map((one) => ({ ...one, credential: "not-the-password" }));
        const report = await check(wrong);
        expect(verdicts(report)).toEqual(["udp wrong-password", "tcp wrong-password"]);
        expect(report).toMatchObject({
          udp: "open",
          loop: { verdict: "not-tried" },
          overall: "no-relay",
        });
        for (const secret of ["not-the-password", ...wrong.map(({ username }) => username)])
          expect(JSON.stringify(report)).not.toContain(secret);
      },
    );

    it("takes a password that has expired for a refused one", options, async () => {
      const [expired] = turn.iceServers("udp").map((one) => ({ ...one, ...turn.credentials(-60) }));
      expect(verdicts(await check([expired!]))).toEqual(["udp wrong-password"]);
    });

    it("finds a closed port", options, async () => {
      const at = `turn:127.0.0.1:${await closedPort()}`;
      const urls = [`${at}?transport=tcp`, `${at}?transport=udp`];
      const report = await check([{ urls, ...turn.credentials() }], 2);
      expect(report.servers[0]?.verdict).toBe("unreachable");
      expect(report.servers[1]?.verdict).toMatch(/^(?:timed-out|unreachable)$/);
      expect(report).toMatchObject({ udp: "unknown", overall: "unreachable" });
    });

    it("finds that a name has no address", options, async () => {
      const urls = [
        "turn:nothing.invalid:3478",
        "turn:nothing.invalid:3478?transport=tcp",
        "turns:nothing.invalid",
      ];
      const report = await check([
        { urls: "stun:nothing.invalid" },
        { urls, ...turn.credentials() },
      ]);
      // Firefox does not tell the reason.
      const verdict = engine === "chromium" ? "name-not-found" : "unreachable";
      expect(verdicts(report)).toEqual(
        ["udp", "udp", "tcp", "tls"].map((transport) => `${transport} ${verdict}`),
      );
      expect(report.overall).toBe("unreachable");
    });

    it("finds an invalid URL, and a missing password", options, async () => {
      const report = await check([
        { urls: "turn:ann:secret@127.0.0.1", ...turn.credentials() },
        { urls: "https://127.0.0.1", ...turn.credentials() },
        { urls: turn.urls.udp },
      ]);
      expect(report.servers.map(({ verdict }) => verdict)).toEqual([
        "bad-url",
        "bad-url",
        "wrong-password",
      ]);
      expect(JSON.stringify(report)).not.toContain("secret");
    });
  });
});

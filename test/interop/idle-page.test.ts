import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchOptions } from "../../.config/browser-options.mjs";

/*
 * What the built kit holds in a page before a call, and what that costs the page. Reads `dist/`, which `npm test` builds first.
 */

/** Tells of each connection, and whether the page was kept by the browser. */
const watch = `
window.made = [];
window.shown = [];
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...given) {
    super(...given);
    made.push(this);
  }
};
addEventListener("pageshow", ({ persisted }) => shown.push(persisted));
`;

const pages: Readonly<Record<string, string>> = {
  "/kit": `<sx-call-view contact-name="Alice"></sx-call-view><script src="/sx-call-kit.iife.js"></script>`,
  "/held": `<script>const held = new RTCPeerConnection(); held.addTransceiver("audio");</script>`,
  "/other": "",
};

describe("a page that waits for a call", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const stun = createSocket("udp4", () => (asked += 1));
  let asked = 0;

  beforeAll(async () => {
    server = createServer(({ url = "" }, response) => {
      const content = pages[url];
      const type = content === undefined ? "text/javascript" : "text/html";
      response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
      response.end(
        content === undefined
          ? readFileSync(new URL(`../../dist${url}`, import.meta.url))
          : `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script>${watch}</script>${content}`,
      );
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    await once(stun.bind(0, "127.0.0.1"), "listening");
    // Playwright's browsers keep no pages.
    browser = await chromium.launch({
      ...launchOptions(),
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
  });

  afterAll(async () => {
    await browser.close();
    stun.close();
    server.close();
  });

  const portOf = (of: { address(): unknown }) => (of.address() as AddressInfo).port;
  const at = (path: string, host = "127.0.0.1") =>
    `http://${host}:${String(portOf(server))}${path}`;

  /** Opens a page, leaves it for one of that host by a link, and goes back. @returns whether the browser had kept it. */
  async function leaveAndReturn(host: string): Promise<boolean> {
    const path = new URL(page.url()).pathname;
    await page.evaluate((to) => void (location.href = to), at("/other", host));
    await page.waitForURL(at("/other", host));
    // A page that is kept loads nothing that could be waited for.
    await page.evaluate(() => void setTimeout(() => history.back()));
    await expect.poll(() => page.url()).toBe(at(path));
    const shown = () => page.evaluate("shown.at(-1)").catch(() => undefined);
    await expect.poll(shown).toBeDefined();
    return (await shown()) === true;
  }

  const isReady = () =>
    expect
      .poll(() =>
        page.evaluate(
          "made.filter((one) => one.signalingState !== 'closed' && one.getTransceivers().length === 4).length",
        ),
      )
      .toBe(1);

  it("is kept by the browser when it is left, for a page of the same or of another site, and is ready again after that", async () => {
    page = await browser.newPage();
    await page.goto(at("/kit"));
    for (const host of ["127.0.0.1", "localhost"]) {
      await isReady();
      expect(await leaveAndReturn(host), host).toBe(true);
    }
    await isReady();
    expect(await page.evaluate("made.length")).toBe(3);
    await page.close();
  });

  it("would not be with a connection that stays open", async () => {
    page = await browser.newPage();
    await page.goto(at("/held"));
    expect(await leaveAndReturn("127.0.0.1")).toBe(false);
    await page.close();
  });

  it("asks none of the host's servers, and dials with the connection that is ready, which does", async () => {
    page = await browser.newPage();
    const urls = `stun:127.0.0.1:${String(portOf(stun))}`;
    await page.goto(at("/kit"));
    await page.evaluate(
      (servers) => {
        document.querySelector("sx-call-view")!.iceServers = servers;
      },
      [{ urls }],
    );
    await isReady();
    expect(await page.evaluate("made[0].iceGatheringState + made[0].localDescription")).toBe(
      "newnull",
    );
    const before = asked;
    const dialled = page.evaluate(
      "document.querySelector('sx-call-view').startCall({ media: 'video' })",
    );
    await dialled;
    await expect.poll(() => asked).toBeGreaterThan(0);
    expect(before).toBe(0);
    expect(await page.evaluate("made.length")).toBe(1);
    await page.close();
  });
});

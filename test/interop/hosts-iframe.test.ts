import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {} from "../support/hosts/frame-host.ts";
import { bundle } from "../support/hosts/bundle.ts";
import { callPagePath, serveSources } from "../support/hosts/dev-server.ts";
import { startBrowser } from "../support/interop/browsers.ts";

const patience = { timeout: 30_000 };

let server: Awaited<ReturnType<typeof serveSources>>;
let browser: Browser;
let page: Page;
/** The outer page's own server: another port is another origin. */
const outer = createServer();

beforeAll(async () => {
  const [sources, started, script] = await Promise.all([
    serveSources(),
    startBrowser("chromium"),
    bundle("test/support/hosts/frame-host.ts", "browser"),
  ]);
  [server, browser] = [sources, started];
  outer.on("request", (request, response) => {
    const isPage = request.url?.startsWith("/?") === true;
    response.writeHead(200, {
      "content-type": isPage ? "text/html; charset=utf-8" : "text/javascript",
    });
    response.end(
      isPage
        ? '<!doctype html><link rel="icon" href="data:,"><body><script src="/host.js"></script>'
        : script,
    );
  });
  await new Promise<void>((resolve) => outer.listen(0, "127.0.0.1", resolve));
  page = await browser.newPage();
  const given = new URLSearchParams({ origin: server.origin, path: callPagePath });
  await page.goto(`http://127.0.0.1:${(outer.address() as AddressInfo).port}/?${String(given)}`);
});

afterAll(async () => {
  await browser.close();
  outer.close();
});

const reported = (frame: number, type: string) =>
  page.evaluate(
    (index, name) => facts[index]!.filter((fact) => fact.type === name).map(({ data }) => data),
    frame,
    type,
  );
const ask = (frame: number, type: string, data: object = {}) =>
  page.evaluate(
    (index, name, given) => globalThis.ask(index, name as "hang-up", given),
    frame,
    type,
    data,
  );

async function status(frame: number): Promise<string> {
  const { snapshot } = (await ask(frame, "get-snapshot")) as {
    snapshot: { state: string; protection: { status: string } };
  };
  return `${snapshot.state} ${snapshot.protection.status}`;
}

describe("call pages in frames of another origin", () => {
  it("get a port of their own, and are ready", async () => {
    for (const frame of [0, 1, 2])
      await expect
        .poll(() => reported(frame, "ready").then(({ length }) => length), patience)
        .toBe(1);
    expect(await reported(0, "ready")).toMatchObject([
      { capabilities: { webrtc: true, secureContext: true, mediaDevices: true } },
    ]);
  });

  it("call each other with picture, and end it", async () => {
    expect(await ask(0, "start-call", { media: "video" })).toEqual({});
    await expect.poll(() => reported(1, "incoming"), patience).toMatchObject([{ media: "video" }]);
    expect(await ask(1, "accept")).toEqual({});
    await expect.poll(() => status(0), patience).toBe("connected protected");
    await expect.poll(() => status(1), patience).toBe("connected protected");
    expect(await ask(1, "hang-up")).toEqual({});
    for (const frame of [0, 1]) {
      await expect
        .poll(() => reported(frame, "call-ended"), patience)
        .toMatchObject([{ record: { outcome: "completed", media: "video" } }]);
    }
  });

  it("say why they cannot call where the outer page lets them use no device", async () => {
    expect(await ask(2, "start-call", { media: "audio" })).toBe("permission-denied");
    await expect
      .poll(() => reported(2, "state-changed"), patience)
      .toMatchObject([
        { state: "inviting" },
        { state: "ended", snapshot: { ending: { problem: "permission-denied" } } },
      ]);
    await expect
      .poll(() => reported(2, "permission-needed"), patience)
      .toEqual([{ device: "microphone" }]);
  });

  it("meet the outer page again when one reloads", async () => {
    const inner = page.frames().find((frame) => frame.parentFrame() !== null)!;
    await inner.evaluate(() => {
      location.reload();
    });
    await expect.poll(() => reported(0, "ready").then(({ length }) => length), patience).toBe(2);
    expect(await ask(0, "back-button")).toEqual({ handled: false });
  });
});

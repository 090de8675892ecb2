import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findingsOf } from "../support/demo/findings.ts";
import { readCode } from "../support/demo/read-code.ts";
import { startOptions } from "../../.tools/start-options.mjs";
import { startPlaywright } from "../support/interop/browsers.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";

/** Parts of a call's messages that a reading relay would see. */
const words = [
  "sx-call",
  "invite",
  "fingerprint",
  "a=mid",
  "m=audio",
  "candidate",
  "x25519",
  "callId",
  "ufrag",
];

let browser: Browser;
let contexts: BrowserContext[] = [];

function addressOf({ config: { http2, hostname, port } }: Server): string {
  return `${http2 ? "https" : "http"}://${hostname}:${String(port)}/demo/room.html`;
}

/** A separate device, which shares only the link with the other one. */
async function device(link: string): Promise<{ page: Page; relayed: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 900, height: 800 },
    ignoreHTTPSErrors: true,
  });
  contexts.push(context);
  const page = await context.newPage();
  const relayed: string[] = [];
  page.on("websocket", (socket) => {
    if (!socket.url().includes("room-relay")) return;
    const keep = ({ payload }: { payload: string | Buffer }) =>
      relayed.push(payload.toString("latin1"));
    socket.on("framesent", keep);
    socket.on("framereceived", keep);
  });
  await page.goto(link);
  return { page, relayed };
}

const says = (page: Page, state: string) =>
  page.locator(`#room-status[data-state="${state}"]`).waitFor();
const isIn = (page: Page, state: string) =>
  page.locator(`sx-call-view[state="${state}"]`).waitFor({ state: "attached" });

async function openRoom(
  address: string,
): Promise<{ link: string; a: Awaited<ReturnType<typeof device>> }> {
  const a = await device(address);
  await says(a.page, "alone");
  return { link: await a.page.getByLabel("Link to this room").inputValue(), a };
}

async function videoCall(a: Page, b: Page): Promise<void> {
  await Promise.all([says(a, "together"), says(b, "together")]);
  await a.getByRole("button", { name: "Video call" }).click();
  await b.getByRole("button", { name: "Accept with video" }).click();
  for (const page of [a, b]) {
    await isIn(page, "connected");
    await page.getByText("End-to-end encrypted").first().waitFor();
    await page.locator("video.picture").waitFor();
  }
}

beforeAll(async () => {
  browser = await startPlaywright();
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

describe("the room page", () => {
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = await serve(["demo/room.ts"]);
    address = addressOf(server);
  });

  afterAll(() => server.stop());

  it("makes a call between two devices by a link, of which the relay sees no word", async () => {
    const { link, a } = await openRoom(address);
    expect(link).toMatch(/\/demo\/room\.html#[\w-]{22}\.[\w-]{43}$/);
    // What a camera sees, in every size of the page.
    for (const viewport of [
      { width: 900, height: 800 },
      { width: 320, height: 568 },
    ]) {
      await a.page.setViewportSize(viewport);
      expect(await readCode(a.page.getByRole("img", { name: "QR code of the link" }))).toBe(link);
    }
    const asked: string[] = [];
    a.page.context().on("request", (request) => asked.push(request.url()));
    const b = await device(link);
    await videoCall(a.page, b.page);
    // A phone that stands or lies has nothing but the call.
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 844, height: 390 },
    ]) {
      await b.page.setViewportSize(viewport);
      expect(await b.page.locator("sx-call-view").boundingBox()).toEqual({
        x: 0,
        y: 0,
        ...viewport,
      });
    }
    // By a key: the toolbar of a video call hides from a pointer that rests, which a loaded machine lets happen.
    await b.page.getByRole("button", { name: "End call" }).press("Enter");
    await Promise.all([isIn(a.page, "ended"), isIn(b.page, "ended")]);

    for (const { relayed } of [a, b]) {
      // Ids, `here` and the messages of a call, both ways.
      expect(relayed.length).toBeGreaterThan(8);
      const all = relayed.join();
      expect(words.filter((word) => all.includes(word))).toEqual([]);
    }
    const secret = link.split(".").at(-1)!;
    expect(
      asked.filter((url) => url.includes(secret) || !url.startsWith(new URL(address).origin)),
    ).toEqual([]);
  });

  it(
    "refuses a third device, and takes the second again after it was reloaded",
    { tags: "long" },
    async () => {
      const { link, a } = await openRoom(address);
      const b = await device(link);
      await says(b.page, "together");
      const c = await device(link);
      await says(c.page, "full");
      expect(await c.page.getByRole("button", { name: "Video call" }).isVisible()).toBe(false);
      await b.page.reload();
      await Promise.all([says(b.page, "together"), says(a.page, "together")]);
    },
  );

  it("shows that the link differs, and offers no call", { tags: "long" }, async () => {
    const { link, a } = await openRoom(address);
    const b = await device(`${link.slice(0, link.lastIndexOf("."))}.${"A".repeat(43)}`);
    for (const { page } of [a, b]) {
      await says(page, "unreadable");
      await page.getByText("came with another link").waitFor();
      expect(await page.getByRole("button", { name: "Video call" }).isVisible()).toBe(false);
      expect(await page.locator("sx-call-view").getAttribute("state")).toBe("idle");
    }
  });

  it("says plainly that a link is not complete, and joins nothing", { tags: "long" }, async () => {
    const { page, relayed } = await device(`${address}#AAAAAAAAAAAAAAAAAAAAAA.half`);
    await page.getByText("This link is not complete").waitFor();
    expect(relayed).toEqual([]);
    await page.getByRole("link", { name: "New room" }).click();
    await says(page, "alone");
  });

  it("has no finding of axe before the other one comes and after", { tags: "long" }, async () => {
    const { link, a } = await openRoom(address);
    expect(await findingsOf(a.page)).toEqual([]);
    await a.page.emulateMedia({ colorScheme: "dark" });
    expect(await findingsOf(a.page)).toEqual([]);
    await device(link);
    await says(a.page, "together");
    expect(await findingsOf(a.page)).toEqual([]);
  });

  it("shows none of the project's hidden files", async () => {
    for (const path of ["/.git/config", "/%2egit/config", "/demo/..%2f.git/config", "/%zz"]) {
      expect((await fetch(new URL(path, address))).status).not.toBe(200);
    }
  });
});

// From source, as a developer sees it.
describe("npm start -- --https", () => {
  it(
    "makes a call by a link over https, with a certificate of which nothing stays",
    { tags: "long" },
    async () => {
      const { config: chosen, forget } = await startOptions(["--https"]);
      const server = await serve([], chosen);
      const address = addressOf(server);
      forget();
      try {
        expect(address).toMatch(/^https:/);
        expect("sslKey" in chosen && existsSync(chosen.sslKey)).toBe(false);
        const { link, a } = await openRoom(address);
        const b = await device(link);
        await videoCall(a.page, b.page);
      } finally {
        await server.stop();
      }
    },
  );

  it("prints the address of the room, which it serves by https", { tags: "long" }, async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const child = spawn(process.execPath, [".tools/start.mjs", "--https"], { cwd: root });
    try {
      let output = "";
      for await (const text of child.stdout) {
        output += String(text);
        if (output.includes("Ctrl+C")) break;
      }
      const [address = ""] = /https:\/\/127\.0\.0\.1:\d+\/demo\/room\.html/.exec(output) ?? [];
      const { page } = await device(address);
      await says(page, "alone");
    } finally {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
  });
});

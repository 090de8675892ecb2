import { once } from "node:events";
import type { Browser, Page } from "puppeteer-core";
import { WebSocket, WebSocketServer } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webSocket } from "../../src/hosts/transports/web-socket.ts";
import { callPagePath, serveSources } from "../support/hosts/dev-server.ts";
import { SocketApp, SocketAppProgram } from "../support/hosts/socket-app-process.ts";
import { startBrowser } from "../support/interop/browsers.ts";

const patience = { timeout: 30_000 };
const tokens = ["token-of-the-page-of-Ann", "token-of-the-page-of-Bob"];

let server: Awaited<ReturnType<typeof serveSources>>;
let browser: Browser;
let program: SocketAppProgram;
let app: SocketApp;

beforeAll(async () => {
  [server, browser, program] = await Promise.all([
    serveSources(),
    startBrowser("chromium"),
    SocketAppProgram.build(),
  ]);
  const sides = tokens.map((token) => ({ port: 0, token }));
  app = await SocketApp.start(program, server.origin, sides);
});

afterAll(async () => {
  await Promise.all([app.kill(), browser.close(), server.stop()]);
  program.remove();
});

/** Each in a context of its own: they are the pages of two people. */
async function openPage(who: number): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  const socket = encodeURIComponent(`ws://127.0.0.1:${app.ports[who]!}/`);
  await page.goto(`${server.origin}${callPagePath}?socket=${socket}#${tokens[who]!}`);
  return page;
}

const connect = (origin: string) => new WebSocket(`ws://127.0.0.1:${app.ports[0]!}/`, { origin });

describe("the app's socket", () => {
  it("refuses a page of another origin before anything is said", async () => {
    for (const origin of [
      "https://evil.example",
      "null",
      server.origin.replace("127.0.0.1", "localhost"),
      `${server.origin}.evil`,
    ]) {
      const socket = connect(origin);
      const [{ message }] = (await once(socket, "error", {
        signal: AbortSignal.timeout(5000),
      }).catch((error: unknown) => [error])) as [Error];
      expect(message, origin).toContain("Unexpected server response: 403");
    }
  });

  it.each(["", "token", tokens[1]!, `${tokens[0]!} `])(
    "refuses a page of the right origin with a wrong token: %j",
    async (token) => {
      const socket = connect(server.origin);
      const heard: unknown[] = [];
      socket.on("message", (data) => heard.push(data));
      await once(socket, "open");
      socket.send(token);
      socket.send('{"v":1,"type":"ready","data":{}}');
      const [code] = (await once(socket, "close")) as [number];
      expect([code, heard]).toEqual([4401, []]);
    },
  );

  it("takes the right one, answers the heartbeat, and says nothing but hello before the page is ready", async () => {
    const socket = connect(server.origin);
    const heard: string[] = [];
    socket.on("message", (data: Buffer) => heard.push(data.toString()));
    await once(socket, "open");
    socket.send(tokens[0]!);
    socket.send("ping");
    // The app says hello until a page is ready, and nothing else.
    await expect
      .poll(() => heard.filter((text) => !text.includes('"type":"hello"')))
      .toEqual(["pong"]);
    socket.close();
    await once(socket, "close");
    expect(app.told).toEqual([]);
  });
});

describe("two pages in a browser, whose app is another process", () => {
  it("call each other, survive that the app is restarted, and hang up by its word", async () => {
    await Promise.all([openPage(0), openPage(1)]);
    await expect
      .poll(() => [app.of(0, "ready").length, app.of(1, "ready").length], patience)
      .toEqual([1, 1]);
    expect(await app.ask(0, "configure", { contact: { id: "bob", name: "Bob" } })).toEqual({
      ignored: [],
    });
    expect(await app.ask(0, "set-camera", { on: true })).toEqual({ code: "not-possible" });
    expect(await app.ask(0, "start-call", { media: "audio" })).toEqual({});
    await expect.poll(() => app.of(1, "incoming").length, patience).toBe(1);
    expect(app.of(1, "ring")).toEqual([{ on: true }]);
    expect(await app.ask(1, "accept")).toEqual({});
    const status = async (who: number) => {
      const { snapshot } = (await app.ask(who, "get-snapshot")) as Required<
        Pick<(typeof app.told)[0]["data"], "snapshot">
      >;
      return `${snapshot.state} ${snapshot.protection.status}`;
    };
    await expect.poll(() => status(0), patience).toBe("connected protected");
    await expect.poll(() => status(1), patience).toBe("connected protected");

    const { ports } = app;
    await app.kill();
    app = await SocketApp.start(
      program,
      server.origin,
      tokens.map((token, who) => ({ token, port: ports[who]! })),
    );
    await expect
      .poll(() => [app.of(0, "ready").length, app.of(1, "ready").length], patience)
      .toEqual([1, 1]);
    expect(app.of(0, "ready")).toMatchObject([{ snapshot: { state: "connected" } }]);
    expect(await app.ask(0, "hang-up")).toEqual({});
    for (const who of [0, 1]) {
      await expect
        .poll(() => app.of(who, "call-ended"), patience)
        .toMatchObject([{ record: { outcome: "completed" } }]);
    }
  }, 120_000);
});

describe("the page's end of the socket", () => {
  /** An app that hears everything, and answers only what it is told to. */
  async function deafApp() {
    // The class of `ws` has the interface of the browser's, which Node 20 does not have.
    Object.assign(globalThis, { WebSocket });
    const app = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(app, "listening");
    const heard: string[][] = [];
    app.on("connection", (socket) => {
      const texts: string[] = [];
      heard.push(texts);
      socket.on("message", (data: Buffer) => texts.push(data.toString()));
    });
    const { port } = app.address() as { port: number };
    return { app, heard, transport: webSocket(`ws://127.0.0.1:${port}/`, "token") };
  }

  it("says its token first, and takes nothing before it is open", async () => {
    const { app, heard, transport } = await deafApp();
    expect(() => transport.post("early")).toThrow("not open");
    await expect.poll(() => heard).toEqual([["token"]]);
    transport.post("text");
    await expect.poll(() => heard).toEqual([["token", "text"]]);
    transport.close();
    await expect.poll(() => app.clients.size).toBe(0);
    app.close();
  });

  it("connects again where the app does not answer any more, and never to an app that it has left", async () => {
    const { app, heard, transport } = await deafApp();
    const texts: unknown[] = [];
    transport.onText((text) => texts.push(text));
    await expect.poll(() => heard[0], patience).toEqual(["token", "ping"]);
    for (const socket of app.clients) socket.send("pong");
    await expect.poll(() => heard[0], patience).toEqual(["token", "ping", "ping"]);
    expect(heard).toHaveLength(1);
    // No answer this time.
    await expect.poll(() => heard.length, patience).toBe(2);
    await expect.poll(() => app.clients.size).toBe(1);
    for (const socket of app.clients) socket.send("a text");
    await expect.poll(() => texts).toEqual(["a text"]);
    transport.close();
    await expect.poll(() => app.clients.size).toBe(0);
    app.close();
  });
});

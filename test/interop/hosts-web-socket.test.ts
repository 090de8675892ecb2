import { createHmac, randomBytes } from "node:crypto";
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
  await Promise.all([app.kill(), browser.close()]);
  program.remove();
});

/** Each in a context of its own: they are the pages of two people. */
async function openPage(who: number): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  const socket = encodeURIComponent(`ws://127.0.0.1:${app.ports[who]!}/`);
  await page.goto(`${server.origin}${callPagePath}?socket=${socket}#${tokens[who]!}`);
  return page;
}

const challenge = () => randomBytes(32).toString("base64url");
/** As the document has it. */
const proofOf = (token: string, who: "app" | "page", challenges: string) =>
  createHmac("sha256", token).update(`sx-call-kit socket ${who} ${challenges}`).digest("base64url");

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

  it.each(["", "token", tokens[0]!, `${tokens[0]!} `, "A".repeat(42)])(
    "refuses a page of the right origin that says something else than a challenge: %j",
    async (text) => {
      const socket = connect(server.origin);
      const heard: unknown[] = [];
      socket.on("message", (data) => heard.push(data));
      await once(socket, "open");
      socket.send(text);
      socket.send('{"v":1,"type":"ready","data":{}}');
      const [code] = (await once(socket, "close")) as [number];
      expect([code, heard]).toEqual([4401, []]);
    },
  );

  it("refuses a page with another token, with its own proof sent back, and with one for other challenges", async () => {
    for (const answer of [
      (own: string, theirs: string) => proofOf(tokens[1]!, "page", `${own}.${theirs}`),
      (own: string, theirs: string) => proofOf(tokens[0]!, "app", `${own}.${theirs}`),
      (own: string) => proofOf(tokens[0]!, "page", `${own}.${own}`),
      () => proofOf(tokens[0]!, "page", ""),
      () => "A".repeat(43),
    ]) {
      const socket = connect(server.origin);
      const heard: string[] = [];
      socket.on("message", (data: Buffer) => heard.push(data.toString()));
      await once(socket, "open");
      const own = challenge();
      socket.send(own);
      await expect.poll(() => heard.length).toBe(1);
      socket.send(answer(own, heard[0]!.split(".")[0]!));
      socket.send('{"v":1,"type":"ready","data":{}}');
      const [code] = (await once(socket, "close")) as [number];
      expect([code, heard.length]).toEqual([4401, 1]);
    }
  });

  it("proves the token first, takes the right proof, answers the heartbeat, and says nothing but hello before the page is ready", async () => {
    const socket = connect(server.origin);
    const heard: string[] = [];
    socket.on("message", (data: Buffer) => heard.push(data.toString()));
    await once(socket, "open");
    const own = challenge();
    socket.send(own);
    await expect.poll(() => heard.length).toBe(1);
    const [theirs = "", proof] = heard.shift()!.split(".");
    expect(proof).toBe(proofOf(tokens[0]!, "app", `${own}.${theirs}`));
    expect(theirs).not.toBe(own);
    socket.send(proofOf(tokens[0]!, "page", `${own}.${theirs}`));
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
  async function deafApp(answer: (own: string) => string | null = proved) {
    // The class of `ws` has the interface of the browser's, which Node 20 does not have.
    Object.assign(globalThis, { WebSocket });
    const app = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(app, "listening");
    /** For each socket what came after the challenge. */
    const heard: string[][] = [];
    app.on("connection", (socket) => {
      const texts: string[] = [];
      heard.push(texts);
      let own: string | null = null;
      socket.on("message", (data: Buffer) => {
        if (own !== null) {
          texts.push(data.toString());
          return;
        }
        own = data.toString();
        const reply = answer(own);
        if (reply !== null) socket.send(reply);
      });
    });
    const { port } = app.address() as { port: number };
    return { app, heard, transport: webSocket(`ws://127.0.0.1:${port}/`, "token") };
  }

  const theirs = challenge();
  const proved = (own: string) => `${theirs}.${proofOf("token", "app", `${own}.${theirs}`)}`;
  const aProof = expect.stringMatching(/^[\w-]{43}$/) as string;

  it("proves its token after the app has, and takes nothing before", async () => {
    let given = "";
    const { app, heard, transport } = await deafApp((own) => {
      given = own;
      return proved(own);
    });
    expect(() => transport.post("early")).toThrow("not open");
    await expect.poll(() => heard).toEqual([[aProof]]);
    expect(heard[0]![0]).toBe(proofOf("token", "page", `${given}.${theirs}`));
    transport.post("text");
    await expect.poll(() => heard[0]!.slice(1)).toEqual(["text"]);
    transport.close();
    await expect.poll(() => app.clients.size).toBe(0);
    app.close();
  });

  const wrong: Record<string, (own: string) => string | null> = {
    "has another token": (own) => `${theirs}.${proofOf("another", "app", `${own}.${theirs}`)}`,
    "sends the challenge back": (own) => own,
    "proves other challenges": () => `${theirs}.${proofOf("token", "app", `${theirs}.${theirs}`)}`,
    "repeats a proof of the page's": (own) =>
      `${theirs}.${proofOf("token", "page", `${own}.${theirs}`)}`,
    "speaks at once": () => '{"v":1,"type":"hello","data":{"host":"x"}}',
    "says nothing": () => null,
  };
  for (const [how, answer] of Object.entries(wrong)) {
    it(`says nothing but its challenge to a program that ${how}, and takes nothing from it`, async () => {
      const { app, heard, transport } = await deafApp(answer);
      const texts: unknown[] = [];
      transport.onText((text) => texts.push(text));
      await expect.poll(() => heard.length).toBe(1);
      for (const socket of app.clients) socket.send('{"v":1,"type":"configure","data":{}}');
      // It has given this one up, and tries the next.
      await expect.poll(() => heard.length, patience).toBe(2);
      expect(() => transport.post("text")).toThrow("not open");
      expect([heard.flat(), texts]).toEqual([[], []]);
      transport.close();
      await expect.poll(() => app.clients.size).toBe(0);
      app.close();
    });
  }

  it(
    "connects again where the app does not answer any more, and never to an app that it has left",
    { tags: "long" },
    async () => {
      const { app, heard, transport } = await deafApp();
      const texts: unknown[] = [];
      transport.onText((text) => texts.push(text));
      await expect.poll(() => heard[0], patience).toEqual([aProof, "ping"]);
      for (const socket of app.clients) socket.send("pong");
      await expect.poll(() => heard[0], patience).toEqual([aProof, "ping", "ping"]);
      expect(heard).toHaveLength(1);
      // No answer this time.
      await expect.poll(() => heard[1], patience).toEqual([aProof]);
      await expect.poll(() => app.clients.size).toBe(1);
      for (const socket of app.clients) socket.send("a text");
      await expect.poll(() => texts).toEqual(["a text"]);
      transport.close();
      await expect.poll(() => app.clients.size).toBe(0);
      app.close();
    },
  );
});

import { fork } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { WebSocket, WebSocketServer } from "ws";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { webSocket } from "../../src/hosts/transports/web-socket.ts";
import { callPagePath, serveSources } from "../support/hosts/dev-server.ts";
import { SocketApp, SocketAppProgram } from "../support/hosts/socket-app-process.ts";
import { bundle, sampleOf } from "../support/hosts/bundle.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { runUnawaited } from "../support/interop/run-unawaited.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { stateOf, untilProtected } from "../support/package/two-views.ts";

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

/** Like a browser's: closing one that is not open yet is no error of the program. */
class BrowserSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on("error", () => undefined);
  }
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
    expect(app.reported).toEqual([]);
  });
});

describe("two pages in a browser, whose app is another process", () => {
  it(
    "call each other, survive that the app is restarted, and hang up by its word",
    { tags: "long", timeout: 120_000 },
    async () => {
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
          Pick<(typeof app.reported)[0]["data"], "snapshot">
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
    },
  );
});

describe("the page's end of the socket", () => {
  /** An app that hears everything, and answers only what it is asked. */
  async function deafApp(answer: (own: string) => string | null = proved) {
    // The class of `ws` has the interface of the browser's, which Node 20 does not have.
    Object.assign(globalThis, { WebSocket: BrowserSocket });
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
    // Each takes as long as the page gives an app to answer.
    const options = how === "repeats a proof of the page's" ? {} : { tags: "long" };
    it(
      `says nothing but its challenge to a program that ${how}, and takes nothing from it`,
      options,
      async () => {
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
      },
    );
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

describe("the samples of docs/hosts/web-socket.md, as they stand", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const guide = "docs/hosts/web-socket.md";
  const text = readFileSync(join(root, guide), "utf8");
  const page = /^```html\n([^]*?)^```$/m.exec(text)![1]!;
  const policy = /^Content-Security-Policy: (.*)$/m.exec(text)![1]!;

  /** What the app of the sample has of its own: `channel`, `serveFile` and `openBrowser`. It says and hears them as messages. */
  const stand = (folder: string) => `
    import { readFileSync } from "node:fs";
    const channel = { send: (message) => process.send({ signal: message }), onmessage: () => undefined };
    process.on("message", (message) => channel.onmessage(message));
    const types = { html: "text/html", js: "text/javascript" };
    Object.assign(globalThis, {
      channel,
      openBrowser: (address) => process.send({ open: address }),
      serveFile(path, response) {
        const file = new URL(path, "http://localhost").pathname;
        try {
          const body = readFileSync(${JSON.stringify(folder)} + file);
          response.writeHead(200, { "content-type": types[file.split(".").at(-1)], "content-security-policy": ${JSON.stringify(policy)} }).end(body);
        } catch { response.writeHead(file === "/favicon.ico" ? 204 : 404).end(); }
      },
    });`;

  it("open the page from the app, and call somebody whose call is protected", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sx-call-kit-sample-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "call.html"), page);
    const dist = join(root, "dist");
    await build({
      stdin: { contents: sampleOf(guide, "call.js"), loader: "ts", resolveDir: root },
      ...{ bundle: true, format: "esm", outfile: join(folder, "call.js"), logLevel: "error" },
    });
    // A worker is loaded by address: to know that, esbuild has to be configured, other bundlers have not.
    copyFileSync(join(dist, "crypto/worker/worker.js"), join(folder, "worker.js"));
    const samples = {
      "stand.ts": stand(folder),
      "call.ts": sampleOf(guide, "call.ts"),
      "call-socket.ts": sampleOf(guide, "call-socket.ts"),
      "app.ts": 'import "./stand.js";\nimport "./call.js";\n',
    };
    writeFileSync(join(folder, "app.cjs"), await bundle("./app.ts", "node", samples));

    for (const name of ["sx-call-kit.iife.js", "sx-call-worker.js", "sx-call-key-shares.js"])
      copyFileSync(join(dist, name), join(folder, name));
    const other =
      '<!doctype html><sx-call-view></sx-call-view><script src="sx-call-kit.iife.js"></script>';
    writeFileSync(join(folder, "other.html"), other);
    const files = await StaticServer.start(folder);
    onTestFinished(() => files.stop());
    const callee = await (await browser.createBrowserContext()).newPage();
    await callee.goto(`${files.origin}/other.html`);
    const caller = await (await browser.createBrowserContext()).newPage();
    const watch = new PageWatch(caller);
    onTestFinished(async () => {
      for (const one of [caller, callee]) await one.browserContext().close();
    });

    const app = fork(join(folder, "app.cjs"), { silent: true });
    onTestFinished(() => void app.kill());
    await callee.exposeFunction(
      "toApp",
      (message: unknown) => void (app.connected && app.send(message as object)),
    );
    await callee.evaluate(() => {
      document.querySelector("sx-call-view")!.addEventListener("sx-signal", (event) => {
        const { toApp } = globalThis as unknown as { toApp(message: unknown): void };
        toApp((event as CustomEvent<{ message: unknown }>).detail.message);
      });
    });
    const opened = new Promise<string>((resolve) => {
      app.on("message", (said: { open?: string; signal?: unknown }) => {
        if (said.open !== undefined) resolve(said.open);
        else
          runUnawaited(
            callee,
            (message) => {
              const view = document.querySelector("sx-call-view") as unknown as {
                receiveSignal(message: unknown): void;
              };
              view.receiveSignal(message);
            },
            said.signal,
          );
      });
    });
    await caller.goto(await opened);
    await expect.poll(() => stateOf(callee), patience).toBe("incoming none");
    await callee.locator("sx-call-view >>> sx-incoming-call >>> [part~=accept-video]").click();
    await untilProtected(caller, callee);
    expect(watch.problems).toEqual([]);
  }, 120_000);
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";

/*
 * `sx-call/1` stays readable both ways. The kit before device ids, resumption and proofs on both channels is built from the
 * history. It calls the kit of this folder, and is called by it.
 */

/** The last kit before the messages got new fields. */
const previous = "d8f8254f21f151acd78a0647935ca942c066f6d1";
const root = fileURLToPath(new URL("../../", import.meta.url));

const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
const isThere = () => git("cat-file", "-e", `${previous}^{commit}`).status === 0;
// A shallow clone has it not: a build machine fetches that one commit, and fails where it cannot.
if (!isThere() && process.env.CI) git("fetch", "--no-tags", "--depth=1", "origin", previous);
const skips = !isThere() && !process.env.CI;
if (skips)
  process.stdout.write(
    `The commit ${previous.slice(0, 7)} is not in this clone: the calls with the kit before are skipped (git fetch --unshallow).\n`,
  );

/** The elements of a kit as modules of the page, and its frame worker. */
async function bundle(kit: string, outdir: string): Promise<void> {
  await build({
    entryPoints: [
      { in: join(kit, "src/define.ts"), out: "kit" },
      { in: join(kit, "src/crypto/worker/worker.ts"), out: "worker" },
    ],
    ...{ absWorkingDir: kit, tsconfig: join(kit, "tsconfig.json"), outdir },
    ...{ bundle: true, splitting: true, format: "esm", logLevel: "error", preserveSymlinks: true },
  });
}

const pageOf = (folder: string) =>
  `<!doctype html><link rel="icon" href="data:,">
<sx-call-view worker-url="${folder}/worker.js"></sx-call-view><script type="module" src="${folder}/kit.js"></script>`;

/** What of a view a test reads and does, whichever kit it is of. */
interface Call {
  readonly state: string;
  readonly status: string;
  readonly code: readonly number[] | null;
  readonly verification: unknown;
  readonly ending: { readonly reason: string; readonly problem: string | null } | null;
}

/** One person: a page with one of the two kits. */
class Phone {
  readonly page: Page;
  readonly errors: string[] = [];
  /** The fields of each message that it has sent, by type. */
  readonly sent = new Map<string, readonly string[]>();

  constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, url: string): Promise<Phone> {
    const phone = new Phone(await (await browser.createBrowserContext()).newPage());
    await phone.page.goto(url);
    return phone;
  }

  async join(other: Phone): Promise<void> {
    await this.page.exposeFunction("carry", (text: string) => {
      const message = JSON.parse(text) as { type: string };
      this.sent.set(message.type, Object.keys(message));
      void other.page
        .evaluate(`document.querySelector("sx-call-view").receiveSignal(${text}, "other")`)
        .catch(() => undefined);
    });
    await this.page.exposeFunction("wrong", (code: string) => void this.errors.push(code));
    await this.page.evaluate(`{
      const view = document.querySelector("sx-call-view");
      view.contact = { id: "other", name: "Other" };
      view.addEventListener("sx-signal", ({ detail }) => carry(JSON.stringify(detail.message)));
      view.addEventListener("sx-error", ({ detail }) => wrong(detail.code));
    }`);
  }

  do(what: string): Promise<unknown> {
    return this.page.evaluate(`document.querySelector("sx-call-view").${what}`);
  }

  get call(): Promise<Call> {
    return this.page.evaluate(`(() => {
      const { state, protection, securityCode, verification, ending } = document.querySelector("sx-call-view").snapshot;
      return { state, status: protection.status, code: securityCode, verification, ending };
    })()`) as Promise<Call>;
  }

  async until(state: string, status?: string): Promise<Call> {
    const wanted = status === undefined ? state : `${state} ${status}`;
    await expect
      .poll(
        async () => {
          const call = await this.call;
          return status === undefined ? call.state : `${call.state} ${call.status}`;
        },
        { timeout: 30_000 },
      )
      .toBe(wanted);
    return this.call;
  }
}

describe.skipIf(skips)("the kit of this folder and the one before device ids and proofs", () => {
  let folder: string;
  let server: Server | undefined;
  let browser: Browser | undefined;
  const urls = { now: "", before: "" };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sx-call-kit-before-"));
    const archive = join(folder, "kit.tar");
    const kit = join(folder, "kit");
    mkdirSync(kit);
    execFileSync("git", ["archive", "--output", archive, previous], { cwd: root });
    execFileSync("tar", ["-xf", archive, "-C", kit]);
    symlinkSync(join(root, "node_modules"), join(kit, "node_modules"), "dir");
    // By today's tools: those of that day may be gone.
    await Promise.all([bundle(kit, join(folder, "before")), bundle(root, join(folder, "now"))]);
    const listening = createServer(({ url = "" }, response) => {
      const isScript = url.endsWith(".js");
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      try {
        response.end(isScript ? readFileSync(join(folder, url)) : pageOf(url));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    server = listening;
    // A TCP server's address is no string.
    const { port } = listening.address() as AddressInfo;
    for (const name of ["now", "before"] as const) urls[name] = `http://127.0.0.1:${port}/${name}`;
    browser = await startBrowser("chromium");
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [caller, callee] of [
    ["before", "now"],
    ["now", "before"],
  ] as const) {
    for (const ender of ["caller", "callee"] as const) {
      it(`call each other: the kit ${caller} the kit ${callee}, and the ${ender} ends it`, async () => {
        const [a, b] = [
          await Phone.open(browser!, urls[caller]),
          await Phone.open(browser!, urls[callee]),
        ];
        await Promise.all([a.join(b), b.join(a)]);
        await a.do('startCall({ media: "audio" })');
        await b.until("incoming");
        await b.do('acceptCall({ media: "audio" })');
        const calls = await Promise.all([a, b].map((one) => one.until("connected", "protected")));
        for (const one of [a, b])
          await expect.poll(async () => (await one.call).code?.length, { timeout: 30_000 }).toBe(7);
        const codes = await Promise.all([a, b].map(async (one) => (await one.call).code));
        expect(codes[0]).toEqual(codes[1]);
        expect(calls.map(({ ending }) => ending)).toEqual([null, null]);
        // They are two different kits: only the one of this folder names its device.
        const [old, own] = caller === "before" ? [a, b] : [b, a];
        const first = (phone: Phone) => [...phone.sent.values()][0] ?? [];
        expect(first(old)).not.toContain("device");
        expect(first(own)).toContain("device");
        await (ender === "caller" ? a : b).do("hangUp()");
        const ended = await Promise.all([a, b].map((one) => one.until("ended")));
        for (const { ending } of ended)
          expect(ending).toMatchObject({ reason: "hung-up", problem: null });
        expect([...a.errors, ...b.errors]).toEqual([]);
        await Promise.all([a, b].map(({ page }) => page.browserContext().close()));
      }, 120_000);
    }
  }
});

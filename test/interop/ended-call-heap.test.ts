import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveSources } from "../support/hosts/dev-server.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { Heap } from "../support/interop/heap.ts";

/*
 * The keys of a call are gone with it: the whole object graph of the page is walked, from the roots on. The page is the sources as they
 * are, so that classes have their names.
 */

/** What holds keys, and the keys themselves. */
const keys = [
  ...["CryptoKey", "CryptoKeyPair", "HandshakeKeys", "ResumptionSecret", "Successors"],
  ...["PreparedAnswer", "InitiatorAgreement", "ResponderAgreement"],
];

let server: Awaited<ReturnType<typeof serveSources>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([serveSources(), startBrowser("chromium")]);
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(`${server.origin}/test/support/interop/blank.html`);
});

afterEach(() => page.close());

/** Runs a script of the page. As text: what it imports is the page's. */
const run = (script: string) => page.evaluate(`(async () => { ${script} })()`);

const waysToKeys = async () => (await Heap.of(page)).waysTo(keys);

const callPair = `const { CallPair, Side } = await import("/test/support/call-pair.ts");
globalThis.pair = new CallPair();
const { a, b } = pair;`;

describe("a call that is over", () => {
  it("has left no key in the page, and had some while it went on", async () => {
    await run(`${callPair} await pair.connect("audio");
await Promise.all([a, b].map((side) => side.until(({ securityCode }) => securityCode !== null)));`);
    expect((await waysToKeys()).length).toBeGreaterThan(3);
    await run(
      `await pair.a.source.perform({ type: "hang-up" }); await pair.b.untilState("ended");`,
    );
    // It is still shown, with all that its person may read.
    expect(await run(`return [pair.a, pair.b].map(({ snapshot }) => snapshot.state)`)).toEqual([
      "ended",
      "ended",
    ]);
    expect(await waysToKeys()).toEqual([]);
  }, 120_000);

  const ends: Record<string, string> = {
    "declined while it rang, with its answer prepared": `await b.source.perform({ type: "decline" });`,
    "cancelled while it rang": `await a.source.perform({ type: "hang-up" });`,
    "ended in the middle of the set-up": `void b.source.perform({ type: "accept", media: "audio" });
await b.untilState("connecting"); await b.source.perform({ type: "hang-up" });`,
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`has left none where it was ${how}`, { tags: "long", timeout: 120_000 }, async () => {
      await run(`${callPair} await a.source.perform({ type: "start", media: "audio" });
await b.untilState("incoming"); await new Promise((resolve) => setTimeout(resolve, 1000));`);
      expect((await waysToKeys()).length).toBeGreaterThan(1);
      await run(`const { a, b } = pair; ${end}
await Promise.all([a, b].map((side) => side.untilState("ended")));`);
      expect(await waysToKeys()).toEqual([]);
    });
  }

  it("has left none where it resumed another one", { tags: "long", timeout: 120_000 }, async () => {
    await run(`${callPair} await pair.connect("audio");
await Promise.all([a, b].map((side) => side.until(({ securityCode }) => securityCode !== null)));
const last = JSON.parse(JSON.stringify(a.snapshot));
const fresh = (globalThis.fresh = new Side());
fresh.source.subscribe((notice) => {
  if (notice.type === "signal") setTimeout(() => b.source.receive(JSON.parse(JSON.stringify(notice.message)), "peer"));
});
b.source.subscribe((notice) => {
  if (notice.type === "signal") setTimeout(() => fresh.source.receive(JSON.parse(JSON.stringify(notice.message)), "peer"));
});
await fresh.source.perform({ type: "resume-call", last });
await Promise.all([fresh, b].map((side) => side.until(({ callId, state, securityCode }) => callId !== last.callId && state === "connected" && securityCode !== null)));
a.source.close();
await fresh.source.perform({ type: "hang-up" });
await b.untilState("ended");`);
    expect(await waysToKeys()).toEqual([]);
  });

  it(
    "has left none over SimpleX's protocol, nor the app's own, but for the spare ones of the next call",
    { tags: "long", timeout: 120_000 },
    async () => {
      await run(`const [{ appPair, connect }, { kitPage }] = await Promise.all(
  ["simplex/pair", "simplex-kit"].map((name) => import(\`/test/support/\${name}.ts\`)));
globalThis.kits = [kitPage({ tone: 440 }), kitPage({ tone: 880 })];
globalThis.pair = await appPair(kits[0].open, kits[1].open);
await connect(pair, "audio");
await Promise.all(kits.map((kit) => kit.until(({ securityCode }) => securityCode !== null)));`);
      const during = await Heap.of(page);
      expect(during.fieldsOf("SetUpRunner", "#key")).toContain("Uint8Array");
      await run(`pair.a.end();
await Promise.all(kits.map((kit) => kit.until(({ state }) => state === "ended")));`);
      const after = await Heap.of(page);
      expect(after.fieldsOf("SetUpRunner", "#key")).not.toContain("Uint8Array");
      expect(after.waysTo(keys, ["SpareParts"])).toEqual([]);
      // A page that is closed has no next call.
      await run(`for (const { host } of kits) host.close();`);
      expect(await waysToKeys()).toEqual([]);
    },
  );
});

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createHmac } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { BuildOptions } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { CallPage } from "../../src/hosts/bridge/call-page.ts";
import { electronOn } from "../support/hosts/electron-app.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { runUnawaited } from "../support/interop/run-unawaited.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { platformTypes } from "../support/package/platform-types.ts";
import { typeProblems } from "../support/samples-types.ts";
import { readPages, root, samplesOf, scriptsOf } from "../support/samples.ts";
import type { Sample } from "../support/samples.ts";

/*
 * The samples of the documentation, run as they stand: each in a page with three views, beside what an app has of its own. Reads `dist/`,
 * which `npm run test:long` builds first.
 */

const samples = readPages()
  .flatMap(samplesOf)
  .filter(({ language }) => ["ts", "tsx", "js", "html", "css"].includes(language));

function sampleWith(file: string, text: string): Sample {
  const found = samples.filter((one) => one.file === file && one.code.includes(text));
  if (found.length !== 1) throw new Error(`${file} has ${String(found.length)} samples of ${text}`);
  return found[0]!;
}

interface Scenario {
  readonly does: string;
  readonly file: string;
  /** What only this sample of its page has. */
  readonly has: string;
  /** A script of the app, run before the sample. */
  readonly app?: string;
  /** Put behind the sample: what the test needs of it. */
  readonly more?: string;
  readonly body?: string;
  /** Run in the page; returns what is expected. `sample` is what the sample exports. */
  readonly test: string;
  readonly expected: unknown;
}

const guide = (name: string) => `docs/guides/${name}.md`;
const secret = "new Uint8Array(32).fill(7)";

const scenarios: readonly Scenario[] = [
  {
    does: "keeps the secret of a verified call, and warns of a call without it",
    file: guide("continuity"),
    has: "hostSecret",
    more: "export { meet };",
    app: `const store = new Map();
      globalThis.secrets = { get: (id) => store.get(id) ?? null, set: (id, given) => store.set(id, given), delete: (id) => store.delete(id) };
      globalThis.channel = { onmessage: () => undefined };
      globalThis.warned = [];
      globalThis.warn = (id) => warned.push(id);`,
    test: `link(a, (message) => b.receiveSignal(message));
      link(b, (message) => channel.onmessage(message, "ann"));
      await call(b, a);
      await verify(a, b);
      await a.hangUp();
      await until(() => secrets.get("ann") !== null && b.state === "ended");
      const kept = secrets.get("ann").length;
      sample.meet("ann");
      await a.startCall({ media: "audio" });
      await until(() => b.state === "incoming");
      await b.acceptCall({ media: "audio" }).catch(() => undefined);
      await until(() => warned.length > 0);
      return [kept, warned, secrets.get("ann").length];`,
    expected: [32, ["ann"], 32],
  },
  {
    does: "carries a call over an app's old channel",
    file: guide("migrating"),
    has: "OldChannel",
    test: `a.contact = { id: "42", name: "Alice" };
      const old = { onmessage: null, send: ({ type, body }) => { if (type === "sx-call") setTimeout(() => b.receiveSignal(body)); } };
      sample.carry(old);
      old.onmessage({ type: "chat", body: "hello" });
      link(b, (message) => old.onmessage({ type: "sx-call", body: message }));
      await call(a, b);
      return errors;`,
    expected: [],
  },
  {
    does: "starts a call by the app's own button",
    file: guide("migrating"),
    has: "#call",
    body: `<button id="call">Call</button>`,
    test: `document.querySelector("#call").click();
      await until(() => a.state !== "idle");
      return [a.snapshot.direction, a.iceServers[0].urls, errors];`,
    expected: ["outgoing", "turns:turn.example.org:443?transport=tcp", []],
  },
  {
    does: "shows and stores what happens to a call",
    file: guide("migrating"),
    has: "CallRecord",
    test: `const shown = [], stored = [];
      sample.follow((text) => shown.push(text), (record) => stored.push(record.outcome));
      pair(a, b);
      await call(a, b);
      await a.hangUp();
      await until(() => stored.length > 0);
      return [["connected", "protected", "ended"].every((text) => shown.includes(text)), stored];`,
    expected: [true, ["completed"]],
  },
  {
    does: "asks for the code to be compared, until it was",
    file: guide("security-code"),
    has: "compared",
    test: `pair(a, b);
      const hint = () => a.querySelector("[slot=details]") !== null;
      await call(a, b);
      const first = hint();
      await verify(a, b);
      await a.hangUp();
      await until(() => a.state === "ended" && b.state === "ended");
      const after = hint();
      await call(a, b);
      return [first, after, hint()];`,
    expected: [true, false, false],
  },
  {
    does: "connects a view to a channel of texts",
    file: guide("signalling"),
    has: "SecureChannel",
    test: `let heard;
      sample.connect(
        { send: (_id, text) => setTimeout(() => b.receiveSignal(JSON.parse(text))), onText: (listener) => (heard = listener) },
        { id: "bob", name: "Bob" },
      );
      heard("bob", "no JSON");
      link(b, (message) => heard("bob", JSON.stringify(message)));
      await call(b, a);
      return errors;`,
    expected: [],
  },
  {
    does: "takes calls of several contacts, and messages of a call from its contact alone",
    file: guide("signalling"),
    has: "connectAll",
    test: `a.contact = { id: "ann", name: "Ann" };
      const contacts = new Map(["bob", "eve"].map((id) => [id, { id, name: id.toUpperCase() }]));
      const deliver = sample.connectAll(a, contacts, (id, text) => {
        if (id === "bob") setTimeout(() => b.receiveSignal(JSON.parse(text)));
      });
      let last;
      link(b, (message) => { last = message; deliver("bob", message); });
      await b.startCall({ media: "audio" });
      await until(() => a.state === "incoming" && textOf(a).includes("BOB"));
      deliver("eve", { ...last, type: "end", reason: "cancelled" });
      await new Promise((resolve) => setTimeout(resolve));
      const still = a.state;
      await a.acceptCall({ media: "audio" });
      await untilProtected(a, b);
      return [still, errors];`,
    expected: ["incoming", []],
  },
  {
    does: "ends the ringing of a person's other devices",
    file: guide("signalling"),
    has: "tellSiblings",
    test: `const receive = {};
      receive.a = sample.tellSiblings(a, (text) => setTimeout(() => receive.b(text)));
      receive.b = sample.tellSiblings(b, (text) => setTimeout(() => receive.a(text)));
      for (const [id, view] of [["a", a], ["b", b]])
        link(view, (message) => { if (sample.mayPass(message, id)) c.receiveSignal(message); });
      link(c, (message) => { a.receiveSignal(message); b.receiveSignal(message); });
      await c.startCall({ media: "audio" });
      await until(() => a.state === "incoming" && b.state === "incoming");
      await a.acceptCall({ media: "audio" });
      await untilProtected(a, c);
      return [b.state, b.snapshot.ending.reason, errors];`,
    expected: ["ended", "answered-elsewhere", []],
  },
  {
    does: "opens with messages that waited, and accepts",
    file: guide("signalling"),
    has: "openWith",
    test: `const waiting = [];
      let isOpen = false;
      link(c, (message) => { if (isOpen) a.receiveSignal(message, a.contact.id); else waiting.push(message); });
      link(a, (message) => c.receiveSignal(message));
      await c.startCall({ media: "audio" });
      await until(() => waiting.length > 0);
      isOpen = true;
      sample.openWith(a, waiting, true);
      await untilProtected(a, c);
      return errors;`,
    expected: [],
  },
  {
    does: "binds calls to a secret of the chat: the same makes a call, another makes none",
    file: guide("signalling"),
    has: "bindCalls",
    test: `pair(a, b);
      const keys = [new Uint8Array([1, 2]), new Uint8Array([3, 4])];
      await sample.bindCalls(a, ${secret}, keys);
      await sample.bindCalls(b, ${secret}, [...keys].reverse());
      await call(a, b);
      await a.hangUp();
      await until(() => a.state === "ended" && b.state === "ended");
      await sample.bindCalls(b, ${secret}.fill(8), keys);
      await a.startCall({ media: "audio" });
      await until(() => b.state === "incoming");
      await b.acceptCall({ media: "audio" }).catch(() => undefined);
      await until(() => errors.includes("insecure"));
      return [...new Set(errors)];`,
    expected: ["insecure"],
  },
  {
    does: "fetches the credentials of a relay",
    file: guide("turn"),
    has: "refresh",
    test: `await until(() => a.iceServers.length === 1);
      return [a.iceServers[0].username, errors];`,
    expected: ["from-the-server", []],
  },
  {
    does: "explains what a connection can do",
    file: guide("turn"),
    has: "explain",
    test: `const lines = (await sample.explain([])).split("\\n");
      return [lines.length, /^\\S+, UDP \\S+, loop \\S+$/.test(lines[0]) || lines[0]];`,
    expected: [1, true],
  },
  {
    does: "plays a reconnection in a view",
    file: "docs/simulator.md",
    has: "sx-call-kit/define",
    more: "export { calls };",
    test: `const states = [];
      a.addEventListener("sx-state-changed", ({ detail }) => states.push(detail.state));
      await sampled;
      return [states.slice(-3), errors];`,
    expected: [["connected", "reconnecting", "connected"], []],
  },
  {
    does: "plays a script of one's own",
    file: "docs/simulator.md",
    has: '"poor"',
    more: "export { calls };",
    test: `a.calls = sample.calls;
      await until(() => a.state === "incoming");
      await a.acceptCall({ media: "audio" });
      await sample.calls.finished;
      return [a.state, a.snapshot.ending.reason];`,
    expected: ["ended", "hung-up"],
  },
  {
    does: "moves the clock of a simulated call by hand",
    file: "docs/simulator.md",
    has: "speed: 0",
    more: "export { calls };",
    test: `return sample.calls.snapshot.ending.problem;`,
    expected: "connection-failed",
  },
  {
    does: "declines with a few words",
    file: "docs/notes.md",
    has: "view.quickTexts",
    test: `pair(a, b);
      void b.startCall({ media: "audio" });
      await until(() => a.state === "incoming");
      await a.declineCall({ text: a.quickTexts[1] });
      await until(() => b.state === "ended");
      return [a.quickTexts.length, b.snapshot.ending.text];`,
    expected: [3, "On my way."],
  },
  {
    does: "takes a note",
    file: "docs/notes.md",
    has: "view.notes = true",
    test: `return a.notes;`,
    expected: true,
  },
  {
    does: "keeps what is written in a call",
    file: "docs/text.md",
    has: "keepTranscripts",
    test: `sample.keepTranscripts(a, () => undefined);
      return a.transcript;`,
    expected: true,
  },
  {
    does: "reads a report of a call",
    file: "docs/receipt.md",
    has: "view.report()",
    more: "export { text };",
    test: `pair(a, b);
      await call(a, b, "audio");
      return [sample.text, a.report() !== null, JSON.stringify(a.report()).includes(a.snapshot.callId)];`,
    expected: ["null", true, false],
  },
  {
    does: "has a switch for blur and for voice isolation",
    file: "docs/effects.md",
    has: "noiseSuppression({",
    test: `return a.effects.map(({ feature }) => feature);`,
    expected: ["backgroundBlur", "voiceIsolation"],
  },
  {
    does: "has an effect of its own",
    file: "docs/effects.md",
    has: "const effect: TrackEffect",
    more: "export { effect };",
    test: `a.effects = [sample.effect];
      pair(a, b);
      await call(a, b, "video");
      await until(() => a.snapshot.voice.backgroundBlur === false);
      return errors;`,
    expected: [],
  },
  {
    does: "draws the camera's picture anew",
    file: "docs/track-processor.md",
    has: "captureStream",
    app: `globalThis.captures = 0;
      const { captureStream } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.captureStream = function (...given) { captures += 1; return captureStream.apply(this, given); };`,
    test: `pair(a, b);
      await call(a, b, "video");
      await until(() => b.snapshot.remote.camera);
      return [captures > 0, errors];`,
    expected: [true, []],
  },
  {
    does: "speaks another language of the kit",
    file: "docs/words.md",
    has: "french",
    more: "export { french };",
    test: `await a.startCall({ media: "audio" }).catch(() => undefined);
      const label = sample.french.endCall;
      await until(() => find(a, "hang-up")?.ariaLabel === label || textOf(a).includes(label));
      return label !== "End call";`,
    expected: true,
  },
  {
    does: "has an app's own words",
    file: "docs/words.md",
    has: "Leave",
    test: `await a.startCall({ media: "audio" }).catch(() => undefined);
      await until(() => find(a, "hang-up")?.ariaLabel === "Leave" || textOf(a).includes("Leave"));
      return true;`,
    expected: true,
  },
  {
    does: "starts the notifications of a page",
    file: "docs/notifications.md",
    has: "CallNotifier.start",
    more: "export { notifier };",
    test: `return [typeof sample.notifier.permission, (await navigator.serviceWorker.ready).active.scriptURL.split("/").at(-1), errors];`,
    expected: ["string", "sx-call-sw.js", []],
  },
  {
    does: "asks for permission by a button of the app, where that is still open",
    file: "docs/notifications.md",
    has: "#notify-me",
    body: `<button id="notify-me">Notify me</button>`,
    app: `globalThis.notifier = { permission: "default", asked: 0, async askPermission() { this.asked += 1; return (this.permission = "granted"); } };`,
    test: `const button = document.querySelector("#notify-me");
      const before = button.hidden;
      button.click();
      await until(() => button.hidden);
      return [before, notifier.asked];`,
    expected: [false, 1],
  },
  {
    does: "hears an app in a WebView of React Native",
    file: "docs/hosts/react-native.md",
    has: "web-view-transport.ts",
    app: `import { CallPage } from "sx-call-kit/hosts/call-page";
      import { connectHost } from "sx-call-kit/hosts/connect-host";
      import { reactNative } from "sx-call-kit/hosts/react-native";
      Object.assign(globalThis, { CallPage, connectHost, reactNative });`,
    test: `const transport = new sample.WebViewTransport();
      const origin = "https://call.invalid";
      globalThis.ReactNativeWebView = {
        postMessage: (data) => setTimeout(() => {
          transport.receive({ nativeEvent: { data: "{}", url: "https://other.invalid/" } }, origin);
          transport.receive({ nativeEvent: { data, url: origin + "/" } }, origin);
        }),
      };
      const facts = [];
      const page = new CallPage(transport, (fact) => facts.push(fact.type));
      transport.view = { injectJavaScript: (script) => setTimeout(() => (0, eval)(script)) };
      connectHost(a, { transport: reactNative() });
      await until(() => facts.includes("ready"));
      await page.request("configure", { contact: { id: "ann", name: "Ann\\u2028" } });
      return a.contact.id;`,
    expected: "ann",
  },
];

/** The page's side of each platform, beside an app that stands there for it: `platforms.ts` of the tests. */
const hosts: readonly [file: string, has: string, platform: string][] = [
  ["docs/hosts/README.md", "auto()", "reactNativePlatform()"],
  ["docs/hosts/android.md", "androidWebMessage()", "androidWebMessagePlatform()"],
  ["docs/hosts/electron.md", "electron()", "electronPlatform()"],
  ["docs/hosts/flutter.md", "flutterChannel()", "flutterChannelPlatform()"],
  ["docs/hosts/ios.md", "wkMessageHandler()", "wkPlatform()"],
  ["docs/hosts/qt.md", "qtWebChannel()", "qtPlatform()"],
  ["docs/hosts/react-native.md", "reactNative()", "reactNativePlatform()"],
  ["docs/hosts/tauri.md", "tauri()", "tauriPlatform()"],
];

/** Run elsewhere, or only where their platform is. */
const others: readonly [file: string, has: string, where: string][] = [
  ["README.md", "<!doctype html>", "test/interop/packed.test.ts"],
  ["docs/hosts/web-socket.md", "<sx-call-view>", "test/interop/hosts-web-socket.test.ts"],
  ["docs/hosts/web-socket.md", "// call.js", "test/interop/hosts-web-socket.test.ts"],
  ["docs/hosts/web-socket.md", "// call-socket.ts", "test/interop/hosts-web-socket.test.ts"],
  ["docs/hosts/web-socket.md", "// call.ts", "test/interop/hosts-web-socket.test.ts"],
  ["docs/notifications.md", "importScripts", "test/interop/notifications.test.ts"],
];

/** What every page of a sample has. */
const helpers = `
globalThis.errors = [];
globalThis.views = [...document.querySelectorAll("sx-call-view")];
[globalThis.a, globalThis.b, globalThis.c] = views;
for (const view of views) view.addEventListener("sx-error", ({ detail }) => errors.push(detail.code));
globalThis.until = async (isSo, patience = 30_000) => {
  const end = performance.now() + patience;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("It never was so: " + isSo + " " + views.map(({ state }) => state) + " " + errors);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
globalThis.link = (view, pass) => view.addEventListener("sx-signal", ({ detail }) => {
  const text = JSON.stringify(detail.message);
  setTimeout(() => pass(JSON.parse(text)));
});
globalThis.pair = (one, other) => {
  link(one, (message) => other.receiveSignal(message));
  link(other, (message) => one.receiveSignal(message));
};
globalThis.untilProtected = (...both) =>
  until(() => both.every(({ snapshot }) => snapshot.state === "connected" && snapshot.protection.status === "protected"));
globalThis.call = async (from, to, media = "audio") => {
  await from.startCall({ media });
  await until(() => to.state === "incoming");
  await to.acceptCall({ media });
  await untilProtected(from, to);
};
globalThis.all = function* (place) {
  for (const element of place.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* all(element.shadowRoot);
  }
};
globalThis.find = (view, part) => [...all(view.shadowRoot)].find((element) => element.part.contains(part)) ?? null;
globalThis.textOf = (view) =>
  [...all(view.shadowRoot)].flatMap(({ childNodes }) => [...childNodes]).filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(" ");
globalThis.verify = async (...both) => {
  for (const view of both) {
    await until(() => find(view, "lock") !== null);
    find(view, "lock").click();
    await until(() => find(view, "match") !== null);
    find(view, "match").click();
  }
  await until(() => both.every(({ snapshot: { verification } }) => verification.local === true && verification.remote === true));
};`;

let browser: Browser;
let folder: string;
let server: StaticServer;

beforeAll(async () => {
  browser = await startBrowser("chromium");
  folder = mkdtempSync(join(tmpdir(), "sx-call-kit-samples-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/sx-call-kit"), "junction");
  copyFileSync(join(root, "dist/sx-call-sw.js"), join(folder, "sx-call-sw.js"));
  writeFileSync(
    join(folder, "turn-credentials"),
    JSON.stringify([
      { urls: "turn:127.0.0.1:9", username: "from-the-server", credential: "secret" },
    ]),
  );
  await build({
    entryPoints: [join(root, "test/support/hosts/platforms.ts")],
    outfile: join(folder, "platforms.js"),
    ...{ bundle: true, format: "iife", globalName: "platforms", logLevel: "error" },
  });
  server = await StaticServer.start(folder);
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;

/** A page of its own, with a script that is bundled. @param head what comes before the script. */
async function pageOf(
  script: string,
  html: string,
  settings: BuildOptions = {},
): Promise<{ page: Page; watch: PageWatch }> {
  count += 1;
  const name = `page-${String(count)}`;
  writeFileSync(join(folder, `${name}.ts`), script);
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile: join(folder, `${name}.js`),
    ...{ bundle: true, format: "esm", logLevel: "error", ...settings },
  });
  writeFileSync(join(folder, `${name}.html`), html.replaceAll("SCRIPT", `${name}.js`));
  const page = await (await browser.createBrowserContext()).newPage();
  onTestFinished(() => page.browserContext().close());
  const watch = new PageWatch(page);
  await page.goto(`${server.origin}/${name}.html`);
  return { page, watch };
}

const head = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">
<style>sx-call-view { display: block; width: 320px; height: 480px; float: left; }</style>`;
const views = "<sx-call-view></sx-call-view>".repeat(3);

/** The page's own code beside the sample, in the order of a page: the app, the sample, then what the test asks. */
function standing(file: string, code: string, app: string, more: string): string {
  const name = file.replace(/\W/g, "-") + String(count);
  writeFileSync(join(folder, `${name}-app.ts`), `${app}\nexport {};\n`);
  writeFileSync(join(folder, `${name}-sample.ts`), `${code}\n${more}\nexport {};\n`);
  return `import "sx-call-kit/define";\nimport "./${name}-app.ts";\n${helpers}
    globalThis.sampled = import("./${name}-sample.ts").then((sample) => (globalThis.sample = sample));`;
}

describe("the samples of the documentation, as they stand", () => {
  it.each(scenarios)(
    "$does ($file)",
    async (scenario) => {
      const { file, has, app = "", more = "", body = "", test, expected } = scenario;
      const script = standing(file, sampleWith(file, has).code, app, more);
      const { page, watch } = await pageOf(
        script,
        `${head}<body>${body}${views}<script type="module" src="SCRIPT"></script>`,
      );
      await page.waitForFunction("'sampled' in globalThis");
      // One that plays a call to its end is asked before that.
      const isLasting = sampleWith(file, has).code.includes("await calls.finished");
      if (!isLasting) await page.evaluate("sampled.then(() => undefined)");
      expect(await page.evaluate(`(async () => { ${test} })()`)).toEqual(expected);
      expect(watch.problems.filter((text) => !text.includes("Lit is in dev mode"))).toEqual([]);
    },
    90_000,
  );

  it.each(hosts)("speak with the app: %s", async (file, has, platform) => {
    const code = sampleWith(file, `transport: ${has}`).code;
    const { page, watch } = await pageOf(
      standing(file, code, "", ""),
      `${head}<body>${views}<script src="platforms.js"></script>
      <script>globalThis.reported = []; const platform = platforms.${platform}; platform.app.onText((text) => reported.push(JSON.parse(text).type));</script>
      <script type="module" src="SCRIPT"></script>`,
    );
    await page.waitForFunction("'sampled' in globalThis");
    await page.evaluate(`sampled.then(() => until(() => reported.includes("ready")))`);
    expect(watch.problems.filter((text) => !text.includes("Lit is in dev mode"))).toEqual([]);
  });

  it("are a page of its own whose view fills the window", async () => {
    const whole = sampleWith(guide("migrating"), "viewport-fit");
    const [script] = scriptsOf(whole);
    const html = whole.code.replace(
      /<script type="module">[\s\S]*?<\/script>/,
      '<script type="module" src="SCRIPT"></script>',
    );
    const { page } = await pageOf(script!.code, html);
    const shown = await page.waitForFunction(() => {
      const view = document.querySelector("sx-call-view")!;
      return (
        view.shadowRoot && [view.contact.name, view.getBoundingClientRect().height === innerHeight]
      );
    });
    expect(await shown.jsonValue()).toEqual(["Alice", true]);
  });

  it.each([
    ["hide the address of a person in a call by relay alone", "relay-only>", "off"],
    ["measure the relays of such a call", "measure-relays", "caller"],
  ])("%s", async (_name, has, measureRelays) => {
    const { code } = sampleWith(guide("turn"), has);
    const { page } = await pageOf(
      'import "sx-call-kit/define";',
      `${head}<body>${code}<script type="module" src="SCRIPT"></script>`,
    );
    const shown = await page.waitForFunction(() => {
      const view = document.querySelector("sx-call-view")!;
      return view.shadowRoot && [view.contact.name, view.relayOnly, view.measureRelays];
    });
    expect(await shown.jsonValue()).toEqual(["Alice", true, measureRelays]);
  });

  it("make credentials that a relay takes", async () => {
    const file = join(folder, "turn-server.ts");
    writeFileSync(file, sampleWith(guide("turn"), "function turnServers").code);
    const outfile = join(folder, "turn-server.mjs");
    await build({
      ...{ entryPoints: [file], outfile, format: "esm", platform: "node", logLevel: "error" },
    });
    const { turnServers } = (await import(pathToFileURL(outfile).href)) as {
      turnServers(secret: string): { username: string; credential: string }[];
    };
    const [{ username, credential }] = turnServers("shared") as [
      { username: string; credential: string },
    ];
    // What coturn checks with `use-auth-secret`.
    expect(credential).toBe(createHmac("sha1", "shared").update(username).digest("base64"));
    expect(Number(username.split(":")[0])).toBeGreaterThan(Date.now() / 1000 + 5 * 3600);
  });

  it("are the whole page of Android's WebView, under its own policy", async () => {
    const html = sampleWith("docs/hosts/android.md", "Content-Security-Policy").code;
    writeFileSync(join(folder, "android.html"), html);
    writeFileSync(
      join(folder, "android.ts"),
      sampleWith("docs/hosts/android.md", "transport: androidWebMessage()").code,
    );
    await build({
      entryPoints: [join(folder, "android.ts")],
      outfile: join(folder, "call.js"),
      ...{ bundle: true, format: "esm", logLevel: "error" },
    });
    const page = await (await browser.createBrowserContext()).newPage();
    onTestFinished(() => page.browserContext().close());
    const watch = new PageWatch(page);
    await page.evaluateOnNewDocument(`${readFileSync(join(folder, "platforms.js"), "utf8")}
      globalThis.reported = [];
      platforms.androidWebMessagePlatform().app.onText((text) => reported.push(JSON.parse(text).type));`);
    await page.goto(`${server.origin}/android.html`);
    await page.waitForFunction(`reported.includes("ready")`);
    expect(watch.problems.filter((text) => !text.includes("Lit is in dev mode"))).toEqual([]);
  });

  it("are Electron's preload script and transport, which take texts of the call page alone", async () => {
    const { code: preload } = sampleWith("docs/hosts/electron.md", "// preload.cjs");
    const script = standing(
      "electron.md",
      sampleWith("docs/hosts/electron.md", "// window-transport.mts").code,
      `import { CallPage } from "sx-call-kit/hosts/call-page";
      import { connectHost } from "sx-call-kit/hosts/connect-host";
      import { electron } from "sx-call-kit/hosts/electron";
      Object.assign(globalThis, { CallPage, connectHost, electron });`,
      "",
    );
    const { page } = await pageOf(
      script,
      `${head}<body>${views}<script type="module" src="SCRIPT"></script>`,
    );
    await page.waitForFunction("'sampled' in globalThis");
    // Electron itself stands here: both ends of its IPC, with texts on another turn.
    const result = await page.evaluate(`(async () => {
      const { windowTransport } = await sampled;
      const inMain = new Map(), inPage = new Set(), facts = [];
      const contents = {
        ipc: { on: (name, listener) => inMain.set(name, listener), removeAllListeners: (name) => inMain.delete(name) },
        mainFrame: { url: "sx-call://app/index.html" },
        send: (name, text) => setTimeout(() => { for (const listener of inPage) listener({}, text); }),
        isDestroyed: () => false,
      };
      const says = (senderFrame, text) => setTimeout(() => inMain.get("sx-host")?.({ senderFrame }, text));
      new Function("require", ${JSON.stringify(preload)})(() => ({
        contextBridge: { exposeInMainWorld: (name, api) => { globalThis[name] = api; } },
        ipcRenderer: {
          send: (_name, text) => { says({ url: contents.mainFrame.url }, "from a frame"); says(contents.mainFrame, text); },
          on: (_name, listener) => inPage.add(listener),
          off: (_name, listener) => inPage.delete(listener),
        },
      }));
      const heard = [];
      const transport = windowTransport(contents, "sx-call://app");
      const page = new CallPage({ ...transport, onText: (listener) => transport.onText((text) => { heard.push(text); listener(text); }) }, (fact) => facts.push(fact.type));
      connectHost(a, { transport: electron() });
      await until(() => facts.includes("ready"));
      await page.request("configure", { contact: { id: "ann", name: "Ann" } });
      page.close();
      return [a.contact.id, heard.includes("from a frame"), inMain.size];
    })()`);
    expect(result).toEqual(["ann", false, 0]);
  });

  it("are Electron's whole app, main process and all, which has a protected call", async () => {
    const app = join(folder, "electron-app");
    mkdirSync(join(app, "call"), { recursive: true });
    mkdirSync(join(app, "node_modules/electron"), { recursive: true });
    symlinkSync(root, join(app, "node_modules/sx-call-kit"), "junction");
    const file = "docs/hosts/electron.md";
    writeFileSync(join(app, "main.mjs"), sampleWith(file, "// main.mjs").code);
    writeFileSync(join(app, "preload.cjs"), sampleWith(file, "// preload.cjs").code);
    writeFileSync(
      join(app, "window-transport.mts"),
      sampleWith(file, "// window-transport.mts").code,
    );
    await build({
      ...{
        entryPoints: [join(app, "window-transport.mts")],
        outfile: join(app, "window-transport.mjs"),
      },
      ...{ format: "esm", logLevel: "error" },
    });
    const html = sampleWith("docs/hosts/android.md", "Content-Security-Policy").code;
    writeFileSync(join(app, "call/index.html"), html);
    writeFileSync(join(app, "page.ts"), sampleWith(file, "transport: electron()").code);
    await build({
      ...{ entryPoints: [join(app, "page.ts")], outfile: join(app, "call/call.js") },
      ...{ bundle: true, format: "esm", logLevel: "error" },
    });
    const { electron, log, windows } = electronOn(browser);
    Object.assign(globalThis, { electronOfTheTest: electron });
    writeFileSync(
      join(app, "node_modules/electron/package.json"),
      `{ "type": "module", "exports": "./index.js" }`,
    );
    writeFileSync(
      join(app, "node_modules/electron/index.js"),
      `export const { ${Object.keys(electron).join(", ")} } = globalThis.electronOfTheTest;`,
    );
    const { openCall } = (await import(pathToFileURL(join(app, "main.mjs")).href)) as {
      openCall(
        contact: object,
        channel: { send(message: object): void },
        chat: { add(record: { outcome: string }): void },
      ): CallPage;
    };

    // The contact is in a page of its own.
    const { page: other } = await pageOf(
      `import "sx-call-kit/define";\n${helpers}`,
      `${head}<body>${views}<script type="module" src="SCRIPT"></script>`,
    );
    await other.waitForFunction("globalThis.views");
    const records: string[] = [];
    const call = openCall(
      { id: "ann", name: "Ann" },
      { send: (message) => runUnawaited(other, `a.receiveSignal(${JSON.stringify(message)})`) },
      { add: ({ outcome }) => records.push(outcome) },
    );
    await other.exposeFunction(
      "toApp",
      (message: object) => void call.request("receive-signal", { message, from: "ann" }),
    );
    await other.evaluate(`link(a, toApp); a.startCall({ media: "audio" })`);
    const window = windows[0]!;
    await expect.poll(() => other.evaluate("a.state"), { timeout: 30_000 }).toBe("ringing");
    await call.request("accept", { media: "audio" });
    await other.evaluate("untilProtected(a)");
    expect(log.asked).toEqual(["media"]);
    await expect.poll(() => log.awake.size).toBe(1);
    // Nothing outside the folder, and no other page.
    const { session, sandbox, contextIsolation } = window.options.webPreferences;
    const got = async (path: string) =>
      (await session.handlers.get("sx-call")!(new Request(`sx-call://app/${path}`))).status;
    expect([await got("index.html"), await got("..%2fmain.mjs")]).toEqual([200, 404]);
    const foreign = { getURL: () => "https://elsewhere.invalid/" };
    expect(session.checks(foreign as typeof window.webContents, "media")).toBe(false);
    expect([sandbox, contextIsolation]).toEqual([true, true]);

    await call.request("hang-up", {});
    await expect.poll(() => records).toEqual(["completed"]);
    await expect.poll(() => log.awake.size).toBe(0);
    window.close();
    await expect(call.request("hang-up", {})).rejects.toThrow();
  }, 120_000);

  it("are a screen of React Native that has a protected call and leaves by the back button", async () => {
    const file = "docs/hosts/react-native.md";
    const nodePaths = [join(root, "node_modules")];
    writeFileSync(join(folder, "rn-page.ts"), sampleWith(file, "transport: reactNative()").code);
    const { outputFiles } = await build({
      ...{ entryPoints: [join(folder, "rn-page.ts")], bundle: true, write: false, nodePaths },
      ...{ format: "iife", logLevel: "error", define: { "import.meta.url": "location.href" } },
    });
    const html = `<!doctype html><html lang="en"><head><style>html, body { margin: 0; height: 100% }</style></head>
      <body><sx-call-view></sx-call-view><script>${outputFiles[0]!.text}</script></body></html>`;
    writeFileSync(
      join(folder, "web-view-transport.ts"),
      sampleWith(file, "// web-view-transport.ts").code,
    );
    writeFileSync(join(folder, "call-screen.tsx"), sampleWith(file, "CallScreen").code);
    const { page, watch } = await pageOf(
      `import "sx-call-kit/define";
      import { createElement } from "react";
      import { createRoot } from "react-dom/client";
      import { device, happen } from "react-native";
      import { CallScreen } from "./call-screen.tsx";
      ${helpers}
      globalThis.closings = 0;
      const channel = {
        send: (message) => setTimeout(() => b.receiveSignal(message)),
        listen: (listener) => { link(b, listener); return () => undefined; },
      };
      const place = createRoot(document.body.appendChild(document.createElement("div")));
      const contact = { id: "ann", name: "Ann" };
      place.render(createElement(CallScreen, { html: ${JSON.stringify(html)}, contact, channel, onClose: () => { closings += 1; } }));
      globalThis.app = { device, happen, leave: () => place.unmount() };`,
      `${head}<body>${views}<script type="module" src="SCRIPT"></script>`,
      {
        ...{ nodePaths, jsx: "automatic", define: { __DEV__: "true" } },
        alias: Object.fromEntries(
          ["react-native", "react-native-webview"].map((name) => [
            name,
            join(root, "test/support/hosts/react-native.tsx"),
          ]),
        ),
      },
    );
    await page.waitForFunction("globalThis.app").catch(() => expect(watch.problems).toEqual([]));
    const reported = await page.evaluate(`(async () => {
      const inside = () => document.querySelector("iframe")?.contentDocument.querySelector("sx-call-view");
      await until(() => inside()?.contact?.name === "Ann");
      await b.startCall({ media: "audio" });
      await until(() => inside().state === "incoming");
      await inside().acceptCall({ media: "audio" });
      await untilProtected(b, inside());
      app.happen("change", "background");
      app.happen("change", "active");
      const isTaken = app.happen("hardwareBackPress");
      await until(() => closings === 1);
      const listeners = app.device.listeners.size;
      app.leave();
      await until(() => app.device.listeners.size === 0);
      return [isTaken, listeners, app.device.settings];
    })()`);
    expect(reported).toEqual([true, 2, 0]);
  }, 90_000);

  it("call from a frame of another origin", async () => {
    const frame = sampleWith("docs/hosts/iframe.md", "<iframe").code;
    const app = standing(
      "iframe-app",
      sampleWith("docs/hosts/iframe.md", "framePort(").code,
      `globalThis.records = [];
      globalThis.chat = { add: (record) => records.push(record.outcome) };
      globalThis.channel = { send: (message) => setTimeout(() => b.receiveSignal(message)), onmessage: () => undefined };`,
      "",
    );
    const names = new Map<string, string>();
    for (const [name, code, html] of [
      [
        "app.example.org",
        app,
        `${head}<body>${views}${frame}<script type="module" src="/page.js"></script>`,
      ],
      [
        "call.example.org",
        sampleWith("docs/hosts/iframe.md", "messagePort(").code,
        `${head}<body><sx-call-view></sx-call-view><script type="module" src="/page.js"></script>`,
      ],
    ] as const) {
      await pageOf(code, html);
      names.set(name, `page-${String(count)}`);
    }
    const page = await (await browser.createBrowserContext()).newPage();
    onTestFinished(() => page.browserContext().close());
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const { hostname, pathname } = new URL(request.url());
      const name = names.get(hostname);
      if (name === undefined) return void request.continue();
      const isScript = pathname === "/page.js";
      void request.respond({
        contentType: isScript ? "text/javascript" : "text/html",
        body: readFileSync(join(folder, `${name}.${isScript ? "js" : "html"}`), "utf8"),
      });
    });
    await page.goto("https://app.example.org/index.html");
    await page.waitForFunction("'sampled' in globalThis");
    const reported = await page.evaluate(`(async () => {
      const { call } = await sampled;
      link(b, (message) => channel.onmessage(message));
      await call("audio");
      await until(() => b.state === "incoming");
      await b.acceptCall({ media: "audio" });
      await untilProtected(b);
      await b.hangUp();
      await until(() => records.length > 0);
      return records;
    })()`);
    expect(reported).toEqual(["completed"]);
  }, 90_000);

  it("are styles that the page's values win by", async () => {
    const css = samples.filter(({ language }) => language === "css").map(({ code }) => code);
    const { page } = await pageOf(
      `import "sx-call-kit/define";\n${helpers}`,
      `${head}<style>${css.join("\n")}</style><body>${views}<script type="module" src="SCRIPT"></script>`,
    );
    await page.waitForFunction("globalThis.views");
    const radius = await page.evaluate(`(async () => {
      await a.startCall({ media: "audio" });
      await until(() => find(a, "hang-up") !== null || find(a, "toolbar") !== null);
      const button = () => [...all(a.shadowRoot)].find(({ part }) => part.contains("hang-up"));
      await until(() => button() !== undefined);
      return [getComputedStyle(button()).borderRadius, getComputedStyle(a).getPropertyValue("--sx-color-accent") !== ""];
    })()`);
    expect(radius).toEqual(["12px", true]);
  });

  it("have the types that Electron and React Native publish", async () => {
    const files = ["docs/hosts/electron.md", "docs/hosts/react-native.md"];
    const theirs = samples.filter(({ file }) => files.includes(file));
    expect(theirs.length).toBeGreaterThan(5);
    const wrong: Sample = {
      ...{ file: "wrong.md", line: 1, language: "ts", prelude: "" },
      code: `import { powerSaveBlocker } from "electron";\nimport { Linking } from "react-native";\nimport { WebView } from "react-native-webview";
powerSaveBlocker.start("never");\nLinking.openSetting();\nBoolean(WebView.html);\n`,
    };
    const found = typeProblems([...theirs, wrong], await platformTypes());
    expect(
      found
        .map((problem) => problem.replace(/:\d+: [\s\S]*/, ""))
        .filter((file) => file !== "wrong.md"),
    ).toEqual([]);
    // Each of the three is really read: a wrong use of it is found.
    expect(found.map((problem) => problem.slice(0, 11))).toEqual([
      "wrong.md:4:",
      "wrong.md:5:",
      "wrong.md:6:",
    ]);
  }, 300_000);

  it("are each run here, elsewhere, or nowhere for a reason that is named", () => {
    const known = [
      ...scenarios.map(({ file, has }) => sampleWith(file, has)),
      ...hosts.map(([file, has]) => sampleWith(file, `transport: ${has}`)),
      ...others.map(([file, has]) => sampleWith(file, has)),
      ...alone.map(([file, has]) => sampleWith(file, has)),
    ];
    const unknown = samples.filter((one) => !known.includes(one));
    expect(unknown.map(({ file, line }) => `${file}:${String(line)}`)).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });
});

/** Those with tests of their own. */
const alone: readonly [file: string, has: string][] = [
  [guide("migrating"), "viewport-fit"],
  [guide("turn"), "function turnServers"],
  // test/interop/turn-credentials.test.ts
  [guide("turn"), "// turn-credentials.mjs"],
  [guide("turn"), "relay-only>"],
  [guide("turn"), "measure-relays"],
  ["docs/hosts/android.md", "Content-Security-Policy"],
  ["docs/hosts/electron.md", "// preload.cjs"],
  ["docs/hosts/electron.md", "// window-transport.mts"],
  ["docs/hosts/electron.md", "// main.mjs"],
  ["docs/hosts/react-native.md", "CallScreen"],
  ["docs/hosts/iframe.md", "<iframe"],
  ["docs/hosts/iframe.md", "messagePort("],
  ["docs/hosts/iframe.md", "framePort("],
  ["docs/theming.md", "--sx-color-accent"],
  ["docs/theming.md", "::part("],
];

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createElement } from "react";
import type { ComponentType } from "react";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { StaticServer } from "../support/package/static-server.ts";
import {
  callBetween,
  emptyTags,
  lateReactCalls,
  serverTags,
  untilProtected,
} from "../support/package/two-views.ts";

/*
 * The React entry with realistic props: `undefined` for a value that has not arrived, `null` of a store, numbers as ids, wrong
 * types, objects that throw. Reads `dist/`, which `npm test` builds first.
 */

const root = fileURLToPath(new URL("../../", import.meta.url));

const program = `
import * as React from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import * as kit from ${JSON.stringify(join(root, "dist/react.js"))};

class Boundary extends React.Component {
  static getDerivedStateFromError(error) { faults.push(String(error)); return {}; }
  render() { return this.props.children; }
}
window.faults = [];
addEventListener("error", ({ message }) => faults.push(message));
addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
const thrower = () => Object.defineProperty({}, "id", { get() { throw new Error("getter"); }, enumerable: true });
const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
const circle = {}; circle.self = circle;
const values = [undefined, null, 7, -1, NaN, Infinity, "", "text", "x".repeat(100000), true, false, [], [null], {}, () => undefined,
  10n, new Date(NaN), new Map(), circle, thrower(), revoked(), [thrower(), null]];

window.run = async () => {
  const reported = [];
  let rendered = 0;
  for (const [name, Component] of Object.entries(kit)) {
    // Whatever else the entry has is no component.
    if (typeof Component !== "object") continue;
    const box = document.body.appendChild(document.createElement("div"));
    const place = createRoot(box);
    const draw = (props) => flushSync(() => place.render(React.createElement(React.StrictMode, null, React.createElement(Boundary, null,
      React.createElement(Component, { ...props, onSxError: (event) => reported.push(event.detail.code) })))));
    draw({});
    const element = box.firstElementChild;
    const properties = [...element.constructor.elementProperties].filter(([, { state }]) => state !== true).map(([key]) => key);
    // Its calls are the kit's own: no host sets them.
    for (const property of properties) {
      for (const value of values) {
        draw({ [property]: value });
        await element.updateComplete.catch((reason) => faults.push(name + "." + property + ": " + reason));
        rendered += 1;
      }
      draw({});
      await element.updateComplete;
    }
    if (!element.isConnected) faults.push(name + " was taken out");
    place.unmount();
    box.remove();
  }
  return { rendered, reported: [...new Set(reported)], faults };
};
`;

/** React's development build, which mounts twice and runs every effect twice. */
const strictProgram = `${lateReactCalls}
import { createRoot } from "react-dom/client";
window.place = createRoot(document.querySelector("div"));
place.render(<React.StrictMode><Calls /></React.StrictMode>);
`;

let browser: Browser;
let folder: string;
let server: StaticServer;

beforeAll(async () => {
  browser = await startBrowser("chromium");
  folder = mkdtempSync(join(tmpdir(), "sx-call-kit-react-"));
  for (const [name, contents, mode] of [
    ["page", program, "production"],
    ["strict", strictProgram, "development"],
  ] as const) {
    await build({
      stdin: { contents, resolveDir: root, loader: "jsx" },
      outfile: join(folder, `${name}.js`),
      bundle: true,
      format: "esm",
      alias: { "sx-call-kit/react": join(root, "dist/react.js") },
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      logLevel: "error",
    });
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><body><div></div><script src="${name}.js" type="module"></script>`,
    );
  }
  server = await StaticServer.start(folder);
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("draws every component with any value of any property, and tells of what it cannot use", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/page.html`);
  await page.waitForFunction("window.run !== undefined");
  const { rendered, reported, faults } = (await page.evaluate("run()")) as {
    rendered: number;
    reported: string[];
    faults: string[];
  };
  expect(faults).toEqual([]);
  expect(rendered).toBeGreaterThan(1000);
  expect(reported).toEqual(["bad-argument"]);
}, 180_000);

it("has a protected call in StrictMode, in views whose props come late", async () => {
  const page = await browser.newPage();
  const watch = new PageWatch(page);
  await page.goto(`${server.origin}/strict.html`);
  await page.waitForFunction(
    `[...document.querySelectorAll("sx-call-view")].map(({ contact }) => contact.name).join() === "Bob,Alice"`,
  );
  // Otherwise this is no StrictMode.
  expect(await page.evaluate("effects")).toBe(2);
  await callBetween(page, page);
  await untilProtected(page, page);
  expect(await page.evaluate("problems")).toEqual([]);
  expect(watch.problems.filter((text) => !text.includes("Lit is in dev mode"))).toEqual([]);
}, 120_000);

it("is rendered by a server of React as empty tags, all eight of them", async () => {
  // It has no types here.
  const { renderToString } = (await import(["react-dom", "server"].join("/"))) as {
    renderToString(element: unknown): string;
  };
  const kit = (await import(join(root, "dist/react.js"))) as Record<string, unknown>;
  const components = Object.values(kit).filter(
    (given): given is ComponentType => typeof given === "object",
  );
  const html = components.map((each) => renderToString(createElement(each))).join("");
  expect(serverTags(html).sort()).toEqual([...emptyTags].sort());
});

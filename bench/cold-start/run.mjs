// From navigation to a button that can be tapped, in a page that knows nothing yet: an incoming call beside one empty Lit element. Both
// are one classic script and load without a cache, on a processor that is held back to a quarter. They take turns.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildOneFile } from "../../.tools/build-one-file.mjs";
import { bundleOneFile } from "../../.tools/bundle.mjs";

const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const limit = 2;

const pages = {
  empty: '<script src="/empty.js"></script>',
  incoming: `<sx-call-view contact-name="Alice"></sx-call-view>
<script src="/sx-call-kit.iife.js"></script>
<script>document.querySelector("sx-call-view").receiveSignal(window.signal);</script>`,
  caller: `<sx-call-view></sx-call-view>
<script src="/sx-call-kit.iife.js"></script>`,
};

export async function run({ browser }) {
  const folder = mkdtempSync(join(tmpdir(), "sx-cold-start-"));
  await buildOneFile(folder);
  const { code } = await bundleOneFile({ entry: join(import.meta.dirname, "empty.ts") });
  writeFileSync(join(folder, "empty.js"), code);
  const server = await serve(folder);
  const address = `http://127.0.0.1:${server.address().port}`;
  try {
    const times = { empty: [], incoming: [] };
    for (let round = 0; round <= rounds; round++) {
      const signal = await invite(browser, address);
      for (const name of Object.keys(times)) {
        const time = await measure(browser, `${address}/${name}.html`, signal);
        // The first round warms the machine up.
        if (round > 0) times[name].push(time);
      }
    }
    const [empty, incoming] = [median(times.empty), median(times.incoming)];
    const ratio = incoming / empty;
    process.stdout.write(
      `  median of ${rounds}, 4 × throttled: incoming call ${incoming.toFixed(0)} ms, empty Lit element ${empty.toFixed(0)} ms` +
        ` = ${ratio.toFixed(2)} × (limit ${limit} ×: ${ratio <= limit ? "within" : "OVER"})\n`,
    );
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** A fresh invitation, as a caller's page makes it: it is not answered. */
async function invite(browser, address) {
  const page = await browser.newPage();
  try {
    await page.goto(`${address}/caller.html`);
    return await page.evaluate(() => {
      const view = document.querySelector("sx-call-view");
      const invited = new Promise((resolve) => {
        view.addEventListener("sx-signal", ({ detail }) => resolve(detail.message), { once: true });
      });
      return view.startCall({ media: "video" }).then(() => invited);
    });
  } finally {
    await page.close();
  }
}

/** Milliseconds until the button `Accept` has been painted and nothing lies over it. */
async function measure(browser, address, signal) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchForButton);
    await page.addInitScript((value) => (window.signal = value), signal);
    const devTools = await context.newCDPSession(page);
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(address);
    return await (await page.waitForFunction(() => window.interactiveAt)).jsonValue();
  } finally {
    await context.close();
  }
}

function watchForButton() {
  const buttonIn = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (
        element.localName === "button" &&
        /accept/i.test(`${element.textContent} ${element.ariaLabel}`)
      )
        return element;
      const inside = element.shadowRoot && buttonIn(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const isOnTop = (button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    let hit = document.elementFromPoint(left + width / 2, top + height / 2);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(left + width / 2, top + height / 2);
      if (inner === null || inner === hit) break;
      hit = inner;
    }
    return width > 0 && hit !== null && button.contains(hit);
  };
  const look = () => {
    const button = buttonIn(document);
    if (!button || !isOnTop(button)) return requestAnimationFrame(look);
    // What was laid out in this frame is painted before the task after the next one begins.
    requestAnimationFrame(() => setTimeout(() => (window.interactiveAt = performance.now())));
  };
  requestAnimationFrame(look);
}

function serve(folder) {
  const page = (
    name,
  ) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name}</title><link rel="icon" href="data:,"><body style="margin:0">${pages[name]}</body></html>`;
  const server = createServer((request, response) => {
    const [, name, ending] = /^\/([\w.-]+)\.(html|js)$/.exec(request.url) ?? [];
    if (ending === undefined) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type":
        ending === "js" ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end(ending === "js" ? readFileSync(join(folder, `${name}.js`)) : page(name));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

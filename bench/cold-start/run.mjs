// From navigation to a button that can be tapped, in a page that knows nothing yet: an incoming call beside one empty Lit element. Both
// are one classic script and load without a cache, on a processor that is held back to a quarter. They take turns. Needs `npm run build`.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, dist } from "../../.tools/bundle.mjs";
import { median } from "../figures.mjs";

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
  const entry = join(import.meta.dirname, "empty.ts");
  const { code } = await bundle("empty.js", { entry, sourcemap: false });
  const server = await serve(code);
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
    // The layout of this frame is painted before the task after the next frame begins.
    requestAnimationFrame(() => setTimeout(() => (window.interactiveAt = performance.now())));
  };
  requestAnimationFrame(look);
}

/** @param {string} empty the script of the page with one empty element. */
function serve(empty) {
  const page = (
    name,
  ) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name}</title><link rel="icon" href="data:,"><body style="margin:0">${pages[name]}</body></html>`;
  const script = (name) => (name === "empty" ? empty : readFileSync(join(dist, `${name}.js`)));
  const server = createServer((request, response) => {
    const [, name, ending] = /^\/([\w.-]+)\.(html|js)$/.exec(request.url) ?? [];
    const isThere = name in pages || existsSync(join(dist, `${name}.js`));
    if (!isThere) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type":
        ending === "js" ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end(ending === "js" ? script(name) : page(name));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

import { createServer } from "node:http";
import { readFileSync, existsSync } from "node:fs";
import { chromium } from "playwright";
import { launchOptions } from "../.tools/find-browser.mjs";
process.env.CHROME_PATH = "/usr/bin/chromium";
const kit = process.argv[2] ?? "dist/sx-call-kit.iife.js"; const rate = +(process.argv[3] ?? 4), rounds = +(process.argv[4] ?? 5);
const pages = { caller: `<sx-call-view></sx-call-view><script src="/kit.js"></script>`, incoming: `<sx-call-view contact-name="Alice"></sx-call-view>\n<script src="/kit.js"></script>\n<script>performance.mark("loaded");document.querySelector("sx-call-view").receiveSignal(window.signal);performance.mark("received")</script>`, empty: `<script src="/empty.js"></script>`, };
const server = createServer((q, r) => { const u = q.url; if (u === "/kit.js") { r.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" }); return r.end(readFileSync(kit)); } if (u==="/empty.js") { r.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" }); return r.end(readFileSync("/tmp/w/empty.js")); }
 const n = u.slice(1, -5); if (!pages[n]) return r.writeHead(404).end(); r.writeHead(200, { "content-type": "text/html; charset=utf-8" }); r.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><body style="margin:0">${pages[n]}</body></html>`); });
await new Promise((d) => server.listen(0, "127.0.0.1", d));
const address = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch(launchOptions());
const p = await browser.newPage(); await p.goto(address + "/caller.html");
const signal = await p.evaluate(() => { const v = document.querySelector("sx-call-view"); const i = new Promise((r) => v.addEventListener("sx-signal", ({ detail }) => r(detail.message), { once: true })); return v.startCall({ media: "video" }).then(() => i); });
await p.close();
const sums = {};
for (const name of (process.argv[5] ?? "empty,incoming").split(",")) for (let k = 0; k <= rounds; k++) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } }); const page = await context.newPage();
  await page.addInitScript((v) => { window.signal = v; const find = (root) => { for (const e of root.querySelectorAll("*")) { if (e.localName === "button" && /accept/i.test(e.textContent + e.ariaLabel)) return e; const i = e.shadowRoot && find(e.shadowRoot); if (i) return i; } return null; }; const look = () => { const b = find(document); if (!b || !b.getBoundingClientRect().width) return requestAnimationFrame(look); performance.mark("found"); requestAnimationFrame(() => setTimeout(() => { performance.mark("at"); window.at = performance.now(); })); }; requestAnimationFrame(look); }, signal);
  const dt = await context.newCDPSession(page); if (rate > 1) await dt.send("Emulation.setCPUThrottlingRate", { rate });
  const events = []; dt.on("Tracing.dataCollected", ({ value }) => events.push(...value)); const done = new Promise((r) => dt.on("Tracing.tracingComplete", r));
  await dt.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline", "v8", "blink.user_timing", "disabled-by-default-v8.compile", "loading"] } });
  await page.goto(`${address}/${name}.html`);
  const at = await (await page.waitForFunction(() => window.at)).jsonValue();
  await dt.send("Tracing.end"); await done;
  if (k > 0) { const s = (sums[name] ??= {}); (s.AT ??= []).push(at);
    const per = {}; const navs = events.find((e) => e.name === "navigationStart" && e.args?.data?.documentLoaderURL?.includes(name)) ?? events.find((e) => e.name === "navigationStart"); const pid = navs?.pid; const mark = (n) => events.filter((e) => e.name === n && e.pid === pid).at(-1)?.ts; const t1 = mark("at");
    for (const m of ["loaded", "received", "found", "at"]) if (mark(m)) (s["mark " + m] ??= []).push((mark(m) - navs.ts) / 1000);
    for (const e of events) if (e.pid === pid && e.dur && e.ts < t1 && e.ts > navs.ts - 1000) { const n = e.name + (e.args?.data?.url ? " " + e.args.data.url.split("/").pop().slice(0, 12) : ""); per[n] = (per[n] ?? 0) + e.dur / 1000; }
    for (const [n, v] of Object.entries(per)) (s[n] ??= []).push(v); }
  await context.close();
}
const med = (a) => a.toSorted((x, y) => x - y)[a.length >> 1];
for (const [name, s] of Object.entries(sums)) { console.log("==", name); for (const [n, v] of Object.entries(s).map(([n, v]) => [n, med(v)]).sort((a, b) => b[1] - a[1]).slice(0, 32)) console.log(v.toFixed(1).padStart(8), n); }
await browser.close(); server.close();

// median thread CPU ms (unthrottled) until the button: node cpu.mjs rounds a.js b.js ...
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { chromium } from "playwright";
import { launchOptions } from "../.tools/find-browser.mjs";
process.env.CHROME_PATH = "/usr/bin/chromium";
const rounds = +process.argv[2]; const kits = process.argv.slice(3);
const pages = { caller: `<sx-call-view></sx-call-view><script src="/0.js"></script>`, empty: `<script src="/empty.js"></script>` };
kits.forEach((k, i) => pages[`in${i}`] = `<sx-call-view contact-name="Alice"></sx-call-view>\n<script src="/${i}.js"></script>\n<script>document.querySelector("sx-call-view").receiveSignal(window.signal)</script>`);
const server = createServer((q, r) => { const u = q.url; const n = u.slice(1).split(".")[0]; if (u.endsWith(".js")) { r.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" }); return r.end(readFileSync(n === "empty" ? "/tmp/w/empty.js" : (kits[n] ?? "/dev/null"))); } if (!pages[n]) return r.writeHead(404).end(); r.writeHead(200, { "content-type": "text/html; charset=utf-8" }); r.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><body style="margin:0">${pages[n]}</body></html>`); });
await new Promise((d) => server.listen(0, "127.0.0.1", d));
const address = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch(launchOptions());
const p = await browser.newPage(); await p.goto(address + "/caller.html");
const signal = await p.evaluate(() => { const v = document.querySelector("sx-call-view"); const i = new Promise((r) => v.addEventListener("sx-signal", ({ detail }) => r(detail.message), { once: true })); return v.startCall({ media: "video" }).then(() => i); });
await p.close();
const sums = {};
for (let k = 0; k <= rounds; k++) for (const name of ["empty", ...kits.map((_, i) => `in${i}`)]) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } }); const page = await context.newPage();
  await page.addInitScript((v) => { window.signal = v; const find = (root) => { for (const e of root.querySelectorAll("*")) { if (e.localName === "button" && /accept/i.test(e.textContent + e.ariaLabel)) return e; const i = e.shadowRoot && find(e.shadowRoot); if (i) return i; } return null; }; const look = () => { const b = find(document); if (!b || !b.getBoundingClientRect().width) return requestAnimationFrame(look); requestAnimationFrame(() => setTimeout(() => { performance.mark("at"); window.at = performance.now(); })); }; requestAnimationFrame(look); }, signal);
  const dt = await context.newCDPSession(page);
  const events = []; dt.on("Tracing.dataCollected", ({ value }) => events.push(...value)); const done = new Promise((r) => dt.on("Tracing.tracingComplete", r));
  await dt.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel", "devtools.timeline", "v8", "blink.user_timing"] } });
  await page.goto(`${address}/${name}.html`);
  await page.waitForFunction(() => window.at);
  await dt.send("Tracing.end"); await done;
  const m = events.filter((e) => e.name === "at").at(-1); const nav = events.find((e) => e.name === "navigationStart" && e.pid === m.pid);
  const s = (sums[name] ??= {}); let total = 0; const per = {};
  for (const e of events) if (e.pid === m.pid && e.tid === m.tid && e.tdur && e.ts < m.ts && e.ts >= nav.ts) { if (/RunTask/.test(e.name)) total += e.tdur / 1000; else per[e.name] = (per[e.name] ?? 0) + e.tdur / 1000; }
  if (k > 0) { (s.TOTAL ??= []).push(total); (s.wall ??= []).push((m.ts - nav.ts) / 1000); for (const [n, v] of Object.entries(per)) (s[n] ??= []).push(v); }
  await context.close();
}
const med = (a) => a.toSorted((x, y) => x - y)[a.length >> 1];
for (const [name, s] of Object.entries(sums)) { console.log("==", name, kits[name.slice(2)] ?? ""); console.log(Object.entries(s).map(([n, v]) => [n, med(v)]).sort((a, b) => b[1] - a[1]).slice(0, 14).map(([n, v]) => `${n} ${v.toFixed(1)}`).join(" | ")); }
await browser.close(); server.close();

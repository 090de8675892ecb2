// Measures from the press until the invitation is sent, in a page that has been open for a while. The built kit, as users load
// it, runs beside a bare page that requests the same devices and creates an offer. They take turns, each time in a fresh page.
// Needs `npm run build`.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dist } from "../../.tools/bundle.mjs";
import { inFreshPage, median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 9);
/** Set by an issue. */
const limit = 1.3;

const pages = {
  bare: `<script>
window.dial = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } });
  const connection = new RTCPeerConnection();
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  await connection.setLocalDescription(await connection.createOffer());
  return performance.now();
};
</script>`,
  kit: `<sx-call-view contact-name="Alice" style="height:100vh"></sx-call-view>
<script src="/sx-call-kit.iife.js"></script>
<script>
window.dial = async () => {
  const view = document.querySelector("sx-call-view");
  const invited = new Promise((resolve) => view.addEventListener("sx-signal", () => resolve(performance.now()), { once: true }));
  void view.startCall({ media: "video" });
  return invited;
};
</script>`,
};

export async function run({ browser }) {
  const server = await serve();
  const address = `http://127.0.0.1:${server.address().port}`;
  try {
    const times = { bare: [], kit: [] };
    for (let call = 0; call <= calls; call++) {
      for (const name of Object.keys(times)) {
        const time = await inFreshPage(browser, `${address}/${name}.html`, async () => {
          // Nobody presses in the first moment; what can be loaded in idle time is loaded then.
          await new Promise((resolve) => setTimeout(resolve, 1000));
          const pressed = performance.now();
          return (await window.dial()) - pressed;
        });
        // The first of each warms the machine up.
        if (call > 0) times[name].push(time);
      }
    }
    const [bare, kit] = [median(times.bare), median(times.kit)];
    const ratio = kit / bare;
    process.stdout.write(
      `  press to invitation, median of ${calls}: the kit ${kit.toFixed(0)} ms, devices and offer of a bare page ${bare.toFixed(0)} ms` +
        ` = ${ratio.toFixed(2)} × (limit ${limit} ×: ${ratio <= limit ? "within" : "OVER"})\n`,
    );
  } finally {
    server.close();
  }
}

/** A page for each subject, and the built scripts. */
function serve() {
  const server = createServer((request, response) => {
    const [, name = "", ending] = /^\/([\w.-]+)\.(html|js)$/.exec(request.url) ?? [];
    if (ending === undefined) return response.writeHead(404).end();
    const isScript = ending === "js";
    response.writeHead(200, {
      "content-type": isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
    });
    response.end(
      isScript
        ? readFileSync(join(dist, `${name}.js`))
        : `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><body style="margin:0">${pages[name]}</body></html>`,
    );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

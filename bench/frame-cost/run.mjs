// Measures encrypting and decrypting a frame: the kit, raw `crypto.subtle` with AES-256-GCM on frames of the same size, and the
// frame cryptor of livekit-client. All run in one worker and alternate.
import { median } from "../figures.mjs";

const rounds = Number(process.env.BENCH_ROUNDS ?? 100);

export async function run({ browser, address }) {
  const page = await browser.newPage();
  try {
    await page.route(`${address}**`, isolate);
    await page.goto(`${address}page.html`);
    const rows = await page.evaluate((count) => window.measure(count), rounds);
    process.stdout.write(
      `  µs a frame, mean; median of ${rounds} rounds. × is the kit's own over what stands in the same line\n`,
    );
    for (const row of rows)
      for (const way of ["seal", "open"]) process.stdout.write(`  ${line(row, way)}\n`);
    const [least, most] = rows[0].overhead.loop;
    process.stdout.write(
      `  overhead of an audio frame: ${least} to ${most} bytes (limit 20: ${verdict(most <= 20)}), LiveKit ${rows[0].overhead.liveKit[1]}\n`,
    );
  } finally {
    await page.close();
  }
}

/** With these two headers a clock tells 5 µs, without them 100: https://w3c.github.io/hr-time/#dfn-coarsen-time */
async function isolate(route) {
  const response = await route.fetch();
  const isolation = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  };
  await route.fulfill({ response, headers: { ...response.headers(), ...isolation } });
}

/**
 * Limits: encrypting 1.25 × (raw + one copy); decrypting 1.35 × raw from 8 kB on; Opus in its loop 2.4 × raw; LiveKit always.
 */
function line({ name, codec, size, ...row }, way) {
  const cost = Object.fromEntries(
    Object.entries(row[way]).map(([subject, times]) => [subject, median(times)]),
  );
  const floor = way === "seal" ? "rawAndCopy" : "raw";
  const limit = way === "seal" ? 1.25 : 1.35;
  // What opens H264 looks through the frame for start codes: it is shown, and has no limit but LiveKit.
  const isLimited = way === "seal" || (codec !== "h264" && size >= 8000);
  return [
    `${name} ${way}`.padEnd(16),
    `raw ${show(cost.raw)}`,
    way === "seal" ? `raw+copy ${show(cost.rawAndCopy)}` : " ".repeat(14),
    `direct ${show(cost.direct)} = ${compare(cost.direct, cost[floor], isLimited && limit)}`,
    `loop ${show(cost.loop)} = ${compare(cost.loop, cost[codec === "opus" ? "raw" : floor], codec === "opus" && 2.4)}`,
    `bare loop ${show(cost.rawLoop)}`,
    `LiveKit ${show(cost.liveKit)}, ${compare(cost.loop, cost.liveKit, 1)}`,
  ].join(" | ");
}

function compare(own, other, limit) {
  const ratio = own / other;
  return `${ratio.toFixed(2)} ×${limit ? ` (${limit}: ${verdict(ratio <= limit)})` : ""}`.padEnd(
    limit ? 21 : 6,
  );
}

function verdict(holds) {
  return holds ? "within" : "OVER";
}

function show(microseconds) {
  return microseconds.toFixed(1).padStart(5);
}

// Measures the optional effects. The background blur: the time of a frame of 640 × 360 with and without it. Noise suppression:
// the added delay of the voice.
import { median } from "../figures.mjs";

const frames = Number(process.env.BENCH_FRAMES ?? 120);

export async function run({ browser, address }) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${address}page.html`);
    await page.waitForFunction(() => window.effectsBench !== undefined);
    const without = median(
      await page.evaluate((n) => window.effectsBench.frames(false, n), frames),
    );
    const blurred = median(await page.evaluate((n) => window.effectsBench.frames(true, n), frames));
    const sound = (isSuppressed) =>
      page.evaluate((is) => window.effectsBench.soundDelay(is), isSuppressed);
    const empty = await sound(false);
    const suppressed = await sound(true);
    const verdict = (value, limit) => `limit ${limit} ms: ${value <= limit ? "within" : "OVER"}`;
    const line = (text) => process.stdout.write(`  ${text}\n`);
    line(
      `background blur, a frame of 640 × 360, median of ${frames}: ${blurred.toFixed(1)} ms, ${without.toFixed(1)} without (${verdict(blurred, 33.3)}, the time of a frame)`,
    );
    line(
      `noise suppression: the voice ${suppressed.toFixed(1)} ms later, ${empty.toFixed(1)} through an audio context that changes nothing (RNNoise looks ahead; for the difference ${verdict(suppressed - empty, 50)})`,
    );
  } finally {
    await context.close();
  }
}

// Measures a connected call without input: the main thread's cost of its screen compared with an empty page. Measures the time
// from a tap on the microphone to the painted button, too.
const seconds = Number(process.env.BENCH_SECONDS ?? 15);
const taps = 15;

export async function run({ browser, address }) {
  for (const media of ["audio", "video"]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    try {
      const [callee, empty, caller] = [
        await context.newPage(),
        await context.newPage(),
        await context.newPage(),
      ];
      const call = `${address}page.html?call=${media}&media=${media}`;
      await callee.goto(`${call}&side=callee`);
      await caller.goto(`${call}&side=caller`);
      await caller.evaluate(() => window.screenBench.start());
      await caller.waitForFunction(() => window.screenBench.isProtected());
      // Bars, hints and the first statistics come in the first seconds.
      await caller.waitForTimeout(6000);
      const idle = await measure(context, caller);
      const nothing = await measure(context, empty);
      const verdict = (value, limit, unit) =>
        `limit ${limit}${unit}: ${value <= limit ? "within" : "OVER"}`;
      const share = idle.script + idle.layout;
      const line = (text) => process.stdout.write(`  ${media}: ${text}\n`);
      line(
        `main thread ${share.toFixed(2)} % of a core in scripts, styles and layout (${verdict(share, 1, " %")})`,
      );
      line(`all its tasks ${idle.task.toFixed(2)} %, an empty page ${nothing.task.toFixed(2)} %`);
      line(`layouts a second ${idle.layouts.toFixed(1)}, the clock alone makes 1`);
      line(
        `long tasks over 50 ms: ${idle.longTasks.length} (${verdict(idle.longTasks.length, 0, "")})`,
      );
      // A page in the background paints once a second.
      await caller.bringToFront();
      const times = [];
      for (let tap = 0; tap < taps; tap++)
        times.push(await caller.evaluate(() => window.screenBench.tap()));
      const tap = times.toSorted((a, b) => a - b)[taps >> 1];
      line(
        `tap on mute to painted icon, median of ${taps}: ${tap.toFixed(1)} ms (${verdict(tap, 50, " ms")})`,
      );
    } finally {
      await context.close();
    }
  }
}

/** Measures a page's main thread without input: percent of a core, and layouts per second. */
async function measure(context, page) {
  await page.bringToFront();
  const devTools = await context.newCDPSession(page);
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  const look = async () => {
    const { metrics } = await devTools.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  await page.evaluate(() => window.screenBench?.longTasks());
  const before = await look();
  await page.waitForTimeout(seconds * 1000);
  const after = await look();
  const grown = (name) => (after[name] - before[name]) / seconds;
  return {
    task: grown("TaskDuration") * 100,
    script: grown("ScriptDuration") * 100,
    layout: (grown("LayoutDuration") + grown("RecalcStyleDuration")) * 100,
    layouts: grown("LayoutCount"),
    longTasks: (await page.evaluate(() => window.screenBench?.longTasks())) ?? [],
  };
}

// Measures from the callee's accept to the first decoded frame on both sides: the kit, and two bare connections without
// encryption. Both alternate, so that other load affects them alike.
import { median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 9);

/** Channel delay each way in milliseconds, and what the kit may need: see the issue that set it. */
const rounds = [
  { delay: 0, limit: (floor) => 1.5 * floor, rule: "1.5 × the floor" },
  { delay: 200, limit: (floor) => floor + 60, rule: "the floor + 60 ms" },
];

export async function run({ browser, address }) {
  process.stdout.write(`  accept to first decoded remote frame, median of ${calls} calls, ms\n`);
  for (const { delay, limit, rule } of rounds) {
    const times = { floor: [], kit: [] };
    for (let call = 0; call <= calls; call++) {
      for (const subject of ["floor", "kit"]) {
        const time = await measure(
          browser,
          `${address}${subject}.html?delay=${delay}&call=${subject}-${delay}-${call}`,
        );
        // The first of each warms the machine up: fonts, modules, the browser's own processes.
        if (call > 0) times[subject].push(time);
      }
    }
    for (const side of ["callee", "caller"]) {
      const floor = median(times.floor.map((time) => time[side]));
      const kit = median(times.kit.map((time) => time[side]));
      // The limit is the one who accepts, and waits for one trip of the channel; the caller's figure stands beside it.
      const verdict = `limit ${rule} = ${limit(floor).toFixed(0)}: ${kit <= limit(floor) ? "within" : "OVER"}`;
      process.stdout.write(
        `  delay ${String(delay).padStart(3)} ms each way, ${side}: floor ${floor.toFixed(0)}, kit ${kit.toFixed(0)}` +
          ` = ${(kit / floor).toFixed(2)} ×${side === "callee" ? ` (${verdict})` : ""}\n`,
      );
    }
  }
}

async function measure(browser, address) {
  const context = await browser.newContext();
  try {
    const [caller, callee] = await Promise.all([context.newPage(), context.newPage()]);
    await callee.goto(`${address}&side=callee`);
    await caller.goto(`${address}&side=caller`);
    await caller.evaluate(() => window.bench.call());
    await callee.evaluate(() => window.bench.ringing);
    const accepted = await callee.evaluate(() => window.bench.accept());
    const [atCallee, atCaller] = await Promise.all(
      [callee, caller].map((page) => page.evaluate(() => window.bench.firstFrame)),
    );
    return { callee: atCallee - accepted, caller: atCaller - accepted };
  } finally {
    await context.close();
  }
}

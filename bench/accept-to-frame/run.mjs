// Measures from the callee's accept to the first decoded frame on both sides: the kit, also in SimpleX's protocol, and two bare
// connections without encryption. They take turns, so that other load affects all alike. The bare connections have four rows:
// as little as possible; received media is also shown; the encoder begins at a quarter of the size; both. The last row is the
// fair floor of a call screen. Without delay the next seconds of the picture are watched, too: the time of its full size, and
// its longest pause until then.
import { median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 9);
/** Rounds of the list below: which is the first, and before which it ends. */
const first = Number(process.env.BENCH_FIRST ?? 0);
const most = Number(process.env.BENCH_ROUNDS ?? Infinity);
/** A limit counts as exceeded where two runs agree. */
const runs = 2;
const verdictOf = ["within", "over in one of two runs", "OVER"];
/** Milliseconds from which an engine calls a task long, https://w3c.github.io/longtasks/. It tells of no shorter ones. */
const longTask = 50;
/**
 * Milliseconds between two pictures of the browser's own camera. The second picture is the first that is sent. With a fixed delay
 * before the press every call of a subject would meet the same phase of this cycle, and each subject another one. A person presses
 * at any time, so the calls of a run press in different phases.
 */
const cycle = 50;

const subjects = {
  "bare connections": "floor.html?",
  "bare, shown": "floor.html?shown&",
  "bare, small at first": "floor.html?small&",
  "bare, shown, small at first": "floor.html?shown&small&",
  "the kit": "kit.html?",
  "the kit, SimpleX's protocol": "simplex.html?",
};
const [plain, , , fair, kit] = Object.keys(subjects);

/** Channel delay each way in milliseconds, factor of a slower processor, and what the kit may need: set by an issue. */
const rounds = [
  {
    ...{ delay: 0, slower: 1, rule: "0.7 × the bare connections and 1.25 × the fair floor" },
    goesOn: true,
    limit: (of) => Math.min(0.7 * of(plain), 1.25 * of(fair)),
  },
  {
    ...{ delay: 200, slower: 1, rule: "1.25 × the fair floor + 40 ms" },
    limit: (of) => 1.25 * of(fair) + 40,
  },
  {
    ...{ delay: 0, slower: 4, rule: "0.7 × the bare connections and 1.25 × the fair floor" },
    limit: (of) => Math.min(0.7 * of(plain), 1.25 * of(fair)),
  },
];

export async function run({ browser, address }) {
  process.stdout.write(
    `  accept to first decoded remote frame, ms: median of ${calls} calls in each of ${runs} runs\n`,
  );
  for (const round of rounds.slice(first, most)) {
    const results = [];
    for (let number = 0; number < runs; number++)
      results.push(await timesOf(round, number, { browser, address }));
    const { delay, slower, limit, rule } = round;
    process.stdout.write(
      `  delay ${delay} ms each way${slower > 1 ? `, processor ${slower} × slower` : ""}: limit ${rule}\n`,
    );
    for (const side of ["callee", "caller"]) {
      const medianOf = (times) => (subject) => median(times[subject].map((time) => time[side]));
      for (const subject of Object.keys(subjects)) {
        const figures = results.map((times) => medianOf(times)(subject).toFixed(0)).join(" and ");
        const ratio = results
          .map((times) => (medianOf(times)(subject) / medianOf(times)(plain)).toFixed(2))
          .join(" and ");
        process.stdout.write(
          `    ${side} ${subject.padEnd(28)} ${figures.padStart(14)} = ${ratio} ×${subject === kit ? verdict(results.map(medianOf), limit) : ""}\n`,
        );
      }
    }
    for (const subject of [plain, fair, kit])
      process.stdout.write(longestTaskOf(results, subject, subject === kit));
    if (round.goesOn)
      for (const subject of [plain, kit]) process.stdout.write(startOf(results, subject));
  }
}

/** The main thread of each side between accept and its first frame. */
function longestTaskOf(results, subject, isLimited) {
  const figures = ["callee", "caller"].map((side, index) => {
    const ofRuns = results.map((times) => times[subject].map(({ tasks }) => tasks[index]));
    const over = ofRuns.filter((longest) => Math.max(...longest) > longTask).length;
    const shown = ofRuns.map(
      (longest) => `${task(median(longest))} (${task(Math.max(...longest))})`,
    );
    const words = isLimited ? `: ${verdictOf[over]}` : "";
    return `${side} ${shown.join(" and ")}${words}`;
  });
  return `    ${subject}: longest task until the picture, ms, and of all calls (limit ${longTask}): ${figures.join("; ")}\n`;
}

function task(duration) {
  return duration === 0 ? "none" : duration.toFixed(0);
}

/** How the pictures of both sides went on. */
function startOf(results, subject) {
  const starts = results.flatMap((times) => times[subject].flatMap(({ starts }) => starts));
  const full = starts.flatMap(({ full }) => (full === null ? [] : [full]));
  const gaps = starts.map(({ gap }) => gap);
  const whole =
    full.length > 0
      ? ` after ${median(full).toFixed(0)} ms, at most ${Math.max(...full).toFixed(0)}`
      : "";
  return (
    `    ${subject}: full size in ${full.length} of ${starts.length} pictures${whole}; ` +
    `longest time without a frame ${median(gaps).toFixed(0)} ms, at most ${Math.max(...gaps).toFixed(0)}\n`
  );
}

function verdict(all, limit) {
  const over = all.filter((of) => of(kit) > limit(of)).length;
  const limits = all.map((of) => limit(of).toFixed(0)).join(" and ");
  return ` (limit ${limits}: ${verdictOf[over]})`;
}

async function timesOf({ delay, slower, goesOn = false }, number, { browser, address }) {
  const times = Object.fromEntries(Object.keys(subjects).map((subject) => [subject, []]));
  for (let call = 0; call <= calls; call++) {
    for (const [subject, page] of Object.entries(subjects)) {
      const channel = encodeURIComponent(`${subject}-${delay}-${slower}-${number}-${call}`);
      const later = (call * cycle) / calls;
      const target = `${address}${page}delay=${delay}&later=${later}&call=${channel}`;
      const time = await measure(browser, target, { slower, goesOn });
      // The first of each warms the machine up: fonts, modules, the browser's own processes.
      if (call > 0) times[subject].push(time);
    }
  }
  return times;
}

async function measure(browser, address, { slower, goesOn }) {
  const context = await browser.newContext();
  try {
    const [caller, callee] = await Promise.all([context.newPage(), context.newPage()]);
    await callee.goto(`${address}&side=callee`);
    await caller.goto(`${address}&side=caller`);
    await caller.evaluate(() => window.bench.call());
    await callee.evaluate(() => window.bench.ringing);
    if (slower > 1)
      for (const page of [caller, callee]) {
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
      }
    const accepted = await callee.evaluate(() => window.bench.accept());
    const [atCallee, atCaller] = await Promise.all(
      [callee, caller].map((page) => page.evaluate(() => window.bench.firstFrame)),
    );
    const starts = goesOn
      ? await Promise.all([callee, caller].map((page) => page.evaluate(() => window.bench.start)))
      : [];
    const tasks = await Promise.all(
      [
        [callee, atCallee],
        [caller, atCaller],
      ].map(([page, frame]) =>
        page.evaluate((span) => window.bench.longestTask(...span), [accepted, frame]),
      ),
    );
    return { callee: atCallee - accepted, caller: atCaller - accepted, tasks, starts };
  } finally {
    await context.close();
  }
}

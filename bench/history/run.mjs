// Measures a history of 100,000 calls and a plain list of 100 without virtualisation: the time until painted, and the longest
// frame while scrolling. The subjects alternate, so that other load affects them alike. Each time is printed with the main
// thread's own work, which other programs do not extend.
import { median } from "../figures.mjs";

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const dragged = 60;

const plain = { name: "plain list of 100", query: "subject=plain&count=100" };
const sorted = { name: "history of 100,000", query: "subject=history&count=100000" };
const unsorted = { name: "the same, in no order", query: "subject=history&count=100000&order=any" };
const subjects = [plain, sorted, unsorted];

/** Limits in milliseconds: set by the issue that wanted the list. */
const figures = [
  { what: "paint", title: "first paint", limit: 100 },
  { what: "wheel", title: "longest frame, by wheel", limit: 32 },
  { what: "thumb", title: "longest frame, by thumb", limit: 32 },
];

export async function run({ browser, address }) {
  const measured = new Map(subjects.map((subject) => [subject, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const subject of subjects) {
      const times = await measure(browser, `${address}page.html?${subject.query}`);
      // The first of each warms the machine up: fonts, modules, the browser's own processes.
      if (round > 0) measured.get(subject).push(times);
    }
  }
  process.stdout.write(
    `  median of ${rounds} rounds, ms; in brackets the work of the main thread, for thumb and wheel a frame's\n`,
  );
  for (const { what, title, limit } of figures) {
    const [time, work] = ["time", "work"].map(
      (kind) => (subject) => median(measured.get(subject).map((times) => times[what][kind])),
    );
    const show = (subject) =>
      `${subject.name} ${time(subject).toFixed(1)} [${work(subject).toFixed(1)}]`;
    for (const subject of [sorted, unsorted]) {
      const verdict = `limit ${limit}: ${time(subject) <= limit ? "within" : "OVER"}`;
      const ratio = (time(subject) / time(plain)).toFixed(2);
      process.stdout.write(
        `  ${title}: ${show(subject)}, ${show(plain)} = ${ratio} × (${verdict})\n`,
      );
    }
  }
}

async function measure(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => window.historyBench !== undefined);
    const devTools = await context.newCDPSession(page);
    await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
    /** Seconds of the main thread, as it counts them. */
    const worked = async () => {
      const { metrics } = await devTools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration").value;
    };
    const during = async (frames, act) => {
      const before = await worked();
      const time = await act();
      return { time, work: ((await worked()) - before) * (1000 / frames) };
    };
    const paint = await during(1, () => page.evaluate(() => window.historyBench.paint()));
    await page.mouse.move(195, 390);
    const wheel = await during(dragged, () => longest(page, () => turnWheel(page)));
    const thumb = await during(dragged, () =>
      longest(page, () => page.evaluate((frames) => window.historyBench.drag(frames), dragged)),
    );
    return { paint, wheel, thumb };
  } finally {
    await context.close();
  }
}

async function turnWheel(page) {
  for (let turn = 0; turn < dragged; turn++) await page.mouse.wheel(0, 400);
}

/** A list that shows nothing scrolls smoothly: it is looked at afterwards. */
async function longest(page, scroll) {
  await page.evaluate(() => window.historyBench.watch());
  await scroll();
  const time = await page.evaluate(() => window.historyBench.longest());
  if (!(await page.evaluate(() => window.historyBench.isDrawn())))
    throw new Error("There is no call where one should be seen.");
  return time;
}

// From the callee's accept to the first picture of the other side, over Delta Chat's protocol: the kit with the kit and with the page
// of the document, beside two bare connections that say no more than the protocol demands, and two that also play what arrives, as
// every page does that is seen. They take turns, so that whatever else the machine does meets all of them.
import { inFreshPage, median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 7);

const floor = "bare-bare";
const subjects = [floor, "shown-shown", "kit-kit", "kit-page", "page-kit", "page-page"];
/** Set by the issue that wanted the page. */
const limit = 1.5;

export async function run({ browser, address }) {
  const times = Object.fromEntries(subjects.map((subject) => [subject, []]));
  for (let call = 0; call <= calls; call++) {
    for (const subject of subjects) {
      const time = await inFreshPage(browser, `${address}page.html?subject=${subject}`, () =>
        window.measurePicture(),
      );
      // The first of each warms the machine up.
      if (call > 0) times[subject].push(time);
    }
  }
  const bare = median(times[floor]);
  process.stdout.write(
    `  accept to first remote picture, the later of both sides, median of ${calls} calls, ms\n` +
      `  two bare connections ${bare.toFixed(0)}\n`,
  );
  for (const subject of subjects.slice(1)) {
    const [caller, callee] = subject.split("-");
    const time = median(times[subject]);
    if (caller === "shown") {
      process.stdout.write(`  two that play what arrives ${time.toFixed(0)}\n`);
      continue;
    }
    const ratio = time / bare;
    const verdict = subject.includes("kit")
      ? ` (limit ${limit} ×: ${ratio <= limit ? "within" : "OVER"})`
      : "";
    process.stdout.write(
      `  ${caller} calls ${callee}: ${time.toFixed(0)} = ${ratio.toFixed(2)} × bare${verdict}\n`,
    );
  }
}

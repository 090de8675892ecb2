// Measures from the callee's accept to the first picture of the other side, over Delta Chat's protocol. The kit calls the kit
// and the page of the document, beside two bare connections that send no more than the protocol requires. Two of them also play
// received media, as every visible page does, and as the kit's page and the other page do in this bench. Players start in the
// same page at the same moment, which makes this pair the fair floor (as in accept-to-frame). They take turns, so that whatever
// else the machine does meets all of them.
import { inFreshPage, median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 9);

const [silent, floor] = ["bare-bare", "shown-shown"];
const subjects = [silent, floor, "kit-kit", "kit-page", "page-kit", "page-page"];
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
  const of = (subject) => median(times[subject]);
  process.stdout.write(
    `  accept to first remote picture, the later of both sides, median of ${calls} calls, ms\n` +
      `  two bare connections that play what arrives, the floor: ${of(floor).toFixed(0)}\n` +
      `  two that play nothing: ${of(silent).toFixed(0)}\n`,
  );
  for (const subject of subjects.slice(2)) {
    const [caller, callee] = subject.split("-");
    const ratio = of(subject) / of(floor);
    const verdict = subject.includes("kit")
      ? ` (limit ${limit} ×: ${ratio <= limit ? "within" : "OVER"})`
      : "";
    const beside = (of(subject) / of(silent)).toFixed(2);
    process.stdout.write(
      `  ${caller} calls ${callee}: ${of(subject).toFixed(0)} = ${ratio.toFixed(2)} × the floor${verdict}, ${beside} × those that play nothing\n`,
    );
  }
}

// Measures from the callee's accept to the first media of the other side over SimpleX's protocol. Two of the kit's pages run
// beside two of SimpleX's, which are test peers with the documented delays. The subjects alternate, so that other load affects
// them alike. Mixed calls are printed, too: half of their delays are SimpleX's.
import { inFreshPage, median } from "../figures.mjs";

const calls = Number(process.env.BENCH_CALLS ?? 5);

const theirs = "simplex-simplex";
const ours = "kit-kit";
const subjects = [theirs, ours, "kit-simplex", "simplex-kit"];

/** The channel between the apps, each way in milliseconds. Set by the issue that wanted the page. */
const rounds = [
  { delay: 0, limit: (peers) => 0.4 * peers, rule: "0.4 × SimpleX's" },
  { delay: 200, limit: () => 2 * 200 + 450, rule: "two trips + 450" },
];

export async function run({ browser, address }) {
  process.stdout.write(
    `  accept to first remote media, the later of both sides, median of ${calls} calls, ms\n`,
  );
  for (const { delay, limit, rule } of rounds) {
    for (const media of ["audio", "video"]) {
      const times = Object.fromEntries(subjects.map((subject) => [subject, []]));
      for (let call = 0; call <= calls; call++) {
        for (const subject of subjects) {
          const time = await inFreshPage(
            browser,
            `${address}page.html?subject=${subject}&media=${media}&delay=${delay}`,
            () => window.measureCall(),
          );
          // The first of each warms the machine up.
          if (call > 0) times[subject].push(time);
        }
      }
      const of = (subject) =>
        median(times[subject].map(({ caller, callee }) => Math.max(caller, callee)));
      const most = limit(of(theirs));
      const kit = of(ours);
      process.stdout.write(
        `  delay ${String(delay).padStart(3)}, ${media}: SimpleX ${of(theirs).toFixed(0)}, kit ${kit.toFixed(0)} = ${(kit / of(theirs)).toFixed(2)} ×` +
          ` (limit ${rule} = ${most.toFixed(0)}: ${kit <= most ? "within" : "OVER"});` +
          ` kit calls SimpleX ${of("kit-simplex").toFixed(0)}, SimpleX calls kit ${of("simplex-kit").toFixed(0)}\n`,
      );
    }
  }
}

// What a step of .tools/test.mjs printed, as counts and the names of what failed, and the summary of a run, which ends with them.

/** So many lines at the end of a run that has failed: a build machine shows no more. */
const mostNames = 30;
const lastLines = 15;

/** @typedef {{ passed: number, failed: number, note: string, details: string[], lost?: string[] }} Result */

/** @returns {Result} that of a step that counts as one: where it fails, with the end of its output. */
export function once(output, code) {
  const lines = output.trimEnd().split("\n").slice(-lastLines);
  return code === 0
    ? { passed: 1, failed: 0, note: "", details: [] }
    : { passed: 0, failed: 1, note: "", details: lines.map((line) => `| ${line}`) };
}

/**
 * Reads the last result line of a runner, the names of what failed, and the files lost with it. A runner that crashed, or ran
 * nothing, counts as a failure.
 *
 * @returns {Result}
 */
export function countsOf(output, code) {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const [passed, failed] = line ? [Number(line[1]), Number(line[2])] : [0, 0];
  const all = (pattern) => [...output.matchAll(pattern)].map((match) => match[1] ?? match[0]);
  const lost = all(/^lost: (\S+)$/gm);
  const details = all(/^failed: (.+)$/gm).map((name) => `✗ ${name}`);
  if (lost.length === 0 && passed + failed === 0)
    return { ...once(output, 1), note: " it ran no test" };
  if (lost.length === 0 && code !== 0 && failed === 0)
    return { ...once(output, 1), passed, note: ` it ended with code ${code}` };
  const note = all(/^again in a fresh browser: .+$/gm)
    .map((each) => ` ${each}`)
    .join();
  return { passed, failed, details, note, ...(lost.length > 0 && { lost }) };
}

/** @returns {string} a line for each step, and below it what failed; the number of names is limited, not that of the steps. */
export function summaryOf(results) {
  let left = mostNames;
  const lines = results.flatMap(
    ({ name, passed, failed, seconds, processor, note, details = [] }) => {
      const used = typeof processor === "number" ? `, ${processor.toFixed(0)} s of processor` : "";
      const shown = details.slice(0, left);
      left -= shown.length;
      const others = details.length - shown.length;
      return [
        `${failed ? "FAIL" : "ok  "} ${name}: ${passed} passed, ${failed} failed (${seconds} s${used})${note}`,
        ...shown.map((detail) => `     ${detail}`),
        ...(others > 0 ? [`     ✗ and ${others} others`] : []),
      ];
    },
  );
  return lines.join("\n");
}

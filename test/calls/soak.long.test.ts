import { expect } from "@open-wc/testing";
import { Caller, kinds, outcomes, PageWatch, untilNothingIsHeld } from "../support/soak.ts";

const calls = 1_000;
/** Chromium counts a closed connection until it is collected, and refuses the one after 500 (`kMaxPeerConnections`). */
const untilCollection = 100;
/** By then everything is loaded. */
const warmUp = 50;
/** Bytes. A kit that kept 1 kB of each call would keep twice that. */
const mostGrowth = 500_000;

function collect(): void {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (gc === undefined) throw new Error("This run cannot collect its garbage.");
  gc();
}

/** Returns the bytes in use after a garbage collection. Chromium's own value, with `--expose-gc` and precise figures. */
async function heap(): Promise<number> {
  const page = performance as Performance & {
    readonly memory?: { readonly usedJSHeapSize: number };
  };
  let least = Number.POSITIVE_INFINITY;
  // Finalisers run between two collections: the least of a few is what is really held.
  for (let round = 0; round < 5; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Read again each time: `memory` is a snapshot, and one from before the collection includes garbage.
    const { memory } = page;
    if (memory === undefined) throw new Error("This run does not show its heap.");
    least = Math.min(least, memory.usedJSHeapSize);
  }
  return least;
}

describe("a thousand calls in one page", function () {
  this.timeout(1_100_000);

  it("leave nothing behind, each of them, and the heap as it was", async () => {
    const watch = new PageWatch();
    const caller = new Caller(watch);
    const start = performance.now();
    let before = 0;
    for (let call = 0; call < calls; call += 1) {
      if (call === warmUp) before = await heap();
      if (call % untilCollection === 0) collect();
      const kind = kinds[call % kinds.length] ?? "talked";
      const records = await caller.call(kind).catch((thrown: unknown) => {
        throw new Error(`Call ${String(call)} of ${String(calls)}: ${String(thrown)}`);
      });
      expect(records).to.deep.equal(outcomes[kind]);
      await untilNothingIsHeld(watch);
    }
    const growth = (await heap()) - before;
    const seconds = Math.round((performance.now() - start) / 1000);
    caller.close();
    await watch.end();
    // The figures of docs/reliability.md.
    const made = Object.entries(watch.made).map(([name, count]) => `${String(count)} ${name}`);
    console.log(
      `${String(calls)} calls in ${String(seconds)} s, ${made.join(", ")}, heap ${String(Math.round(growth / 1000))} kB`,
    );
    expect(growth).to.be.lessThan(mostGrowth);
  });
});

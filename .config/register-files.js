// Runs in a page of tests. Registers each of its files with mocha as a suite of the file's name, so that its top-level hooks
// apply to that file only. The clean-up after each test applies to all files, because it is loaded first.
import "@open-wc/testing";

afterEach(() => globalThis.dispatchEvent?.(new Event("drawing-over")));

const recorded = ["describe", "it", "before", "after", "beforeEach", "afterEach", "registerLong"];

/**
 * @param {[name: string, load: () => Promise<unknown>][]} files
 * @param {{ long: boolean }} options of a file that has both kinds, only the tests of `longIt`, or only the others.
 */
export async function registerFiles(files, { long }) {
  for (const [name, load] of files) {
    const { calls, error } = await recordCalls(load);
    describe(name, () => {
      if (error)
        it("loads", () => {
          throw error;
        });
      const { it } = globalThis;
      const none = Object.assign(() => ({ timeout() {} }), { only() {}, skip() {} });
      // Suites inside register while they run, so this holds for their tests too.
      globalThis.registerLong = long ? it : none;
      if (long && !name.endsWith(".long.test.ts")) globalThis.it = none;
      for (const call of calls) call();
      globalThis.it = it;
      delete globalThis.registerLong;
    });
  }
}

/** Takes down what is asked of mocha, and by `longIt`, while a file loads, in its order. */
async function recordCalls(load) {
  const calls = [];
  const before = recorded.map((name) => [name, globalThis[name]]);
  for (const [name] of before) {
    const later =
      (run) =>
      (...args) =>
        void calls.push(() => run(globalThis[name])(...args));
    globalThis[name] = Object.assign(
      later((now) => now),
      { only: later((now) => now.only), skip: later((now) => now.skip) },
    );
  }
  try {
    await load();
    return { calls, error: null };
  } catch (error) {
    return { calls: [], error };
  } finally {
    for (const [name, original] of before) globalThis[name] = original;
  }
}

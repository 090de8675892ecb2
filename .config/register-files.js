// Runs in a page of tests. Registers each of its files with mocha as a suite of the file's name, so that its top-level hooks
// apply to that file only. The clean-up after each test applies to all files, because it is loaded first.
import "@open-wc/testing";

const names = ["describe", "it", "before", "after", "beforeEach", "afterEach"];

/**
 * @param {[name: string, load: () => Promise<unknown>][]} files
 */
export async function registerFiles(files) {
  for (const [name, load] of files) {
    const { calls, error } = await recordCalls(load);
    describe(name, () => {
      if (error)
        it("loads", () => {
          throw error;
        });
      for (const call of calls) call();
    });
  }
}

/** Takes down what is asked of mocha while a file loads, in its order. */
async function recordCalls(load) {
  const calls = [];
  const mocha = names.map((name) => [name, globalThis[name]]);
  for (const [name, original] of mocha) {
    const later =
      (run) =>
      (...args) =>
        void calls.push(() => run(...args));
    globalThis[name] = Object.assign(later(original), {
      only: later(original.only),
      skip: later(original.skip),
    });
  }
  try {
    await load();
    return { calls, error: null };
  } catch (error) {
    return { calls: [], error };
  } finally {
    for (const [name, original] of mocha) globalThis[name] = original;
  }
}

/**
 * Registers a browser test that repeats a kind: another test of its file stands for it in `npm test`. A page of the check leaves it out, one
 * of the long tests has nothing else (.config/register-files.js). A file that is run by itself has all.
 */
export function longIt(name: string, test: Mocha.Func | Mocha.AsyncFunc): void {
  const { registerLong = it } = globalThis as { registerLong?: typeof longIt };
  registerLong(name, test);
}

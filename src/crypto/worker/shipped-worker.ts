/** Starts the worker script that ships beside this module. A bundler reads the address and the literals, so they stand here alone. */
export const startShippedWorker = (): Worker =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sx-call frames" });

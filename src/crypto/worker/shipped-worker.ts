/** Starts the worker script of the package. A module of its own, because bundlers match the URL and the literals. */
export const startShippedWorker = (): Worker =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sx-call frames" });

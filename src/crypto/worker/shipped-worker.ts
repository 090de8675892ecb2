/** The frame worker that comes with the kit. */
export interface ShippedWorker {
  /** Starts the script that lies beside this module. @throws as `new Worker()` does. */
  start(): Worker;
  /** URL of that script or of this module beside it, for a host to read: a bundler may have moved it. */
  readonly url: string;
  /** Its text, for a page beside which it does not lie; "" or missing where it is not at hand. */
  readonly text?: () => Promise<string>;
}

// A bundler reads the address and the literals, so they stand here as they are. One that does not know them, or moves this module before
// anybody reads it, leaves the text.
export const shippedWorker: ShippedWorker = {
  start: () =>
    new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sx-call frames" }),
  url: import.meta.url,
  text: async () => (await import("./worker-text.ts")).workerText,
};

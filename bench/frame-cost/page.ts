import type { Row } from "./worker.ts";

declare global {
  interface Window {
    /** @returns what every row of the table cost, once all rounds are over. */
    measure(rounds: number): Promise<readonly Row[]>;
  }
}

// In a worker, where frames are sealed and opened in life.
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

window.measure = (rounds) =>
  new Promise((resolve, reject) => {
    worker.addEventListener("error", ({ message }) => {
      reject(new Error(message));
    });
    worker.addEventListener(
      "message",
      ({ data }: MessageEvent<{ rows?: readonly Row[]; failure?: string }>) => {
        if (data.failure !== undefined) reject(new Error(data.failure));
        // LiveKit's worker reports through the same channel.
        else if (data.rows !== undefined) resolve(data.rows);
      },
    );
    worker.postMessage({ rounds });
  });

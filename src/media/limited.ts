/** Rejection after a time limit. */
export class NoAnswer extends Error {
  constructor() {
    super("There was no answer in time.");
  }
}

/**
 * Waits for a promise of the platform or a host, which may never settle.
 *
 * @param milliseconds time limit.
 * @throws {NoAnswer} after the time limit.
 */
export async function limited<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new NoAnswer());
        }, milliseconds);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

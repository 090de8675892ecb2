/** Rejected where something did not answer in time. */
export class NoAnswer extends Error {
  constructor() {
    super("There was no answer in time.");
  }
}

/**
 * Waits for a promise of the platform or a host, which may never settle.
 *
 * @param milliseconds how long.
 * @throws {NoAnswer} where it takes longer.
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

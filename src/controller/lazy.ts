/** Milliseconds to wait for the first paint. Hidden pages never paint. */
const longestPaint = 2000;
/** Milliseconds that the page may then be busy with other things. */
const longestBusy = 250;

/** Resolves after the next paint, once the page is idle. In the second frame from now the first one has been painted. */
export const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, document.hidden ? 0 : longestPaint);
    // Safari has no `requestIdleCallback`.
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    const whenIdle = () =>
      idle ? idle(() => resolve(), { timeout: longestBusy }) : setTimeout(resolve);
    requestAnimationFrame(() => requestAnimationFrame(whenIdle));
  });

/**
 * A lazily loaded part of the kit. It is loaded once: when the page is idle, or when somebody needs it, whichever is first. After a
 * failure whoever asks next tries again.
 */
export class Lazy<Part> {
  readonly #import: () => Promise<Part>;
  readonly #idle: () => Promise<unknown>;
  #part: Part | null;
  #loading: Promise<Part> | null = null;
  #waiting: Promise<void> | null = null;
  #endWait: () => void = () => undefined;

  /**
   * @param idle resolves when the page has time to load what nobody needs yet.
   * @param part the part, where it is there already.
   */
  constructor(
    load: () => Promise<Part>,
    idle: () => Promise<unknown> = painted,
    part: Part | null = null,
  ) {
    this.#import = load;
    this.#idle = idle;
    this.#part = part;
  }

  /** Returns a part that is there from the beginning. */
  static of<Part>(part: Part): Lazy<Part> {
    return new Lazy(() => Promise.resolve(part), painted, part);
  }

  /** The part; `null` until it is loaded. */
  get part(): Part | null {
    return this.#part;
  }

  /** Loads it now. */
  load(): Promise<Part> {
    this.#endWait();
    this.#loading ??= this.#import().then(
      (part) => (this.#part = part),
      (reason: unknown) => {
        this.#loading = this.#waiting = null;
        throw reason;
      },
    );
    return this.#loading;
  }

  /** Loads it once the page is idle, or with the first caller that cannot wait. */
  loadWhenIdle(): Promise<Part> {
    this.#waiting ??= new Promise((resolve) => {
      this.#endWait = resolve;
      const end = () => {
        resolve();
      };
      void this.#idle().then(end, end);
    });
    return this.#waiting.then(() => this.load());
  }
}

/** Milliseconds to wait for the first paint. Hidden pages never paint. */
const patience = 2000;
/** Milliseconds to wait for idle time after the first paint. */
const idleWithin = 250;

/**
 * Resolves once the present DOM is painted and interactive: the second frame from now begins after the first was painted.
 * Background pages do not paint, and do not wait.
 */
export const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, document.hidden ? 0 : patience);
    // Safari has no `requestIdleCallback`.
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    const rest = () =>
      idle ? idle(() => resolve(), { timeout: idleWithin }) : setTimeout(resolve);
    requestAnimationFrame(() => requestAnimationFrame(rest));
  });

/**
 * A lazily loaded part of the kit, not needed to show an incoming call. Loads after the first paint, or when first needed. A
 * failed load is retried at the next request.
 */
export class Late<Part> {
  readonly #import: () => Promise<Part>;
  readonly #first: () => Promise<unknown>;
  #part: Part | null = null;
  #loading: Promise<Part> | null = null;
  #soon: Promise<void> | null = null;
  #hurry: () => void = () => undefined;

  /** @param first awaited before a load that is not urgent. */
  constructor(load: () => Promise<Part>, first: () => Promise<unknown> = painted) {
    this.#import = load;
    this.#first = first;
  }

  /** The part, if it is loaded. */
  get part(): Part | null {
    return this.#part;
  }

  /** Loads it now. */
  load(): Promise<Part> {
    this.#hurry();
    this.#loading ??= this.#import().then(
      (part) => (this.#part = part),
      (reason: unknown) => {
        this.#loading = this.#soon = null;
        throw reason;
      },
    );
    return this.#loading;
  }

  /** Loads it after the first paint, or earlier if `load` is called. */
  soon(): Promise<Part> {
    this.#soon ??= new Promise((resolve) => {
      this.#hurry = resolve;
      const goOn = () => {
        resolve();
      };
      void this.#first().then(goOn, goOn);
    });
    return this.#soon.then(() => this.load());
  }
}

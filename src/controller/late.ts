/** A slow machine takes its time for the first frame, and a frame that is not shown is never painted: then it goes on, in milliseconds. */
const patience = 2000;
/** How long the page may be busy with other things after that, in milliseconds. */
const idleWithin = 250;

/**
 * Resolves once what the page has just drawn can be seen and pressed: in the second frame from now the first one has been painted. A
 * page in the background paints nothing, and does not wait.
 */
export const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, document.hidden ? 0 : patience);
    // Safari has no idle time.
    const idle = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
    const rest = () =>
      idle ? idle(() => resolve(), { timeout: idleWithin }) : setTimeout(resolve);
    requestAnimationFrame(() => requestAnimationFrame(rest));
  });

/**
 * A part of the kit that comes after the rest: nothing of it is needed to show that somebody calls. It comes right after the first
 * paint, or when it is first needed, whichever is first. Where it did not load, whoever asks next tries again.
 */
export class Late<Part> {
  readonly #import: () => Promise<Part>;
  readonly #first: () => Promise<unknown>;
  #part: Part | null = null;
  #loading: Promise<Part> | null = null;
  #soon: Promise<void> | null = null;
  #hurry: () => void = () => undefined;

  /** @param first what goes before it where nobody waits for it. */
  constructor(load: () => Promise<Part>, first: () => Promise<unknown> = painted) {
    this.#import = load;
    this.#first = first;
  }

  /** The part, if it is there. */
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

  /** Loads it once the page has been painted, or sooner for whoever cannot wait. */
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

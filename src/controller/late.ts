/** What waits for a frame that is never painted (a page in the background, say) goes on after that time, in milliseconds. */
const patience = 250;

/**
 * Calls back, maybe twice, once what the page has just drawn can be seen and pressed: in the second frame from now the first one has been painted.
 */
function afterPaint(goOn: () => void): void {
  setTimeout(goOn, patience);
  const frame = (then: () => void) => globalThis.requestAnimationFrame?.(then);
  frame(() => frame(() => setTimeout(goOn)));
}

/**
 * A part of the kit that comes after the rest: nothing of it is needed to show that somebody calls. It comes right after the first
 * paint, or when it is first needed, whichever is first. Where it did not load, whoever asks next tries again.
 */
export class Late<Part> {
  readonly #import: () => Promise<Part>;
  #part: Part | null = null;
  #loading: Promise<Part> | null = null;
  #soon: Promise<void> | null = null;
  #hurry: () => void = () => undefined;

  constructor(load: () => Promise<Part>) {
    this.#import = load;
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
      afterPaint(resolve);
    });
    return this.#soon.then(() => this.load());
  }
}

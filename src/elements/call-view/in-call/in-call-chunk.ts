import type { ReactiveController } from "lit";
import { Late, painted } from "../../../controller/late.ts";
import { browserPart } from "../../../controller/late-ports.ts";
import { pagePorts } from "../../../controller/page-ports.ts";
import type { InCallHost, InCallParts, InCallScreen } from "./in-call-screen.ts";
import { loadInCallScreen } from "./load-in-call-screen.ts";

const more: (() => Promise<unknown>)[] = [];

/**
 * Code of a call from accept or dialling on: the in-call screen and the runtime. The engine check comes first, because an
 * invitation waits for it.
 */
export const inCallChunk = new Late(
  async () => {
    const [screen] = await Promise.all([
      loadInCallScreen(),
      browserPart.load(),
      ...more.map((load) => load()),
    ]);
    return screen;
  },
  () => pagePorts.findObstacle().then(painted),
);

/** Adds a part to the chunk, such as the elements inside the view. */
export function alsoLoad(load: () => Promise<unknown>): void {
  more.push(load);
}

/** Loads the in-call screen after the first paint, or at once for a call that needs it. */
export class InCallLoader implements ReactiveController {
  /** The in-call screen; `null` until it is loaded. */
  screen: InCallScreen | null = null;
  readonly #host: InCallHost;
  readonly #parts: InCallParts;

  constructor(host: InCallHost, parts: InCallParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
    this.#begin();
  }

  hostConnected(): void {
    void this.#wait(inCallChunk.soon());
  }

  /**
   * Loads the in-call screen now. Never rejects: a call of the view ends with a reported failure, and the next call retries.
   */
  load(): Promise<void> {
    return this.#wait(inCallChunk.load());
  }

  async #wait(loaded: Promise<unknown>): Promise<void> {
    try {
      await loaded;
      this.#begin();
    } catch {
      // As above.
    }
  }

  #begin(): void {
    if (this.screen !== null || inCallChunk.part === null) return;
    this.screen = new inCallChunk.part.InCallScreen(this.#host, this.#parts);
    this.#host.requestUpdate();
  }
}

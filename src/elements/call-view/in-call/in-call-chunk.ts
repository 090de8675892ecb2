import type { ReactiveController } from "lit";
import { Late, painted } from "../../../controller/late.ts";
import { browserPart } from "../../../controller/late-ports.ts";
import { pagePorts } from "../../../controller/page-ports.ts";
import type { InCallHost, InCallParts, InCallScreen } from "./in-call-screen.ts";
import { loadInCallScreen } from "./load-in-call-screen.ts";

const more: (() => Promise<unknown>)[] = [];

/**
 * Everything that a call needs from the moment in which it is accepted or dialled: the screen, and the runtime behind it. The check of
 * the engine goes first, so that an invitation that waits for it is seen first.
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

/** Loads something with the chunk, such as the elements inside the view. */
export function alsoLoad(load: () => Promise<unknown>): void {
  more.push(load);
}

/** Loads the screen of a running call after the first paint, or at once for a call that needs it. */
export class InCallLoader implements ReactiveController {
  /** The screen; `null` until it is loaded. */
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

  /** Loads the screen now. Never rejects: a call of the view's own ends by a failure, and reports it. The next call tries again. */
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

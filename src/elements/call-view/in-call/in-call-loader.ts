import type { ReactiveController } from "lit";
import { Lazy, painted } from "../../../controller/lazy.ts";
import { pagePorts } from "../../../controller/ports.ts";
import type { ChunkHost, InCallChunk } from "./in-call-chunk.ts";
import type { InCallParts, InCallScreen } from "./in-call-screen.ts";

/** Loads what a running call needs: when the page is idle after the first paint, or at once for a call that needs it. */
export class InCallLoader implements ReactiveController {
  /** The screen; `null` until it is loaded. */
  screen: InCallScreen | null = null;
  readonly chunk: Lazy<InCallChunk>;
  readonly #host: ChunkHost;
  readonly #parts: InCallParts;

  constructor(host: ChunkHost, parts: InCallParts, load: () => Promise<InCallChunk>) {
    this.#host = host;
    this.#parts = parts;
    // The check of the engine goes first, so that an invitation that waits for it is seen first.
    this.chunk = new Lazy(load, () => pagePorts.findObstacle().then(painted));
    host.addController(this);
  }

  /** Loads the screen after the next paint, once the page is idle. */
  hostConnected(): void {
    void this.#wait(this.chunk.loadWhenIdle());
  }

  /** Loads the screen now. Never rejects: a call of the view's own ends by a failure, and reports it. The next call tries again. */
  load(): Promise<void> {
    return this.#wait(this.chunk.load());
  }

  async #wait(loading: Promise<InCallChunk>): Promise<void> {
    try {
      const chunk = await loading;
      if (this.screen !== null) return;
      this.screen = chunk.openScreen(this.#host, this.#parts);
      this.#host.requestUpdate();
    } catch {
      // As above.
    }
  }
}

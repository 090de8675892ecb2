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

  hostConnected(): void {
    void this.load("idle");
  }

  /**
   * Loads the screen: now, or after the next paint once the page is idle. Never rejects: a call of the view's own ends by a failure, and
   * reports it. The next call tries again.
   */
  async load(when: "now" | "idle" = "now"): Promise<void> {
    try {
      const chunk = await (when === "now" ? this.chunk.load() : this.chunk.loadWhenIdle());
      if (this.screen !== null) return;
      this.screen = chunk.openScreen(this.#host, this.#parts);
      this.#host.requestUpdate();
    } catch {
      // As above.
    }
  }
}

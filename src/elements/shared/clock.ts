import type { Talk } from "../../call/snapshot.ts";
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Returns the talk time of an ongoing call: measured, or since it connected. Milliseconds. */
export function talked(
  { talk, connectedAt }: { readonly talk?: Talk | undefined; readonly connectedAt: number },
  now: number,
): number {
  // A record comes from a host, as it may be.
  if (typeof talk?.milliseconds !== "number") return now - connectedAt;
  return talk.milliseconds + (typeof talk.at === "number" ? performance.now() - talk.at : 0);
}

/** From when on a clock that shows that begins its seconds; `null` where there is none. Milliseconds since the epoch. */
export function secondsSince({
  talk,
  connectedAt,
}: {
  readonly talk?: Talk | undefined;
  readonly connectedAt?: number | null | undefined;
}): number | null {
  const now = Date.now();
  return typeof connectedAt === "number" ? now - talked({ talk, connectedAt }, now) : null;
}

/** Renders its host once a second, aligned to the seconds of a call, only while the call runs and the page is visible. */
export class Clock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #since: () => number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param since - returns when the call connected, in milliseconds since the epoch; `null` without a clock. */
  constructor(host: ReactiveControllerHost, since: () => number | null) {
    this.#host = host;
    this.#since = since;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#tick);
    this.#wait();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#tick);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  hostUpdated(): void {
    this.#wait();
  }

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  };

  #wait(): void {
    const since = this.#since();
    if (since === null || document.hidden) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else {
      // Slightly after the second, so that rounding never shows the same one twice.
      this.#timer ??= setTimeout(
        this.#tick,
        1010 - ((((Date.now() - since) % 1000) + 1000) % 1000),
      );
    }
  }
}

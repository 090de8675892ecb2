import type { ControlMessage } from "./control.ts";

/** A token bucket: so many at once, and so many a second after that. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perSecond: number;
  #tokens: number;
  #at: number | null = null;

  constructor(capacity: number, perSecond: number) {
    this.#capacity = capacity;
    this.#perSecond = perSecond;
    this.#tokens = capacity;
  }

  /** @param now milliseconds. A clock that is set back fills nothing. */
  take(now: number): boolean {
    const passed = Math.max(0, now - (this.#at ?? now));
    this.#at = now;
    this.#tokens = Math.min(this.#capacity, this.#tokens + (passed * this.#perSecond) / 1000);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

type ControlType = ControlMessage["type"];

/** Burst and messages a second of each type. A person's switches, and what an engine does for one of them, need no more. */
const rates: Readonly<Record<ControlType, readonly [burst: number, perSecond: number]>> = {
  media: [20, 10],
  hold: [10, 5],
  limit: [4, 2],
  code: [2, 1],
  confirm: [4, 1],
  restart: [8, 2],
  "restart-answer": [8, 2],
  candidates: [32, 8],
  end: [1, 1],
};

/** Types that tell a state: of those that come too fast the newest is kept, and taken later. */
const newestWins: ReadonlySet<ControlType> = new Set(["media", "hold", "limit"]);

/** How many messages over the limit a call puts up with, and how many a second it forgives. No kit comes near it. */
const patience = { messages: 500, perSecond: 50 } as const;

/**
 * Holds the data channel of one call to its limits. Pure but for what it has counted.
 */
export class ControlRate {
  readonly #all = new TokenBucket(100, 50);
  readonly #patience = new TokenBucket(patience.messages, patience.perSecond);
  readonly #types = new Map<ControlType, TokenBucket>();

  /**
   * Before the message is read: whatever is in it costs nothing above the limit.
   *
   * @param now milliseconds.
   */
  admit(now: number): "take" | "drop" | "flood" {
    if (this.#all.take(now)) return "take";
    return this.#patience.take(now) ? "drop" : "flood";
  }

  /** Once its type is known. @param now milliseconds. */
  admitType(type: ControlType, now: number): "take" | "later" | "drop" {
    const bucket = this.#types.get(type) ?? new TokenBucket(...rates[type]);
    this.#types.set(type, bucket);
    if (bucket.take(now)) return "take";
    return newestWins.has(type) ? "later" : "drop";
  }
}

import type { ControlMessage } from "./control.ts";

/** A token bucket: a burst, and a rate per second. */
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

  /** @param now milliseconds. A clock that is set back adds no tokens. */
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

/** Burst and messages per second of each type, enough for a person's actions and the engine's reactions. */
const rates: Readonly<Record<ControlType, readonly [burst: number, perSecond: number]>> = {
  media: [20, 10],
  hold: [10, 5],
  limit: [4, 2],
  code: [2, 1],
  confirm: [4, 1],
  restart: [8, 2],
  "restart-answer": [8, 2],
  candidates: [32, 8],
  away: [4, 1],
  end: [1, 1],
};

/** Types that report a state: above the rate the newest message is kept and processed later. */
const newestWins: ReadonlySet<ControlType> = new Set(["media", "hold", "limit"]);

/** Messages above the limit that a call tolerates, and their recovery per second. No kit comes near it. */
const patience = { messages: 500, perSecond: 50 } as const;

/** Limits the rate of the data channel of one call. Its only state is the counts. */
export class ControlRate {
  readonly #all = new TokenBucket(100, 50);
  readonly #patience = new TokenBucket(patience.messages, patience.perSecond);
  readonly #types = new Map<ControlType, TokenBucket>();

  /**
   * Checks a message before it is parsed, so that messages above the limit cost nothing.
   *
   * @param now milliseconds.
   */
  admit(now: number): "take" | "drop" | "flood" {
    if (this.#all.take(now)) return "take";
    return this.#patience.take(now) ? "drop" : "flood";
  }

  /** Checks a message once its type is known. @param now milliseconds. */
  admitType(type: ControlType, now: number): "take" | "later" | "drop" {
    const bucket = this.#types.get(type) ?? new TokenBucket(...rates[type]);
    this.#types.set(type, bucket);
    if (bucket.take(now)) return "take";
    return newestWins.has(type) ? "later" : "drop";
  }
}

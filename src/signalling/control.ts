import * as v from "valibot";
import { CallError } from "../errors.ts";
import { endReasons, sharedBodies, withoutNulls } from "./messages.ts";
import { plainCopy, limits } from "./plain-copy.ts";

/** Data channel negotiated out of band by both sides (RFC 8832): label and stream id are part of the protocol. */
export const controlChannel = { label: "sx-control", id: 0 } as const;

const controlSchema = v.variant("type", [
  /** State of this side's devices. Sent when the channel opens and at every change. */
  v.object({
    type: v.literal("media"),
    microphone: v.boolean(),
    camera: v.boolean(),
    screen: v.boolean(),
    /** Those that are being opened: neither on nor off. Kits from before do not know it. */
    starting: v.optional(v.pipe(v.array(v.string()), v.maxLength(8))),
    /** Those that the system has taken while they were on. Kits from before do not know it: to them the device is off. */
    interrupted: v.optional(v.pipe(v.array(v.string()), v.maxLength(8))),
    /** The shared screen is paused: what arrives is a still. */
    screenPaused: v.optional(v.boolean()),
  }),
  /** This side sends and plays no media until further notice: it holds the call. */
  v.object({ type: v.literal("hold"), on: v.boolean() }),
  /** Data saver of this side: maximum rate to receive, including headers. */
  v.object({
    type: v.literal("limit"),
    bitsPerSecond: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
  }),
  /** This side's person compared the security code. */
  v.object({ type: v.literal("code"), match: v.boolean() }),
  /** The offerer's key confirmation, for host channels without a message for it. */
  v.object(sharedBodies.confirm),
  /** ICE restart and its candidates. Also sent over the host's channel; the faster one counts. */
  v.object(sharedBodies.restart),
  v.object(sharedBodies.restartAnswer),
  v.object(sharedBodies.candidates),
  v.object(sharedBodies.away),
  /** Text of the call, sealed by its keys (`crypto/text/text-cipher.ts`). Kits from before ignore it. */
  v.object({
    type: v.literal("text"),
    n: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x7fff_ffff)),
    data: v.pipe(v.string(), v.maxLength(12_288), v.regex(/^[A-Za-z0-9_-]*$/)),
  }),
  /** End of the call, usually before the same message on the host's channel. */
  v.object({ type: v.literal("end"), reason: v.picklist(endReasons) }),
]);

/** A message on the `sx-control` data channel, JSON text. */
export type ControlMessage = v.InferOutput<typeof controlSchema>;

/**
 * @param text a message of the data channel.
 * @returns the message, or `null` for an unknown type.
 * @throws {CallError} `too-large` or `bad-signal`.
 */
export function parseControl(text: unknown): ControlMessage | null {
  if (typeof text !== "string") throw new CallError("bad-signal", "A control message is not text.");
  if (text.length > limits.controlSize)
    throw new CallError("too-large", "A control message is larger than its limit.");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new CallError("bad-signal", "A control message is not JSON.");
  }
  const { value } = plainCopy(parsed, limits.controlSize);
  if (value === null || typeof value !== "object" || !("type" in value)) {
    throw new CallError("bad-signal", "A control message has no type.");
  }
  const known = controlSchema.options.some((option) => option.entries.type.literal === value.type);
  if (!known) return null;
  const result = v.safeParse(controlSchema, withoutNulls(value), { abortEarly: true });
  if (!result.success) throw new CallError("bad-signal", "A control message has a bad field.");
  return result.output;
}

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
  // A kit sends at most three a second.
  text: [30, 10],
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

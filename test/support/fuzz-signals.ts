import * as fc from "fast-check";
import { endReasons, protocolName, type SignalMessage } from "../../src/signalling/messages.ts";
import {
  callId,
  candidate,
  delivered,
  description,
  otherCallId,
  samples,
  signalTypes,
} from "./signals.ts";

/** A value that would be seen if any of it came through. */
export const marker = "S3CRET MARKER VALUE";

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))];
}

const targets = signalTypes.flatMap((type) =>
  pathsOf(delivered(samples[type]))
    .filter((path) => path.length > 0)
    .map((path) => ({ type, path })),
);

const longText = "x".repeat(40_000);
/** Of the right type and wrong otherwise, or of a type that nobody expects: what a parser is known to stumble over. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      false,
      0,
      -0,
      -1,
      1.5,
      0x7fff_ffff,
      0x8000_0000,
      2 ** 53,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1e308,
    ],
    ...[
      "",
      " ",
      marker,
      "__proto__",
      "constructor",
      "\0",
      "\ud800",
      "🙂".repeat(200),
      longText,
      "v=0\r\n",
      "candidate:",
    ],
    ...[
      [],
      {},
      [[[[[[[[[]]]]]]]]],
      { toJSON: 1 },
      Array.from({ length: 600 }, () => 0),
      { length: 1e9 },
    ],
    ...[
      undefined,
      1n,
      Symbol.iterator,
      () => marker,
      new Map(),
      new Date(0),
      new Uint8Array(40_000),
    ],
    ...[
      description({ sections: ["audio"] }),
      description({ extra: ["a=candidate:1"] }),
      `${description()}${longText}`,
    ],
    ...["candidate:1 1 udp", `candidate:${"9".repeat(600)}`, { ...candidate, sdpMLineIndex: 99 }],
  ),
  fc.anything({
    maxDepth: 2,
    maxKeys: 4,
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
  }),
  fc.string({ maxLength: 80 }),
  fc.integer(),
);

/** One field of a real message replaced, left out or added to. */
const mutated = fc
  .record({
    target: fc.constantFrom(...targets),
    how: fc.constantFrom("set", "drop", "add"),
    value: hostile,
  })
  .map(({ target: { type, path }, how, value }): unknown => {
    const copy = delivered(samples[type]);
    let at: Record<string | number, unknown> = copy;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    const last = path.at(-1) ?? "type";
    if (how === "drop") Reflect.deleteProperty(at, last);
    else at[how === "add" ? `${String(last)}-${marker}` : last] = value;
    return copy;
  });

/** Whole messages of the right shape, with values of their own: they pass the codec, and the rules have to handle them. */
const rightShape = fc
  .record({
    type: fc.constantFrom(...signalTypes.filter((type) => type !== "end"), "end"),
    id: fc.constantFrom(
      callId,
      callId,
      callId,
      callId,
      otherCallId,
      "AAAAAAAAAAAAAAAAAAAAAA",
      "zzzzzzzzzzzzzzzzzzzzzz",
    ),
    seq: fc.oneof(
      fc.nat({ max: 40 }),
      fc.constantFrom(0, 0x7fff_ffff),
      fc.nat({ max: 0x7fff_ffff }),
    ),
    attempt: fc.constantFrom(0, 1, 2, 15, 0x7fff_ffff),
    sentAt: fc.constantFrom(0, 1, 1_000_000, 1_000_500, 2 ** 53 - 1),
    reason: fc.constantFrom(...endReasons),
    count: fc.nat({ max: 32 }),
    media: fc.constantFrom("audio", "video"),
  })
  .map(({ type, id, seq, attempt, sentAt, reason, count, media }): unknown => {
    const own: Record<string, object> = {
      invite: {
        sentAt,
        media,
        ...(attempt === 2 ? { resumes: id === callId ? otherCallId : callId } : {}),
      },
      accept: { media },
      candidates: {
        candidates: Array.from({ length: count }, () => candidate),
        end: attempt % 2 === 0,
      },
      restart: { attempt },
      "restart-answer": { attempt },
      end: { reason },
    };
    return { ...delivered(samples[type]), callId: id, seq, ...own[type] };
  });

/** Objects that are no plain data, and answer differently each time they are asked. */
const liarList: (() => unknown)[] = [
  () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error(marker);
        },
      },
    ),
  () =>
    new Proxy(delivered(samples.end), {
      get: () => {
        throw new Error(marker);
      },
    }),
  () => {
    let asked = 0;
    const message = delivered(samples.end);
    return Object.defineProperty(message, "type", {
      enumerable: true,
      get: () => (asked++ === 0 ? "end" : "invite"),
    });
  },
  () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    return revoked.proxy;
  },
  () => {
    const circle: Record<string, unknown> = { protocol: protocolName, type: "end" };
    circle.self = circle;
    return circle;
  },
  () => new Proxy([], { get: (_, key) => (key === "length" ? 1e9 : 0) }),
];
const liarSet = new Set<unknown>(liarList);
const liars = fc.constantFrom(...liarList);

/** Signals as nobody should send them; a function makes one that fast-check itself could not hold. */
const hostileArbitrary: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 6, arbitrary: rightShape },
  { weight: 2, arbitrary: hostile },
  { weight: 1, arbitrary: liars },
);

/** Returns a number of hostile signals. */
export function hostileSignals(count: number, seed: number): unknown[] {
  return fc
    .sample(hostileArbitrary, { numRuns: count, seed })
    .map((made) => (isLiar(made) ? made() : made));
}

function isLiar(made: unknown): made is () => unknown {
  return typeof made === "function" && liarSet.has(made);
}

/** The same message for another call: most of what is aimed at a call must name it. */
export function aimed(message: unknown, id: string): unknown {
  try {
    const isOurs = (message as SignalMessage).callId === callId;
    return isOurs ? { ...(message as SignalMessage), callId: id } : message;
  } catch {
    return message;
  }
}

import * as fc from "fast-check";
import type { CallEvent } from "../../src/call/events.ts";
import type { CallErrorCode } from "../../src/errors.ts";

export type SideName = "a" | "b";
export const sideNames = ["a", "b"] as const satisfies readonly SideName[];

/** Action of a person. `start` gets its id from the schedule's world. */
export type Press =
  | { readonly type: "start"; readonly media: "audio" | "video" }
  | Extract<
      CallEvent,
      {
        type:
          | "accept"
          | "decline"
          | "ignore"
          | "hang-up"
          | "set-device"
          | "flip-camera"
          | "hold"
          | "resume"
          | "elsewhere"
          | "check-code";
      }
    >;

/** One thing that happens from outside. Plain data, so that it shrinks and can be written into a named test. */
export type Command =
  | { readonly do: "press"; readonly by: SideName; readonly event: Press }
  /** No packet of media or of the data channel passes. The host's channel has a network of its own. */
  | { readonly do: "cut" }
  | { readonly do: "heal" }
  /** A side's address changes: what was found of it before is of no use any more. `reported`: `true` where its platform reports it. */
  | { readonly do: "move"; readonly side: SideName; readonly reported: boolean }
  | {
      readonly do: "break";
      readonly side: SideName;
      readonly what: "cipher" | "bypass" | "microphone" | "camera";
    };

/** Delays of a message on the host's channel in milliseconds, for its first and its repeated arrival. */
export interface Fate {
  readonly delay: number;
  readonly lost?: boolean;
  readonly again?: number;
}

/** The work of an engine that can be refused. */
export const works = [
  "offer",
  "prepare",
  "answer",
  "apply",
  "confirm",
  "restart",
  "answer-restart",
  "apply-restart",
] as const;
export type Work = (typeof works)[number];

export interface Schedule {
  /** Each so many milliseconds after the one before it. */
  readonly commands: readonly (Command & { readonly after: number })[];
  /** Of the messages on the host's channel, in the order in which they are sent; later ones take 50 ms. */
  readonly fates: readonly Fate[];
  readonly refusals: readonly { readonly side: SideName; readonly work: Work }[];
  readonly problems: readonly {
    readonly side: SideName;
    readonly device: "microphone" | "camera" | "screen";
    /** `never`: the question for it is left unanswered. */
    readonly code: CallErrorCode | "never";
  }[];
  /** Duration of each task of an engine. Milliseconds. */
  readonly slowness: number;
  /** `true` if the ids of side a are lower than those of side b: who wins where both dial. */
  readonly lowA: boolean;
}

/** A schedule in which nothing goes wrong by itself. */
export const calm: Schedule = {
  commands: [],
  fates: [],
  refusals: [],
  problems: [],
  slowness: 20,
  lowA: true,
};

const side = fc.constantFrom(...sideNames);
const media = fc.constantFrom("audio", "video");
const device = fc.constantFrom("microphone", "camera", "screen");

const press: fc.Arbitrary<Press> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant("start"), media }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("accept"), media }) },
  { weight: 1, arbitrary: fc.constantFrom<Press>({ type: "decline" }, { type: "ignore" }) },
  { weight: 1, arbitrary: fc.constant<Press>({ type: "hang-up" }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("set-device"), device, on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant<Press>({ type: "flip-camera" }) },
  { weight: 4, arbitrary: fc.constantFrom<Press>({ type: "hold" }, { type: "resume" }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("elsewhere"),
      reason: fc.constantFrom("answered-elsewhere", "declined"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("check-code"),
      match: fc.constantFrom(true, true, true, false),
    }),
  },
);

const move: fc.Arbitrary<Command> = fc.record({
  do: fc.constant("move"),
  side,
  reported: fc.boolean(),
});
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant("press"), by: side, event: press }) },
  { weight: 5, arbitrary: fc.constantFrom<Command>({ do: "cut" }, { do: "heal" }, { do: "heal" }) },
  { weight: 3, arbitrary: move },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("break"),
      side,
      what: fc.constantFrom("cipher", "bypass", "microphone", "camera"),
    }),
  },
);

/** Mostly within a moment of each other, where races are, and sometimes as far apart as a person's patience. */
const after = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 300 }) },
  { weight: 2, arbitrary: fc.nat({ max: 5_000 }) },
  { weight: 1, arbitrary: fc.nat({ max: 40_000 }) },
);
const timed = fc
  .tuple(after, command)
  .map(([milliseconds, what]) => ({ ...what, after: milliseconds }));

/** The networks change while the call is set up: before or after it is accepted, and mostly not at all. */
const unrest = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.array(fc.tuple(move, fc.nat({ max: 1_000 })), { minLength: 1, maxLength: 3 }),
  },
);

/** A beginning that leads somewhere: a call that rings, or one that is accepted. Else most schedules would end in nothing. */
const beginnings: fc.Arbitrary<Schedule["commands"]> = fc
  .tuple(side, media, fc.nat({ max: 2 }), fc.nat({ max: 2_000 }), unrest, fc.nat({ max: 2 }))
  .map(([caller, wish, depth, pause, moves, early]): Schedule["commands"] => {
    const callee = caller === "a" ? "b" : "a";
    const all: Schedule["commands"] = [
      { do: "press", by: caller, event: { type: "start", media: wish }, after: 0 },
      { do: "press", by: callee, event: { type: "accept", media: "audio" }, after: pause },
    ];
    const changes = moves.map(([what, after]) => ({ ...what, after }));
    return [
      ...all.slice(0, 1),
      ...changes.slice(0, early),
      ...all.slice(1),
      ...changes.slice(early),
    ].slice(0, depth + moves.length);
  });

const gentleFate: fc.Arbitrary<Fate> = fc.record(
  { delay: fc.nat({ max: 2_000 }), again: fc.nat({ max: 4_000 }) },
  { requiredKeys: ["delay"] },
);
const harshFate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: gentleFate },
  { weight: 2, arbitrary: fc.record({ delay: fc.constant(0), lost: fc.constant(true) }) },
  {
    weight: 1,
    arbitrary: fc.record({ delay: fc.nat({ max: 90_000 }), again: fc.nat({ max: 90_000 }) }),
  },
);

const codes = fc.constantFrom<CallErrorCode | "never">(
  "permission-denied",
  "device-not-found",
  "device-busy",
  "never",
);
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength: 2 }) },
  );

function scheduleOf(fate: fc.Arbitrary<Fate>): fc.Arbitrary<Schedule> {
  return fc
    .record({
      beginning: beginnings,
      rest: fc.array(timed, { maxLength: 14 }),
      fates: fc.array(fate, { maxLength: 16 }),
      refusals: rarely(fc.record({ side, work: fc.constantFrom(...works) })),
      problems: rarely(fc.record({ side, device, code: codes })),
      slowness: fc.constantFrom(1, 20, 400),
      lowA: fc.boolean(),
    })
    .map(({ beginning, rest, ...others }) => ({ ...others, commands: [...beginning, ...rest] }));
}

/** The host's channel repeats and reorders, and loses nothing. */
export const gentleSchedules = scheduleOf(gentleFate);
/** The host's channel also loses messages, or brings them when nobody waits for them any more. */
export const harshSchedules = scheduleOf(harshFate);

import type { PagePorts } from "./ports.ts";
import type { CallIntent } from "../call/events.ts";
import {
  isPossible,
  resultOf,
  type IntentScene,
  type RunningIntents,
} from "../call/rules/intents.ts";
import {
  type CallSnapshot,
  ringingSnapshot,
  type PartsOf,
  type SteadyMoment,
} from "../call/snapshot.ts";
import type { CallModel } from "../call/state/model.ts";
import { CallError, type CallErrorCode } from "../errors.ts";
import { noTracks, type CallNotice, type CallTracks } from "./call-source.ts";

/** Handlers of effects: exactly one per type. */
export type EffectHandlers<Effect extends { readonly type: string }> = {
  readonly [T in Effect["type"]]: (effect: Extract<Effect, { readonly type: T }>) => void;
};

/** Executes an effect by the handler of its type. */
export function carryOut<Effect extends { readonly type: string }>(
  handlers: EffectHandlers<Effect>,
  effect: Effect,
): void {
  // The handler of an effect's type accepts that effect. TypeScript cannot correlate the two unions.
  const handler = handlers[effect.type as Effect["type"]] as (effect: Effect) => void;
  handler(effect);
}

/** The timers of one call, by name. */
export class Timers<Name> {
  readonly #ports: Pick<PagePorts, "setTimer">;
  readonly #ring: (name: Name) => void;
  readonly #stops = new Map<Name, () => void>();

  /** @param ring called when a timer is due. */
  constructor(ports: Pick<PagePorts, "setTimer">, ring: (name: Name) => void) {
    this.#ports = ports;
    this.#ring = ring;
  }

  /** Starts a timer, anew where it runs already. */
  start(name: Name, milliseconds: number): void {
    this.stop(name);
    this.#stops.set(
      name,
      this.#ports.setTimer(milliseconds, () => {
        this.#ring(name);
      }),
    );
  }

  stop(name: Name): void {
    this.#stops.get(name)?.();
    this.#stops.delete(name);
  }

  stopAll(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }
}

/** Rules that the machine of a call has once the runtime is loaded. */
export interface RunningRules {
  readonly partsOf: PartsOf;
  readonly intents: RunningIntents;
  readonly messages: RunningMessages;
}

/** Program of a machine: the rules of a protocol on top of the rules of a call, and the execution of their effects. */
export interface CallProgram<Model, Event, Effect> {
  readonly model: Model;
  /** Pure. @param now milliseconds since the epoch. */
  transition(
    model: Model,
    event: Event | CallIntent,
    now: number,
  ): readonly [Model, readonly Effect[]];
  /** Returns the call within the model. */
  callOf(model: Model): CallModel;
  run(effect: Effect): void;
  tracks(call: CallModel): CallTracks;
  /** Starts the measurements for the present call. */
  follow(call: CallModel): void;
  /** Rules of the runtime; `undefined` before it is loaded. */
  rules(): RunningRules | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds by a clock that nobody can set; missing where `now` is such a one. */
  readonly ticks?: (() => number) | undefined;
  /** The event for a check of the clock, by which the device seems to have slept so many milliseconds. */
  readonly slept?: (milliseconds: number) => Event;
  notify(notice: CallNotice): void;
}

/**
 * Holds the only mutable state of one call. Passes events through pure rules one after the other, executes their effects, and
 * notifies the listener. After the end of the call the state does not change.
 */
export class CallMachine<Model, Event, Effect> {
  readonly #program: CallProgram<Model, Event, Effect>;
  readonly #events: (Event | CallIntent)[] = [];
  readonly #afterwards: (() => void)[] = [];
  readonly #clock: SteadyClock;
  #isDispatching = false;
  #model: Model;
  #snapshot: CallSnapshot;
  #tracks: CallTracks = noTracks;
  #waiting: { readonly isOver: () => boolean; readonly resolve: () => void }[] = [];

  constructor(program: CallProgram<Model, Event, Effect>) {
    this.#program = program;
    this.#model = program.model;
    this.#clock = new SteadyClock(program);
    this.#snapshot = ringingSnapshot(
      program.callOf(program.model),
      undefined,
      program.now(),
      undefined,
      program.rules()?.partsOf,
    );
  }

  /** Milliseconds since the epoch, by the clock of this call. */
  get moment(): number {
    return this.#clock.now();
  }

  get model(): Model {
    return this.#model;
  }

  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }

  get tracks(): CallTracks {
    return this.#tracks;
  }

  /** Handles events one after another: events caused by an effect wait until the step is complete. */
  dispatch(event: Event | CallIntent): void {
    this.#events.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        // First what it changes that the device has slept: a person may accept in the same moment.
        const slept = this.#clock.slept();
        const woken = slept > 0 ? this.#program.slept?.(slept) : undefined;
        if (woken !== undefined) this.#step(woken);
        this.#step(next);
      }
    } finally {
      this.#isDispatching = false;
    }
    for (const finish of this.#afterwards.splice(0)) finish();
  }

  /** Runs a function once no step is in progress: at once, or after the notice within which this is called. */
  whenSettled(finish: () => void): void {
    if (this.#isDispatching) this.#afterwards.push(finish);
    else finish();
  }

  /**
   * Performs an intent of an existing call.
   *
   * @returns a promise that resolves when done.
   * @throws {CallError} `not-possible`, or the code of the failure.
   */
  async perform(intent: CallIntent): Promise<void> {
    if (!isPossible(intent, this.#snapshot, this.#program.rules()?.intents)) {
      throw new CallError(
        "not-possible",
        `The call cannot do "${intent.type}" in the state "${this.#snapshot.state}".`,
      );
    }
    this.dispatch(intent);
    const result = () => resultOf(intent, this.#scene, this.#program.rules()?.intents);
    await this.until(() => result() !== "pending");
    const code = result();
    if (code !== null && code !== "pending") throw this.failure(code);
  }

  get #scene(): IntentScene {
    const { choiceProblem } = this.#program.callOf(this.#model).devices;
    return { snapshot: this.#snapshot, choiceProblem };
  }

  /** @returns a promise that resolves once the condition holds, checked after every step. */
  until(isOver: () => boolean): Promise<void> {
    if (isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ isOver, resolve });
    });
  }

  /** Resolves all waiting promises: their intents continue in another call. */
  release(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  /** @throws {CallError} the code of a failed call. */
  throwIfFailed(): void {
    const problem = this.#snapshot.ending?.problem ?? null;
    if (problem !== null) throw this.failure(problem);
  }

  /** Returns an error with the message of its code. */
  failure(code: CallErrorCode): CallError {
    return new CallError(code, errorMessage(code, this.#program.rules()?.messages));
  }

  #step(event: Event | CallIntent): void {
    const { transition, callOf, run, now, notify, rules } = this.#program;
    const moment = this.#clock.now();
    const [model, effects] = transition(this.#model, event, moment);
    const before = callOf(this.#model);
    const call = callOf(model);
    const previous = this.#snapshot;
    if (call !== before)
      this.#snapshot = ringingSnapshot(
        call,
        previous,
        now(),
        this.#clock.moment(moment),
        rules()?.partsOf,
      );
    this.#model = model;
    this.#program.follow(call);
    const hasNewTracks = this.#updateTracks(call);
    if (this.#snapshot !== previous || hasNewTracks) notify({ type: "changed", previous });
    for (const effect of effects) run(effect);
    if (call.state === "incoming" && previous.state === "idle") {
      notify({ type: "incoming", callId: call.identity.callId, media: call.identity.media });
    }
    for (const by of ["local", "remote"] as const) {
      // The end of a call is not reported as the end of a hold.
      if (call.hold[by] !== before.hold[by] && call.state !== "ended") {
        notify({ type: "held", callId: call.identity.callId, held: call.hold[by], by });
      }
    }
    if (previous.record === null && this.#snapshot.record !== null)
      notify({ type: "ended", record: this.#snapshot.record });
    this.#waiting = this.#waiting.filter(({ isOver, resolve }) => {
      if (!isOver()) return true;
      resolve();
      return false;
    });
  }

  #updateTracks(call: CallModel): boolean {
    const tracks = this.#program.tracks(call);
    const before = this.#tracks;
    const isSame = (Object.keys(tracks) as (keyof CallTracks)[]).every(
      (name) => tracks[name] === before[name],
    );
    if (!isSame) this.#tracks = Object.freeze(tracks);
    return !isSame;
  }
}

/** A clock may be put right by so much without anybody having slept. Milliseconds. */
const correction = 2000;

/** The clock of one call: it begins as the wall clock is then, and nobody can set it. */
class SteadyClock {
  readonly #wallClock: () => number;
  readonly #ticks: (() => number) | undefined;
  /** By how much it is ahead of the ticks. */
  readonly #base: number;
  /** By how much the wall clock was ahead of this one when it was looked at last. */
  #ahead = 0;

  constructor({ now, ticks }: Pick<CallProgram<unknown, unknown, unknown>, "now" | "ticks">) {
    this.#wallClock = now;
    this.#ticks = ticks;
    this.#base = now() - (ticks?.() ?? 0);
  }

  now(): number {
    return this.#ticks === undefined ? this.#wallClock() : Math.round(this.#base + this.#ticks());
  }

  /** The same moment by the page's clock; `undefined` where that is no other. */
  moment(at: number): SteadyMoment | undefined {
    return this.#ticks && { at, ticks: at - this.#base };
  }

  /**
   * Returns how far the wall clock has advanced since the last reading: in most engines the monotonic clock stops while the
   * device sleeps.
   */
  slept(): number {
    const ahead = this.#wallClock() - this.now();
    const more = ahead - this.#ahead;
    if (Math.abs(more) < correction) return 0;
    this.#ahead = ahead;
    return Math.max(0, more);
  }
}

/** Returns the message of a code. @param running messages of a call whose rules are loaded. */
export function errorMessage(code: CallErrorCode, running?: RunningMessages): string {
  return { ...firstMessages, ...running }[code] ?? code;
}

/** Messages for developers of the codes by which a call can end that has no connection yet. Screens have their own strings. */
const firstMessages = {
  "encryption-unsupported":
    "This engine cannot encrypt calls, or the page is not secure, so the call did not start.",
  "webrtc-unsupported": "This engine has no WebRTC, so the call did not start.",
  "timed-out": "No path to the other side was found in time.",
  "not-possible": "The action is not possible in the present state of the call.",
  "bad-argument": "A value from the host has the wrong type or is out of range.",
  internal: "The call kit has a defect.",
} as const;

/** Messages of all other codes, which load with the rules of a running call. */
export type RunningMessages = Readonly<
  Record<Exclude<CallErrorCode, keyof typeof firstMessages>, string>
>;

import type { CallEffect } from "../../src/call/events.ts";
import type { CallModel } from "../../src/call/state/model.ts";
import type { CallStateName, EndReason } from "../../src/call/terms.ts";
import { sideNames } from "./schedule.ts";
import type { Schedule, SideName } from "./schedule.ts";
import type { Core, World } from "./two-cores.ts";

/** The states that may follow each state. A state stands for itself as well. */
export const followers: Readonly<Record<CallStateName, readonly CallStateName[]>> = {
  idle: ["inviting", "incoming", "ended"],
  inviting: ["ringing", "connecting", "ended"],
  ringing: ["connecting", "ended"],
  incoming: ["connecting", "ended"],
  connecting: ["connected", "ended"],
  connected: ["reconnecting", "ended"],
  reconnecting: ["connected", "ended"],
  ended: [],
};

/** The states in which each wait may be under way. Waits that this list does not know are left alone. */
const waits: Readonly<Record<string, readonly CallStateName[]>> = {
  ring: ["inviting", "ringing", "incoming"],
  connect: ["connecting"],
  reconnect: ["reconnecting"],
  restart: ["connecting", "reconnecting"],
};

/** Maximum duration of a state. Milliseconds. */
const limits: Readonly<Partial<Record<CallStateName, number>>> = {
  // Twice: until its own devices are open, and until somebody answers.
  inviting: 120_000,
  ringing: 60_000,
  incoming: 60_000,
  // The limit begins anew with every sign of life, up to four times.
  connecting: 120_000,
  reconnecting: 30_000,
};

/** Maximum milliseconds for which only one side is connected over a working path. */
const longestSkew = 10_000;

/** Checks the invariants of every step. */
export function checkStep(
  faults: string[],
  before: CallModel,
  model: CallModel,
  effects: readonly CallEffect[],
  timers: readonly string[],
): void {
  const closings = effects.filter(({ type }) => type === "close").length;
  if (before.state === "ended") {
    if (model !== before) faults.push("a call that has ended has changed");
    if (effects.length > 0) faults.push("a call that has ended has an effect");
    return;
  }
  if (closings !== (model.state === "ended" ? 1 : 0))
    faults.push(`a step to ${model.state} closes ${String(closings)} times`);
  if (closings > 0 && effects.at(-1)?.type !== "close")
    faults.push("an effect comes after the close");
  if (model.state !== before.state && !followers[before.state].includes(model.state)) {
    faults.push(`${before.state} is followed by ${model.state}`);
  }
  for (const name of timers) {
    if (waits[name]?.includes(model.state) === false)
      faults.push(`the timer ${name} runs in ${model.state}`);
  }
}

/** Looks between all events whether two sides of a call are of one mind about it. */
export class Watch {
  readonly #since = new Map<string, number>();

  pass(
    now: number,
    next: number,
    cores: Readonly<Record<SideName, readonly Core[]>>,
    faults: string[],
  ): void {
    for (const one of cores.a) {
      const other = cores.b.find(
        ({ model }) => model.identity.callId === one.model.identity.callId,
      );
      if (other === undefined || !one.isLive || !other.isLive) continue;
      const {
        identity: { callId },
      } = one.model;
      const differ = (one.model.state === "connected") !== (other.model.state === "connected");
      if (!differ || !one.engine.works) {
        this.#since.delete(callId);
        continue;
      }
      const since = this.#since.get(callId) ?? now;
      this.#since.set(callId, since);
      if (next - since > longestSkew) {
        faults.push(
          `one side is ${one.model.state}, the other ${other.model.state}, and the path works`,
        );
        this.#since.delete(callId);
      }
    }
  }
}

/** Outcomes that two sides may have of one call, the caller's first, whoever of them heard of its end from the other. */
export const agreeing: ReadonlySet<string> = new Set([
  "completed and completed",
  "declined and declined",
  "cancelled and missed",
  "cancelled and cancelled",
  "unanswered and missed",
  "failed and failed",
]);

/** Expected outcome by direction, progress and reason: the texts of `CallOutcome` as a table. */
const reported: Readonly<
  Record<"outgoing" | "incoming", Readonly<Record<EndReason, readonly [string, string]>>>
> = {
  // Before the callee accepted, and after.
  outgoing: {
    "hung-up": ["cancelled", "cancelled"],
    cancelled: ["cancelled", "cancelled"],
    declined: ["declined", "declined"],
    busy: ["busy", "busy"],
    unanswered: ["unanswered", "unanswered"],
    failed: ["failed", "failed"],
    "answered-elsewhere": ["answered-elsewhere", "answered-elsewhere"],
  },
  incoming: {
    "hung-up": ["missed", "cancelled"],
    cancelled: ["missed", "cancelled"],
    declined: ["declined", "declined"],
    busy: ["missed", "missed"],
    unanswered: ["missed", "missed"],
    failed: ["failed", "failed"],
    "answered-elsewhere": ["answered-elsewhere", "answered-elsewhere"],
  },
};

/** One side was connected for a moment of which the other heard only the end. */
const almostConnected: ReadonlySet<string> = new Set([
  "completed and cancelled",
  "cancelled and completed",
]);

/** Milliseconds of a stable network within which a call must recover. */
const recovery = 15_000;
/** Milliseconds for a transport to detect a missing path during set-up. */
const noticing = 15_000;

/** The longest that a message of a gentle schedule takes, with what it sets off. Milliseconds. */
const gentleDelay = 3_000;

/** Returns `true` for a channel as hosts promise it: it repeats and reorders, and loses nothing. */
function isGentle({ fates }: Schedule): boolean {
  return fates.every(({ delay, lost = false }) => !lost && delay <= 2_000);
}

/** Checks the final state after all time limits. @returns every fault that was found. */
export function faultsOf(world: World): string[] {
  for (const side of sideNames) for (const core of world.cores[side]) checkRest(world, core);
  for (const one of world.cores.a) {
    const other = world.cores.b.find(
      ({ model }) => model.identity.callId === one.model.identity.callId,
    );
    if (other === undefined || one.isWithdrawn || other.isWithdrawn) continue;
    const [caller, callee] =
      one.model.identity.direction === "outgoing" ? [one, other] : [other, one];
    checkRecords(world, caller.model, callee.model);
    checkReported(world, one.model, other.model);
    checkReported(world, other.model, one.model);
  }
  for (const { outcome } of world.turnedAway)
    if (outcome !== "missed") world.faults.push(`a call turned away is ${outcome}`);
  checkDurations(world);
  checkHeard(world);
  return world.faults;
}

/** No call that was accepted is given up for want of a path while there was one to be found. */
function checkGivenUp(
  { schedule, faults, upheavals }: World,
  {
    ending,
    times: { endedAt },
    exchange: { isInviteSent: invited },
    identity: { direction },
  }: CallModel,
): void {
  const isGivenUp =
    ending?.problem === "connection-failed" ||
    (ending?.problem === "timed-out" && (invited || direction === "incoming"));
  if (!isGivenUp || endedAt === null) return;
  if (schedule.refusals.length > 0 || !isGentle(schedule)) return;
  const last = upheavals.findLast(({ at }) => at <= endedAt);
  const needed = ending.problem === "timed-out" ? noticing + recovery : recovery;
  if (last?.isUp === true && endedAt - last.at > needed)
    faults.push(`a call is given up (${ending.problem}), and the network was up`);
}

/** A record says what has happened, by the table. */
function checkOutcome(world: World, core: Core): void {
  const {
    record,
    ending,
    identity: { direction, callId },
    times: { connectedAt },
  } = core.model;
  if (record === null || ending === null) return;
  const wasAccepted = world.changes.some(
    ({ side, callId: id, to }) => side === core.side && id === callId && to === "connecting",
  );
  const isCompleted = connectedAt !== null && ending.reason !== "failed";
  const expected = isCompleted
    ? "completed"
    : reported[direction][ending.reason][wasAccepted ? 1 : 0];
  if (record.outcome !== expected)
    world.faults.push(`a call that is ${expected} is recorded as ${record.outcome}`);
}

/** Over a channel that loses nothing no call rings on in one place and is known nowhere else. */
function checkHeard({ schedule, faults, cores, turnedAway, setAside }: World): void {
  if (!isGentle(schedule)) return;
  for (const [callId, stays] of setAside)
    if (setAside.get(stays) === callId) faults.push("each side waits for the other to give way");
  const known = new Set(turnedAway.map(({ callId }) => callId));
  for (const side of sideNames) {
    const others = cores[side === "a" ? "b" : "a"];
    for (const { model, isWithdrawn } of cores[side]) {
      if (isWithdrawn || model.record?.outcome !== "unanswered" || known.has(model.identity.callId))
        continue;
      if (others.every((other) => other.model.identity.callId !== model.identity.callId))
        faults.push("a call rang out that nobody ever heard");
    }
  }
}

/** The two records of a call say what a person on either side would expect of the other's. */
function checkRecords({ schedule, faults }: World, caller: CallModel, callee: CallModel): void {
  const [mine, theirs] = [caller.record, callee.record];
  // One that goes on while the other has ended is found by `checkRest`.
  if (mine === null || theirs === null) return;
  const pair = `${mine.outcome} and ${theirs.outcome}`;
  const by = [caller.ending?.by, callee.ending?.by];
  if (by.every((who) => who === "remote"))
    faults.push(`both sides heard from the other that the call is over: ${pair}`);
  const isCrossed = by.every((who) => who !== "remote");
  const isElsewhere = schedule.commands.some(
    (command) => command.do === "press" && command.event.type === "elsewhere",
  );
  const isSilent =
    callee.ending?.by === "local" && (isElsewhere || callee.ending.reason === "unanswered");
  const apart = Math.abs(mine.endedAt - theirs.endedAt);
  if (isGentle(schedule) && !isSilent && apart > gentleDelay)
    faults.push(`${pair}, ${String(apart)} ms apart`);
  if (agreeing.has(pair) || isCrossed) return;
  const connected = Math.max(
    ...[mine, theirs].map(({ connectedAt, endedAt }) =>
      connectedAt === undefined ? 0 : endedAt - connectedAt,
    ),
  );
  const wasUndisturbed =
    isGentle(schedule) &&
    schedule.commands.every((command) => command.do !== "cut" && command.do !== "move");
  if (almostConnected.has(pair) && (connected <= gentleDelay || !wasUndisturbed)) return;
  faults.push(`the records say ${pair}`);
}

/**
 * At rest a side shows the other's real device state. The data channel of these schedules loses messages during an
 * interruption.
 */
function checkReported({ schedule, faults }: World, one: CallModel, other: CallModel): void {
  if (
    one.state !== "connected" ||
    schedule.commands.some((command) => command.do === "cut" || command.do === "move")
  )
    return;
  if (one.hold.remote !== other.hold.local)
    faults.push("a hold of the other side is not shown as it is");
  for (const device of ["microphone", "camera", "screen"] as const) {
    const shown = one.remote[device];
    if (shown !== (other.devices.local[device].state === "on"))
      faults.push(`the other side's ${device} is shown as ${shown ? "on" : "off"}`);
  }
}

function checkRest(world: World, core: Core): void {
  const { faults } = world;
  const { model, engine, effects } = core;
  if (core.isWithdrawn) return;
  const closings = effects.filter(({ type }) => type === "close").length;
  if (closings !== (model.state === "ended" ? 1 : 0))
    faults.push(`a call that is ${model.state} closed ${String(closings)} times`);
  checkOutcome(world, core);
  checkGivenUp(world, model);
  if (model.state === "ended") {
    if (engine.timers.length > 0) faults.push("a timer outlives its call");
    return;
  }
  if (model.state !== "connected") {
    faults.push(`a call stays ${model.state} for good`);
    return;
  }
  const peer = world.peerOf(core);
  if (peer?.model.state !== "connected") faults.push("one side stays connected alone");
  if (!engine.works) faults.push("a call stays connected without a path");
  if (engine.timers.length > 0)
    faults.push(`the timer ${engine.timers.join()} runs in a call at rest`);
  const unanswered = world.schedule.problems.filter(
    ({ side, code }) => side === core.side && code === "never",
  );
  for (const [name, { wanted, isHeld }] of Object.entries(engine.devices)) {
    if (unanswered.some(({ device }) => device === name)) continue;
    const { state } = model.devices.local[name as keyof typeof engine.devices];
    if ((state === "on") !== (wanted && isHeld))
      faults.push(`the ${name} is shown as ${state} and is not`);
    if (state === "starting") faults.push(`the ${name} starts for ever`);
    const isWished = model.devices.wanted[name as keyof typeof engine.devices] && !model.hold.local;
    if (isWished !== (state === "on"))
      faults.push(`the ${name} is ${state} and is ${isWished ? "" : "not "}wished for`);
  }
  if (isGentle(world.schedule) && model.keys.securityCode === null)
    faults.push("a connected call has no security code");
}

function checkDurations({ changes, faults }: World): void {
  const entered = new Map<string, number>();
  for (const { at, side, callId, from } of changes) {
    const key = `${side} ${callId}`;
    const limit = limits[from as CallStateName];
    const since = entered.get(key);
    if (limit !== undefined && since !== undefined && at - since > limit)
      faults.push(`${from} for ${String(at - since)} ms`);
    entered.set(key, at);
  }
}

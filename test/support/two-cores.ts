import { judgeInvite, judgeKept } from "../../src/call/rules/arbitration.ts";
import type { CallEffect, CallEvent } from "../../src/call/events.ts";
import { type CallModel, idleModel } from "../../src/call/state/model.ts";
import type { CallRecord } from "../../src/call/record.ts";
import { missLate, rejectBusy } from "../../src/call/rules/invitation.ts";
import { toSnapshot } from "../../src/call/to-snapshot.ts";
import { transition } from "../../src/call/rules/transition.ts";
import { type SignalMessage, type SignalOf, toSignal } from "../../src/signalling/messages.ts";
import { measurement, settings } from "./call-script.ts";
import { sideNames } from "./schedule.ts";
import type { Command, Press, Schedule, SideName } from "./schedule.ts";
import { checkStep, Watch } from "./schedule-checks.ts";
import { Engine } from "./two-cores-engine.ts";

/** Milliseconds a message on the data channel takes. */
const controlDelay = 20;

/** One call on one side: the rules, and a simulated engine that carries their effects out. */
export class Core {
  readonly side: SideName;
  readonly engine: Engine;
  /** `true` if it made way for the other side's call: then nobody hears of it any more. */
  isWithdrawn = false;
  model: CallModel = idleModel(settings);
  readonly effects: CallEffect[] = [];
  readonly #world: World;
  readonly #events: CallEvent[] = [];
  #isBusy = false;

  constructor(world: World, side: SideName) {
    this.#world = world;
    this.side = side;
    this.engine = new Engine({
      get now() {
        return world.now;
      },
      get isUp() {
        return world.isUp;
      },
      get address() {
        return world.addresses[side];
      },
      slowness: world.schedule.slowness,
      lag: side === "a" ? 0 : world.schedule.slowness,
      after: (milliseconds, run) => world.after(milliseconds, run),
      peer: () => world.peerOf(this)?.engine ?? null,
      refuses: (work) =>
        world.schedule.refusals.some((refusal) => refusal.side === side && refusal.work === work),
      problem: (device) =>
        world.schedule.problems.find(
          (problem) => problem.side === side && problem.device === device,
        )?.code ?? null,
      dispatch: (event) => this.dispatch(event),
    });
  }

  get isLive(): boolean {
    return !this.isWithdrawn && this.model.state !== "ended";
  }

  dispatch(event: CallEvent): void {
    if (this.isWithdrawn) return;
    this.#events.push(event);
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const before = this.model;
      const [model, effects] = transition(before, next, this.#world.now);
      this.model = model;
      this.effects.push(...effects);
      for (const effect of effects) this.#run(effect);
      checkStep(this.#world.faults, before, model, effects, this.engine.timers);
      if (before.state !== model.state) this.#world.note(this, before.state);
    }
    this.#isBusy = false;
    this.#world.settleKept(this);
  }

  withdraw(): void {
    this.dispatch({ type: "withdraw" });
    this.isWithdrawn = true;
    this.engine.close();
  }

  #run(effect: CallEffect): void {
    if (effect.type === "send") {
      this.#world.send(this.side, toSignal(this.model.identity.callId, effect.seq, effect.body));
    } else if (effect.type === "send-control") {
      this.#say({ type: "control", message: effect.message });
    } else if (effect.type === "close") {
      if (effect.reason !== null)
        this.#say({ type: "control", message: { type: "end", reason: effect.reason } });
      this.engine.close();
    } else {
      this.engine.run(effect);
    }
  }

  /** On the data channel: what is said while nothing passes is lost. */
  #say(event: Extract<CallEvent, { type: "control" }>): void {
    if (!this.engine.isControlOpen || !this.engine.works) return;
    this.#world.after(controlDelay, () => {
      if (this.#world.isUp) this.#world.peerOf(this)?.dispatch(event);
    });
  }
}

/** An event, for the report of a failing schedule. */
export interface Change {
  readonly at: number;
  readonly side: SideName;
  readonly callId: string;
  readonly from: string;
  readonly to: string;
}

/** Two sides, the host's channel between them, a network, and a time that only this moves. */
export class World {
  now = 1_000_000;
  isUp = true;
  readonly addresses: Record<SideName, number> = { a: 0, b: 0 };
  readonly cores: Record<SideName, Core[]> = { a: [], b: [] };
  /** Records of calls that never had a core: turned away. */
  readonly turnedAway: CallRecord[] = [];
  /** Calls whose invitation gave way to one that was dialled here, by their ids. */
  readonly setAside = new Map<string, string>();
  readonly #kept: Record<
    SideName,
    { readonly invite: SignalOf<"invite">; readonly to: Core } | null
  > = { a: null, b: null };
  readonly schedule: Schedule;
  /** Forbidden results of a schedule. */
  readonly faults: string[] = [];
  readonly changes: Change[] = [];
  /** When the network was cut or healed, or an address changed. */
  readonly upheavals: { readonly at: number; readonly isUp: boolean }[] = [{ at: 0, isUp: true }];
  readonly watch = new Watch();
  readonly #known: Record<SideName, Set<string>> = { a: new Set(), b: new Set() };
  readonly #queue: { readonly at: number; readonly run: () => void }[] = [];
  #sent = 0;
  #dialled = 0;

  constructor(schedule: Schedule) {
    this.schedule = schedule;
    let at = 0;
    for (const command of schedule.commands) {
      at += command.after;
      this.after(at, () => this.#obey(command));
    }
  }

  /** Lets everything happen until nothing waits any more, or so many milliseconds after the last command. */
  run(patience = 400_000): void {
    const last = this.schedule.commands.reduce((sum, { after }) => sum + after, this.now);
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      if (next.at > last + patience) {
        this.faults.push("something still goes on when everything should be over");
        return;
      }
      this.watch.pass(this.now, next.at, this.cores, this.faults);
      this.now = next.at;
      next.run();
    }
  }

  after(milliseconds: number, run: () => void): void {
    const at = this.now + milliseconds;
    // The next one is the last of the list; of two at the same moment the first that was asked for comes first.
    let [low, high] = [0, this.#queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#queue[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, { at, run });
  }

  /** The other side's live core of the same call. */
  peerOf(core: Core): Core | null {
    const {
      identity: { callId },
    } = core.model;
    const others = this.cores[core.side === "a" ? "b" : "a"];
    return (
      others.find((other) => other.model.identity.callId === callId && !other.engine.isClosed) ??
      null
    );
  }

  send(from: SideName, message: SignalMessage): void {
    const { delay, lost = false, again } = this.schedule.fates[this.#sent++] ?? { delay: 50 };
    if (lost) return;
    const to = from === "a" ? "b" : "a";
    this.after(delay, () => this.#hear(to, message));
    if (again !== undefined) this.after(again, () => this.#hear(to, message));
  }

  note({ side, model }: Core, from: string): void {
    this.changes.push({
      at: this.now - 1_000_000,
      side,
      callId: model.identity.callId,
      from,
      to: model.state,
    });
  }

  #active(side: SideName): Core | undefined {
    return this.cores[side].at(-1);
  }

  #newCore(side: SideName): Core {
    const core = new Core(this, side);
    this.cores[side].push(core);
    return core;
  }

  #press(side: SideName, event: Press): void {
    const active = this.#active(side);
    if (event.type !== "start") {
      active?.dispatch(event);
    } else if (active?.isLive === true) {
      // No screen offers it. The rules must not be hurt by it.
      active.dispatch({ ...event, callId: "x" });
    } else {
      const isLow = (side === "a") === this.schedule.lowA;
      const callId = `${isLow ? "low" : "up"}-${String(++this.#dialled)}`;
      this.#known[side].add(callId);
      this.#newCore(side).dispatch({ ...event, callId });
    }
  }

  /** Handles a message like the call center of a side, without waiting calls. */
  #hear(side: SideName, message: SignalMessage): void {
    const active = this.#active(side);
    const known = this.#known[side];
    if (message.type !== "invite") {
      if (active?.model.identity.callId === message.callId)
        active.dispatch({ type: "signal", message });
      else if (message.type === "end") {
        known.add(message.callId);
        if (this.#kept[side]?.invite.callId === message.callId) this.#kept[side] = null;
      }
      return;
    }
    this.#takeInvite(side, message);
  }

  /** Rings for an invitation that lost glare, once the other call has failed. */
  settleKept(core: Core): void {
    const kept = this.#kept[core.side];
    if (kept?.to !== core) return;
    const verdict = judgeKept(core.model.state);
    if (verdict === "wait") return;
    this.#kept[core.side] = null;
    if (verdict === "forget") return;
    this.#known[core.side].delete(kept.invite.callId);
    this.#takeInvite(core.side, kept.invite);
  }

  #takeInvite(side: SideName, message: SignalOf<"invite">): void {
    const active = this.#active(side);
    const known = this.#known[side];
    const snapshot = toSnapshot(active?.model ?? idleModel(settings));
    const calls = {
      active: snapshot,
      others: [],
      known,
      former: null,
      whenBusy: "busy",
      dialledId: active?.model.exchange.isInviteSent === true ? active.model.identity.callId : null,
      isGlare: true,
    } as const;
    const verdict = judgeInvite(message, calls, this.now);
    known.add(message.callId);
    if (verdict === "ring") this.#newCore(side).dispatch({ type: "signal", message });
    if (verdict === "keep" && active !== undefined) {
      this.setAside.set(message.callId, active.model.identity.callId);
      this.#kept[side] = { invite: message, to: active };
    }
    if (verdict === "busy" || verdict === "late") {
      const model0 = idleModel(settings);
      const [model, effects] =
        verdict === "busy"
          ? rejectBusy(model0, message, this.now)
          : missLate(model0, message, "unanswered", this.now);
      for (const effect of effects) {
        if (effect.type === "send")
          this.send(side, toSignal(model.identity.callId, effect.seq, effect.body));
      }
      if (model.record !== null) this.turnedAway.push(model.record);
    }
    if (verdict === "yield") {
      active?.withdraw();
      const core = this.#newCore(side);
      core.dispatch({ type: "signal", message });
      core.dispatch({ type: "accept", media: snapshot.media });
    }
  }

  #obey(command: Command): void {
    switch (command.do) {
      case "press":
        this.#press(command.by, command.event);
        break;
      case "cut":
      case "heal":
        this.isUp = command.do === "heal";
        this.#lookAll();
        break;
      case "move":
        this.addresses[command.side] += 1;
        this.#lookAll();
        if (command.reported) this.#active(command.side)?.dispatch({ type: "network-changed" });
        break;
      case "break":
        this.#break(command);
        break;
    }
  }

  #break({ side, what }: Extract<Command, { do: "break" }>): void {
    const active = this.#active(side);
    if (active === undefined) return;
    // Reports of an engine for a closed call are ignored.
    if (active.engine.isClosed) return;
    if (what === "cipher") active.dispatch({ type: "failed", code: "encryption-lost" });
    else if (what === "bypass")
      active.dispatch({ type: "measured", measurement: measurement({ left: 500, sealed: 0 }) });
    else active.engine.unplug(what);
  }

  #lookAll(): void {
    this.upheavals.push({ at: this.now, isUp: this.isUp });
    for (const side of sideNames) for (const core of this.cores[side]) core.engine.look();
  }
}

/** Runs a schedule to its end. */
export function play(schedule: Schedule): World {
  const world = new World(schedule);
  world.run();
  return world;
}

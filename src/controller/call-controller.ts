import type { CallEffect, CallEvent } from "../call/events.ts";
import type { CallIntent } from "../call/intents.ts";
import { sensingPlan } from "../call/rules/hints.ts";
import { idleModel } from "../call/state/model.ts";
import type { CallModel } from "../call/state/model.ts";
import type { CallSettings } from "../call/state/settings.ts";
import { resumedFrom } from "../call/rules/resumption.ts";
import type { ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import { transition } from "../call/rules/transition.ts";
import { toSignal } from "../signalling/codec.ts";
import type { SignalMessage, SignalOf } from "../signalling/messages.ts";
import { CallMachine, failure } from "./call-machine.ts";
import { CallResources } from "./call-resources.ts";
import type { CallLevels, CallNotice, CallTracks } from "./call-source.ts";
import { tracksOf } from "./call-tracks.ts";
import { CallSetUp } from "./call-set-up.ts";
import { carryOut, type EffectHandlers } from "./effect-handlers.ts";
import type { CallOptions, CallPorts } from "./ports.ts";

/** One call of `sx-call/1`, one lifetime: its rules, its resources, and the words it says to the other side. */
export class CallController {
  readonly #ports: CallPorts;
  readonly #notify: (notice: CallNotice) => void;
  readonly #resources: CallResources;
  readonly #handlers: EffectHandlers<CallEffect>;
  readonly #machine: CallMachine<CallModel, CallEvent, CallEffect>;
  /** The effects that wait for the runtime, in their order; `null` where none does. */
  #held: CallEffect[] | null = null;

  constructor(
    ports: CallPorts,
    settings: CallSettings,
    options: CallOptions,
    notify: (notice: CallNotice) => void,
  ) {
    this.#ports = ports;
    this.#notify = notify;
    const dispatch = (event: CallEvent) => {
      this.#machine.dispatch(event);
    };
    this.#resources = new CallResources(ports, options, dispatch);
    this.#handlers = {
      ...this.#resources.handlers,
      ...new CallSetUp(ports, options, this.#resources, dispatch).handlers,
      send: ({ callId = this.#machine.model.identity.callId, seq, body }) => {
        this.#notify({ type: "signal", message: toSignal(callId, seq, body) });
      },
      report: ({ code }) => {
        this.#notify({ type: "error", error: failure(code) });
      },
      close: ({ farewell }) => {
        this.#resources.close(farewell);
      },
    };
    this.#machine = new CallMachine<CallModel, CallEvent, CallEffect>({
      model: idleModel(settings),
      transition,
      callOf: (model) => model,
      run: (effect) => {
        this.#run(effect);
      },
      tracks: (call) => tracksOf(call, this.#resources),
      attend: (call) => {
        this.#resources.attend(sensingPlan(call));
      },
      now: () => ports.now(),
      notify,
    });
  }

  get snapshot(): CallSnapshot {
    return this.#machine.snapshot;
  }

  get tracks(): CallTracks {
    return this.#machine.tracks;
  }

  get levels(): CallLevels {
    return this.#resources;
  }

  /** Takes a checked message of the other side. */
  take(message: SignalMessage): void {
    this.#machine.dispatch({ type: "signal", message });
  }

  /** What a call that takes this one up again takes over; `null` where this one was never connected. */
  get legacy(): ResumedCall | null {
    return resumedFrom(this.#machine.model);
  }

  /** Takes up a call without ringing: the other side's page was loaded anew. */
  takeUp(invite: SignalOf<"invite">, resumed: ResumedCall): void {
    this.take(invite);
    const media = resumed.wanted.camera ? "video" : "audio";
    this.#machine.dispatch({ type: "accept", media, resumed });
  }

  /** Another device of the same person has taken or declined the call. */
  stopRinging(reason: "answered-elsewhere" | "declined"): void {
    this.#machine.dispatch({ type: "elsewhere", reason });
  }

  /** Runs once no step of this call is under way. */
  whenStill(finish: () => void): void {
    this.#machine.whenStill(finish);
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async perform(intent: CallIntent): Promise<void> {
    await this.#machine.perform(intent);
  }

  /**
   * Dials.
   *
   * @param resumed the call that this one takes up again.
   * @param replaces the ringing call that this one dials anew.
   * @returns once the invitation has left.
   * @throws {CallError} the code of what failed.
   */
  async start(media: CallMedia, resumed?: ResumedCall, replaces?: string): Promise<void> {
    const callId = this.#ports.newCallId();
    this.#machine.dispatch({
      type: "start",
      callId,
      media,
      ...(resumed && { resumed }),
      ...(replaces && { replaces }),
    });
    await this.#machine.until(
      () => this.snapshot.state !== "inviting" || this.snapshot.step === null,
    );
    this.#machine.throwIfFailed();
  }

  /**
   * Ends the call, if it has not ended, and tells the other side.
   *
   * @param closed called when all of that has been said: at once, or after the notice from within which this is called.
   */
  close(closed: () => void = () => undefined): void {
    this.#machine.dispatch({ type: "hang-up" });
    this.#machine.whenStill(() => {
      this.#resources.close(null);
      closed();
    });
  }

  /** The id by which the other side may know this call: its own, or that of the call that it dials anew; `null` before. */
  get knownId(): string | null {
    const { exchange, identity } = this.#machine.model;
    return exchange.isInviteSent ? identity.callId : identity.replaces;
  }

  /**
   * Withdraws a call of which nothing is heard here any more: another one takes its place.
   *
   * @param tells whether the other side is told, where it rings there.
   */
  withdraw(tells: boolean): void {
    if (tells) this.#machine.dispatch({ type: "withdraw" });
    this.#resources.close(null);
    // What was asked of this call goes on in the other one.
    this.#machine.release();
  }

  /** Now, or once the runtime is loaded, in the order in which it was asked for. */
  #run(effect: CallEffect): void {
    if (atOnce.has(effect.type)) {
      carryOut(this.#handlers, effect);
      return;
    }
    // What is prepared while it rings may wait until the screen shows that it rings.
    const isUrgent = effect.type !== "prepare-answer";
    const loading = this.#ports.ready?.(isUrgent) ?? null;
    if (loading === null && this.#held === null) {
      carryOut(this.#handlers, effect);
      return;
    }
    (this.#held ??= []).push(effect);
    const goOn = async () => {
      await loading;
      const held = this.#held ?? [];
      this.#held = null;
      if (!this.#resources.isOver) for (const one of held) carryOut(this.#handlers, one);
    };
    // Where it does not load a call ends: nobody waits for what never happens. One that rings goes on, and whoever accepts tries again.
    if (isUrgent) this.#resources.attempt(goOn);
    else void goOn().catch(() => undefined);
  }
}

/** The effects that need no runtime: a call that rings is over in time, whatever has to be loaded. */
const atOnce: ReadonlySet<CallEffect["type"]> = new Set([
  "send",
  "report",
  "close",
  "start-timer",
  "stop-timer",
] as const);

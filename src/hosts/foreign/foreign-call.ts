import type { CallEffect, CallEvent } from "../../call/events.ts";
import { sensingPlan } from "../../call/rules/hints.ts";
import type { CallIntent } from "../../call/intents.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { CallMachine, failure } from "../../controller/call-machine.ts";
import { CallResources } from "../../controller/call-resources.ts";
import type { ResourceEffect } from "../../controller/call-resources.ts";
import type { CallLevels, CallNotice, CallTracks } from "../../controller/call-source.ts";
import { carryOut } from "../../controller/effect-handlers.ts";
import type { EffectHandlers } from "../../controller/effect-handlers.ts";
import { tracksOf } from "../../controller/call-tracks.ts";
import type { CallOptions, CallPorts } from "../../controller/ports.ts";
import type { SessionStep } from "./session-step.ts";

/** An effect that is carried out here, whatever the protocol. */
type CommonEffect =
  | ResourceEffect
  | Extract<CallEffect, { type: "report" | "close" }>
  | { readonly type: "start-tick"; readonly name: string; readonly milliseconds: number }
  | { readonly type: "stop-tick"; readonly name: string };

/** What the protocol's own effects work with. */
export interface ForeignParts<Event> {
  readonly resources: CallResources;
  /** Once the call is over nothing happens to it any more. */
  readonly dispatch: (event: Event) => void;
}

/** What a protocol is, over the rules and resources that every call has. */
export interface ForeignProtocol<Session, Event, Own extends { readonly type: string }> {
  readonly session: Session;
  /** Pure. @param now milliseconds since the epoch. */
  readonly transition: (
    session: Session,
    event: Event | CallIntent | CallEvent,
    now: number,
  ) => SessionStep<Session, Own | CommonEffect>;
  /** How the protocol's own effects are carried out. */
  handlers(parts: ForeignParts<Event | CallEvent>): EffectHandlers<Own>;
  /** The event for a wait that is over. */
  tick(name: string): Event;
}

/** One call of a foreign protocol: the order of that protocol on the rules and resources that every call has. */
export class ForeignCall<
  Session extends { readonly call: CallModel },
  Event,
  Own extends { readonly type: string },
> {
  readonly #resources: CallResources;
  readonly #machine: CallMachine<Session, Event | CallEvent, Own | CommonEffect>;
  readonly #ticks = new Map<string, () => void>();

  constructor(
    ports: CallPorts,
    options: CallOptions,
    protocol: ForeignProtocol<Session, Event, Own>,
    notify: (notice: CallNotice) => void,
  ) {
    const dispatch = (event: Event | CallEvent) => {
      this.#machine.dispatch(event);
    };
    const resources = new CallResources(ports, options, dispatch);
    this.#resources = resources;
    const common: EffectHandlers<CommonEffect> = {
      ...resources.handlers,
      "start-tick": ({ name, milliseconds }) => {
        this.#stopTick(name);
        const stop = ports.setTimer(milliseconds, () => {
          dispatch(protocol.tick(name));
        });
        this.#ticks.set(name, stop);
      },
      "stop-tick": ({ name }) => {
        this.#stopTick(name);
      },
      report: ({ code }) => {
        notify({ type: "error", error: failure(code) });
      },
      close: ({ farewell }) => {
        this.#stopTicks();
        resources.close(farewell);
      },
    };
    const own = protocol.handlers({
      resources,
      dispatch: (event) => {
        if (!resources.isOver) dispatch(event);
      },
    });
    const isCommon = (effect: Own | CommonEffect): effect is CommonEffect =>
      Object.hasOwn(common, effect.type);
    this.#machine = new CallMachine<Session, Event | CallEvent, Own | CommonEffect>({
      model: protocol.session,
      transition: protocol.transition,
      callOf: ({ call }) => call,
      run: (effect) => {
        if (isCommon(effect)) carryOut(common, effect);
        else carryOut(own, effect);
      },
      tracks: (call) => tracksOf(call, resources),
      attend: (call) => {
        resources.attend(sensingPlan(call));
      },
      now: () => ports.now(),
      notify,
    });
  }

  get session(): Session {
    return this.#machine.model;
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

  /** Takes what the protocol's host says. */
  dispatch(event: Event): void {
    this.#machine.dispatch(event);
  }

  /** @throws {CallError} as `CallMachine.perform`. */
  perform(intent: CallIntent): Promise<void> {
    return this.#machine.perform(intent);
  }

  /**
   * Ends the call without a word to the host: another one takes its place, or the page goes.
   *
   * @param farewell what another kit is told on the control channel; `null` where nobody listens there.
   */
  close(farewell: (session: Session) => "hung-up" | null): void {
    this.#machine.whenStill(() => {
      this.#stopTicks();
      this.#resources.close(farewell(this.#machine.model));
      this.#machine.release();
    });
  }

  #stopTick(name: string): void {
    this.#ticks.get(name)?.();
    this.#ticks.delete(name);
  }

  #stopTicks(): void {
    for (const stop of this.#ticks.values()) stop();
    this.#ticks.clear();
  }
}

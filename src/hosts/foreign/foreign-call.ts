import type { CallEffect, CallEvent, CallIntent } from "../../call/events.ts";
import { sensingPlan } from "../../call/rules/own-devices.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { TimerName } from "../../call/terms.ts";
import { runningRules, tracksOf } from "../../controller/running-call.ts";
import {
  CallMachine,
  carryOut,
  Timers,
  type EffectHandlers,
} from "../../controller/call-machine.ts";
import { CallResources, type ResourceEffect } from "../../controller/call-resources.ts";
import type { CallLevels, CallNotice, CallTracks } from "../../controller/call-source.ts";
import type { CallPorts, CipherPort, ConnectionPort } from "../../controller/ports.ts";
import type { CallOptions } from "../../controller/call-options.ts";
import type { KitSession, SessionStep } from "./kit-rules.ts";
import { toCallError } from "../../errors.ts";

/** An effect that is carried out here, whatever the protocol. */
export type CommonEffect =
  | ResourceEffect
  | Extract<CallEffect, { type: "report" | "close" | "start-timer" | "stop-timer" }>
  | { readonly type: "start-tick"; readonly name: string; readonly milliseconds: number }
  | { readonly type: "stop-tick"; readonly name: string };

/** Parts for a protocol's own effects. */
export interface ForeignParts<Event> {
  readonly resources: CallResources;
  /** Ignored after the end of the call. */
  readonly dispatch: (event: Event) => void;
}

/** A protocol on top of the rules and resources of every call. */
export interface ForeignProtocol<Session, Event, Own extends { readonly type: string }> {
  readonly session: Session;
  /** Pure. @param now milliseconds since the epoch. */
  readonly transition: (
    session: Session,
    event: Event | CallIntent | CallEvent,
    now: number,
  ) => SessionStep<Session, Own | CommonEffect>;
  /** Returns the handlers of the protocol's own effects. */
  handlers(parts: ForeignParts<Event | CallEvent>): EffectHandlers<Own>;
  /** Returns the event of an expired timer. */
  tick(name: string): Event;
}

/** One call of a foreign protocol: the order of that protocol on the rules and resources that every call has. */
export class ForeignCall<Session extends KitSession, Event, Own extends { readonly type: string }> {
  readonly #resources: CallResources;
  readonly #machine: CallMachine<Session, Event | CallEvent, Own | CommonEffect>;
  readonly #timers: Timers<TimerName>;
  readonly #ticks: Timers<string>;

  constructor(
    ports: CallPorts,
    options: CallOptions,
    protocol: ForeignProtocol<Session, Event, Own>,
    notify: (notice: CallNotice) => void,
  ) {
    const dispatch = (event: Event | CallEvent) => {
      this.#machine.dispatch(event);
    };
    const resources = new CallResources(ports, options, dispatch, notify);
    this.#timers = new Timers(ports, (name) => {
      dispatch({ type: "timer", name });
    });
    this.#ticks = new Timers(ports, (name) => {
      dispatch(protocol.tick(name));
    });
    this.#resources = resources;
    const common: EffectHandlers<CommonEffect> = {
      ...resources.handlers,
      "start-timer": ({ name, milliseconds }) => {
        this.#timers.start(name, milliseconds);
      },
      "stop-timer": ({ name }) => {
        this.#timers.stop(name);
      },
      "start-tick": ({ name, milliseconds }) => {
        this.#ticks.start(name, milliseconds);
      },
      "stop-tick": ({ name }) => {
        this.#ticks.stop(name);
      },
      report: ({ code }) => {
        notify({ type: "error", error: this.#machine.failure(code) });
      },
      close: ({ reason }) => {
        this.#stopTimers();
        resources.close(reason);
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
      follow: (call) => {
        resources.measure(sensingPlan(call));
      },
      rules: () => runningRules,
      now: () => ports.now(),
      ticks: ports.ticks,
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

  /** Handles an event of the protocol's host. */
  dispatch(event: Event): void {
    this.#machine.dispatch(event);
  }

  /** @throws {CallError} as `CallMachine.perform`. */
  perform(intent: CallIntent): Promise<void> {
    return this.#machine.perform(intent);
  }

  /** Ends the call without a word to the host: another one takes its place, or the page goes. */
  close(): void {
    this.#machine.whenSettled(() => {
      this.#stopTimers();
      // Nobody but another kit listens on the control channel.
      this.#resources.close(this.#machine.model.peer === "kit" ? "hung-up" : null);
      this.#machine.release();
    });
  }

  #stopTimers(): void {
    this.#timers.stopAll();
    this.#ticks.stopAll();
  }
}

/**
 * Creates a connection, and retries without `stuns:` URLs if the engine refuses the list: some do not support them.
 *
 * @throws {CallError} the error of `connect`.
 */
export function connectWithFallback(
  servers: readonly RTCIceServer[],
  connect: (servers: RTCIceServer[]) => ConnectionPort,
): ConnectionPort {
  try {
    return connect([...servers]);
  } catch (thrown) {
    const others = withoutSecureStun(servers);
    if (toCallError(thrown).code !== "bad-argument" || others.length === servers.length)
      throw thrown;
    return connect(others);
  }
}

/** Returns `null` without access to frames: the call then has the encryption of the protocol's own page. */
export async function readyCipher(resources: CallResources): Promise<CipherPort | null> {
  if (resources.isOver) return null;
  const cipher = resources.startCipher();
  return cipher.ready.then(
    () => cipher,
    () => null,
  );
}

/** A server without other URLs is dropped. */
function withoutSecureStun(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => !/^stuns:/i.test(url));
    return urls.length === 0 ? [] : [{ ...server, urls }];
  });
}

import type { CallIntent } from "../../call/intents.ts";
import { sensingPlan } from "../../call/rules/hints.ts";
import type { CallSettings } from "../../call/state/settings.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { TimerName } from "../../call/terms.ts";
import { CallMachine, failure } from "../../controller/call-machine.ts";
import { CallResources, type ResourceEffect } from "../../controller/call-resources.ts";
import { carryOut, Timers, type EffectHandlers } from "../../controller/effect-handlers.ts";
import type { CallLevels, CallNotice, CallTracks } from "../../controller/call-source.ts";
import { tracksOf } from "../../controller/call-tracks.ts";
import type { CallOptions, CallPorts } from "../../controller/ports.ts";
import type { SimplexCandidate, SimplexCommand, SimplexResponse } from "./messages.ts";
import { transitionSession } from "./order.ts";
import { newSession } from "./session.ts";
import type {
  CommandId,
  SessionEffect,
  SessionEvent,
  SessionTimer,
  SimplexSession,
  SimplexSettings,
} from "./session.ts";
import { SetUpRunner, type SetUpEffect } from "./set-up-runner.ts";
import type { SpareParts } from "./spare-parts.ts";

/** Effects outside of the resources and the set-up of a call. */
type OwnEffect = Exclude<SessionEffect, ResourceEffect | SetUpEffect>;

/** Receives messages for the host and notices for the screen. */
export interface SimplexCallListener {
  reply(id: CommandId, resp: SimplexResponse): void;
  /** @param command the synthetic command of SimpleX's page. */
  tell(resp: SimplexResponse, command?: SimplexCommand): void;
  notify(notice: CallNotice): void;
}

/** A call between two SimpleX apps: the rules of their protocol on top of the rules and resources of every call. */
export class SimplexCall {
  readonly #listener: SimplexCallListener;
  readonly #resources: CallResources;
  readonly #handlers: EffectHandlers<SessionEffect>;
  readonly #machine: CallMachine<SimplexSession, SessionEvent, SessionEffect>;
  readonly #timers: Timers<TimerName>;
  readonly #ticks: Timers<SessionTimer>;

  constructor(
    ports: CallPorts,
    spares: SpareParts,
    options: CallOptions,
    parts: {
      readonly settings: SimplexSettings;
      readonly callSettings: CallSettings;
      readonly role: "caller" | "callee";
      /** Candidates of the other side that arrived before this call. */
      readonly early?: readonly SimplexCandidate[];
    },
    listener: SimplexCallListener,
  ) {
    this.#listener = listener;
    const dispatch = (event: SessionEvent) => {
      this.#machine.dispatch(event);
    };
    this.#resources = new CallResources(
      { ...ports, createCipher: (told) => spares.takeCipher(told) },
      options,
      dispatch,
      (notice) => {
        listener.notify(notice);
      },
    );
    this.#timers = new Timers(ports, (name) => {
      dispatch({ type: "timer", name });
    });
    this.#ticks = new Timers(ports, (name) => {
      dispatch({ type: "tick", name });
    });
    this.#handlers = {
      ...this.#resources.handlers,
      ...new SetUpRunner(ports, spares, this.#resources, dispatch).handlers,
      ...this.#ownHandlers(),
    };
    this.#machine = new CallMachine<SimplexSession, SessionEvent, SessionEffect>({
      model: newSession(parts.settings, parts.callSettings, parts.role, parts.early),
      transition: transitionSession,
      callOf: ({ call }) => call,
      run: (effect) => {
        carryOut(this.#handlers, effect);
      },
      tracks: (call) => tracksOf(call, this.#resources),
      attend: (call) => {
        this.#resources.attend(sensingPlan(call));
      },
      now: () => ports.now(),
      ticks: ports.ticks,
      notify: listener.notify,
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

  take(id: CommandId, command: SimplexCommand): void {
    this.#machine.dispatch({ type: "command", id, command });
  }

  /** @throws {CallError} as `CallMachine.perform`. */
  perform(intent: CallIntent): Promise<void> {
    return this.#machine.perform(intent);
  }

  /** Ends the call without notifying the host: another call replaces it, or the page is unloaded. */
  close(): void {
    this.#machine.whenStill(() => {
      this.#stopTimers();
      // Only another kit reads the data channel.
      this.#resources.close(this.#machine.model.peer === "kit" ? "hung-up" : null);
      this.#machine.release();
    });
  }

  /** Handlers of effects for the host, and of the protocol's own timers. */
  #ownHandlers(): EffectHandlers<OwnEffect> {
    return {
      reply: ({ id, resp }) => {
        this.#listener.reply(id, resp);
      },
      tell: ({ resp, command }) => {
        this.#listener.tell(resp, command);
      },
      "tell-states": () => {
        const states = this.#resources.connection?.states;
        if (states !== undefined) this.#machine.dispatch({ type: "states-changed", states });
      },
      "place-microphone": ({ on }) => {
        const track = on ? this.#resources.localTrack("microphone") : null;
        void this.#resources.place(0, track).catch(() => undefined);
      },
      "read-pair": () => void this.#readPair(),
      poll: ({ isEarly }) => void this.#poll(isEarly),
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
        this.#listener.notify({ type: "error", error: failure(code) });
      },
      close: ({ farewell }) => {
        this.#stopTimers();
        this.#resources.close(farewell);
      },
    };
  }

  async #readPair(): Promise<void> {
    const pair = (await this.#resources.connection?.selectedPair().catch(() => null)) ?? null;
    if (!this.#resources.isOver) this.#machine.dispatch({ type: "pair-read", pair });
  }

  async #poll(isEarly: boolean): Promise<void> {
    const bytes = await this.#resources.connection?.receivedBytes().catch(() => null);
    if (bytes && !this.#resources.isOver)
      this.#machine.dispatch({ type: "polled", bytes, isEarly });
  }

  #stopTimers(): void {
    this.#timers.stopAll();
    this.#ticks.stopAll();
  }
}

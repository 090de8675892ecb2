import type { CallEffect, CallEvent } from "../call/events.ts";
import { sensingPlan } from "../call/rules/own-devices.ts";
import { reportOf, type CallReport } from "../call/report.ts";
import { transitionWithReceipt } from "../call/rules/receipt.ts";
import type { CallModel } from "../call/state/model.ts";
import type { ResumptionStore, Successors } from "../crypto/agreement/resumption.ts";
import { CallResources, type ResourceEffect } from "./call-resources.ts";
import { tracksOf, runningRules } from "./running-call.ts";
import { CallSetUp, type Parties, type SetUpEffect } from "./call-set-up.ts";
import type { CallLevels, CallNotice, CallTracks } from "./call-source.ts";
import { TextOfCall } from "./call-text.ts";
import type { EffectHandlers, RunningRules } from "./call-machine.ts";
import type { CallPorts } from "./ports.ts";
import type { CallOptions } from "./call-options.ts";

/** The effects that touch the browser, or the keys. */
export type RuntimeEffect = ResourceEffect | SetUpEffect;

/** Runtime of calls, needed once one is accepted or dialled. Loaded with the in-call screen, by one `import()`. */
export interface CallRuntime {
  /** Begins the part of a call that touches the browser. */
  run(
    options: CallOptions,
    parties: Parties,
    dispatch: (event: CallEvent) => void,
    notify: (notice: CallNotice) => void,
  ): RunningCall;
  /** Returns whether the sender knows the nonce behind the commitment of that invitation. */
  isAuthorOf: CallPorts["isAuthorOf"];
  readonly resumptions: ResumptionStore;
  /** Rules for the machine of every call from then on. */
  readonly rules: RunningRules;
}

/** The part of one call that touches the browser: its resources, its set-up, and the rules of a call that has a connection. */
export class RunningCall {
  readonly transition = transitionWithReceipt;
  readonly handlers: EffectHandlers<RuntimeEffect>;
  readonly text: TextOfCall;
  readonly #resources: CallResources;
  readonly #setUp: CallSetUp;
  readonly #now: () => number;

  constructor(
    ports: CallPorts,
    options: CallOptions,
    parties: Parties,
    dispatch: (event: CallEvent) => void,
    notify: (notice: CallNotice) => void,
  ) {
    this.#now = ports.now;
    // Text has rules of its own: it is no part of the call's state.
    const withoutText = (event: CallEvent) => {
      if (event.type === "control" && event.message.type === "text")
        this.text.receive(event.message);
      else dispatch(event);
    };
    this.#resources = new CallResources(ports, options, withoutText, notify);
    this.#setUp = new CallSetUp(ports, options, this.#resources, dispatch, parties);
    this.handlers = { ...this.#resources.handlers, ...this.#setUp.handlers };
    const send = this.handlers["send-control"];
    this.text = new TextOfCall(
      ports,
      (message) => {
        send({ type: "send-control", message });
      },
      notify,
      parties.conversation,
    );
  }

  get levels(): CallLevels {
    return this.#resources;
  }

  /** Secrets of this call for later ones, once both sides have proved their keys. */
  get successors(): Successors | null {
    return this.#setUp.successors;
  }

  tracks(call: CallModel): CallTracks {
    return tracksOf(call, this.#resources);
  }

  /** Measures from now on what such a call needs of this side's devices. */
  follow(call: CallModel): void {
    this.#resources.measure(sensingPlan(call));
    this.text.follow(call, this.successors);
  }

  /** Returns the report of this call. */
  report(call: CallModel): CallReport | null {
    return reportOf(call, this.#now());
  }

  /** Gives the invitation up for another one. @returns the nonce behind its commitment, where there is one. */
  giveUp(): Promise<string | null> {
    return this.#setUp.giveUp();
  }

  /** Sends the reason of the end on the data channel and releases everything. */
  close(sentReason: Extract<CallEffect, { type: "close" }>["reason"]): void {
    this.text.close();
    this.#resources.close(sentReason);
    this.#setUp.release();
  }
}

/** The runtime over these ports. */
export function callRuntime(ports: CallPorts): CallRuntime {
  return {
    run: (...call) => new RunningCall(ports, ...call),
    isAuthorOf: (...claim) => ports.isAuthorOf(...claim),
    get resumptions() {
      return ports.resumptions;
    },
    rules: runningRules,
  };
}

import type { CallEffect, CallEvent } from "../call/events.ts";
import { idleModel } from "../call/model.ts";
import type { CallModel, CallSettings } from "../call/model.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import { transition } from "../call/transition.ts";
import { toSignal } from "../signalling/codec.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import { CallMachine, failure } from "./call-machine.ts";
import { CallResources } from "./call-resources.ts";
import type { CallIntent, CallNotice, CallTracks } from "./call-source.ts";
import { tracksOf } from "./call-tracks.ts";
import { EffectRunner } from "./effect-runner.ts";
import type { CallOptions, CallPorts } from "./ports.ts";

/** One call of `sx-call/1`, one lifetime: its rules, its resources, and the words it says to the other side. */
export class CallController {
  readonly #ports: CallPorts;
  readonly #notify: (notice: CallNotice) => void;
  readonly #resources: CallResources;
  readonly #runner: EffectRunner;
  readonly #machine: CallMachine<CallModel, CallEvent, CallEffect>;

  constructor(ports: CallPorts, settings: CallSettings, options: CallOptions, notify: (notice: CallNotice) => void) {
    this.#ports = ports;
    this.#notify = notify;
    const dispatch = (event: CallEvent) => {
      this.#machine.dispatch(event);
    };
    this.#resources = new CallResources(ports, options, dispatch);
    this.#runner = new EffectRunner(ports, options, this.#resources, dispatch);
    this.#machine = new CallMachine<CallModel, CallEvent, CallEffect>({
      model: idleModel(settings),
      transition,
      callOf: (model) => model,
      run: (effect) => {
        this.#run(effect);
      },
      tracks: (call) => tracksOf(call, this.#resources),
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

  /** Takes a checked message of the other side. */
  take(message: SignalMessage): void {
    this.#machine.dispatch({ type: "signal", message });
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async perform(intent: CallIntent): Promise<void> {
    if (intent.type !== "start") {
      await this.#machine.perform(intent);
      return;
    }
    this.#machine.dispatch({ type: "start", callId: this.#ports.newCallId(), media: intent.media });
    await this.#machine.until(() => this.snapshot.state !== "inviting" || this.snapshot.step === null);
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

  /** Withdraws a call of which nobody is told: both sides dialled each other and the other call stays. */
  withdraw(): void {
    this.#resources.close(null);
    // What was asked of this call goes on in the other one.
    this.#machine.release();
  }

  #run(effect: CallEffect): void {
    switch (effect.type) {
      case "send":
        this.#notify({ type: "signal", message: toSignal(this.#machine.model.callId, effect.seq, effect.body) });
        break;
      case "report":
        this.#notify({ type: "error", error: failure(effect.code) });
        break;
      case "close":
        this.#resources.close(effect.farewell);
        break;
      default:
        this.#runner.run(effect);
    }
  }
}

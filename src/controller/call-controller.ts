import type { CallAction, CallSnapshot } from "../call/snapshot.ts";
import type { CallEffect, CallEvent, DeviceName } from "../call/events.ts";
import { idleModel } from "../call/model.ts";
import type { CallModel, CallSettings } from "../call/model.ts";
import { toSnapshot } from "../call/to-snapshot.ts";
import { transition } from "../call/transition.ts";
import { CallError, unreachable } from "../errors.ts";
import type { CallErrorCode } from "../errors.ts";
import { toSignal } from "../signalling/codec.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import { noTracks } from "./call-source.ts";
import type { CallIntent, CallNotice, CallTracks } from "./call-source.ts";
import { EffectRunner } from "./effect-runner.ts";
import { errorMessage } from "./error-message.ts";
import type { CallOptions, CallPorts } from "./ports.ts";

/** The action that an intent needs to find in the snapshot. */
const neededAction: Record<Exclude<CallIntent["type"], "start">, CallAction> = {
  accept: "accept",
  decline: "decline",
  ignore: "ignore",
  "hang-up": "hang-up",
  "set-microphone": "toggle-microphone",
  "set-camera": "toggle-camera",
  "flip-camera": "flip-camera",
  "set-screen": "toggle-screen",
  "check-code": "check-code",
};

/**
 * One call, one lifetime: holds the only mutable state of the call, takes events through the pure rules, and has their effects
 * carried out. Once the call has ended it only remembers.
 */
export class CallController {
  readonly #ports: CallPorts;
  readonly #notify: (notice: CallNotice) => void;
  readonly #runner: EffectRunner;
  readonly #events: CallEvent[] = [];
  #isDispatching = false;
  readonly #afterwards: (() => void)[] = [];
  #model: CallModel;
  #snapshot: CallSnapshot;
  #tracks: CallTracks = noTracks;
  #waiting: { readonly isOver: () => boolean; readonly resolve: () => void }[] = [];

  constructor(ports: CallPorts, settings: CallSettings, options: CallOptions, notify: (notice: CallNotice) => void) {
    this.#ports = ports;
    this.#notify = notify;
    this.#model = idleModel(settings);
    this.#snapshot = toSnapshot(this.#model);
    this.#runner = new EffectRunner(ports, options, (event) => {
      this.#dispatch(event);
    });
  }

  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }

  get tracks(): CallTracks {
    return this.#tracks;
  }

  /** Takes a checked message of the other side. */
  take(message: SignalMessage): void {
    this.#dispatch({ type: "signal", message });
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async perform(intent: CallIntent): Promise<void> {
    if (intent.type !== "start" && !this.#snapshot.actions.includes(neededAction[intent.type])) {
      throw new CallError("not-possible", `The call cannot do "${intent.type}" in the state "${this.#snapshot.state}".`);
    }
    switch (intent.type) {
      case "start":
        this.#dispatch({ type: "start", callId: this.#ports.newCallId(), media: intent.media });
        await this.#until(() => this.#snapshot.state !== "inviting" || this.#snapshot.step === null);
        this.#throwIfFailed();
        break;
      case "accept":
        this.#dispatch({ type: "accept", media: intent.media });
        await this.#until(() => this.#snapshot.state !== "connecting" || this.#snapshot.step !== "keys");
        this.#throwIfFailed();
        break;
      case "decline":
      case "ignore":
      case "hang-up":
        this.#dispatch({ type: intent.type });
        break;
      case "set-microphone":
        await this.#switch("microphone", intent.on);
        break;
      case "set-camera":
        await this.#switch("camera", intent.on);
        break;
      case "set-screen":
        await this.#switch("screen", intent.on);
        break;
      case "flip-camera":
        await this.#flip();
        break;
      case "check-code":
        this.#dispatch({ type: "code-checked", match: intent.match });
        break;
      default:
        unreachable(intent);
    }
  }

  /**
   * Ends the call, if it has not ended, and tells the other side.
   *
   * @param closed called when all of that has been said: at once, or after the notice from within which this is called.
   */
  close(closed: () => void = () => undefined): void {
    this.#dispatch({ type: "hang-up" });
    const finish = () => {
      this.#runner.close(null);
      closed();
    };
    if (this.#isDispatching) this.#afterwards.push(finish);
    else finish();
  }

  /** Withdraws a call of which nobody is told: both sides dialled each other and the other call stays. */
  withdraw(): void {
    this.#runner.close(null);
    // What was asked of this call goes on in the other one.
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  async #switch(device: DeviceName, on: boolean): Promise<void> {
    this.#dispatch({ type: "switch", device, on });
    await this.#until(() => {
      const { state } = this.#snapshot.local[device];
      return this.#snapshot.state === "ended" || (on ? state !== "starting" : state === "off" || state === "failed");
    });
    if (on) this.#throwIfOff(device);
  }

  /** Done once the camera is on again: while it changes it is `starting`. */
  async #flip(): Promise<void> {
    this.#dispatch({ type: "flip-camera" });
    await this.#until(() => this.#snapshot.state === "ended" || this.#snapshot.local.camera.state !== "starting");
    this.#throwIfOff("camera");
  }

  #throwIfOff(device: DeviceName): void {
    const { state, problem } = this.#snapshot.local[device];
    if (this.#snapshot.state === "ended") throw failure("not-possible");
    // Without a problem somebody switched it off while it opened.
    if (state !== "on") throw failure(problem ?? "not-possible");
  }

  #throwIfFailed(): void {
    const problem = this.#snapshot.ending?.problem ?? null;
    if (problem !== null) throw failure(problem);
  }

  #until(isOver: () => boolean): Promise<void> {
    if (isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ isOver, resolve });
    });
  }

  /** One event after another: what an effect brings about while it runs waits until the step is complete. */
  #dispatch(event: CallEvent): void {
    this.#events.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) this.#step(next);
    } finally {
      this.#isDispatching = false;
    }
    for (const finish of this.#afterwards.splice(0)) finish();
  }

  #step(event: CallEvent): void {
    const [model, effects] = transition(this.#model, event, this.#ports.now());
    const previous = this.#snapshot;
    if (model !== this.#model) this.#snapshot = toSnapshot(model, previous);
    this.#model = model;
    const hasNewTracks = this.#updateTracks();
    if (this.#snapshot !== previous || hasNewTracks) this.#notify({ type: "changed", previous });
    for (const effect of effects) this.#run(effect);
    if (model.state === "incoming" && previous.state === "idle") {
      this.#notify({ type: "incoming", callId: model.callId, media: model.media });
    }
    if (model.record !== null && previous.record === null && this.#snapshot.record !== null) {
      this.#notify({ type: "ended", record: this.#snapshot.record });
    }
    this.#waiting = this.#waiting.filter(({ isOver, resolve }) => {
      if (!isOver()) return true;
      resolve();
      return false;
    });
  }

  #run(effect: CallEffect): void {
    switch (effect.type) {
      case "send":
        this.#notify({ type: "signal", message: toSignal(this.#model.callId, effect.seq, effect.body) });
        break;
      case "report":
        this.#notify({ type: "error", error: failure(effect.code) });
        break;
      case "close":
        this.#runner.close(effect.farewell);
        break;
      default:
        this.#runner.run(effect);
    }
  }

  /** What there is to play now. A track of the other side only after its first frame has been opened. */
  #updateTracks(): boolean {
    const { local, remote, openedTracks, state } = this.#model;
    const isOn = (device: "camera" | "screen") => state !== "ended" && local[device].state === "on";
    const remoteTrack = (index: 0 | 1 | 2 | 3) =>
      state !== "ended" && openedTracks.includes(index) ? (this.#runner.connection?.remoteTrack(index) ?? null) : null;
    const tracks: CallTracks = {
      localCamera: isOn("camera") ? this.#runner.localTrack("camera") : null,
      localScreen: isOn("screen") ? this.#runner.localTrack("screen") : null,
      remoteMicrophone: remoteTrack(0),
      remoteCamera: remote.camera ? remoteTrack(1) : null,
      remoteScreenAudio: remote.screen ? remoteTrack(2) : null,
      remoteScreen: remote.screen ? remoteTrack(3) : null,
    };
    const before = this.#tracks;
    const isSame = (Object.keys(tracks) as (keyof CallTracks)[]).every((name) => tracks[name] === before[name]);
    if (!isSame) this.#tracks = Object.freeze(tracks);
    return !isSame;
  }
}

function failure(code: CallErrorCode): CallError {
  return new CallError(code, errorMessage(code));
}

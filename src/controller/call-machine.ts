import { canChoose } from "../call/rules/devices.ts";
import type { CallAction, DeviceKind, DeviceName } from "../call/terms.ts";
import type { CallModel } from "../call/state/model.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { DeviceStatus, VoiceProcessing } from "../call/state/devices.ts";
import { toSnapshot } from "../call/to-snapshot.ts";
import { CallError, unreachable } from "../errors.ts";
import type { CallErrorCode } from "../errors.ts";
import { noTracks } from "./call-source.ts";
import type { CallIntent, CallNotice, CallTracks, OneCallIntent } from "./call-source.ts";
import { errorMessage } from "./error-message.ts";

/** What a person can ask of any call, however it was set up. */
export type CallEventOfPerson =
  | { readonly type: "accept"; readonly media: "audio" | "video" }
  | { readonly type: "decline" }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "switch"; readonly device: DeviceName; readonly on: boolean }
  | { readonly type: "flip-camera" }
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string }
  | { readonly type: "switch-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  | { readonly type: "hold" }
  | { readonly type: "hide-address"; readonly on: boolean }
  | { readonly type: "resume" }
  | { readonly type: "code-checked"; readonly match: boolean };

/** What a machine runs: the rules of a protocol over the rules of a call, and the hands that carry their effects out. */
export interface CallProgram<Model, Event, Effect> {
  readonly model: Model;
  /** Pure. @param now milliseconds since the epoch. */
  transition(
    model: Model,
    event: Event | CallEventOfPerson,
    now: number,
  ): readonly [Model, readonly Effect[]];
  /** The call within the model. */
  callOf(model: Model): CallModel;
  run(effect: Effect): void;
  tracks(call: CallModel): CallTracks;
  /** Looks from now on at what is worth a look in such a call. */
  attend(call: CallModel): void;
  /** Milliseconds since the epoch. */
  now(): number;
  notify(notice: CallNotice): void;
}

/** The action that an intent needs to find in the snapshot. */
const neededAction: Record<OneCallIntent["type"], CallAction> = {
  accept: "accept",
  decline: "decline",
  ignore: "ignore",
  "hang-up": "hang-up",
  "set-microphone": "toggle-microphone",
  "set-camera": "toggle-camera",
  "flip-camera": "flip-camera",
  "choose-device": "toggle-microphone",
  "switch-voice": "toggle-microphone",
  "set-screen": "toggle-screen",
  "check-code": "check-code",
  hold: "hold",
  "hide-address": "hide-address",
  resume: "resume",
};

/** Whether one call alone can do it. */
const isOneCalls = (intent: CallIntent): intent is OneCallIntent => intent.type in neededAction;

/**
 * Holds the only mutable state of one call, takes events through pure rules one after the other, has their effects carried out,
 * and tells who listens. Once the call has ended it only remembers.
 */
export class CallMachine<Model, Event, Effect> {
  readonly #program: CallProgram<Model, Event, Effect>;
  readonly #events: (Event | CallEventOfPerson)[] = [];
  readonly #afterwards: (() => void)[] = [];
  #isDispatching = false;
  #model: Model;
  #snapshot: CallSnapshot;
  #tracks: CallTracks = noTracks;
  #waiting: { readonly isOver: () => boolean; readonly resolve: () => void }[] = [];

  constructor(program: CallProgram<Model, Event, Effect>) {
    this.#program = program;
    this.#model = program.model;
    this.#snapshot = toSnapshot(program.callOf(program.model), undefined, program.now());
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

  /** One event after another: what an effect brings about while it runs waits until the step is complete. */
  dispatch(event: Event | CallEventOfPerson): void {
    this.#events.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift())
        this.#step(next);
    } finally {
      this.#isDispatching = false;
    }
    for (const finish of this.#afterwards.splice(0)) finish();
  }

  /** Runs once no step is under way: at once, or after the notice from within which this is called. */
  whenStill(finish: () => void): void {
    if (this.#isDispatching) this.#afterwards.push(finish);
    else finish();
  }

  /**
   * What a person asks of a call that is there.
   *
   * @throws {CallError} `not-possible`, or the code of what failed.
   */
  async perform(intent: CallIntent): Promise<void> {
    if (!isOneCalls(intent) || !this.#snapshot.actions.includes(neededAction[intent.type])) {
      throw new CallError(
        "not-possible",
        `The call cannot do "${intent.type}" in the state "${this.#snapshot.state}".`,
      );
    }
    switch (intent.type) {
      case "accept":
        this.dispatch({ type: "accept", media: intent.media });
        await this.until(
          () => this.#snapshot.state !== "connecting" || this.#snapshot.step !== "keys",
        );
        this.throwIfFailed();
        break;
      case "decline":
      case "ignore":
      case "hang-up":
        this.dispatch({ type: intent.type });
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
        this.dispatch({ type: "flip-camera" });
        // Done once the camera is on again: while it changes it is `starting`.
        await this.until(
          () =>
            this.#snapshot.state === "ended" || this.#snapshot.local.camera.state !== "starting",
        );
        this.#throwIfOff("camera");
        break;
      case "choose-device":
      case "switch-voice":
        await this.#choose(intent);
        break;
      case "hold":
        this.dispatch({ type: "hold" });
        // Done once nothing is open any more.
        await this.until(
          () => this.#snapshot.state === "ended" || !this.#hasDevice("starting", "on"),
        );
        break;
      case "hide-address":
        this.dispatch(intent);
        break;
      case "resume":
        this.dispatch({ type: "resume" });
        await this.until(() => this.#snapshot.state === "ended" || !this.#hasDevice("starting"));
        break;
      case "check-code":
        this.dispatch({ type: "code-checked", match: intent.match });
        break;
      default:
        unreachable(intent);
    }
  }

  /** @returns once the condition holds; it is looked at after every step. */
  until(isOver: () => boolean): Promise<void> {
    if (isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ isOver, resolve });
    });
  }

  /** Lets go of everybody who waits: what was asked of this call goes on in another one. */
  release(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  /** @throws {CallError} the code with which the call has failed, if it has. */
  throwIfFailed(): void {
    const problem = this.#snapshot.ending?.problem ?? null;
    if (problem !== null) throw failure(problem);
  }

  async #switch(device: DeviceName, on: boolean): Promise<void> {
    this.dispatch({ type: "switch", device, on });
    await this.until(() => {
      const { state } = this.#snapshot.local[device];
      return (
        this.#snapshot.state === "ended" ||
        (on ? state !== "starting" : state === "off" || state === "failed")
      );
    });
    if (on) this.#throwIfOff(device);
  }

  /** Done once the device is in use, or the voice as wished. A camera that is off is chosen for later. */
  async #choose(
    intent: Extract<OneCallIntent, { type: "choose-device" | "switch-voice" }>,
  ): Promise<void> {
    const { devices: available, voice } = this.#snapshot;
    if (!canChoose({ available, voice }, intent)) throw failure("not-possible");
    this.dispatch(intent);
    const problem = () => this.#program.callOf(this.#model).devices.choiceProblem;
    await this.until(
      () => this.#snapshot.state === "ended" || problem() !== null || this.#isChosen(intent),
    );
    const code = problem();
    if (code !== null) throw failure(code);
  }

  #isChosen(intent: Extract<OneCallIntent, { type: "choose-device" | "switch-voice" }>): boolean {
    const { devices, local, voice } = this.#snapshot;
    if (intent.type === "switch-voice")
      return voice[intent.feature] === intent.on || voice[intent.feature] === null;
    const { device, id } = intent;
    if (device === "speaker") return (devices.speaker ?? "") === id;
    return (
      devices[device] === id || (devices[device] === null && local[device].state !== "starting")
    );
  }

  #hasDevice(...states: DeviceStatus["state"][]): boolean {
    const { microphone, camera, screen } = this.#snapshot.local;
    return [microphone, camera, screen].some(({ state }) => states.includes(state));
  }

  #throwIfOff(device: DeviceName): void {
    const { state, problem } = this.#snapshot.local[device];
    if (this.#snapshot.state === "ended") throw failure("not-possible");
    // Without a problem somebody switched it off while it opened.
    if (state !== "on") throw failure(problem ?? "not-possible");
  }

  #step(event: Event | CallEventOfPerson): void {
    const { transition, callOf, run, now, notify } = this.#program;
    const moment = now();
    const [model, effects] = transition(this.#model, event, moment);
    const before = callOf(this.#model);
    const call = callOf(model);
    const previous = this.#snapshot;
    if (call !== before) this.#snapshot = toSnapshot(call, previous, moment);
    this.#model = model;
    this.#program.attend(call);
    const hasNewTracks = this.#updateTracks(call);
    if (this.#snapshot !== previous || hasNewTracks) notify({ type: "changed", previous });
    for (const effect of effects) run(effect);
    if (call.state === "incoming" && previous.state === "idle") {
      notify({ type: "incoming", callId: call.identity.callId, media: call.identity.media });
    }
    for (const by of ["local", "remote"] as const) {
      // The end of a call is told as its end, and not as the end of a hold.
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

/** An error with the words for its code. */
export function failure(code: CallErrorCode): CallError {
  return new CallError(code, errorMessage(code));
}

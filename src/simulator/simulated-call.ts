import type { CallMedia, DeviceName } from "../call/terms.ts";
import type { CallReport } from "../call/report.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import { CallError, type CallErrorCode } from "../errors.ts";
import { CallCenter } from "../controller/call-center.ts";
import { callRuntime } from "../controller/call-runtime.ts";
import { defaultOptions } from "../controller/call-options.ts";
import {
  noLevels,
  type CallNotice,
  type CallSource,
  type CallText,
  type CallTracks,
} from "../controller/call-source.ts";
import { Lazy } from "../controller/lazy.ts";
import type { Intent } from "../call/events.ts";
import type { CallPorts } from "../controller/ports.ts";
import { simulatedNote, SimulatedDevices } from "./simulated-devices.ts";
import { settled, SimulatedClock } from "./simulated-clock.ts";
import {
  SimulatedLine,
  type SimulatedStage,
  acceptOf,
  inviteOf,
  proof,
  simulatedCandidate,
  noResumptions,
  simulatedInitiator,
  simulatedResponder,
} from "./simulated-line.ts";
import { simulatedCalls, type SimulatedCallName, type SimulatedStep } from "./simulated-script.ts";
import type { CallRecord } from "../call/record.ts";

/** Options of a simulated call. */
export interface SimulatedCallOptions {
  /** Name of a built-in script, or a list of steps. */
  readonly script: SimulatedCallName | readonly SimulatedStep[];
  /**
   * Speed factor of the clock, 0 to 1000; 1 by default. At 0 only {@link SimulatedCall.advance} moves the clock. The same
   * script and `startAt` then give the same snapshots every time. The call timer on screen follows the system clock: it is
   * right at 1.
   */
  readonly speed?: number;
  /** Start of the clock. Milliseconds since the epoch, now by default. */
  readonly startAt?: number;
  /** Tracks played while a device is on, such as the track of a canvas. Without them there is no video. */
  readonly tracks?: Partial<CallTracks>;
}

/** A call without camera, network, keys or remote side: for tests, stories and designs. */
export interface SimulatedCall extends CallSource {
  /** Distinguishes it from a real call. */
  readonly isSimulated: true;
  /**
   * Settles when the script has ended or the call was closed. Calls dialled afterwards ring and are accepted. Rejects with
   * `not-possible` for a step that was impossible when due, with `bad-argument` for an invalid step.
   */
  readonly finished: Promise<void>;
  /**
   * Advances the clock where `speed` is 0.
   *
   * @param milliseconds time to advance.
   * @returns a promise that resolves after everything due has happened.
   * @throws {CallError} `not-possible` at another speed.
   */
  advance(milliseconds: number): Promise<void>;
}

/** Runs the rules and the call center of real calls over simulated ports. The script plays the remote side and the network. */
class Simulation implements SimulatedCall {
  readonly isSimulated = true;
  readonly levels = noLevels;
  readonly finished: Promise<void>;
  readonly #stage: SimulatedStage;
  readonly #center: CallCenter;
  readonly #lines = new Map<string, SimulatedLine>();
  readonly #problems = new Map<DeviceName, CallErrorCode>();
  readonly #devices: SimulatedDevices[] = [];
  readonly #marked = new WeakMap<CallSnapshot, CallSnapshot>();
  #others: {
    readonly given: readonly CallSnapshot[];
    readonly marked: readonly CallSnapshot[];
  } | null = null;
  #ids = 0;
  /** A call requests its keys, then, in the same task, its cipher, with which it requests a connection. */
  #newest = "";
  readonly #ciphers = new WeakMap<object, SimulatedLine>();
  #isOver = false;
  #end!: () => void;

  constructor(
    script: readonly SimulatedStep[],
    { speed = 1, startAt = Date.now(), tracks = {} }: SimulatedCallOptions,
  ) {
    const clock = new SimulatedClock(speed, startAt);
    this.#stage = { clock, tracks, network: "good", isTampered: false };
    const ports = this.#ports();
    this.#center = new CallCenter(() => defaultOptions, ports, Lazy.of(callRuntime(ports)));
    this.#center.subscribe((notice) => {
      if (notice.type === "signal") this.#answer(notice.message);
    });
    // The call center first asks for the capabilities of this engine.
    const played = settled()
      .then(() => this.#play(script))
      .finally(() => {
        this.#isOver = true;
      });
    const closed = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    this.finished = Promise.race([played, closed]);
    // Handled, because the host may ignore the promise.
    this.finished.catch(() => undefined);
  }

  get snapshot(): CallSnapshot {
    return this.#mark(this.#center.snapshot);
  }

  get tracks(): CallTracks {
    return this.#center.tracks;
  }

  get text(): CallText | null {
    return this.#center.text;
  }

  get setTimer(): CallPorts["setTimer"] {
    return this.#stage.clock.setTimer;
  }

  get others(): readonly CallSnapshot[] {
    const given = this.#center.others;
    if (this.#others?.given !== given) {
      this.#others = {
        given,
        marked: Object.freeze(given.map((snapshot) => this.#mark(snapshot))),
      };
    }
    return this.#others.marked;
  }

  perform(intent: Intent): Promise<void> {
    return this.#center.perform(intent);
  }

  report(): CallReport | null | undefined {
    return this.#center.report();
  }

  openNoteStream(media: CallMedia): Promise<MediaStream> {
    return simulatedNote(media, this.#stage.tracks, this.#problems);
  }

  /** A simulated call ignores received signals. */
  receive(): void {
    // Signals of a real remote side must not reach it.
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    return this.#center.subscribe((notice) => {
      // Signals are dropped: a host would send them to a real person.
      if (notice.type === "signal") return;
      if (notice.type === "changed") listener({ ...notice, previous: this.#mark(notice.previous) });
      else if (notice.type === "ended")
        listener({
          ...notice,
          record: markRecord(notice.record, this.#isOld(notice.record.callId)),
        });
      else listener(notice);
    });
  }

  close(): void {
    this.#center.close();
    this.#stage.clock.stop();
    this.#end();
  }

  advance(milliseconds: number): Promise<void> {
    return this.#stage.clock.advance(milliseconds);
  }

  async #play(script: readonly SimulatedStep[]): Promise<void> {
    for (const step of script) {
      if ((await this.#do(step)) === "over") return;
    }
  }

  async #do(step: SimulatedStep): Promise<"over" | undefined> {
    switch (step.type) {
      case "wait":
        await new Promise<void>(
          (resolve) => void this.#stage.clock.setTimer(step.milliseconds, resolve),
        );
        return;
      case "until":
        await this.#until(() => ["ended", step.state].includes(this.snapshot.state));
        return this.snapshot.state === step.state ? undefined : "over";
      case "perform":
        await this.#center.perform(step.intent).catch((error: unknown) => {
          // Other errors belong to the script, such as a refused device.
          if (error instanceof CallError && error.code === "not-possible") throw error;
        });
        return;
      case "call": {
        const line = this.#line(this.#newId());
        line.isOld = step.isOld ?? false;
        line.answered(step.media);
        // Each call has its own sender, so that it never counts as glare with a dialled one.
        this.#center.receive(
          line.message(inviteOf(step.media, this.#stage.clock.now())),
          line.callId,
        );
        return;
      }
      case "ring":
        this.#center.receive(this.#of(step).message({ type: "ringing" }));
        return;
      case "accept": {
        const line = this.#of(step);
        const { media = this.#center.snapshot.media } = step;
        line.isOld = step.isOld ?? false;
        line.answered(media);
        this.#center.receive(line.message(acceptOf(media)));
        return;
      }
      case "end":
        this.#center.receive(
          this.#of(step).message({
            type: "end",
            reason: step.reason,
            ...(step.text !== undefined && { text: step.text }),
          }),
        );
        return;
      case "media":
        this.#of(step).setDevices(step);
        return;
      case "interrupt":
        if (step.by === "remote") this.#of(step).interrupt(step.devices);
        else for (const own of this.#devices) own.interrupt(step.devices);
        return;
      case "hold":
        this.#of(step).sendControl({ type: "hold", on: step.on });
        return;
      case "code":
        this.#of(step).sendControl({ type: "code", match: step.match });
        return;
      case "write":
        await this.#of(step).write(step.text);
        return;
      case "say":
        this.#of(step).sendText({ op: "say", text: step.text });
        return;
      case "network":
        this.#stage.network = step.is;
        for (const line of this.#lines.values()) line.networkChanged();
        return;
      case "tamper":
        this.#stage.isTampered = step.on;
        return;
      case "device":
        if (step.problem === null) this.#problems.delete(step.device);
        else this.#problems.set(step.device, step.problem);
        return;
      default:
        throw new CallError("bad-argument", "A step of a simulated call has an unknown type.");
    }
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!isSo()) return;
        leave();
        resolve();
      };
      const leave = this.#center.subscribe(check);
      check();
    });
  }

  /** Plays the unscripted part of the remote side: it proves its keys, and accepts every call after the script. */
  #answer({ type, callId }: SignalMessage): void {
    if (type === "candidates") {
      this.#center.receive(
        this.#line(callId).message({ type, candidates: [simulatedCandidate], end: true }),
      );
    }
    if (type === "accept")
      this.#center.receive(this.#line(callId).message({ type: "confirm", ...proof }));
    if (type !== "invite" || !this.#isOver) return;
    const call = [...this.#lines.keys()].indexOf(callId) + 1;
    const steps: SimulatedStep[] = [
      { type: "wait", milliseconds: 500 },
      { type: "ring", call },
      { type: "wait", milliseconds: 1500 },
      { type: "accept", call },
    ];
    void this.#play(steps);
  }

  #of({ call }: { readonly call?: number }): SimulatedLine {
    const callId =
      call === undefined ? this.#center.snapshot.callId : [...this.#lines.keys()][call - 1];
    const line = this.#lines.get(callId ?? "");
    if (line === undefined)
      throw new CallError(
        "not-possible",
        "A step of a simulated call is about a call that is not there.",
      );
    return line;
  }

  #line(callId: string): SimulatedLine {
    const line = this.#lines.get(callId) ?? new SimulatedLine(callId, this.#stage);
    this.#lines.set(callId, line);
    return line;
  }

  /** Returns 16 bytes like every id, the same ones each time. */
  #newId(): string {
    return btoa(`simulated ${String(++this.#ids).padStart(6, "0")}`).slice(0, 22);
  }

  #ports(): CallPorts {
    const { clock, tracks } = this.#stage;
    return {
      now: clock.now,
      setTimer: clock.setTimer,
      watchNetwork: () => () => undefined,
      newCallId: () => this.#newId(),
      newDevice: () => this.#newId(),
      isAuthorOf: () => Promise.resolve(false),
      resumptions: noResumptions,
      findObstacle: () => Promise.resolve(null),
      canShareScreen: () => true,
      createCipher: (listener) => {
        const line = this.#line(this.#newest);
        const cipher = line.cipher(listener);
        this.#ciphers.set(cipher, line);
        return cipher;
      },
      createInitiator: ({ callId }) => {
        this.#newest = callId;
        return Promise.resolve(simulatedInitiator);
      },
      createResponder: ({ callId }) => {
        this.#newest = callId;
        return Promise.resolve(simulatedResponder);
      },
      createTextCipher: (_keys, callId) => this.#line(callId).textCipher(),
      createCertificate: () => Promise.resolve(null),
      createConnection: (_options, hooks, listener) => {
        const line = hooks && this.#ciphers.get(hooks);
        if (!line) throw new CallError("internal", "A simulated call has no cipher.");
        return line.connection(listener);
      },
      createCapture: (_devices, listener) => {
        const devices = new SimulatedDevices(clock, tracks, this.#problems, listener);
        this.#devices.push(devices);
        return devices;
      },
      createSenses: () => ({ measure: () => undefined, ...noLevels, close: () => undefined }),
    };
  }

  #mark(snapshot: CallSnapshot): CallSnapshot {
    const marked =
      this.#marked.get(snapshot) ?? markSnapshot(snapshot, this.#isOld(snapshot.callId));
    this.#marked.set(snapshot, marked);
    return marked;
  }

  #isOld(callId: string | null): boolean {
    return this.#lines.get(callId ?? "")?.isOld === true;
  }
}

/**
 * Creates a simulated call for a host's tests, stories and designs. The rules of real calls compute states, actions and
 * protection from the script. No device is opened, and nothing is sent or received. It must not become part of an app, and has
 * its own entry: `sx-call-kit/simulator`.
 *
 * @returns a source of calls for `view.calls`.
 * @throws {CallError} `bad-argument` for an unknown script or a speed out of range.
 * @example
 * const calls = createSimulatedCall({ script: "reconnection" });
 * view.calls = calls;
 * await calls.finished;
 */
export function createSimulatedCall(chosen: SimulatedCallOptions): SimulatedCall {
  const { script } = chosen;
  // A host in JavaScript may pass anything.
  const ready: Partial<Record<string, readonly SimulatedStep[]>> = simulatedCalls;
  const steps =
    typeof script !== "string" ? script : Object.hasOwn(ready, script) ? ready[script] : null;
  if (!Array.isArray(steps))
    throw new CallError("bad-argument", "There is no such script of a simulated call.");
  return new Simulation(steps, chosen);
}

/** Shown instead of a cipher suite in the details of the lock. */
export const simulatedCipher = "SIMULATED";

/**
 * Marks a snapshot as simulated. With an older app it reports the weaker protection of a real call.
 *
 * @param isOld `true` where the remote side's app has weaker encryption.
 */
function markSnapshot(snapshot: CallSnapshot, isOld: boolean): CallSnapshot {
  const { protection, record, securityCode } = snapshot;
  const { status, sending, receiving, cipher } = protection;
  return Object.freeze({
    ...snapshot,
    protection: Object.freeze({
      ...protection,
      ...(isOld && {
        status: weaker(status),
        sending: weaker(sending),
        receiving: weaker(receiving),
      }),
      cipher: cipher && simulatedCipher,
    }),
    // Older apps have no security code.
    securityCode: isOld ? null : securityCode,
    actions: isOld
      ? Object.freeze(snapshot.actions.filter((action) => action !== "check-code"))
      : snapshot.actions,
    record: record && markRecord(record, isOld),
  });
}

/** Marks a record in the same way. */
function markRecord(record: CallRecord, isOld: boolean): CallRecord {
  return isOld ? Object.freeze({ ...record, protection: weaker(record.protection) }) : record;
}

function weaker<Status extends string>(status: Status): Status | "compatible" {
  return status === "protected" ? "compatible" : status;
}

import type { DeviceName } from "../call/terms.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import { CallError } from "../errors.ts";
import type { CallErrorCode } from "../errors.ts";
import { CallCenter } from "../controller/call-center.ts";
import { noLevels } from "../controller/call-source.ts";
import type { Intent } from "../call/intents.ts";
import type { CallNotice, CallSource, CallTracks } from "../controller/call-source.ts";
import type { CallOptions, CallPorts } from "../controller/ports.ts";
import { settled, SimulatedClock } from "./simulated-clock.ts";
import { SimulatedDevices } from "./simulated-devices.ts";
import { SimulatedLine } from "./simulated-line.ts";
import type { SimulatedStage } from "./simulated-line.ts";
import { markRecord, markSnapshot } from "./simulated-mark.ts";
import {
  acceptOf,
  inviteOf,
  proof,
  simulatedCandidate,
  noResumptions,
  simulatedInitiator,
  simulatedResponder,
} from "./simulated-messages.ts";
import { simulatedCalls } from "./simulated-script.ts";
import type { SimulatedCallName, SimulatedStep } from "./simulated-script.ts";

/** How a call is simulated. */
export interface SimulatedCallOptions {
  /** What happens: the name of a play that is ready, or its steps. */
  readonly script: SimulatedCallName | readonly SimulatedStep[];
  /**
   * How fast time goes, 0 to 1000; 1 by default. At 0 it stands, and only {@link SimulatedCall.advance} moves it: then the same script
   * gives the same snapshots every time, but for `startAt`. A screen's clock knows the machine's time only: it is right at 1.
   */
  readonly speed?: number;
  /** When it begins; milliseconds since the epoch, now by default. */
  readonly startAt?: number;
  /** What is played where a device is on, such as the track of a canvas. Without them there is no picture. */
  readonly tracks?: Partial<CallTracks>;
}

/** A call without camera, network, keys or other side: for tests, stories and designs. */
export interface SimulatedCall extends CallSource {
  /** No call of a person is ever that. */
  readonly isSimulated: true;
  /**
   * Settles when the script is over, or the call was closed. What is then dialled rings, and is accepted.
   * Rejects with `not-possible` where a step could not be done when it was due, and with `bad-argument` where it is no step.
   */
  readonly finished: Promise<void>;
  /**
   * Lets time pass where `speed` is 0.
   *
   * @param milliseconds how much.
   * @returns once all has happened that was due.
   * @throws {CallError} `not-possible` at another speed.
   */
  advance(milliseconds: number): Promise<void>;
}

const options: CallOptions = {
  iceServers: [],
  relayOnly: false,
  ringTimeoutSeconds: 60,
  reconnectTimeoutSeconds: 30,
  megabytesPerHour: null,
  mediaDevices: null,
  trackProcessor: null,
  hostSecret: null,
  hostBinding: null,
  workerUrl: null,
  encryptOnMainThread: false,
};

/** The rules and the desk of real calls, over ports that lead nowhere; what the other side and the world do is the script's. */
class Simulation implements SimulatedCall {
  readonly isSimulated = true;
  readonly levels = noLevels;
  readonly finished: Promise<void>;
  readonly #stage: SimulatedStage;
  readonly #center: CallCenter;
  readonly #lines = new Map<string, SimulatedLine>();
  readonly #problems = new Map<DeviceName, CallErrorCode>();
  readonly #marked = new WeakMap<CallSnapshot, CallSnapshot>();
  #others: {
    readonly given: readonly CallSnapshot[];
    readonly marked: readonly CallSnapshot[];
  } | null = null;
  #ids = 0;
  /** A call asks for its keys, and in the same turn for its cipher, with which it then asks for a connection. */
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
    this.#center = new CallCenter(() => options, this.#ports());
    this.#center.subscribe((notice) => {
      if (notice.type === "signal") this.#answer(notice.message);
    });
    // A desk of calls asks first what this engine can do.
    const played = settled()
      .then(() => this.#play(script))
      .finally(() => {
        this.#isOver = true;
      });
    const closed = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    this.finished = Promise.race([played, closed]);
    // Whoever does not wait for it need not hear of it.
    this.finished.catch(() => undefined);
  }

  get snapshot(): CallSnapshot {
    return this.#mark(this.#center.snapshot);
  }

  get tracks(): CallTracks {
    return this.#center.tracks;
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

  /** A simulated call hears nobody. */
  receive(): void {
    // Nothing of a real other side may get into it.
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    return this.#center.subscribe((notice) => {
      // What it says is for nobody: a host would send it to a real person.
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
          // Anything else is part of the play: a device that is refused, say.
          if (error instanceof CallError && error.code === "not-possible") throw error;
        });
        return;
      case "call": {
        const line = this.#line(this.#newId());
        line.isOld = step.isOld ?? false;
        line.answered(step.media);
        // Each call is another person's, so that it never counts as an answer to what is dialled here.
        this.#center.receive(line.say(inviteOf(step.media, this.#stage.clock.now())), line.callId);
        return;
      }
      case "ring":
        this.#center.receive(this.#of(step).say({ type: "ringing" }));
        return;
      case "accept": {
        const line = this.#of(step);
        const { media = this.#center.snapshot.media } = step;
        line.isOld = step.isOld ?? false;
        line.answered(media);
        this.#center.receive(line.say(acceptOf(media)));
        return;
      }
      case "end":
        this.#center.receive(this.#of(step).say({ type: "end", reason: step.reason }));
        return;
      case "media":
        this.#of(step).switch(step);
        return;
      case "hold":
        this.#of(step).sayInCall({ type: "hold", on: step.on });
        return;
      case "code":
        this.#of(step).sayInCall({ type: "code", match: step.match });
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
        throw new CallError("bad-argument", "A step of a simulated call is of no known type.");
    }
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        leave();
        resolve();
      };
      const leave = this.#center.subscribe(look);
      look();
    });
  }

  /** The other side's part that is no script's: it proves its keys, and once the script is over it takes every call. */
  #answer({ type, callId }: SignalMessage): void {
    if (type === "candidates") {
      this.#center.receive(
        this.#line(callId).say({ type, candidates: [simulatedCandidate], end: true }),
      );
    }
    if (type === "accept")
      this.#center.receive(this.#line(callId).say({ type: "confirm", ...proof }));
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

  /** 16 bytes like every id, and the same ones each time. */
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
      createCertificate: () => Promise.resolve(null),
      createConnection: (_options, hooks, listener) => {
        const line = hooks && this.#ciphers.get(hooks);
        if (!line) throw new CallError("internal", "A simulated call has no cipher.");
        return line.connection(listener);
      },
      createCapture: (_devices, listener) =>
        new SimulatedDevices(clock, tracks, this.#problems, listener),
      createSenses: () => ({ attend: () => undefined, ...noLevels, close: () => undefined }),
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
 * Makes a call that only plays: for a host's own tests, for stories and for designs. The states, the actions and the lock are worked out
 * by the rules of real calls, from what the script lets happen; nothing is opened, sent or received. It must not get into an app:
 * it is in an entry of its own, `sx-call-kit/simulator`.
 *
 * @returns the calls for `view.calls`.
 * @throws {CallError} `bad-argument` where there is no such script, or the speed is out of range.
 * @example
 * const calls = createSimulatedCall({ script: "reconnection" });
 * view.calls = calls;
 * await calls.finished;
 */
export function createSimulatedCall(chosen: SimulatedCallOptions): SimulatedCall {
  const { script } = chosen;
  // A host in JavaScript may ask for anything.
  const ready: Partial<Record<string, readonly SimulatedStep[]>> = simulatedCalls;
  const steps =
    typeof script !== "string" ? script : Object.hasOwn(ready, script) ? ready[script] : null;
  if (!Array.isArray(steps))
    throw new CallError("bad-argument", "A simulated call has no such script.");
  return new Simulation(steps, chosen);
}

import type { CallEffect, CallEvent } from "../call/events.ts";
import type { DeviceName, TimerName, TrackIndex } from "../call/terms.ts";
import type { SensingPlan } from "../call/rules/hints.ts";
import { CallError, toCallError } from "../errors.ts";
import type { ConnectionListener } from "../media/connection/connection.ts";
import { controlChannel, parseControl } from "../signalling/control.ts";
import { relayProblem } from "./check-options.ts";
import type { EffectHandlers } from "./effect-handlers.ts";
import type { ControlMessage } from "../signalling/control.ts";
import { ControlRate } from "../signalling/control-rate.ts";
import { watchCounters } from "./counters.ts";
import type {
  CallOptions,
  CallPorts,
  CapturePort,
  CipherPort,
  ConnectionPort,
  SensesPort,
} from "./ports.ts";

type EffectOf<T extends CallEffect["type"]> = Extract<CallEffect, { type: T }>;

/** The effects that need nothing but the resources of a call, whatever protocol has set it up. */
export type ResourceEffect = EffectOf<
  | "add-candidates"
  | "send-control"
  | "hide-address"
  | "limit-senders"
  | "restart-path"
  | "answer-restart"
  | "apply-restart-answer"
  | "set-device"
  | "flip-camera"
  | "choose-device"
  | "set-voice"
  | "start-timer"
  | "stop-timer"
>;

/** How long a message that came too fast waits for its turn. Milliseconds. */
const laterMilliseconds = 200;

/** How the connection of one call is made, beyond what the host has chosen. */
export type ConnectOptions = Partial<Omit<Parameters<CallPorts["createConnection"]>[0], "control">>;

/**
 * Everything that one call holds: cipher, connection, devices, timers. Each is made once, closed with the call, and tells what
 * happens to it as an event. Work that is still under way at the end finds the call closed and releases what it got.
 */
export class CallResources {
  readonly #ports: CallPorts;
  readonly #options: CallOptions;
  readonly #dispatch: (event: CallEvent) => void;
  readonly #lifetime = new AbortController();
  readonly #timers = new Map<TimerName, () => void>();
  #relayOnly: boolean;
  readonly #rate = new ControlRate();
  readonly #later = new Map<ControlMessage["type"], ControlMessage>();
  readonly #stopLater = new Set<() => void>();
  #cipher: CipherPort | null = null;
  #connection: ConnectionPort | null = null;
  #stopConnection: () => void = () => undefined;
  /** The connection, once there is one: a message may be quicker. */
  readonly #connected: Promise<void>;
  #setConnected!: () => void;
  #capture: CapturePort | null = null;
  #senses: SensesPort | null = null;
  /** The tracks of this side's devices. A device may be quicker than the connection, and outlives one that was refused. */
  readonly #placed = new Map<TrackIndex, MediaStreamTrack | null>();

  /** How the effects are carried out that need nothing but these resources. */
  readonly handlers: EffectHandlers<ResourceEffect> = {
    "add-candidates": (effect) => void this.#addCandidates(effect),
    "send-control": ({ message }) => this.#connection?.sendControl(JSON.stringify(message)),
    "restart-path": ({ attempt }) => {
      this.#attemptRestart(async (connection) => {
        const offer = await connection.restart();
        const message = { type: "restart", attempt, offer } as const;
        this.#dispatch({ type: "restart-ready", message });
      });
    },
    "answer-restart": ({ attempt, offer }) => {
      this.#attemptRestart(async (connection) => {
        const answer = await connection.answerRestart(offer);
        const message = { type: "restart-answer", attempt, answer } as const;
        this.#dispatch({ type: "restart-ready", message });
      });
    },
    "apply-restart-answer": ({ answer }) => {
      this.#attemptRestart((connection) => connection.applyRestartAnswer(answer));
    },
    "hide-address": ({ on }) => {
      this.#relayOnly = on;
    },
    "limit-senders": ({ limits }) => void this.#connection?.limitSenders(limits),
    "set-device": ({ device, on }) => {
      this.devices().setDevice(device, on);
    },
    "flip-camera": ({ facing }) => void this.devices().flipCamera(facing),
    "choose-device": ({ device, id }) => {
      this.devices().chooseDevice(device, id);
    },
    "set-voice": ({ feature, on }) => {
      this.devices().setVoice(feature, on);
    },
    "start-timer": ({ name, milliseconds }) => {
      this.#startTimer(name, milliseconds);
    },
    "stop-timer": ({ name }) => {
      this.#stopTimer(name);
    },
  };

  constructor(ports: CallPorts, options: CallOptions, dispatch: (event: CallEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#relayOnly = options.relayOnly;
    this.#connected = new Promise((resolve) => {
      this.#setConnected = resolve;
    });
    this.#dispatch = (event) => {
      if (!this.isOver) dispatch(event);
    };
  }

  /** Whether the call has ended. */
  get isOver(): boolean {
    return this.#lifetime.signal.aborted;
  }

  get connection(): ConnectionPort | null {
    return this.#connection;
  }

  get cipher(): CipherPort | null {
    return this.#cipher;
  }

  localTrack(device: DeviceName): MediaStreamTrack | null {
    return this.#capture?.track(device) ?? null;
  }

  /** Says goodbye on the data channel and releases everything, the last made first. */
  close(farewell: EffectOf<"close">["farewell"]): void {
    if (farewell !== null)
      this.#connection?.sendControl(JSON.stringify({ type: "end", reason: farewell }));
    this.#lifetime.abort();
    for (const stop of this.#timers.values()) stop();
    this.#timers.clear();
    for (const stop of this.#stopLater) stop();
    this.#stopLater.clear();
    this.#later.clear();
    this.#senses?.close();
    this.#capture?.close();
    this.disconnect();
    this.#placed.clear();
    this.#cipher?.close();
    this.#cipher = null;
  }

  /** The cipher, started when it is first asked for: it waits for nobody and contacts nobody. */
  startCipher(): CipherPort {
    if (this.isOver) throw new CallError("not-possible", "The call ended while it was set up.");
    this.#cipher ??= this.#ports.createCipher(
      {
        opened: (track) => {
          this.#dispatch({ type: "frame-opened", track });
        },
        lost: () => {
          this.#dispatch({ type: "failed", code: "encryption-lost" });
        },
      },
      { workerUrl: this.#options.workerUrl, onMainThread: this.#options.encryptOnMainThread },
    );
    return this.#cipher;
  }

  /**
   * Makes the connection, once the cipher can take its frames over: its transceivers are attached in the turn that makes them.
   *
   * @param cipher `null` for a call whose media is not encrypted by the kit.
   * @param told what a protocol wants to hear besides.
   */
  connect(
    cipher: CipherPort | null,
    options: ConnectOptions = {},
    told: Partial<ConnectionListener> = {},
  ): ConnectionPort {
    if (this.isOver) throw new CallError("not-possible", "The call ended while it was set up.");
    this.disconnect();
    const { iceServers } = this.#options;
    const relayOnly = this.#relayOnly || this.#options.relayOnly;
    const problem = relayProblem({ ...this.#options, relayOnly, ...options });
    if (problem !== null) throw problem;
    const connection = this.#ports.createConnection(
      { iceServers, relayOnly, control: controlChannel, ...options },
      cipher,
      {
        candidatesFound: (candidates, end) => {
          // The engine's candidates are of our own making: they have the fields that the message wants.
          const list = candidates.map(
            ({ candidate = "", sdpMid = null, sdpMLineIndex = null, usernameFragment = null }) => ({
              candidate,
              sdpMid,
              sdpMLineIndex,
              usernameFragment,
            }),
          );
          this.#dispatch({ type: "candidates-found", candidates: list, end });
        },
        pathChanged: (path) => {
          this.#dispatch({ type: "path-changed", path });
        },
        serverFailed: (failure) => {
          this.#dispatch({ type: "server-failed", failure });
        },
        controlOpened: () => {
          this.#dispatch({ type: "control-opened" });
        },
        controlReceived: (data) => {
          this.#takeControl(data);
        },
        ...(cipher === null && {
          // Without a cipher that has opened a frame, arrival is what makes a track worth showing.
          mediaArrived: (track: TrackIndex) => {
            this.#dispatch({ type: "frame-opened", track });
          },
        }),
        ...told,
      },
    );
    this.#connection = connection;
    this.#setConnected();
    for (const [index, track] of this.#placed)
      void connection.setTrack(index, track).catch(() => undefined);
    const stops = [
      watchCounters(connection, cipher, this.#ports, this.#dispatch),
      this.#ports.watchNetwork(() => {
        this.#dispatch({ type: "network-changed" });
      }),
    ];
    this.#stopConnection = () => {
      for (const stop of stops) stop();
      connection.close();
    };
    return connection;
  }

  /** Closes a connection that came to nothing. The devices stay open for the next one. */
  disconnect(): void {
    this.#stopConnection();
    this.#stopConnection = () => undefined;
    this.#connection = null;
  }

  /** Puts a track on the wire, or takes it off: now, or when there is a connection. */
  async place(index: TrackIndex, track: MediaStreamTrack | null): Promise<void> {
    this.#placed.set(index, track);
    await this.#connection?.setTrack(index, track);
  }

  /** This side's devices, opened when they are first asked for. */
  devices(): CapturePort {
    this.#capture ??= this.#ports.createCapture(
      this.#options.mediaDevices,
      {
        deviceChanged: (device, status, facing) => {
          this.#dispatch({ type: "device-changed", device, status, facing });
        },
        devicesChanged: (devices, voice) => {
          this.#dispatch({ type: "devices-listed", devices, voice });
        },
        choiceFailed: (code) => {
          this.#dispatch({ type: "choice-failed", code });
        },
        place: (index, track) => this.place(index, track),
      },
      { processor: this.#options.trackProcessor, chosen: this.#options.chosen ?? {} },
    );
    return this.#capture;
  }

  /** How loud this side's microphone is. As `CallLevels`. */
  microphone(): number {
    return this.isOver ? 0 : this.#sensesOnce().microphone();
  }

  /** How loud the other side is. As `CallLevels`. */
  remote(): number {
    return this.isOver ? 0 : this.#sensesOnce().remote();
  }

  /** Looks from now on at what is worth a look. */
  attend(attention: SensingPlan): void {
    if (this.#senses !== null || attention.microphone !== null || attention.camera !== null)
      this.#sensesOnce().attend(attention);
  }

  #sensesOnce(): SensesPort {
    this.#senses ??= this.#ports.createSenses(
      {
        source: (device) => this.#capture?.source(device) ?? null,
        track: (device) => this.localTrack(device),
        sound: () => this.#connection?.sound() ?? null,
      },
      (sense) => {
        this.#dispatch({ type: "sensed", sense });
      },
    );
    return this.#senses;
  }

  /** Work that fails ends the call, with the reason; after the end nobody asks. */
  attempt(work: () => Promise<void>): void {
    const attempt = async () => {
      try {
        await work();
      } catch (thrown) {
        this.#dispatch({ type: "failed", code: toCallError(thrown).code });
      }
    };
    void attempt();
  }

  /** A restart that fails ends nothing: the next one may do, and the call has its time limit. */
  #attemptRestart(work: (connection: ConnectionPort) => Promise<void>): void {
    const attempt = async () => {
      try {
        if (this.#connection !== null) await work(this.#connection);
      } catch (thrown) {
        this.#dispatch({ type: "restart-failed", code: toCallError(thrown).code });
      }
    };
    void attempt();
  }

  /** They may overtake the making of the connection. */
  async #addCandidates({ candidates }: EffectOf<"add-candidates">): Promise<void> {
    await this.#connected;
    await this.#connection?.addCandidates(
      candidates.map(({ usernameFragment = null, ...candidate }) => ({
        ...candidate,
        usernameFragment,
      })),
    );
  }

  /**
   * What is over the limits is dropped unread, and a flood ends the call. A bad message is dropped: the channel is the other kit's own,
   * and nothing in a call hangs on one message.
   */
  #takeControl(data: unknown): void {
    const now = this.#ports.now();
    const admitted = this.#rate.admit(now);
    if (admitted === "flood") this.#dispatch({ type: "failed", code: "flooded" });
    if (admitted !== "take") return;
    try {
      const message = parseControl(data);
      if (message === null) return;
      const turn = this.#rate.admitType(message.type, now);
      if (turn === "take") this.#dispatch({ type: "control", message });
      if (turn === "later") this.#takeLater(message);
    } catch {
      // Dropped.
    }
  }

  /** Of the messages of a type that come too fast the newest is taken, once there is room for it. */
  #takeLater(message: ControlMessage): void {
    const { type } = message;
    const isWaiting = this.#later.has(type);
    this.#later.set(type, message);
    if (isWaiting) return;
    const stop = this.#ports.setTimer(laterMilliseconds, () => {
      this.#stopLater.delete(stop);
      const newest = this.#later.get(type);
      this.#later.delete(type);
      if (newest === undefined || this.isOver) return;
      if (this.#rate.admitType(type, this.#ports.now()) === "take")
        this.#dispatch({ type: "control", message: newest });
      else this.#takeLater(newest);
    });
    this.#stopLater.add(stop);
  }

  #startTimer(name: TimerName, milliseconds: number): void {
    this.#stopTimer(name);
    this.#timers.set(
      name,
      this.#ports.setTimer(milliseconds, () => {
        this.#dispatch({ type: "timer", name });
      }),
    );
  }

  #stopTimer(name: TimerName): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }
}

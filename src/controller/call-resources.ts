import type { CallEffect, CallEvent } from "../call/events.ts";
import type { DeviceName, TrackIndex } from "../call/terms.ts";
import type { SensingPlan } from "../call/rules/own-devices.ts";
import { CallError, toCallError, type NoticeCode } from "../errors.ts";
import type { CallNotice } from "./call-source.ts";
import type { ConnectionListener } from "../media/connection/connection.ts";
import { controlChannel } from "../signalling/control.ts";
import { relayProblem, type CallOptions } from "./call-options.ts";
import { ControlInbox } from "./control-inbox.ts";
import type { EffectHandlers } from "./call-machine.ts";
import { watchCounters } from "./counters.ts";
import type { CallPorts, CapturePort, CipherPort, ConnectionPort, SensesPort } from "./ports.ts";

type EffectOf<T extends CallEffect["type"]> = Extract<CallEffect, { type: T }>;

/** Effects that require the resources of a call only, independent of the protocol. */
export type ResourceEffect = EffectOf<
  | "add-candidates"
  | "send-control"
  | "hide-address"
  | "limit-senders"
  | "restart-path"
  | "answer-restart"
  | "apply-restart-answer"
  | "set-device"
  | "reopen-device"
  | "pause-screen"
  | "change-screen"
  | "flip-camera"
  | "choose-device"
  | "set-voice"
>;

type EveryConnectOption = Omit<Parameters<CallPorts["createConnection"]>[0], "control">;

/** Options of a connection beyond those of the host. */
export type ConnectOptions = Partial<EveryConnectOption>;

/** A connection that is made while it rings, and what its options were then: a host may change its list in place. */
interface Ahead {
  readonly connection: ConnectionPort;
  readonly certificate: RTCCertificate | undefined;
  readonly rest: string;
}

function readOptions({ certificate, ...rest }: EveryConnectOption): Omit<Ahead, "connection"> {
  return { certificate, rest: JSON.stringify(rest) };
}

/**
 * Resources of one call: cipher, connection, devices. Each is created once, closed with the call, and reports by
 * events. Work that completes after the end releases its result.
 */
export class CallResources {
  readonly #ports: CallPorts;
  readonly #options: CallOptions;
  readonly #dispatch: (event: CallEvent) => void;
  readonly #warn: (warning: { readonly code: NoticeCode; readonly message: string }) => void;
  readonly #lifetime = new AbortController();
  #relayOnly: boolean;
  readonly #inbox: ControlInbox;
  #cipher: CipherPort | null = null;
  #connection: ConnectionPort | null = null;
  /** Made while it rings; `null` once it is taken, and where there is none. */
  #ahead: Ahead | null = null;
  #stopConnection: () => void = () => undefined;
  /** Resolves with the connection, because messages may arrive before it. */
  readonly #connected: Promise<void>;
  #setConnected!: () => void;
  #capture: CapturePort | null = null;
  #senses: SensesPort | null = null;
  /** Tracks of this side's devices. They may exist before the connection, and survive one that was refused. */
  readonly #placed = new Map<TrackIndex, MediaStreamTrack | null>();

  /** Handlers of the effects that require these resources only. */
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
    "reopen-device": ({ device, mayPrompt }) => void this.devices().reopen(device, mayPrompt),
    "pause-screen": ({ on }) => void this.devices().pauseScreen(on),
    "change-screen": () => void this.devices().changeScreen(),
    "flip-camera": ({ facing }) => void this.devices().flipCamera(facing),
    "choose-device": ({ device, id }) => {
      this.devices().chooseDevice(device, id);
    },
    "set-voice": ({ feature, on }) => {
      this.devices().setVoice(feature, on);
    },
  };

  /** @param notify takes further notices for the host. */
  constructor(
    ports: CallPorts,
    options: CallOptions,
    dispatch: (event: CallEvent) => void,
    notify: (notice: CallNotice) => void,
  ) {
    this.#warn = (error) => {
      notify({ type: "error", error });
    };
    this.#ports = ports;
    this.#options = options;
    this.#relayOnly = options.relayOnly;
    this.#connected = new Promise((resolve) => {
      this.#setConnected = resolve;
    });
    this.#dispatch = (event) => {
      if (!this.isOver) dispatch(event);
    };
    this.#inbox = new ControlInbox(ports, this.#dispatch);
  }

  /** Runs `release` at the end of the call. */
  whenOver(release: () => void): void {
    this.#lifetime.signal.addEventListener("abort", release, { once: true });
  }

  /** `true` after the end of the call. */
  get isOver(): boolean {
    return this.#lifetime.signal.aborted;
  }

  /** `true` where this side wants no address to be revealed by now: the host, or the person. */
  get isRelayOnly(): boolean {
    return this.#relayOnly || this.#options.relayOnly;
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

  /** Sends the end on the data channel, and releases everything in reverse order. */
  close(sentReason: EffectOf<"close">["reason"]): void {
    if (sentReason !== null)
      this.#connection?.sendControl(JSON.stringify({ type: "end", reason: sentReason }));
    this.#lifetime.abort();
    this.#inbox.close();
    this.#senses?.close();
    this.#capture?.close();
    this.#dropAhead();
    this.disconnect();
    this.#placed.clear();
    this.#cipher?.close();
    this.#cipher = null;
  }

  /** Starts the cipher at the first request. It contacts nobody. */
  startCipher(): CipherPort {
    if (this.isOver) throw new CallError("not-possible", "The call ended while it was set up.");
    if (this.#cipher !== null) return this.#cipher;
    const cipher = this.#ports.createCipher(
      {
        opened: (track) => {
          this.#dispatch({ type: "frame-opened", track });
        },
        unavailable: (message) => {
          this.#warn({ code: "worker-unavailable", message });
        },
        lost: () => {
          this.#dispatch({ type: "failed", code: "encryption-lost" });
        },
      },
      { workerUrl: this.#options.workerUrl, onMainThread: this.#options.encryptOnMainThread },
    );
    this.#cipher = cipher;
    const report = () => {
      const { mode } = cipher;
      if (mode === null) return;
      const sealedIn = mode === "main-thread" ? "page" : "worker";
      this.#dispatch({ type: "cipher-started", sealedIn });
    };
    // Code that awaits `ready` handles its failure.
    void cipher.ready.then(report, () => undefined);
    return cipher;
  }

  /**
   * Makes the connection while it rings, and applies the caller's offer: {@link connect} takes it where its options are still the same. It
   * contacts nobody. What fails here fails again after accept, where it is reported.
   */
  async applyAhead(
    offer: string,
    cipher: CipherPort | null,
    options: ConnectOptions,
    further?: Partial<ConnectionListener>,
  ): Promise<void> {
    if (this.isOver || this.#connection !== null) return;
    this.#dropAhead();
    let ahead: Ahead | null = null;
    try {
      const all = this.#connectOptions(options);
      ahead = { ...readOptions(all), connection: this.#create(cipher, all, further) };
      this.#ahead = ahead;
      await ahead.connection.applyOffer(offer);
    } catch {
      if (this.#ahead === ahead) this.#dropAhead();
    }
  }

  /**
   * Creates the connection once the cipher is ready: transforms are attached in the task that creates the transceivers.
   *
   * @param cipher `null` for a call without the kit's frame encryption.
   * @param further further events for a protocol.
   */
  connect(
    cipher: CipherPort | null,
    options: ConnectOptions = {},
    further: Partial<ConnectionListener> = {},
  ): ConnectionPort {
    if (this.isOver) throw new CallError("not-possible", "The call ended while it was set up.");
    const all = this.#connectOptions(options);
    const ahead = this.#ahead;
    this.#ahead = null;
    const { certificate, rest } = readOptions(all);
    const isAsPrepared = ahead?.certificate === certificate && ahead?.rest === rest;
    if (!isAsPrepared) ahead?.connection.close();
    this.disconnect();
    const connection = isAsPrepared ? ahead.connection : this.#create(cipher, all, further);
    this.#connection = connection;
    this.#setConnected();
    for (const [index, track] of this.#placed)
      void connection.setTrack(index, track).catch(() => undefined);
    const stops = [
      watchCounters(connection, cipher, this.#ports, this.#dispatch),
      this.#ports.watchNetwork(() => {
        this.#dispatch({ type: "network-changed" });
      }),
      this.#ports.watchPage?.(() => {
        this.#dispatch({ type: "seen" });
      }) ?? (() => undefined),
    ];
    this.#stopConnection = () => {
      for (const stop of stops) stop();
      connection.close();
    };
    return connection;
  }

  /** Returns the options of a connection as they are now. @throws {CallError} `bad-argument` where a relay is wanted, and there is none. */
  #connectOptions(options: ConnectOptions): EveryConnectOption {
    // Any of the person, the host and the protocol can require it.
    const relayOnly = this.isRelayOnly || options.relayOnly === true;
    const all = { iceServers: this.#options.iceServers, ...options, relayOnly };
    const problem = relayProblem({ ...this.#options, ...all });
    if (problem !== null) throw problem;
    return all;
  }

  #create(
    cipher: CipherPort | null,
    options: EveryConnectOption,
    further: Partial<ConnectionListener> = {},
  ): ConnectionPort {
    return this.#ports.createConnection({ ...options, control: controlChannel }, cipher, {
      candidatesFound: (candidates, end) => {
        // Candidates of the own engine have all fields of the message.
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
        this.#inbox.receive(data);
      },
      ...(cipher === null && {
        // Without a cipher, received media makes a track visible, instead of its first decrypted frame.
        mediaArrived: (track: TrackIndex) => {
          this.#dispatch({ type: "frame-opened", track });
        },
      }),
      ...further,
      ...(further.channelReceived && {
        // A protocol's own channels have the same limits as the control channel, all of them together.
        channelReceived: (id: number, data: unknown) => {
          if (this.#inbox.admits()) further.channelReceived?.(id, data);
        },
      }),
    });
  }

  #dropAhead(): void {
    this.#ahead?.connection.close();
    this.#ahead = null;
  }

  /** Closes a failed connection. The devices stay open for the next one. */
  disconnect(): void {
    this.#stopConnection();
    this.#stopConnection = () => undefined;
    this.#connection = null;
  }

  /** Sets or removes a track, now or once there is a connection. */
  async place(index: TrackIndex, track: MediaStreamTrack | null): Promise<void> {
    this.#placed.set(index, track);
    await this.#connection?.setTrack(index, track);
  }

  /** Returns this side's devices, created at the first request. */
  devices(): CapturePort {
    const chosen = this.#options.chosen ?? {};
    this.#capture ??= this.#ports.createCapture(
      this.#options.mediaDevices,
      {
        deviceChanged: (device, status, facing) => {
          this.#dispatch({ type: "device-changed", device, status, facing });
        },
        devicesChanged: (devices, voice) => {
          this.#dispatch({ type: "devices-listed", devices, voice });
        },
        choiceMade: (choice) => {
          Object.assign(chosen, choice);
        },
        choiceFailed: (code) => {
          this.#dispatch({ type: "choice-failed", code });
        },
        place: (index, track) => this.place(index, track),
      },
      {
        processor: this.#options.trackProcessor,
        effects: this.#options.effects ?? [],
        chosen,
      },
    );
    return this.#capture;
  }

  /** Returns the level of this side's microphone, as `CallLevels`. */
  microphone(): number {
    return this.isOver ? 0 : this.#sensesOnce().microphone();
  }

  /** Returns the level of the other side, as `CallLevels`. */
  remote(): number {
    return this.isOver ? 0 : this.#sensesOnce().remote();
  }

  /** Starts the measurements of a plan. */
  measure(plan: SensingPlan): void {
    if (this.#senses !== null || plan.microphone !== null || plan.camera !== null)
      this.#sensesOnce().measure(plan);
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

  /** Runs work whose failure ends the call with its code. Ignored after the end. */
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

  /** Runs a restart, whose failure does not end the call: another attempt follows, within the time limit. */
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

  /** Candidates may arrive before the connection is created. */
  async #addCandidates({ candidates }: EffectOf<"add-candidates">): Promise<void> {
    await this.#connected;
    await this.#connection?.addCandidates(
      candidates.map(({ usernameFragment = null, ...candidate }) => ({
        ...candidate,
        usernameFragment,
      })),
    );
  }
}

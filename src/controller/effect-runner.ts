import type { CallEffect, CallEvent, DeviceName, TimerName } from "../call/events.ts";
import type { Measurement } from "../call/measurement.ts";
import type { TransportBinding } from "../crypto/key-agreement.ts";
import { CallError, toCallError, unreachable } from "../errors.ts";
import { controlChannel, parseControl } from "../signalling/control.ts";
import type { CallOptions, CallPorts, CapturePort, CipherPort, ConnectionPort, InitiatorPort } from "./ports.ts";
import { PreparedAnswer } from "./prepared-answer.ts";

/** Between two looks at the counters. Milliseconds. */
const measureInterval = 500;
/** Looks that the worker may leave unanswered before it counts as dead: two seconds, since a busy machine is not a dead one. */
const patience = 4;

type EffectOf<T extends CallEffect["type"]> = Extract<CallEffect, { type: T }>;

/** The effects that concern more than one call's own resources, and are therefore the controller's. */
export type OutwardEffect = EffectOf<"send" | "report" | "close">;

/**
 * Carries out what the rules decided, through the ports. Owns every resource of one call, each from the effect that makes it to
 * `close`, and nothing outlives that: work that is still under way then finds the call closed and releases what it got.
 */
export class EffectRunner {
  readonly #ports: CallPorts;
  readonly #options: CallOptions;
  readonly #dispatch: (event: CallEvent) => void;
  readonly #lifetime = new AbortController();
  readonly #timers = new Map<TimerName, () => void>();
  #cipher: CipherPort | null = null;
  #connection: ConnectionPort | null = null;
  /** The connection, once there is one: a device may be quicker. */
  readonly #connected: Promise<ConnectionPort>;
  #setConnected!: (connection: ConnectionPort) => void;
  #capture: CapturePort | null = null;
  #initiator: Promise<InitiatorPort> | null = null;
  #preparing: Promise<PreparedAnswer> | null = null;
  #prepared: PreparedAnswer | null = null;

  constructor(ports: CallPorts, options: CallOptions, dispatch: (event: CallEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#connected = new Promise((resolve) => {
      this.#setConnected = resolve;
    });
    this.#dispatch = (event) => {
      if (!this.#lifetime.signal.aborted) dispatch(event);
    };
  }

  get connection(): ConnectionPort | null {
    return this.#connection;
  }

  localTrack(device: DeviceName): MediaStreamTrack | null {
    return this.#capture?.track(device) ?? null;
  }

  run(effect: Exclude<CallEffect, OutwardEffect>): void {
    switch (effect.type) {
      case "prepare-offer":
        this.#try(() => this.#prepareOffer(effect));
        break;
      case "prepare-answer":
        this.#try(() => this.#prepareAnswer(effect));
        break;
      case "answer":
        this.#try(() => this.#answer(effect));
        break;
      case "apply-answer":
        this.#try(() => this.#applyAnswer(effect));
        break;
      case "check-confirm":
        this.#try(() => this.#checkConfirm(effect));
        break;
      case "add-candidates":
        void this.#addCandidates(effect);
        break;
      case "send-control":
        this.#connection?.sendControl(JSON.stringify(effect.message));
        break;
      case "switch":
        this.#devices().switch(effect.device, effect.on);
        break;
      case "flip-camera":
        void this.#devices().flipCamera();
        break;
      case "start-timer":
        this.#startTimer(effect.name, effect.milliseconds);
        break;
      case "stop-timer":
        this.#stopTimer(effect.name);
        break;
      default:
        unreachable(effect);
    }
  }

  /** Says goodbye on the data channel and releases everything, the last made first. */
  close(farewell: EffectOf<"close">["farewell"]): void {
    if (farewell !== null) this.#connection?.sendControl(JSON.stringify({ type: "end", reason: farewell }));
    this.#lifetime.abort();
    for (const stop of this.#timers.values()) stop();
    this.#timers.clear();
    this.#capture?.close();
    this.#connection?.close();
    this.#cipher?.close();
  }

  async #prepareOffer({ callId, media }: EffectOf<"prepare-offer">): Promise<void> {
    this.#initiator = this.#ports.createInitiator({ callId, media });
    const cipher = this.#startCipher();
    const [initiator] = await Promise.all([this.#initiator, cipher.ready]);
    const offer = await this.#connect(cipher).createOffer();
    this.#dispatch({ type: "offer-ready", offer, ...initiator.share });
  }

  async #prepareAnswer({ invite }: EffectOf<"prepare-answer">): Promise<void> {
    this.#preparing = PreparedAnswer.prepare(this.#ports, invite, this.#host);
    [this.#prepared] = await Promise.all([this.#preparing, this.#startCipher().ready]);
  }

  async #answer({ invite, media }: EffectOf<"answer">): Promise<void> {
    // No `await` where all is there already: the screen is rendered at the next one, and the connection need not wait for that.
    const prepared = this.#prepared ?? (await this.#untilPrepared());
    const cipher = this.#startCipher();
    const connection = this.#connect(cipher, prepared.certificate);
    const answer = await connection.answerOffer(invite.offer);
    const { local, remote } = connection.fingerprints();
    const { secret, accept } = await prepared.agree({ offerFingerprint: remote, answerFingerprint: local });
    if (this.#lifetime.signal.aborted) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    cipher.setKeys(secret, "responder");
    this.#dispatch({ type: "answer-ready", media, body: { answer, ...accept } });
  }

  /** Accepted before the preparations were over. */
  async #untilPrepared(): Promise<PreparedAnswer> {
    const [prepared] = await Promise.all([this.#preparing, this.#startCipher().ready]);
    if (prepared === null) throw new CallError("internal", "A call was answered before it was prepared.");
    return prepared;
  }

  async #applyAnswer({ accept }: EffectOf<"apply-answer">): Promise<void> {
    const [cipher, connection, initiator] = [this.#cipher, this.#connection, await this.#initiator];
    if (cipher === null || connection === null || initiator === null) {
      throw new CallError("internal", "An answer was applied before there was an offer.");
    }
    await connection.applyAnswer(accept.answer);
    const { local, remote } = connection.fingerprints();
    const { keys, nonce, mac } = accept;
    const transport = { offerFingerprint: local, answerFingerprint: remote, ...this.#host };
    const agreed = await initiator.agree({ keys, nonce, mac }, transport);
    if (this.#lifetime.signal.aborted) return;
    cipher.setPayloadTypes(connection.mimeTypes());
    cipher.setKeys(agreed.secret, "initiator");
    this.#dispatch({ type: "answer-applied", ...agreed.confirm, securityCode: agreed.securityCode });
  }

  /** What the host brings to the key agreement. */
  get #host(): Pick<TransportBinding, "hostSecret" | "hostBinding"> {
    const { hostSecret, hostBinding } = this.#options;
    return { ...(hostSecret && { hostSecret }), ...(hostBinding && { hostBinding }) };
  }

  /** They may overtake the making of the connection. */
  async #addCandidates({ candidates }: EffectOf<"add-candidates">): Promise<void> {
    const connection = await this.#connected;
    await connection.addCandidates(
      candidates.map(({ usernameFragment = null, ...candidate }) => ({ ...candidate, usernameFragment })),
    );
  }

  async #checkConfirm({ confirm }: EffectOf<"check-confirm">): Promise<void> {
    if (this.#prepared === null) throw new CallError("internal", "A proof came before there was an agreement.");
    const securityCode = await this.#prepared.confirm({ nonce: confirm.nonce, mac: confirm.mac });
    this.#dispatch({ type: "confirmed", securityCode });
  }

  #startCipher(): CipherPort {
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

  /** Makes the connection, once the cipher can take its frames over: its transceivers are attached in the turn that makes them. */
  #connect(cipher: CipherPort, certificate?: RTCCertificate): ConnectionPort {
    if (this.#lifetime.signal.aborted) throw new CallError("not-possible", "The call ended while it was set up.");
    const { iceServers, relayOnly } = this.#options;
    const options = { iceServers, relayOnly, control: controlChannel, ...(certificate && { certificate }) };
    const connection = this.#ports.createConnection(options, cipher, {
      candidatesFound: (candidates, end) => {
        // The engine's candidates are of our own making: they have the fields that the message wants.
        const list = candidates.map(({ candidate = "", sdpMid = null, sdpMLineIndex = null, usernameFragment = null }) => ({
          candidate,
          sdpMid,
          sdpMLineIndex,
          usernameFragment,
        }));
        this.#dispatch({ type: "candidates-found", candidates: list, end });
      },
      pathChanged: (path) => {
        this.#dispatch({ type: "path-changed", path });
      },
      controlOpened: () => {
        this.#dispatch({ type: "control-opened" });
      },
      controlReceived: (data) => {
        this.#takeControl(data);
      },
    });
    this.#connection = connection;
    this.#setConnected(connection);
    this.#watch(connection, cipher);
    return connection;
  }

  /** A bad control message is dropped: the channel is the other kit's own, and nothing in a call hangs on one message. */
  #takeControl(data: unknown): void {
    try {
      const message = parseControl(data);
      if (message !== null) this.#dispatch({ type: "control", message });
    } catch {
      // Dropped.
    }
  }

  #devices(): CapturePort {
    this.#capture ??= this.#ports.createCapture(this.#options.mediaDevices, {
      deviceChanged: (device, status, facing) => {
        this.#dispatch({ type: "device-changed", device, status, facing });
      },
      camerasCounted: (count) => {
        this.#dispatch({ type: "cameras-counted", count });
      },
      place: async (index, track) => {
        const connection = await this.#connected;
        await connection.setTrack(index, track);
      },
    });
    return this.#capture;
  }

  /** Looks at the counters for as long as the call lasts. The engine's are read first: see `Measurement`. */
  #watch(connection: ConnectionPort, cipher: CipherPort): void {
    let unanswered = 0;
    const look = async () => {
      const { counts, relayed } = await connection.measure();
      const frames = new Map((await cipher.counts()).map((count) => [count.track, count]));
      unanswered = 0;
      const tracks: Measurement["tracks"] = counts.map((count) => {
        const { sealed = 0, opened = 0, duplicate = 0, forged = 0 } = frames.get(count.track) ?? {};
        return { ...count, sealed, opened, duplicate, forged };
      });
      this.#dispatch({ type: "measured", measurement: { tracks, relayed } });
    };
    const next = () => {
      if (this.#lifetime.signal.aborted) return;
      if (unanswered >= patience) {
        this.#dispatch({ type: "failed", code: "encryption-lost" });
        return;
      }
      unanswered += 1;
      if (unanswered === 1) void look().catch(() => undefined);
      stop = this.#ports.setTimer(measureInterval, next);
    };
    let stop = this.#ports.setTimer(measureInterval, next);
    this.#lifetime.signal.addEventListener("abort", () => {
      stop();
    });
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

  /** Work that fails ends the call, with the reason; after the end nobody asks. */
  #try(work: () => Promise<void>): void {
    const attempt = async () => {
      try {
        await work();
      } catch (thrown) {
        this.#dispatch({ type: "failed", code: toCallError(thrown).code });
      }
    };
    void attempt();
  }
}

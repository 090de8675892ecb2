import type { CallEffect, CallEvent, CallIntent } from "../call/events.ts";
import { type CallModel, idleModel, type CallSettings, resumedFrom } from "../call/state/model.ts";
import type { CallReport } from "../call/report.ts";
import type { ReplacedCall, ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia, EndReason, TimerName } from "../call/terms.ts";
import type { Conversation } from "../call/rules/text.ts";
import type { Resumption } from "../crypto/agreement/resumption.ts";
import { ringingTransition } from "../call/rules/ringing.ts";
import { step } from "../call/rules/step.ts";
import { toCallError } from "../errors.ts";
import { type SignalMessage, type SignalOf, toSignal } from "../signalling/messages.ts";
import { CallMachine, carryOut, Timers, type EffectHandlers } from "./call-machine.ts";
import type { CallRuntime, RunningCall, RuntimeEffect } from "./call-runtime.ts";
import { noLevels, noTracks } from "./call-source.ts";
import type { CallLevels, CallNotice, CallText, CallTracks } from "./call-source.ts";
import type { Lazy } from "./lazy.ts";
import type { PagePorts } from "./ports.ts";
import type { CallOptions } from "./call-options.ts";

/** The effects that need no runtime: a call that rings is over in time, whatever has to be loaded. */
type ImmediateEffect = Exclude<CallEffect, RuntimeEffect>;

/** The other side of a call. */
export interface CallParties {
  /** Data of the call that this one resumes. */
  readonly resumption?: Resumption | null;
  /** The contact's id from the host. */
  readonly contact?: string | undefined;
}

/** A call of `sx-call/1` with its lifetime, rules and messages, and the runtime once it is loaded. */
export class CallController {
  readonly #ports: PagePorts;
  readonly #runtime: Lazy<CallRuntime>;
  readonly #options: CallOptions;
  readonly #notify: (notice: CallNotice) => void;
  readonly #handlers: EffectHandlers<ImmediateEffect>;
  readonly #timers: Timers<TimerName>;
  readonly #machine: CallMachine<CallModel, CallEvent, CallEffect>;
  /** `null` until the runtime is needed and loaded. */
  #running: RunningCall | null = null;
  /** Effects that wait for the runtime, in order. */
  #held: RuntimeEffect[] = [];
  #isOver = false;
  readonly #settings: CallSettings;
  /** Data of the call that this one resumes, until the end of this one; `null` for none. */
  #resumption: Resumption | null;
  /** The contact's id from the host; `undefined` if unknown. */
  readonly contact: string | undefined;
  /** Time at which this call replaced another one without ringing; `null` if it did not. */
  continuedAt: number | null = null;
  /** Text of the call that this one resumes; `null` for none. */
  conversation: Conversation | null = null;
  /** Last message while it waits for its proof. */
  #sending: Promise<void> | null = null;
  /** For the host, at the end of a verified call. */
  #exported: Uint8Array | null = null;
  #isExporting = false;
  readonly #stopLooking: () => void;

  constructor(
    ports: PagePorts,
    runtime: Lazy<CallRuntime>,
    settings: CallSettings,
    options: CallOptions,
    notify: (notice: CallNotice) => void,
    { resumption = null, contact }: CallParties = {},
  ) {
    this.#ports = ports;
    this.#runtime = runtime;
    this.#options = options;
    this.#settings = settings;
    this.#resumption = resumption;
    this.contact = contact;
    this.#notify = notify;
    this.#timers = new Timers(ports, (name) => {
      this.#machine.dispatch({ type: "timer", name });
    });
    this.#handlers = {
      "start-timer": ({ name, milliseconds }) => {
        this.#timers.start(name, milliseconds);
      },
      "stop-timer": ({ name }) => {
        this.#timers.stop(name);
      },
      send: ({ callId, seq, body }) => {
        const { identity, exchange } = this.#machine.model;
        const [device, to] = [settings.device, exchange.peer?.id];
        const devices = { ...(device && { device }), ...(to && { to }) };
        this.#send(toSignal(callId ?? identity.callId, seq, body, devices));
      },
      report: ({ code }) => {
        this.#notify({ type: "error", error: this.#machine.failure(code) });
      },
      close: ({ reason }) => {
        this.#release(reason);
      },
    };
    this.#machine = new CallMachine<CallModel, CallEvent, CallEffect>({
      model: idleModel(settings),
      transition: (model, event, now) =>
        this.#running?.transition(model, event, now) ??
        ringingTransition(model, event, now) ??
        step(model),
      callOf: (model) => model,
      run: (effect) => {
        this.#run(effect);
      },
      tracks: (call) => this.#running?.tracks(call) ?? noTracks,
      follow: (call) => this.#running?.follow(call),
      rules: () => runtime.part?.rules,
      now: () => ports.now(),
      ticks: ports.ticks,
      slept: (milliseconds) => ({ type: "slept", milliseconds }),
      notify: (notice) => {
        if (notice.type === "changed") this.#prepareContinuity();
        notify(notice.type === "ended" ? this.#withContinuity(notice) : notice);
      },
    });
    this.#stopLooking =
      ports.watchClock?.(() => {
        this.#machine.dispatch({ type: "slept", milliseconds: 0 });
      }) ?? (() => undefined);
  }

  /** Data for the call that resumes this one; `null` before key confirmation, and with a kit that names no device. */
  get resumption(): Resumption | null {
    const successors = this.#running?.successors;
    const { exchange, keys } = this.#machine.model;
    const { callId, direction } = this.snapshot;
    const [device, peer] = [this.#settings.device, exchange.peer?.id];
    if (!successors || !device || !peer || callId === null || direction === null) return null;
    if (keys.securityCode === null) return null;
    const { securityCode, verification } = keys;
    const { resumption: secret } = successors;
    return { callId, side: direction, secret, securityCode, verification, device, peer };
  }

  /** Id of the call that this one resumes; `null` for none. */
  get resumes(): string | null {
    return this.#machine.model.identity.resumed?.callId ?? null;
  }

  /** Properties of an incoming invitation. */
  get invitation(): {
    readonly commitment: string | null;
    readonly acceptedAt: number | null;
    readonly isOlder: boolean;
  } {
    const { commitment, acceptedAt, peer } = this.#machine.model.exchange;
    return { commitment, acceptedAt, isOlder: peer?.id === null };
  }

  /** `sentAt` of the invitation of an incoming call; `null` for a dialled one. */
  get receivedSentAt(): number | null {
    const { identity, exchange } = this.#machine.model;
    return identity.direction === "incoming" ? exchange.sentAt : null;
  }

  get snapshot(): CallSnapshot {
    return this.#machine.snapshot;
  }

  get tracks(): CallTracks {
    return this.#machine.tracks;
  }

  /** Its report; none where its runtime is not loaded: nothing has happened then. */
  report(): CallReport | null | undefined {
    return this.#running?.report(this.#machine.model);
  }

  get levels(): CallLevels {
    return this.#running?.levels ?? noLevels;
  }

  get text(): CallText | null {
    return this.#running?.text ?? null;
  }

  /** Handles a validated message of the other side. */
  receive(message: SignalMessage): void {
    this.#machine.dispatch({ type: "signal", message });
  }

  /** Properties for a call that resumes this one; `null` if it was never connected. */
  get legacy(): ResumedCall | null {
    return resumedFrom(this.#machine.model, this.#machine.moment);
  }

  /** Accepts without ringing, after a reload of the other side's page. */
  resumeWith(invite: SignalOf<"invite">, resumed: ResumedCall): void {
    this.receive(invite);
    const media = resumed.wanted.camera ? "video" : "audio";
    this.#machine.dispatch({ type: "accept", media, resumed });
  }

  /** Another device of the same person answered or declined the call. */
  stopRinging(reason: "answered-elsewhere" | "declined"): void {
    this.#machine.dispatch({ type: "elsewhere", reason });
  }

  /** The page goes: the other side is notified, also that it may come back where this call can be resumed. */
  leavePage(): void {
    this.#machine.dispatch({ type: "leave", canResume: this.resumption !== null });
  }

  /** The page has not gone after all. */
  stayOnPage(): void {
    this.#machine.dispatch({ type: "stay" });
  }

  /** Runs a function once no step of this call is in progress. */
  whenSettled(finish: () => void): void {
    this.#machine.whenSettled(finish);
  }

  /** @throws {CallError} `not-possible`, or the code of the failure. */
  async perform(intent: CallIntent): Promise<void> {
    if (intent.type === "decline" && intent.text) {
      // The rule of words is in the runtime. Without it the call is declined without them.
      const runtime = await this.#runtime.load().catch(() => null);
      if (runtime !== null && !this.#isOver) this.#begin(runtime);
    }
    await this.#machine.perform(intent);
  }

  /**
   * Dials.
   *
   * @param resumed the call that this one resumes.
   * @param replaces the ringing call that this one replaces.
   * @returns a promise that resolves once the invitation was sent.
   * @throws {CallError} the code of the failure.
   */
  async start(media: CallMedia, resumed?: ResumedCall, replaces?: ReplacedCall): Promise<void> {
    const callId = this.#ports.newCallId();
    this.#machine.dispatch({
      type: "start",
      callId,
      media,
      ...(resumed && { resumed }),
      ...(replaces && { replaces }),
    });
    await this.#machine.until(
      () => this.snapshot.state !== "inviting" || this.snapshot.step === null,
    );
    this.#machine.throwIfFailed();
  }

  /**
   * Ends the call, if it has not ended, and notifies the other side.
   *
   * @param closed called after all notices: at once, or after the notice within which this is called.
   */
  close(closed: () => void = () => undefined): void {
    this.#machine.dispatch({ type: "hang-up" });
    this.#machine.whenSettled(() => {
      this.#release(null);
      closed();
    });
  }

  /** Gives this call up for another one of this side, which proves it by the result; `null` if nothing was sent. */
  async giveUp(): Promise<ReplacedCall | null> {
    const { exchange, identity } = this.#machine.model;
    if (!exchange.isInviteSent) return identity.replaces;
    return { callId: identity.callId, nonce: (await this.#running?.giveUp()) ?? null };
  }

  /** Id by which the other side may know this call: its own, or that of the call that it replaces; `null` before. */
  get knownId(): string | null {
    const { exchange, identity } = this.#machine.model;
    return exchange.isInviteSent ? identity.callId : (identity.replaces?.callId ?? null);
  }

  /**
   * Withdraws a call that another one replaces.
   *
   * @param notifies `true` to notify the other side, where the call rings.
   */
  withdraw(notifies: boolean): void {
    if (notifies) this.#machine.dispatch({ type: "withdraw" });
    this.#release(null);
    // Pending intents of this call continue in the other one.
    this.#machine.release();
  }

  #release(sentReason: EndReason | null): void {
    this.#stopLooking();
    this.#isOver = true;
    this.#timers.stopAll();
    this.#held = [];
    this.#running?.close(sentReason);
    this.#resumption = null;
  }

  /** Sends a message. An invitation that resumes a call needs its proof first, and later messages wait for it. */
  #send(message: SignalMessage): void {
    const notify = (proved: SignalMessage) => {
      this.#notify({ type: "signal", message: proved });
    };
    const secret = this.#resumption?.secret;
    if (message.type === "invite" && message.resumes && message.device && secret !== undefined) {
      const { resumes, device } = message;
      this.#sending = secret
        .prove({ ...message, resumes, device })
        .then((proof) => {
          notify({ ...message, proof });
        })
        // Without a proof it rings on the other side.
        .catch(() => {
          notify(message);
        })
        .then(() => {
          this.#sending = null;
        });
    } else if (this.#sending !== null) {
      void this.#sending.then(() => {
        notify(message);
      });
    } else notify(message);
  }

  /** Exports the secret after both people have confirmed the code, so that it is available at the end of the call. */
  #prepareContinuity(): void {
    const { local, remote } = this.snapshot.verification;
    const successors = this.#running?.successors;
    if (local !== true || remote !== true || !successors || this.#isExporting) return;
    this.#isExporting = true;
    successors.exportContinuity().then(
      (bytes) => {
        if (this.#machine.model.state !== "ended") this.#exported = bytes;
      },
      // Without it the next call is an ordinary one.
      () => undefined,
    );
  }

  #withContinuity(notice: Extract<CallNotice, { type: "ended" }>): CallNotice {
    const continuity = this.#exported;
    this.#exported = null;
    return continuity === null ? notice : { ...notice, continuity };
  }

  /** Executes an effect now, or in order after the runtime has loaded. */
  #run(effect: CallEffect): void {
    if (this.#isImmediate(effect)) {
      carryOut(this.#handlers, effect);
      return;
    }
    const { part } = this.#runtime;
    if (part !== null && this.#held.length === 0) this.#begin(part);
    if (this.#running !== null) {
      carryOut(this.#running.handlers, effect);
      return;
    }
    this.#held.push(effect);
    // Preparations during ringing may wait until the screen is painted.
    void this.#load(effect.type !== "prepare-answer");
  }

  /** If it does not load, a dialled or accepted call ends. A ringing call continues, and accepting retries. */
  async #load(isUrgent: boolean): Promise<void> {
    try {
      const runtime = await (isUrgent ? this.#runtime.load() : this.#runtime.loadWhenIdle());
      if (this.#isOver) return;
      const { handlers } = this.#begin(runtime);
      for (const effect of this.#held.splice(0)) carryOut(handlers, effect);
    } catch (thrown) {
      if (isUrgent) this.#machine.dispatch({ type: "failed", code: toCallError(thrown).code });
    }
  }

  #isImmediate(effect: CallEffect): effect is ImmediateEffect {
    return Object.hasOwn(this.#handlers, effect.type);
  }

  #begin(runtime: CallRuntime): RunningCall {
    const parties = {
      device: this.#settings.device,
      resumption: this.#resumption,
      conversation: this.conversation,
    };
    this.#running ??= runtime.run(
      this.#options,
      parties,
      (event) => {
        this.#machine.dispatch(event);
      },
      this.#notify,
    );
    return this.#running;
  }
}

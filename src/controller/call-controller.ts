import type { CallEffect, CallEvent } from "../call/events.ts";
import type { CallIntent } from "../call/intents.ts";
import { sensingPlan } from "../call/rules/hints.ts";
import { idleModel } from "../call/state/model.ts";
import type { CallModel } from "../call/state/model.ts";
import type { CallSettings } from "../call/state/settings.ts";
import { resumedFrom } from "../call/rules/resumption.ts";
import type { ReplacedCall, ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia, EndReason } from "../call/terms.ts";
import type { Resumption } from "../crypto/agreement/resumption-store.ts";
import { transition } from "../call/rules/transition.ts";
import { toSignal } from "../signalling/codec.ts";
import type { SignalMessage, SignalOf } from "../signalling/messages.ts";
import { CallMachine, failure } from "./call-machine.ts";
import { CallResources } from "./call-resources.ts";
import type { CallLevels, CallNotice, CallTracks } from "./call-source.ts";
import { tracksOf } from "./call-tracks.ts";
import { CallSetUp } from "./call-set-up.ts";
import { carryOut, type EffectHandlers } from "./effect-handlers.ts";
import type { CallOptions, CallPorts } from "./ports.ts";

/** The other side of a call. */
export interface CallParties {
  /** Data of the call that this one resumes. */
  readonly resumption?: Resumption | null;
  /** The contact's id from the host. */
  readonly contact?: string | undefined;
}

/** A call of `sx-call/1` with its lifetime, rules, resources and messages. */
export class CallController {
  readonly #ports: CallPorts;
  readonly #notify: (notice: CallNotice) => void;
  readonly #resources: CallResources;
  readonly #handlers: EffectHandlers<CallEffect>;
  readonly #machine: CallMachine<CallModel, CallEvent, CallEffect>;
  /** Effects that wait for the runtime, in order; `null` for none. */
  #held: CallEffect[] | null = null;
  readonly #settings: CallSettings;
  /** Data of the call that this one resumes, until the end of this one; `null` for none. */
  #resumption: Resumption | null;
  /** The contact's id from the host; `undefined` if unknown. */
  readonly contact: string | undefined;
  /** Time at which this call replaced another one without ringing; `null` if it did not. */
  continuedAt: number | null = null;
  /** Last message while it waits for its proof. */
  #sending: Promise<void> | null = null;
  /** For the host, at the end of a verified call. */
  #exported: Uint8Array | null = null;
  #isExporting = false;
  readonly #setUp: CallSetUp;
  readonly #stopLooking: () => void;

  constructor(
    ports: CallPorts,
    settings: CallSettings,
    options: CallOptions,
    notify: (notice: CallNotice) => void,
    { resumption = null, contact }: CallParties = {},
  ) {
    this.#ports = ports;
    this.#settings = settings;
    this.#resumption = resumption;
    this.contact = contact;
    this.#notify = notify;
    const dispatch = (event: CallEvent) => {
      this.#machine.dispatch(event);
    };
    this.#resources = new CallResources(ports, options, dispatch, notify);
    this.#setUp = new CallSetUp(ports, options, this.#resources, dispatch, {
      device: settings.device,
      resumption,
    });
    this.#handlers = {
      ...this.#resources.handlers,
      ...this.#setUp.handlers,
      send: ({ callId, seq, body }) => {
        const { identity, exchange } = this.#machine.model;
        const [device, to] = [settings.device, exchange.peer?.id];
        const devices = { ...(device && { device }), ...(to && { to }) };
        this.#send(toSignal(callId ?? identity.callId, seq, body, devices));
      },
      report: ({ code }) => {
        this.#notify({ type: "error", error: failure(code) });
      },
      close: ({ farewell }) => {
        this.#release(farewell);
      },
    };
    this.#machine = new CallMachine<CallModel, CallEvent, CallEffect>({
      model: idleModel(settings),
      transition,
      callOf: (model) => model,
      run: (effect) => {
        this.#run(effect);
      },
      tracks: (call) => tracksOf(call, this.#resources),
      attend: (call) => {
        this.#resources.attend(sensingPlan(call));
      },
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
    const { successors } = this.#setUp;
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

  get levels(): CallLevels {
    return this.#resources;
  }

  /** Handles a validated message of the other side. */
  take(message: SignalMessage): void {
    this.#machine.dispatch({ type: "signal", message });
  }

  /** Properties for a call that resumes this one; `null` if it was never connected. */
  get legacy(): ResumedCall | null {
    return resumedFrom(this.#machine.model, this.#machine.moment);
  }

  /** Accepts without ringing, after a reload of the other side's page. */
  takeUp(invite: SignalOf<"invite">, resumed: ResumedCall): void {
    this.take(invite);
    const media = resumed.wanted.camera ? "video" : "audio";
    this.#machine.dispatch({ type: "accept", media, resumed });
  }

  /** Another device of the same person answered or declined the call. */
  stopRinging(reason: "answered-elsewhere" | "declined"): void {
    this.#machine.dispatch({ type: "elsewhere", reason });
  }

  /** The page goes: the other side is told, also that it may come back where this call can be resumed. */
  leavePage(): void {
    this.#machine.dispatch({ type: "leave", canResume: this.resumption !== null });
  }

  /** The page has not gone after all. */
  stayOnPage(): void {
    this.#machine.dispatch({ type: "stay" });
  }

  /** Runs a function once no step of this call is in progress. */
  whenStill(finish: () => void): void {
    this.#machine.whenStill(finish);
  }

  /** @throws {CallError} `not-possible`, or the code of the failure. */
  async perform(intent: CallIntent): Promise<void> {
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
    this.#machine.whenStill(() => {
      this.#release(null);
      closed();
    });
  }

  /** Gives this call up for another one of this side, which proves it by the result; `null` if nothing was sent. */
  async giveUp(): Promise<ReplacedCall | null> {
    const { exchange, identity } = this.#machine.model;
    if (!exchange.isInviteSent) return identity.replaces;
    return { callId: identity.callId, nonce: await this.#setUp.giveUp() };
  }

  /** Id by which the other side may know this call: its own, or that of the call that it replaces; `null` before. */
  get knownId(): string | null {
    const { exchange, identity } = this.#machine.model;
    return exchange.isInviteSent ? identity.callId : (identity.replaces?.callId ?? null);
  }

  /**
   * Withdraws a call that another one replaces.
   *
   * @param tells `true` to notify the other side, where the call rings.
   */
  withdraw(tells: boolean): void {
    if (tells) this.#machine.dispatch({ type: "withdraw" });
    this.#release(null);
    // Pending intents of this call continue in the other one.
    this.#machine.release();
  }

  #release(farewell: EndReason | null): void {
    this.#stopLooking();
    this.#resources.close(farewell);
    this.#setUp.release();
    this.#resumption = null;
  }

  /** Sends a message. An invitation that resumes a call needs its proof first, and later messages wait for it. */
  #send(message: SignalMessage): void {
    const tell = (proved: SignalMessage) => {
      this.#notify({ type: "signal", message: proved });
    };
    const secret = this.#resumption?.secret;
    if (message.type === "invite" && message.resumes && message.device && secret !== undefined) {
      const { resumes, device } = message;
      this.#sending = secret
        .prove({ ...message, resumes, device })
        .then((proof) => {
          tell({ ...message, proof });
        })
        // Without a proof it rings on the other side.
        .catch(() => {
          tell(message);
        })
        .then(() => {
          this.#sending = null;
        });
    } else if (this.#sending !== null) {
      void this.#sending.then(() => {
        tell(message);
      });
    } else tell(message);
  }

  /** Exports the secret after both people have confirmed the code, so that it is available at the end of the call. */
  #prepareContinuity(): void {
    const { local, remote } = this.snapshot.verification;
    const { successors } = this.#setUp;
    if (local !== true || remote !== true || successors === null || this.#isExporting) return;
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
    if (atOnce.has(effect.type)) {
      carryOut(this.#handlers, effect);
      return;
    }
    // Preparations during ringing may wait until the screen is painted.
    const isUrgent = effect.type !== "prepare-answer";
    const loading = this.#ports.ready?.(isUrgent) ?? null;
    if (loading === null && this.#held === null) {
      carryOut(this.#handlers, effect);
      return;
    }
    (this.#held ??= []).push(effect);
    const goOn = async () => {
      await loading;
      const held = this.#held ?? [];
      this.#held = null;
      if (!this.#resources.isOver) for (const one of held) carryOut(this.#handlers, one);
    };
    // If it does not load, a dialled or accepted call ends. A ringing call continues, and accepting retries.
    if (isUrgent) this.#resources.attempt(goOn);
    else void goOn().catch(() => undefined);
  }
}

/** Effects without the runtime: a ringing call ends in time, whatever has to load. */
const atOnce: ReadonlySet<CallEffect["type"]> = new Set([
  "send",
  "report",
  "close",
  "start-timer",
  "stop-timer",
] as const);

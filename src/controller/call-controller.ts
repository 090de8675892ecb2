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

/** Whom a call is with. */
export interface CallParties {
  /** What the call that this one resumes has left. */
  readonly resumption?: Resumption | null;
  /** The host's name of the person. */
  readonly contact?: string | undefined;
}

/** One call of `sx-call/1`, one lifetime: its rules, its resources, and the words it says to the other side. */
export class CallController {
  readonly #ports: CallPorts;
  readonly #notify: (notice: CallNotice) => void;
  readonly #resources: CallResources;
  readonly #handlers: EffectHandlers<CallEffect>;
  readonly #machine: CallMachine<CallModel, CallEvent, CallEffect>;
  /** The effects that wait for the runtime, in their order; `null` where none does. */
  #held: CallEffect[] | null = null;
  readonly #settings: CallSettings;
  readonly #resumption: Resumption | null;
  /** The host's name of the person whom this call is with; `undefined` where it has not said. */
  readonly contact: string | undefined;
  /** When this call took the place of another one without ringing; `null` where it did not. */
  continuedAt: number | null = null;
  /** What was sent last, while that waits for its proof. */
  #sending: Promise<void> | null = null;
  /** For the host, at the end of a verified call. */
  #exported: Uint8Array | null = null;
  #isExporting = false;
  readonly #setUp: CallSetUp;

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
    this.#resources = new CallResources(ports, options, dispatch);
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
      notify: (notice) => {
        if (notice.type === "changed") this.#prepareContinuity();
        notify(notice.type === "ended" ? this.#withContinuity(notice) : notice);
      },
    });
  }

  /** What the call that resumes this one needs; `null` before both sides have proved their keys, and with a kit that names no device. */
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

  /** The call that this one resumes; `null` where it is a call of its own. */
  get resumes(): string | null {
    return this.#machine.model.identity.resumed?.callId ?? null;
  }

  /** What is known of the invitation of an incoming call. */
  get invitation(): {
    readonly commitment: string | null;
    readonly acceptedAt: number | null;
    readonly isOlder: boolean;
  } {
    const { commitment, acceptedAt, peer } = this.#machine.model.exchange;
    return { commitment, acceptedAt, isOlder: peer?.id === null };
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

  /** Takes a checked message of the other side. */
  take(message: SignalMessage): void {
    this.#machine.dispatch({ type: "signal", message });
  }

  /** What a call that takes this one up again takes over; `null` where this one was never connected. */
  get legacy(): ResumedCall | null {
    return resumedFrom(this.#machine.model);
  }

  /** Takes up a call without ringing: the other side's page was loaded anew. */
  takeUp(invite: SignalOf<"invite">, resumed: ResumedCall): void {
    this.take(invite);
    const media = resumed.wanted.camera ? "video" : "audio";
    this.#machine.dispatch({ type: "accept", media, resumed });
  }

  /** Another device of the same person has taken or declined the call. */
  stopRinging(reason: "answered-elsewhere" | "declined"): void {
    this.#machine.dispatch({ type: "elsewhere", reason });
  }

  /** Runs once no step of this call is under way. */
  whenStill(finish: () => void): void {
    this.#machine.whenStill(finish);
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async perform(intent: CallIntent): Promise<void> {
    await this.#machine.perform(intent);
  }

  /**
   * Dials.
   *
   * @param resumed the call that this one takes up again.
   * @param replaces the ringing call that this one dials anew.
   * @returns once the invitation has left.
   * @throws {CallError} the code of what failed.
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
   * Ends the call, if it has not ended, and tells the other side.
   *
   * @param closed called when all of that has been said: at once, or after the notice from within which this is called.
   */
  close(closed: () => void = () => undefined): void {
    this.#machine.dispatch({ type: "hang-up" });
    this.#machine.whenStill(() => {
      this.#release(null);
      closed();
    });
  }

  /** Gives this call up for another one of this side, which the other side knows by it; `null` where nothing of it has left. */
  async giveUp(): Promise<ReplacedCall | null> {
    const { exchange, identity } = this.#machine.model;
    if (!exchange.isInviteSent) return identity.replaces;
    return { callId: identity.callId, nonce: await this.#setUp.giveUp() };
  }

  /** The id by which the other side may know this call: its own, or that of the call that it dials anew; `null` before. */
  get knownId(): string | null {
    const { exchange, identity } = this.#machine.model;
    return exchange.isInviteSent ? identity.callId : (identity.replaces?.callId ?? null);
  }

  /**
   * Withdraws a call of which nothing is heard here any more: another one takes its place.
   *
   * @param tells whether the other side is told, where it rings there.
   */
  withdraw(tells: boolean): void {
    if (tells) this.#machine.dispatch({ type: "withdraw" });
    this.#release(null);
    // What was asked of this call goes on in the other one.
    this.#machine.release();
  }

  #release(farewell: EndReason | null): void {
    this.#resources.close(farewell);
    this.#setUp.release();
  }

  /** An invitation that resumes a call is proved first. What is said after it waits, so that nothing overtakes it. */
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
        // Without a proof it rings there.
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

  /** Once both people have said that the codes match: it is at hand when the call ends. */
  #prepareContinuity(): void {
    const { local, remote } = this.snapshot.verification;
    const { successors } = this.#setUp;
    if (local !== true || remote !== true || successors === null || this.#isExporting) return;
    this.#isExporting = true;
    successors.exportContinuity().then(
      (bytes) => {
        this.#exported = bytes;
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

  /** Now, or once the runtime is loaded, in the order in which it was asked for. */
  #run(effect: CallEffect): void {
    if (atOnce.has(effect.type)) {
      carryOut(this.#handlers, effect);
      return;
    }
    // What is prepared while it rings may wait until the screen shows that it rings.
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
    // Where it does not load a call ends: nobody waits for what never happens. One that rings goes on, and whoever accepts tries again.
    if (isUrgent) this.#resources.attempt(goOn);
    else void goOn().catch(() => undefined);
  }
}

/** The effects that need no runtime: a call that rings is over in time, whatever has to be loaded. */
const atOnce: ReadonlySet<CallEffect["type"]> = new Set([
  "send",
  "report",
  "close",
  "start-timer",
  "stop-timer",
] as const);

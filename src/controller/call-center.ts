import { judgeInvite, judgeKept, longestSkew } from "../call/rules/arbitration.ts";
import type { CallEffect, CallsIntent, Intent } from "../call/events.ts";
import type { FormerCall } from "../call/rules/arbitration.ts";
import { idleModel, type CallModel, type CallSettings } from "../call/state/model.ts";
import { missLate, rejectBusy } from "../call/rules/invitation.ts";
import type { CallReport } from "../call/report.ts";
import { type CallSnapshot, ringingSnapshot } from "../call/snapshot.ts";
import { CallError, toCallError } from "../errors.ts";
import type { CallErrorCode } from "../errors.ts";
import {
  parseSignal,
  type SignalBody,
  type SignalMessage,
  type SignalOf,
  toSignal,
} from "../signalling/messages.ts";
import type { ChosenDevices } from "../media/devices/device-choices.ts";
import { CallController } from "./call-controller.ts";
import type { CallParties } from "./call-controller.ts";
import { CurrentCalls, impossible } from "./current-calls.ts";
import { missingOfFloor } from "../host-values/engine-floor.ts";
import { hasRelay } from "../host-values/ice-servers.ts";
import { readOptions, relayProblem, type ReadOptions, type CallOptions } from "./call-options.ts";
import type { CallLevels, CallNotice, CallSource, CallText, CallTracks } from "./call-source.ts";
import { Backlog, KnownCalls } from "./known-calls.ts";
import { lastSeq, readLastCall, type LastCall, Resumptions } from "./resumptions.ts";
import type { CallRuntime } from "./call-runtime.ts";
import type { Lazy } from "./lazy.ts";
import { pagePorts, type PagePorts } from "./ports.ts";

/*
 * Longer than 450 lines. A decision about one invitation reads the shown call, the waiting, known and asked ones, and those
 * being proven. Decisions keep the order of the messages. That state is private to one class; a second file would have to
 * publish it. What needs less of it has files of its own: current-calls, known-calls, resumptions, arbitration.
 */

/** Maximum number of invitations with a pending proof check. */
const maxProving = 4;
/** Of how many invitations the callers may be asked at a time whether they still wait. */
const maxAsked = 16;
/** Milliseconds for their answers: twice the delay of a slow channel, and a margin. */
const askMilliseconds = 40_000;

/** @throws {CallError} `webrtc-unsupported` below the oldest supported engine, where nothing of a call can be relied on. */
function throwIfTooOld(): void {
  const missing = missingOfFloor();
  if (missing !== "") throw new CallError("webrtc-unsupported", `This engine lacks ${missing}.`);
}

type IntentOf<T extends CallsIntent["type"]> = Extract<CallsIntent, { type: T }>;
interface Early {
  readonly message: SignalMessage;
  readonly from: string | undefined;
}

/**
 * The calls of one screen: one on screen, others waiting or held. Validates input of the host and of the other sides, decides
 * about it, and passes it to its call.
 */
export class CallCenter implements CallSource {
  readonly #ports: PagePorts;
  readonly #runtime: Lazy<CallRuntime>;
  readonly #readOptions: () => ReadOptions;
  /** Last reported problem of the host's options, to report it once. */
  #reportedOptions = "";
  readonly #current: CurrentCalls;
  readonly #known: KnownCalls;
  /** Calls whose ends have overtaken their invitations: nobody has heard them ring. */
  readonly #overtaken = new KnownCalls();
  readonly #resumptions: Resumptions;
  /** This view's name among the views of its person. */
  readonly #device: string;
  /** Messages of calls whose invitations have a pending proof check. */
  readonly #proving = new Map<string, Backlog<Early>>();
  /** Invitations whose callers are asked whether they still wait. The oldest first. */
  readonly #asked = new Map<
    string,
    { readonly invite: SignalOf<"invite">; readonly from: string | undefined; stop(): void }
  >();
  readonly #obstacle: Promise<CallErrorCode | null>;
  #early: Backlog<Early> | null = new Backlog();
  #foundObstacle: CallErrorCode | null = null;
  /** Id of the contact being dialled, by the host. */
  #dialled: string | undefined;
  /** Invitation that lost glare against the call dialled here. */
  #kept: {
    readonly invite: SignalOf<"invite">;
    readonly from: string | undefined;
    readonly to: CallController;
  } | null = null;
  /** Device selections of a person, kept across calls in memory only. */
  readonly #chosen: ChosenDevices = {};
  #idleSnapshot: CallSnapshot | null = null;
  #isClosed = false;

  /** @param runtime what calls need once one is accepted or dialled. */
  constructor(options: () => CallOptions, ports: PagePorts, runtime: Lazy<CallRuntime>) {
    this.#ports = ports;
    this.#known = new KnownCalls(ports.callStorage);
    this.#runtime = runtime;
    this.#readOptions = () => readOptions(options());
    this.#device = ports.newDevice();
    this.#resumptions = new Resumptions(ports, runtime);
    this.#current = new CurrentCalls(() => this.#idle());
    this.#obstacle = ports.findObstacle().catch((): CallErrorCode => "encryption-unsupported");
    void this.#obstacle.then((obstacle) => {
      this.#foundObstacle = obstacle;
      const early = this.#early;
      this.#early = null;
      if (early !== null) this.#routeAll(early);
    });
  }

  get snapshot(): CallSnapshot {
    return this.#current.snapshot;
  }

  get tracks(): CallTracks {
    return this.#current.tracks;
  }

  /** One object for the life of the screen, because a picture frame keeps it. */
  readonly levels: CallLevels = {
    microphone: () => this.#current.shown?.levels.microphone() ?? 0,
    remote: () => this.#current.shown?.levels.remote() ?? 0,
  };

  get text(): CallText | null {
    return this.#current.shown?.text ?? null;
  }

  get setTimer(): PagePorts["setTimer"] {
    return this.#ports.setTimer;
  }

  get others(): readonly CallSnapshot[] {
    return this.#current.others;
  }

  report(): CallReport | null | undefined {
    return this.#current.shown?.report();
  }

  async perform(intent: Intent): Promise<void> {
    this.#throwIfClosed();
    throwIfTooOld();
    const { shown } = this.#current;
    switch (intent.type) {
      case "start":
      case "resume-call":
        await this.#obstacle;
        this.#throwIfClosed();
        await this.#start(intent);
        break;
      case "leave-call":
        await this.#leave(intent.last);
        break;
      case "accept-waiting":
        await this.#current.acceptWaiting(intent);
        break;
      case "decline-waiting":
        await this.#current.waiting(intent.callId).perform({ ...intent, type: "decline" });
        break;
      case "ignore-waiting":
        await this.#current.waiting(intent.callId).perform({ type: "ignore" });
        break;
      case "swap":
        await this.#current.swap(intent.callId);
        break;
      case "hide-address":
        await this.#hideAddress(intent.on);
        break;
      case "answered-elsewhere":
      case "declined-elsewhere":
        this.#current
          .find(intent.callId)
          ?.stopRinging(intent.type === "declined-elsewhere" ? "declined" : intent.type);
        this.#giveUp(intent.callId, null, "answered-elsewhere");
        // The message may overtake the invitation, also while the engine's capabilities are checked.
        this.#handleEnd(intent.callId);
        break;
      default:
        if (shown === null) throw impossible(`There is no call to do "${intent.type}" with.`);
        await shown.perform(intent);
    }
  }

  receive(untrusted: unknown, from?: string): void {
    if (this.#isClosed) return;
    let message: SignalMessage;
    try {
      throwIfTooOld();
      message = parseSignal(untrusted);
    } catch (thrown) {
      this.#notify({ type: "error", error: toCallError(thrown) });
      return;
    }
    if (this.#early === null) this.#route({ message, from });
    else this.#early.add({ message, from });
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    return this.#current.listeners.add(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { stop } of this.#asked.values()) stop();
    this.#asked.clear();
    this.#current.close();
  }

  leavePage(): void {
    for (const call of this.#current.all) call.leavePage();
  }

  stayOnPage(): void {
    for (const call of this.#current.all) call.stayOnPage();
  }

  /** Handles the waiting messages. Dropped ones are reported to the host, which may send them again. */
  #routeAll(backlog: Backlog<Early>): void {
    for (const early of backlog.take()) this.#route(early);
    if (backlog.dropped === 0) return;
    const text = `${String(backlog.dropped)} signals came before anything could be done with them, and found no room.`;
    this.#notify({ type: "error", error: new CallError("too-large", text) });
  }

  async #start(intent: IntentOf<"start" | "resume-call">): Promise<void> {
    this.#throwIfBusy();
    const { options, problem } = this.#readOptions();
    const obstacle = problem ?? relayProblem(options);
    if (obstacle !== null) throw obstacle;
    this.#reportOptions();
    const last = intent.type === "resume-call" ? this.#read(intent.last) : null;
    this.#dialled = intent.to;
    const resumption =
      last && (await this.#resumptions.load(last.call.callId, last.call.direction));
    this.#throwIfClosed();
    this.#throwIfBusy();
    const call = this.#current.show(
      this.#newCall({ isHidden: last?.call.isHidden, resumption, contact: intent.to }),
    );
    const media = last?.media ?? (intent.type === "start" ? intent.media : "audio");
    const started = call.start(media, last?.call);
    this.#remember(call.snapshot.callId, intent.to);
    await started;
  }

  async #leave(snapshot: unknown): Promise<void> {
    const last = this.#read(snapshot);
    const { callId, direction } = last.call;
    const left = await this.#resumptions.load(callId, direction);
    // In the name of the earlier page: the other side accepts no message of another device.
    const devices = left === null ? {} : { device: left.device, to: left.peer };
    this.#resumptions.forget(callId);
    this.#notify({
      type: "signal",
      message: toSignal(callId, lastSeq, { type: "end", reason: "hung-up" }, devices),
    });
  }

  /** @throws {CallError} `bad-argument` for a snapshot from which no call can be resumed. */
  #read(snapshot: unknown): LastCall {
    const last = readLastCall(snapshot, this.#ports.now());
    if (last === null) {
      throw new CallError("bad-argument", "No such call can be resumed.");
    }
    // Late messages of the old call are expected.
    this.#remember(last.call.callId);
    return last;
  }

  /** Hides the address: a setting before accepting, a new call while ringing, because the offer was sent. */
  async #hideAddress(on: boolean): Promise<void> {
    const { shown } = this.#current;
    if (shown?.snapshot.actions.includes("hide-address") !== true)
      throw impossible("The address cannot be hidden now.");
    const { state, media, local } = shown.snapshot;
    if (state === "incoming") {
      await shown.perform({ type: "hide-address", on });
      return;
    }
    const call = this.#newCall({ isHidden: on, contact: shown.contact });
    if (this.#kept !== null) this.#kept = { ...this.#kept, to: call };
    const replaced = await shown.giveUp();
    if (this.#current.shown !== shown || shown.snapshot.state !== state)
      throw impossible("The call is another one by now.");
    this.#current.redial(call);
    const started = call.start(media, undefined, replaced ?? undefined);
    this.#remember(call.snapshot.callId, shown.contact);
    if (local.microphone.state === "off")
      void call
        .perform({ type: "set-device", device: "microphone", on: false })
        .catch(() => undefined);
    await started;
  }

  #route({ message, from }: Early): void {
    if (this.#isClosed) return;
    if (message.type === "invite") {
      this.#handleInvite(message, from);
      return;
    }
    const waiting = this.#proving.get(message.callId);
    if (waiting !== undefined) {
      waiting.add({ message, from });
      return;
    }
    if (this.#handleAsked(message, from)) return;
    const call = this.#current.find(message.callId);
    if (call !== null) {
      if (mayBeOf(call, from)) call.receive(message);
      return;
    }
    // An `end` may overtake its invitation, which must not ring then. This is no error.
    const isKnown = this.#known.has(message.callId);
    if (message.type === "end") {
      if (!isKnown && message.reason !== "answered-elsewhere")
        this.#overtaken.add(message.callId, from);
      this.#handleEnd(message.callId, from);
    } else if (!isKnown)
      this.#notify({
        type: "error",
        error: new CallError("unknown-call", "A signal names an unknown call."),
      });
  }

  /** Checks the proof of an invitation before deciding about it. The claimed call does not change before. */
  #handleInvite(
    invite: SignalOf<"invite">,
    from: string | undefined,
    left: number | null = null,
  ): void {
    const { callId } = invite;
    if (this.#proving.has(callId) || this.#asked.has(callId)) return;
    if (this.#overtaken.delete(callId)) {
      if (!this.#known.isSettled(callId, invite.sentAt)) this.#missLate(invite, from, 0, null);
      return;
    }
    const proof = this.#proving.size < maxProving ? this.#proofOf(invite, from) : null;
    if (proof === null) {
      this.#judge(invite, from, "none", left);
      return;
    }
    this.#proving.set(callId, new Backlog());
    const judge = (found: FormerCall["proof"]) => {
      const waiting = this.#proving.get(callId);
      this.#proving.delete(callId);
      if (this.#isClosed) return;
      this.#judge(invite, from, found, left);
      if (waiting !== undefined) this.#routeAll(waiting);
    };
    proof.then(judge, () => {
      judge("none");
    });
  }

  /** @returns the proof of the invitation, or `null` without a verifiable claim. */
  #proofOf(
    invite: SignalOf<"invite">,
    from: string | undefined,
  ): Promise<FormerCall["proof"]> | null {
    if (this.#known.has(invite.callId)) return null;
    const former = invite.resumes === undefined ? null : this.#current.find(invite.resumes);
    if (former !== null && !mayBeOf(former, from)) return null;
    return this.#resumptions.proofOf(invite, former);
  }

  /** @param left milliseconds that the caller still waits, as it has just answered; `null` if it was not asked. */
  #judge(
    invite: SignalOf<"invite">,
    from: string | undefined,
    proof: FormerCall["proof"],
    left: number | null = null,
  ): void {
    const { snapshot, others } = this;
    const { shown } = this.#current;
    const now = this.#ports.now();
    const former = invite.resumes === undefined ? null : this.#current.find(invite.resumes);
    const resumption = proof === "resumption" ? this.#resumptions.find(invite.resumes ?? "") : null;
    // Both pages were reloaded during the same call.
    const isSameCall = resumption !== null && shown?.resumes === invite.resumes;
    const calls = {
      active: snapshot,
      others,
      known: {
        has: (id: string) =>
          this.#known.has(id) || (id === invite.callId && this.#known.isSettled(id, invite.sentAt)),
      },
      former: former && {
        proof,
        acceptedAt: former.invitation.acceptedAt,
        isOlder: former.invitation.isOlder && invite.device === undefined,
        continuedAt: former.continuedAt,
      },
      whenBusy: this.#options.whenBusy ?? "wait",
      dialledId: shown?.knownId ?? null,
      isGlare: (from !== undefined && from === this.#dialled) || isSameCall,
    } as const;
    const rang = this.#known.rangAt(invite.callId, invite.sentAt);
    const { ringMilliseconds } = this.#settings();
    // A reloaded page rings for the rest of the time, and one whose caller was asked for the rest of the caller's.
    const rest = left ?? (rang === null ? ringMilliseconds : rang + ringMilliseconds - now);
    const rings = Math.min(rest, ringMilliseconds);
    const judged = judgeInvite(invite, calls, now, left !== null);
    const isOver = judged !== "known" && judged !== "check" && rings <= 0;
    // Its time may be over only by a clock that was set.
    const over = invite.ringFor === undefined || left !== null ? "late" : "check";
    const verdict = isOver ? over : judged;
    const parties = {
      resumption,
      contact: from,
      ringMilliseconds: rings,
      // The question to the caller was the first.
      firstSeq: left === null ? 0 : 1,
    };
    // A replacing call keeps the stricter address choice of both.
    const isHidden = former !== null && !former.snapshot.exposesAddress;
    const successor = () => this.#newCall({ ...parties, isHidden });
    switch (verdict) {
      case "known":
        return;
      case "check":
        this.#ask(invite, from);
        return;
      case "late":
        this.#missLate(invite, from, parties.firstSeq);
        return;
      case "keep":
        if (this.#current.shown !== null) this.#kept = { invite, from, to: this.#current.shown };
        break;
      case "busy":
        this.#rejectBusy(invite, parties.firstSeq);
        this.#known.settle(invite.callId, from, invite.sentAt);
        break;
      case "yield":
        this.#current.yieldTo(
          this.#newCall({ ...parties, isHidden: !snapshot.exposesAddress }),
          invite,
        );
        break;
      case "replace":
        this.#current.replace(successor(), invite);
        break;
      case "continue":
        this.#current.continueWith(successor(), invite, now);
        break;
      case "resume":
        this.#current.resume(successor(), invite, now);
        this.#resumptions.forget(invite.resumes ?? "");
        break;
      case "wait":
        this.#reportOptions();
        this.#current.addWaiting(this.#newCall(parties), invite);
        break;
      case "ring":
        this.#reportOptions();
        this.#current.show(this.#newCall(parties)).receive(invite);
        break;
    }
    this.#remember(invite.callId, from);
    if (verdict === "ring" || verdict === "wait")
      this.#known.rings(invite.callId, from, invite.sentAt, now);
  }

  /** One of the two clocks may be wrong: the caller knows whether it still waits. Of too many the oldest is given up. */
  #ask(invite: SignalOf<"invite">, from: string | undefined): void {
    const { callId } = invite;
    const [oldest] = this.#asked.keys();
    if (this.#asked.size >= maxAsked && oldest !== undefined) this.#giveUp(oldest, "unanswered");
    const stop = this.#ports.setTimer(askMilliseconds, () => {
      this.#giveUp(callId, "unanswered");
    });
    this.#asked.set(callId, { invite, from, stop });
    this.#send(callId, 0, { type: "ringing", check: true });
  }

  /** @returns whether the message is about an invitation whose caller is asked. */
  #handleAsked(message: SignalMessage, from: string | undefined): boolean {
    const asked = this.#asked.get(message.callId);
    if (asked === undefined) return false;
    const { invite } = asked;
    const isCaller =
      message.device === invite.device &&
      (asked.from === undefined || from === undefined || asked.from === from);
    if (!isCaller) return true;
    if (message.type === "end") this.#giveUp(message.callId, null);
    else if (message.to !== undefined && message.to !== this.#device)
      this.#giveUp(message.callId, null, "answered-elsewhere");
    else if (message.type === "waiting") {
      asked.stop();
      this.#asked.delete(message.callId);
      this.#handleInvite(invite, asked.from, message.left);
    }
    return true;
  }

  #giveUp(
    callId: string,
    sentReason: "unanswered" | null,
    reason?: "unanswered" | "answered-elsewhere",
  ): void {
    const asked = this.#asked.get(callId);
    if (asked === undefined) return;
    asked.stop();
    this.#asked.delete(callId);
    this.#missLate(asked.invite, asked.from, 1, sentReason, reason);
  }

  /** A missed call. Its caller is notified that it was too late, unless it must be long gone. */
  #missLate(
    invite: SignalOf<"invite">,
    from: string | undefined,
    firstSeq: number,
    sentReason: "unanswered" | null = "unanswered",
    reason?: "unanswered" | "answered-elsewhere",
  ): void {
    const now = this.#ports.now();
    const isGone = now - invite.sentAt > longestSkew;
    this.#remember(invite.callId, from);
    this.#known.settle(invite.callId, from, invite.sentAt);
    const model = idleModel({ ...this.#settings(), firstSeq });
    this.#carryOut(missLate(model, invite, isGone ? null : sentReason, now, reason));
  }

  /** Decides about an invitation that lost glare once the call dialled here is connected or ended: it may ring then. */
  #settleKept(call: CallController): void {
    const kept = this.#kept;
    if (kept?.to !== call || this.#isClosed) return;
    const verdict = judgeKept(call.snapshot.state);
    if (verdict === "wait") return;
    this.#kept = null;
    if (verdict === "forget") return;
    this.#known.delete(kept.invite.callId);
    this.#handleInvite(kept.invite, kept.from);
  }

  /** Remembers an ended call, whose invitation must not ring any more. */
  #handleEnd(callId: string, from?: string): void {
    this.#remember(callId, from);
    this.#known.settle(callId, from);
    this.#giveUp(callId, null);
    if (this.#kept?.invite.callId === callId) this.#kept = null;
  }

  #rejectBusy(invite: SignalOf<"invite">, firstSeq: number): void {
    const model = idleModel({ ...this.#settings(), firstSeq });
    this.#carryOut(rejectBusy(model, invite, this.#ports.now()));
  }

  #send(callId: string, seq: number, body: SignalBody): void {
    const message = toSignal(callId, seq, body, { device: this.#device });
    this.#notify({ type: "signal", message });
  }

  /** A call that is over as soon as it is known: nothing of it is ever shown. */
  #carryOut([model, effects]: readonly [CallModel, readonly CallEffect[]]): void {
    for (const effect of effects) {
      if (effect.type === "send") this.#send(model.identity.callId, effect.seq, effect.body);
    }
    const { record } = ringingSnapshot(model);
    if (record !== null) this.#notify({ type: "ended", record });
  }

  get #options(): CallOptions {
    return this.#readOptions().options;
  }

  /** @param isHidden the person's choice for this call, or for the one that it replaces. */
  #newCall({
    isHidden = false,
    ringMilliseconds,
    firstSeq,
    ...parties
  }: CallParties &
    Partial<Pick<CallSettings, "ringMilliseconds" | "firstSeq">> & {
      readonly isHidden?: boolean | undefined;
    } = {}): CallController {
    const relayOnly = isHidden || this.#options.relayOnly;
    const read = this.#readOptions;
    const chosen = () => {
      const { options: now, problem } = read();
      if (problem !== null) throw problem;
      return now;
    };
    const options: CallOptions = {
      ...read().options,
      chosen: this.#chosen,
      // Hosts fetch servers and choose options while it rings: both are read when the connection is created.
      get iceServers() {
        return read().options.iceServers;
      },
      get relayOnly() {
        return relayOnly || read().options.relayOnly;
      },
      // A host may know who calls only once it rings. With half a secret no call is made.
      get hostSecret() {
        return chosen().hostSecret;
      },
      get hostBinding() {
        return chosen().hostBinding;
      },
    };
    const call: CallController = new CallController(
      this.#ports,
      this.#runtime,
      {
        ...this.#settings(),
        relayOnly,
        ...(ringMilliseconds !== undefined && { ringMilliseconds }),
        ...(firstSeq !== undefined && { firstSeq }),
      },
      options,
      (notice) => {
        if (notice.type === "changed") this.#resumptions.note(call);
        if (notice.type === "ended") {
          this.#resumptions.end(call.snapshot);
          // Whatever has come of it: the call that it goes on from is over, too.
          if (call.resumes !== null) this.#resumptions.forget(call.resumes);
        }
        this.#settle(call);
        this.#current.handle(call, notice);
        // After all notices of its end, and once the next call is on screen.
        if (notice.type === "ended") {
          call.whenSettled(() => {
            this.#settleKept(call);
          });
        } else if (call.snapshot.state !== "ended") this.#settleKept(call);
      },
      parties,
    );
    return call;
  }

  /** A call that came in, and does not ring any more, never does again. */
  #settle({ snapshot: { callId, state }, contact, receivedSentAt: sentAt }: CallController): void {
    if (sentAt !== null && callId !== null && state !== "idle" && state !== "incoming")
      this.#known.settle(callId, contact, sentAt);
  }

  /** The snapshot without a call is read at every rendering. It depends on one option only. */
  #idle(): CallSnapshot {
    const exposesAddress = !this.#options.relayOnly;
    if (this.#idleSnapshot?.exposesAddress !== exposesAddress)
      this.#idleSnapshot = ringingSnapshot(idleModel(this.#settings()));
    return this.#idleSnapshot;
  }

  #settings(): CallSettings {
    const {
      ringTimeoutSeconds,
      reconnectTimeoutSeconds,
      connectTimeoutSeconds,
      megabytesPerHour,
      relayOnly,
      mediaDevices,
      iceServers,
    } = this.#options;
    return {
      device: this.#device,
      ringMilliseconds: ringTimeoutSeconds * 1000,
      megabytesPerHour,
      reconnectMilliseconds: reconnectTimeoutSeconds * 1000,
      ...(connectTimeoutSeconds !== undefined && {
        connectMilliseconds: connectTimeoutSeconds * 1000,
      }),
      relayOnly,
      mayHideAddress: !relayOnly && hasRelay(iceServers),
      canShareScreen: this.#ports.canShareScreen(mediaDevices),
      unable: this.#foundObstacle ?? (this.#readOptions().problem === null ? null : "bad-argument"),
    };
  }

  /** Reports invalid options by a notice: an invitation has no promise to reject. */
  #reportOptions(): void {
    const { problem, ignored } = this.#readOptions();
    const reported = ignored?.message ?? "";
    if (problem !== null) this.#notify({ type: "error", error: problem });
    if (ignored !== null && reported !== this.#reportedOptions)
      this.#notify({ type: "error", error: ignored });
    this.#reportedOptions = reported;
  }

  #notify(notice: CallNotice): void {
    this.#current.listeners.notify(notice);
  }

  #throwIfBusy(): void {
    const { state } = this.snapshot;
    if (state !== "idle" && state !== "ended") throw impossible("There is a call already.");
  }

  /** A method, because TypeScript assumes that a field does not change across an `await`. */
  #throwIfClosed(): void {
    if (this.#isClosed) throw impossible("The call screen was closed.");
  }

  #remember(callId: string | null, contact?: string): void {
    if (callId !== null) this.#known.add(callId, contact);
  }
}

/** Returns `false` for a message of another contact than the call's. */
function mayBeOf({ contact }: CallController, from: string | undefined): boolean {
  return contact === undefined || from === undefined || contact === from;
}

/**
 * Creates the calls of one screen with the ports of this browser.
 *
 * @param options read again for every call.
 */
export function createCallCenter(
  options: () => CallOptions,
  runtime: Lazy<CallRuntime>,
): CallSource {
  return new CallCenter(options, pagePorts, runtime);
}

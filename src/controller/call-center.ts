import { judgeInvite } from "../call/arbitration.ts";
import { idleModel } from "../call/model.ts";
import type { CallSettings } from "../call/model.ts";
import { turnAway } from "../call/set-up.ts";
import type { CallMedia, CallSnapshot } from "../call/snapshot.ts";
import { toSnapshot } from "../call/to-snapshot.ts";
import { CallError, toCallError } from "../errors.ts";
import type { CallErrorCode } from "../errors.ts";
import { parseSignal, toSignal } from "../signalling/codec.ts";
import type { SignalMessage, SignalOf } from "../signalling/messages.ts";
import { browserPorts } from "./browser-ports.ts";
import { CallController } from "./call-controller.ts";
import { optionsProblem } from "./check-options.ts";
import { noTracks } from "./call-source.ts";
import type { CallIntent, CallNotice, CallSource, CallTracks } from "./call-source.ts";
import type { CallOptions, CallPorts } from "./ports.ts";

/** How many calls are remembered by their id, so that nothing late or repeated rings again. */
const rememberedCalls = 64;
/** How many messages may wait for the answer to the question whether this engine can call at all. */
const maxEarlyMessages = 64;

/**
 * The calls of one screen: one is active, the next one rings when it is over. Whoever calls meanwhile is told `busy`.
 */
export class CallCenter implements CallSource {
  readonly #ports: CallPorts;
  readonly #options: () => CallOptions;
  readonly #listeners = new Set<(notice: CallNotice) => void>();
  readonly #knownIds = new Set<string>();
  readonly #obstacle: Promise<CallErrorCode | null>;
  #early: SignalMessage[] | null = [];
  #foundObstacle: CallErrorCode | null = null;
  #active: CallController | null = null;
  #isClosed = false;

  constructor(options: () => CallOptions, ports: CallPorts) {
    this.#ports = ports;
    this.#options = options;
    this.#obstacle = ports.findObstacle().catch((): CallErrorCode => "encryption-unsupported");
    void this.#obstacle.then((obstacle) => {
      this.#foundObstacle = obstacle;
      const early = this.#early ?? [];
      this.#early = null;
      for (const message of early) this.#take(message);
    });
  }

  get snapshot(): CallSnapshot {
    return this.#active?.snapshot ?? toSnapshot(idleModel(this.#settings()));
  }

  get tracks(): CallTracks {
    return this.#active?.tracks ?? noTracks;
  }

  async perform(intent: CallIntent): Promise<void> {
    if (this.#wasClosed()) throw new CallError("not-possible", "The call screen was closed.");
    if (intent.type === "start") {
      await this.#obstacle;
      if (this.#wasClosed()) throw new CallError("not-possible", "The call screen was closed.");
      await this.#start(intent.media);
      return;
    }
    if (this.#active === null) throw new CallError("not-possible", `There is no call to do "${intent.type}" with.`);
    await this.#active.perform(intent);
  }

  receive(untrusted: unknown): void {
    if (this.#isClosed) return;
    let message: SignalMessage;
    try {
      message = parseSignal(untrusted);
    } catch (thrown) {
      this.#notify({ type: "error", error: toCallError(thrown) });
      return;
    }
    if (this.#early === null) this.#take(message);
    else if (this.#early.length < maxEarlyMessages) this.#early.push(message);
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const leave = () => {
      this.#listeners.clear();
    };
    // The listeners hear the end of the call, and then nothing more.
    if (this.#active === null) leave();
    else this.#active.close(leave);
  }

  async #start(media: CallMedia): Promise<void> {
    const { state } = this.snapshot;
    if (state !== "idle" && state !== "ended") throw new CallError("not-possible", "There is a call already.");
    const problem = optionsProblem(this.#options());
    if (problem !== null) throw problem;
    const controller = this.#newCall();
    const started = controller.perform({ type: "start", media });
    this.#remember(controller.snapshot.callId);
    await started;
  }

  #take(message: SignalMessage): void {
    if (this.#isClosed) return;
    const active = this.#active;
    if (active !== null && active.snapshot.callId === message.callId && message.type !== "invite") {
      active.take(message);
      return;
    }
    if (message.type === "invite") {
      this.#takeInvite(message);
      return;
    }
    // An `end` may overtake its own invitation: then that must not ring any more. It is no error: it ends what is not there.
    const isKnown = this.#knownIds.has(message.callId);
    if (message.type === "end") this.#remember(message.callId);
    else if (!isKnown) this.#notify({ type: "error", error: new CallError("unknown-call", "A signal names an unknown call.") });
  }

  #takeInvite(invite: SignalOf<"invite">): void {
    const { media } = this.snapshot;
    switch (judgeInvite(invite, this.snapshot, this.#knownIds)) {
      case "known":
        return;
      case "keep":
        break;
      case "busy":
        this.#turnAway(invite);
        break;
      case "yield":
        this.#active?.withdraw();
        this.#newCall(true).take(invite);
        void this.#active?.perform({ type: "accept", media }).catch(() => undefined);
        break;
      case "ring":
        this.#tellBadOptions();
        this.#newCall().take(invite);
        break;
    }
    this.#remember(invite.callId);
  }

  #turnAway(invite: SignalOf<"invite">): void {
    const [model, effects] = turnAway(idleModel(this.#settings()), invite, this.#ports.now());
    for (const effect of effects) {
      if (effect.type === "send") {
        this.#notify({ type: "signal", message: toSignal(model.callId, effect.seq, effect.body) });
      }
    }
    const { record } = toSnapshot(model);
    if (record !== null) this.#notify({ type: "ended", record });
  }

  /** @param isSilent whether the call has been accepted already, so that nobody need be told that it comes in. */
  #newCall(isSilent = false): CallController {
    const before = this.snapshot;
    let isFirst = true;
    const controller: CallController = new CallController(this.#ports, this.#settings(), this.#options(), (notice) => {
      if (this.#active !== controller || (isSilent && notice.type === "incoming")) return;
      // To whoever watches the screen, the new call follows on what was shown before it.
      this.#notify(notice.type === "changed" && isFirst ? { ...notice, previous: before } : notice);
      if (notice.type === "changed") isFirst = false;
    });
    this.#active = controller;
    return controller;
  }

  #settings(): CallSettings {
    const { ringTimeoutSeconds, reconnectTimeoutSeconds, relayOnly, mediaDevices } = this.#options();
    return {
      ringMilliseconds: ringTimeoutSeconds * 1000,
      reconnectMilliseconds: reconnectTimeoutSeconds * 1000,
      relayOnly,
      canShareScreen: this.#ports.canShareScreen(mediaDevices),
      unable: this.#foundObstacle ?? (optionsProblem(this.#options()) === null ? null : "bad-argument"),
    };
  }

  /** An invitation cannot be refused by a rejected promise: the host is told by a notice which property it was. */
  #tellBadOptions(): void {
    const error = optionsProblem(this.#options());
    if (error !== null) this.#notify({ type: "error", error });
  }

  /** A method, since TypeScript takes a field for unchanged over an `await`. */
  #wasClosed(): boolean {
    return this.#isClosed;
  }

  #remember(callId: string | null): void {
    if (callId === null) return;
    this.#knownIds.add(callId);
    const [oldest] = this.#knownIds;
    if (this.#knownIds.size > rememberedCalls && oldest !== undefined) this.#knownIds.delete(oldest);
  }

  #notify(notice: CallNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice);
      } catch (thrown) {
        // A listener's fault must not keep the rest of a step from happening: it goes where uncaught errors go.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}

/**
 * The calls of one screen, in this browser.
 *
 * @param options read anew for every call.
 */
export function createCallCenter(options: () => CallOptions, ports: CallPorts = browserPorts): CallSource {
  return new CallCenter(options, ports);
}

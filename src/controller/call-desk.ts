import type { CallsIntent } from "../call/intents.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import { CallError } from "../errors.ts";
import type { SignalOf } from "../signalling/messages.ts";
import type { CallController } from "./call-controller.ts";
import { noTracks } from "./call-source.ts";
import type { CallNotice, CallTracks } from "./call-source.ts";
import { Listeners } from "./listeners.ts";
import { OtherCalls } from "./other-calls.ts";

/**
 * Which call is shown and which are beside it. When the one that is shown ends, one that rings takes its place, or else the one
 * that was put on hold last. What a call says goes through here, so that every notice tells of the calls as they then are.
 */
export class CallDesk {
  readonly listeners = new Listeners();
  readonly #others = new OtherCalls();
  #shown: CallController | null = null;
  /** What was shown before a call of which nothing has been told yet; `null` where there is no such call. */
  #before: CallSnapshot | null = null;
  readonly #idle: () => CallSnapshot;
  /** Calls that were accepted before they could ring: nobody is told that they come in. */
  readonly #silent = new WeakSet<CallController>();
  /** Calls that another one has taken the place of: nothing is heard of them any more. */
  readonly #withdrawn = new WeakSet<CallController>();
  #isClosed = false;

  /** @param idle what is shown while there is no call. */
  constructor(idle: () => CallSnapshot) {
    this.#idle = idle;
  }

  get shown(): CallController | null {
    return this.#shown;
  }

  get snapshot(): CallSnapshot {
    return this.#shown?.snapshot ?? this.#idle();
  }

  get tracks(): CallTracks {
    return this.#shown?.tracks ?? noTracks;
  }

  get others(): readonly CallSnapshot[] {
    return this.#others.snapshots;
  }

  find(callId: string): CallController | null {
    return this.#shown?.snapshot.callId === callId ? this.#shown : this.#others.find(callId);
  }

  /** @throws {CallError} `not-possible` where no such call rings beside the one that is shown. */
  waiting(callId: string): CallController {
    const call = this.#others.find(callId);
    if (call?.snapshot.state !== "incoming") throw impossible("No such call is waiting.");
    return call;
  }

  /** Shows a new call. To whoever watches the screen, it follows on what was shown before it. */
  show(call: CallController): CallController {
    this.#before = this.snapshot;
    this.#shown = call;
    return call;
  }

  /** A new call rings beside the one that is shown. */
  putBeside(call: CallController, invite: SignalOf<"invite">): void {
    this.#others.add(call);
    call.take(invite);
  }

  /** Both sides dialled each other, and the other side's call stays: it is accepted in place of the one that is shown. */
  yieldTo(call: CallController, invite: SignalOf<"invite">): void {
    const old = this.#shown;
    const { media } = this.snapshot;
    this.#silent.add(call);
    this.#withdraw(old);
    this.show(call);
    const resumed = old?.legacy ?? null;
    // Both pages were loaded anew in the same call: it is taken up once.
    if (resumed !== null)
      call.takeUp(invite, { ...resumed, reconnections: resumed.reconnections - 1 });
    else {
      call.take(invite);
      void call.perform({ type: "accept", media }).catch(() => undefined);
    }
  }

  /** This side dials anew: the other side rings on. */
  redial(call: CallController): void {
    const old = this.#shown;
    this.show(call);
    // The new invitation says it: told by itself it could be quicker, and end the ringing.
    this.#withdraw(old, false);
  }

  /** The caller has dialled anew: the call that rings here, or was accepted, is now this one. It rings. */
  replace(call: CallController, invite: SignalOf<"invite">): void {
    this.#succeed(call, invite);
    call.take(invite);
  }

  /** The caller has dialled anew while its call was accepted here: this one is accepted in its place. */
  continueWith(call: CallController, invite: SignalOf<"invite">, now: number): void {
    const { media = "audio" } = this.find(invite.resumes ?? "")?.snapshot ?? {};
    this.#silent.add(call);
    call.continuedAt = now;
    this.#succeed(call, invite);
    call.take(invite);
    void call.perform({ type: "accept", media }).catch(() => undefined);
  }

  /** The other side's page was loaded anew: its new call takes the place of the old one, without a sound and without a record. */
  takeUp(call: CallController, invite: SignalOf<"invite">, now: number): void {
    const resumed = this.find(invite.resumes ?? "")?.legacy ?? null;
    if (resumed === null) throw impossible("No such call can be resumed.");
    this.#silent.add(call);
    call.continuedAt = now;
    this.#succeed(call, invite);
    call.takeUp(invite, resumed);
  }

  /** The new call stands where the old one stood, of which nothing is heard any more. */
  #succeed(call: CallController, { resumes = "" }: SignalOf<"invite">): void {
    const old = this.find(resumes);
    if (old !== null && this.#others.has(old)) this.#others.replace(old, call);
    else this.show(call);
    this.#withdraw(old);
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async acceptWaiting({
    callId,
    media,
    active,
  }: Omit<Extract<CallsIntent, { type: "accept-waiting" }>, "type">): Promise<void> {
    const call = this.waiting(callId);
    const old = this.#shown;
    if (active === "hold") throwUnlessHolds(old);
    const previous = this.snapshot;
    this.#bringUp(call);
    if (active === "hold") this.#setAside(old);
    else old?.close();
    this.listeners.tell({ type: "changed", previous });
    await call.perform({ type: "accept", media });
  }

  /** @throws {CallError} `not-possible`, or the code of what failed. */
  async swap(callId: string): Promise<void> {
    const call = this.#others.find(callId);
    if (!call?.snapshot.actions.includes("resume")) throw impossible("No such call is on hold.");
    const old = this.#shown;
    throwUnlessHolds(old);
    const previous = this.snapshot;
    this.#bringUp(call);
    this.#setAside(old);
    this.listeners.tell({ type: "changed", previous });
    await call.perform({ type: "resume" });
  }

  /** Takes what a call says, and tells it as it looks from here. */
  hear(call: CallController, notice: CallNotice): void {
    if (this.#withdrawn.has(call)) return;
    const isShown = this.#shown === call;
    switch (notice.type) {
      case "changed":
        this.#changed(call, notice.previous);
        return;
      case "incoming":
        if (!this.#silent.has(call))
          this.listeners.tell(isShown ? notice : { ...notice, type: "waiting" });
        return;
      case "ended":
        this.#others.remove(call);
        this.listeners.tell(notice);
        // Once everything about its end was told.
        call.whenStill(() => {
          this.#makeRoom(call);
        });
        return;
      default:
        this.listeners.tell(notice);
    }
  }

  /** Ends every call. The listeners hear that, and then nothing more. */
  close(): void {
    this.#isClosed = true;
    const calls = [...this.#others.all, ...(this.#shown === null ? [] : [this.#shown])];
    let open = calls.length;
    const leave = () => {
      open -= 1;
      if (open <= 0) this.listeners.clear();
    };
    if (open === 0) leave();
    for (const call of calls) call.close(leave);
  }

  #changed(call: CallController, before: CallSnapshot): void {
    const isShown = this.#shown === call;
    if (!isShown && !this.#others.has(call)) return;
    const previous = isShown ? (this.#before ?? before) : this.snapshot;
    if (isShown) this.#before = null;
    this.listeners.tell({ type: "changed", previous });
  }

  /** What is told from now on is told with this call as the one that is shown; the change itself once the old one is aside. */
  #bringUp(call: CallController): void {
    this.#others.remove(call);
    this.#shown = call;
    this.#before = null;
  }

  #setAside(call: CallController | null): void {
    if (call === null || call.snapshot.state === "ended") return;
    this.#others.add(call);
    // Begun in this turn: its devices are free for the next call.
    if (!call.snapshot.held.local) void call.perform({ type: "hold" }).catch(() => undefined);
  }

  /** A call that has ended makes room for the next one. */
  #makeRoom(ended: CallController): void {
    const { next } = this.#others;
    if (this.#isClosed || this.#shown !== ended || next === null) return;
    const previous = this.snapshot;
    this.#bringUp(next);
    this.listeners.tell({ type: "changed", previous });
    const { callId, state, media } = next.snapshot;
    if (this.#shown === next && state === "incoming" && callId !== null) {
      this.listeners.tell({ type: "incoming", callId, media });
    }
  }

  #withdraw(call: CallController | null, tells = true): void {
    if (call === null) return;
    call.withdraw(tells);
    // Once that was said: a step of the call may be under way.
    call.whenStill(() => {
      this.#withdrawn.add(call);
    });
  }
}

function throwUnlessHolds(call: CallController | null): void {
  if (call === null) return;
  const { state, held, actions } = call.snapshot;
  const canBeAside = state === "ended" || held.local || actions.includes("hold");
  if (!canBeAside) throw impossible("The call that is shown cannot be put on hold now.");
}

/** An error for what the state does not allow. */
export function impossible(message: string): CallError {
  return new CallError("not-possible", message);
}

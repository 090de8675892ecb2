import type { CallsIntent } from "../call/events.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import { CallError } from "../errors.ts";
import type { SignalOf } from "../signalling/messages.ts";
import type { CallController } from "./call-controller.ts";
import { noTracks, type CallNotice, type CallTracks, Listeners, noOthers } from "./call-source.ts";

/** Calls other than the one on screen: ringing and held ones. */
class OtherCalls {
  #calls: readonly CallController[] = [];
  #snapshots: readonly CallSnapshot[] = noOthers;

  /** Their snapshots, the newest first. The same array until a change. */
  get snapshots(): readonly CallSnapshot[] {
    // Excludes calls that were just created or have just ended.
    const now = this.#calls
      .map(({ snapshot }) => snapshot)
      .filter(({ state }) => state !== "idle" && state !== "ended");
    const isSame =
      now.length === this.#snapshots.length &&
      now.every((snapshot, at) => snapshot === this.#snapshots[at]);
    if (!isSame) this.#snapshots = Object.freeze(now);
    return this.#snapshots;
  }

  get all(): readonly CallController[] {
    return this.#calls;
  }

  has(call: CallController): boolean {
    return this.#calls.includes(call);
  }

  find(callId: string): CallController | null {
    return this.#calls.find(({ snapshot }) => snapshot.callId === callId) ?? null;
  }

  add(call: CallController): void {
    this.#calls = [call, ...this.#calls];
  }

  replace(call: CallController, by: CallController): void {
    this.#calls = this.#calls.map((other) => (other === call ? by : other));
  }

  remove(call: CallController): void {
    this.#calls = this.#calls.filter((other) => other !== call);
  }

  /** The next call on screen: a ringing one, or the last held one. */
  get next(): CallController | null {
    const ringing = this.#calls.filter(({ snapshot }) => snapshot.state === "incoming");
    return ringing.at(-1) ?? this.#calls[0] ?? null;
  }
}

/**
 * Selects the call on screen. When it ends, a ringing call replaces it, or the last held one. All notices pass through here, so
 * that each refers to the calls at that time.
 */
export class CurrentCalls {
  readonly listeners = new Listeners();
  readonly #others = new OtherCalls();
  #shown: CallController | null = null;
  /** Snapshot before a new call without any notice yet; `null` without such a call. */
  #before: CallSnapshot | null = null;
  readonly #idle: () => CallSnapshot;
  /** Calls accepted before they could ring: their arrival is not reported. */
  readonly #silent = new WeakSet<CallController>();
  /** Replaced calls, whose notices are dropped. */
  readonly #withdrawn = new WeakSet<CallController>();
  #isClosed = false;

  /** @param idle returns the snapshot without a call. */
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

  /** @throws {CallError} `not-possible` where no such call waits. */
  waiting(callId: string): CallController {
    const call = this.#others.find(callId);
    if (call?.snapshot.state !== "incoming") throw impossible("No such call is waiting.");
    return call;
  }

  /** Shows a new call. Listeners see it as following the previous snapshot. */
  show(call: CallController): CallController {
    this.#before = this.snapshot;
    this.#shown = call;
    return call;
  }

  /** Adds a waiting call. */
  addWaiting(call: CallController, invite: SignalOf<"invite">): void {
    this.#others.add(call);
    call.receive(invite);
  }

  /** Glare, and the other side's call remains: it is accepted in place of the one on screen. */
  yieldTo(call: CallController, invite: SignalOf<"invite">): void {
    const old = this.#shown;
    const { media } = this.snapshot;
    this.#silent.add(call);
    this.#withdraw(old);
    this.show(call);
    const resumed = old?.legacy ?? null;
    // Both pages were reloaded during the same call: it counts as one reconnection.
    if (resumed !== null)
      call.resumeWith(invite, { ...resumed, reconnections: resumed.reconnections - 1 });
    else {
      call.receive(invite);
      void call.perform({ type: "accept", media }).catch(() => undefined);
    }
  }

  /** Replaces the dialled call: the other side continues to ring. */
  redial(call: CallController): void {
    const old = this.#shown;
    this.show(call);
    // The new invitation withdraws the old one. A separate message could arrive first, and stop the ringing.
    this.#withdraw(old, false);
  }

  /** The caller replaces a call that rings here or was accepted. The new call rings. */
  replace(call: CallController, invite: SignalOf<"invite">): void {
    this.#succeed(call, invite);
    call.receive(invite);
  }

  /** The caller replaced its call while it was accepted here: the new one is accepted. */
  continueWith(call: CallController, invite: SignalOf<"invite">, now: number): void {
    const { media = "audio" } = this.find(invite.resumes ?? "")?.snapshot ?? {};
    this.#silent.add(call);
    call.continuedAt = now;
    this.#succeed(call, invite);
    call.receive(invite);
    void call.perform({ type: "accept", media }).catch(() => undefined);
  }

  /** The other side's page was reloaded: its new call replaces the old one without a sound and a record. */
  resume(call: CallController, invite: SignalOf<"invite">, now: number): void {
    const old = this.find(invite.resumes ?? "");
    const resumed = old?.legacy ?? null;
    if (resumed === null) throw impossible("No such call can be resumed.");
    call.conversation = old?.text?.conversation ?? null;
    this.#silent.add(call);
    call.continuedAt = now;
    this.#succeed(call, invite);
    call.resumeWith(invite, resumed);
  }

  /** Puts the new call in the place of the old one, whose notices are dropped. */
  #succeed(call: CallController, { resumes = "" }: SignalOf<"invite">): void {
    const old = this.find(resumes);
    if (old !== null && this.#others.has(old)) this.#others.replace(old, call);
    else this.show(call);
    this.#withdraw(old);
  }

  /** @throws {CallError} `not-possible`, or the code of the failure. */
  async acceptWaiting({
    callId,
    media,
    active,
  }: Omit<Extract<CallsIntent, { type: "accept-waiting" }>, "type">): Promise<void> {
    const call = this.waiting(callId);
    const old = this.#shown;
    if (active === "hold") throwUnlessHolds(old);
    const previous = this.snapshot;
    this.#present(call);
    if (active === "hold") this.#setAside(old);
    else old?.close();
    this.listeners.notify({ type: "changed", previous });
    await call.perform({ type: "accept", media });
  }

  /** @throws {CallError} `not-possible`, or the code of the failure. */
  async swap(callId: string): Promise<void> {
    const call = this.#others.find(callId);
    if (!call?.snapshot.actions.includes("resume")) throw impossible("No such call is on hold.");
    const old = this.#shown;
    throwUnlessHolds(old);
    const previous = this.snapshot;
    this.#present(call);
    this.#setAside(old);
    this.listeners.notify({ type: "changed", previous });
    await call.perform({ type: "resume" });
  }

  /** Handles a notice of a call, and passes it to the listeners. */
  handle(call: CallController, notice: CallNotice): void {
    if (this.#withdrawn.has(call)) return;
    const isShown = this.#shown === call;
    switch (notice.type) {
      case "changed":
        this.#changed(call, notice.previous);
        return;
      case "incoming":
        if (!this.#silent.has(call))
          this.listeners.notify(isShown ? notice : { ...notice, type: "waiting" });
        return;
      case "ended":
        this.#others.remove(call);
        this.listeners.notify(notice);
        // After all notices of its end.
        call.whenSettled(() => {
          this.#showNext(call);
        });
        return;
      default:
        this.listeners.notify(notice);
    }
  }

  /** The calls that there are, also those that have ended and are still shown. */
  get all(): readonly CallController[] {
    return [...this.#others.all, ...(this.#shown === null ? [] : [this.#shown])];
  }

  /** Ends every call. Listeners receive the ends, and then nothing more. */
  close(): void {
    this.#isClosed = true;
    const calls = this.all;
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
    this.listeners.notify({ type: "changed", previous });
  }

  /** Shows a call: notices from now on refer to it. The change is reported after the old call is aside. */
  #present(call: CallController): void {
    this.#others.remove(call);
    this.#shown = call;
    this.#before = null;
  }

  #setAside(call: CallController | null): void {
    if (call === null || call.snapshot.state === "ended") return;
    this.#others.add(call);
    // Started in this task: its devices are free for the next call.
    if (!call.snapshot.held.local) void call.perform({ type: "hold" }).catch(() => undefined);
  }

  /** Replaces an ended call by the next one. */
  #showNext(ended: CallController): void {
    const { next } = this.#others;
    if (this.#isClosed || this.#shown !== ended || next === null) return;
    const previous = this.snapshot;
    this.#present(next);
    this.listeners.notify({ type: "changed", previous });
    const { callId, state, media } = next.snapshot;
    if (this.#shown === next && state === "incoming" && callId !== null) {
      this.listeners.notify({ type: "incoming", callId, media });
    }
  }

  #withdraw(call: CallController | null, notifies = true): void {
    if (call === null) return;
    call.withdraw(notifies);
    // After its notices: a step of the call may be in progress.
    call.whenSettled(() => {
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

/** Returns an error for an impossible action. */
export function impossible(message: string): CallError {
  return new CallError("not-possible", message);
}

import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallController } from "./call-controller.ts";
import { noOthers } from "./call-source.ts";

/** The calls beside the one that is shown: those that ring, and those on hold. */
export class OtherCalls {
  #calls: readonly CallController[] = [];
  #snapshots: readonly CallSnapshot[] = noOthers;

  /** What a screen may know of them, the newest first. The same list until something changes. */
  get snapshots(): readonly CallSnapshot[] {
    // A call that has only just been made, or has just ended, is no other call.
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

  /** The one that is shown when the call before it is over: whoever rings has waited for that, then the last one put on hold. */
  get next(): CallController | null {
    const ringing = this.#calls.filter(({ snapshot }) => snapshot.state === "incoming");
    return ringing.at(-1) ?? this.#calls[0] ?? null;
  }
}

import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallController } from "./call-controller.ts";
import { noOthers } from "./call-source.ts";

/** Calls other than the one on screen: ringing and held ones. */
export class OtherCalls {
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

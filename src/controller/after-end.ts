import { dismissMilliseconds, needsNoReading } from "../call/rules/after-end.ts";
import type { CallSource } from "./call-source.ts";

export { helpsToCall, mayLeaveNote } from "../call/rules/after-end.ts";

/** Closes the screen of every ended call that needs no reading, in its time by the clock of the calls. */
export class Dismissal {
  readonly #close: (calls: CallSource) => void;
  #seen: { readonly calls: CallSource; readonly callId: string | null } | null = null;
  #cancel: (() => void) | undefined;

  constructor(close: (calls: CallSource) => void) {
    this.#close = close;
  }

  /** To be called after every change. */
  check(calls: CallSource): void {
    const { snapshot } = calls;
    const { state, callId } = snapshot;
    const closes = state === "ended" && needsNoReading(snapshot);
    if (closes && this.#seen?.calls === calls && this.#seen.callId === callId) return;
    this.stop();
    if (!closes) return;
    this.#seen = { calls, callId };
    this.#cancel = calls.setTimer?.(dismissMilliseconds, () => {
      if (calls.snapshot.callId === callId) this.#close(calls);
    });
  }

  /** Where nobody sees the screen any more. The next check begins anew. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#seen = null;
  }
}

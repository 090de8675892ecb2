import { dismissMilliseconds, needsNoReading } from "../call/rules/after-end.ts";
import type { CallSource } from "./call-source.ts";

export { helpsToCall } from "../call/rules/after-end.ts";

/** Closes the screen of every ended call that needs no reading, in its time by the clock of the calls. */
export class Dismissal {
  readonly #close: (calls: CallSource) => void;
  #seen: { readonly calls: CallSource; readonly callId: string | null } | null = null;

  constructor(close: (calls: CallSource) => void) {
    this.#close = close;
  }

  /** To be called after every change. */
  look(calls: CallSource): void {
    const { snapshot } = calls;
    const { state, callId } = snapshot;
    if (state !== "ended" || !needsNoReading(snapshot)) return;
    if (this.#seen?.calls === calls && this.#seen.callId === callId) return;
    this.#seen = { calls, callId };
    calls.setTimer?.(dismissMilliseconds, () => {
      if (calls.snapshot.callId === callId) this.#close(calls);
    });
  }
}

import type { CallSource } from "../../../controller/call-source.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { readLastCall } from "../../../controller/resumptions.ts";
import { SxResumeEvent } from "../../../events/ringing-intents.ts";

interface LastCallHost extends HTMLElement {
  lastCall: CallSnapshot | null;
  readonly calls: CallSource;
  resumeCall(last: unknown): Promise<void>;
}

/** The offer to resume the call of the page before a reload. */
export class LastCallOffer {
  readonly #host: LastCallHost;
  readonly #isFree: () => boolean;

  /** @param isFree returns `true` while no other call is on screen. */
  constructor(host: LastCallHost, isFree: () => boolean) {
    this.#host = host;
    this.#isFree = isFree;
  }

  /** The last call, if it can be resumed now. */
  get current() {
    const { lastCall } = this.#host;
    return lastCall !== null && this.#isFree() ? readLastCall(lastCall, Date.now()) : null;
  }

  readonly resume = (): void => {
    const host = this.#host;
    const { lastCall } = host;
    const callId = lastCall?.callId ?? null;
    if (callId === null || !host.dispatchEvent(new SxResumeEvent({ callId }))) return;
    host.lastCall = null;
    void host.resumeCall(lastCall).catch(() => undefined);
  };

  readonly leave = (): void => {
    const { calls, lastCall } = this.#host;
    void calls.perform({ type: "leave-call", last: lastCall }).catch(() => undefined);
    this.#host.lastCall = null;
  };
}

import type { CallSnapshot } from "../call/snapshot.ts";
import type { Resumption, ResumptionStore } from "../crypto/agreement/resumption-store.ts";
import type { CallController } from "./call-controller.ts";
import type { CallPorts } from "./ports.ts";

/** How often a call that goes on gives a sign of life to the store. Milliseconds. */
const signOfLife = 15_000;
/** How long a call that was lost is known: as long as the other side can resume it. Milliseconds. */
const lostMilliseconds = 60_000;
/** How many calls that were lost are known. */
const maxLost = 4;

/** What the calls of one screen leave to the calls that resume them: in memory, and in the store over a reload. */
export class Resumptions {
  readonly #ports: Pick<CallPorts, "now" | "resumptions">;
  readonly #running = new Map<
    string,
    { readonly resumption: Resumption; readonly savedAt: number }
  >();
  /** Ended by a lost path, or left behind by this page's former load. */
  readonly #lost = new Map<string, { readonly resumption: Resumption; readonly until: number }>();

  constructor(ports: Pick<CallPorts, "now" | "resumptions">) {
    this.#ports = ports;
  }

  /** @returns what such a call has left; `null` where nothing is known of it. */
  find(callId: string): Resumption | null {
    this.#forgetOld();
    return (this.#running.get(callId) ?? this.#lost.get(callId))?.resumption ?? null;
  }

  /** Takes out of the store what this page's former load has left of a call. */
  async load(callId: string, side: Resumption["side"]): Promise<Resumption | null> {
    const resumption = await this.#store((store) => store.take(callId, side, this.#ports.now()));
    if (resumption) this.#keepLost(resumption);
    return resumption ?? null;
  }

  /** Keeps what a call would leave, as it is now. */
  note(call: CallController): void {
    const { resumption } = call;
    if (resumption === null) return;
    const { callId } = resumption;
    const now = this.#ports.now();
    const known = this.#running.get(callId);
    const isSame =
      known?.resumption.verification === resumption.verification &&
      now - known.savedAt < signOfLife;
    if (isSame) return;
    this.#running.set(callId, { resumption, savedAt: now });
    void this.#store((store) => store.save(resumption, now));
  }

  /** The call is over. Only one whose path was lost may be resumed: its other side may not know yet. */
  end({ callId, ending }: CallSnapshot): void {
    if (callId === null) return;
    const known = this.#running.get(callId)?.resumption;
    this.#running.delete(callId);
    if (known === undefined) return;
    void this.#store((store) => store.remove(callId, known.side));
    if (ending?.problem === "connection-failed") this.#keepLost(known);
  }

  /** Another call has taken the place of this one. */
  forget(callId: string): void {
    const known = this.#running.get(callId)?.resumption;
    this.#running.delete(callId);
    this.#lost.delete(callId);
    if (known !== undefined) void this.#store((store) => store.remove(callId, known.side));
  }

  #keepLost(resumption: Resumption): void {
    this.#forgetOld();
    this.#lost.set(resumption.callId, { resumption, until: this.#ports.now() + lostMilliseconds });
    const [oldest] = this.#lost.keys();
    if (this.#lost.size > maxLost && oldest !== undefined) this.#lost.delete(oldest);
  }

  #forgetOld(): void {
    for (const [callId, { until }] of this.#lost)
      if (this.#ports.now() >= until) this.#lost.delete(callId);
  }

  /** A store that fails is as good as an empty one. */
  async #store<T>(work: (store: ResumptionStore) => Promise<T>): Promise<T | null> {
    try {
      return await work(this.#ports.resumptions);
    } catch {
      return null;
    }
  }
}

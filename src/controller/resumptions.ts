import { resumptionMilliseconds, type ResumedCall } from "../call/state/identity.ts";
import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import { isRecord } from "../host-values/host-value.ts";
import type { FormerCall } from "../call/rules/arbitration.ts";
import type { Resumption, ResumptionStore } from "../crypto/agreement/resumption.ts";
import type { CallController } from "./call-controller.ts";
import type { SignalOf } from "../signalling/messages.ts";
import type { CallRuntime } from "./call-runtime.ts";
import type { Lazy } from "./lazy.ts";
import type { PagePorts } from "./ports.ts";

/**
 * Number of a message about such a call. The count of sent messages is lost with the old page, so the highest valid number is
 * used, which no call reaches.
 */
export const lastSeq = 0x7fff_ffff;

/** The call of the page before a reload. */
export interface LastCall {
  readonly media: CallMedia;
  readonly call: ResumedCall;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Reads a snapshot that the host has stored. Any value is accepted.
 *
 * @param untrusted the last `CallSnapshot` before the reload, as an object.
 * @param now milliseconds since the epoch.
 * @returns properties for a new call; `null` for anything but the snapshot of a connected call of the last 60 s.
 */
export function readLastCall(untrusted: unknown, now: number): LastCall | null {
  try {
    return read(untrusted, now);
  } catch {
    // A getter or a proxy threw.
    return null;
  }
}

function read(untrusted: unknown, now: number): LastCall | null {
  if (!isRecord(untrusted)) return null;
  const { state, asOf, callId, direction, media, startedAt, connectedAt, reconnections } =
    untrusted;
  const { local, exposesAddress, talk } = untrusted;
  if (state !== "connected" && state !== "reconnecting") return null;
  if (typeof callId !== "string" || !/^[A-Za-z0-9_-]{22}$/.test(callId)) return null;
  if (direction !== "incoming" && direction !== "outgoing") return null;
  if (media !== "audio" && media !== "video") return null;
  if (!isTime(asOf) || !isTime(startedAt) || !isTime(connectedAt) || !isTime(reconnections))
    return null;
  if (!isRecord(local) || !isRecord(local.microphone) || !isRecord(local.camera)) return null;
  // A clock that was set back must not keep an offer forever.
  if (Math.abs(now - asOf) > resumptionMilliseconds || startedAt > connectedAt) return null;
  const wanted = {
    microphone: local.microphone.state === "on",
    camera: local.camera.state === "on",
    screen: false,
  };
  return {
    media,
    call: {
      callId,
      direction,
      startedAt,
      connectedAt,
      talked:
        isRecord(talk) && isTime(talk.milliseconds)
          ? talk.milliseconds
          : Math.max(0, asOf - connectedAt),
      reconnections,
      wanted,
      isHeld: false,
      isHidden: exposesAddress === false,
    },
    until: asOf + resumptionMilliseconds,
  };
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Milliseconds between updates of the stored record of a running call. */
const signOfLife = 15_000;
/** Milliseconds for which a lost call is remembered, as long as the other side can resume it. */
const lostMilliseconds = 60_000;
/** Maximum number of remembered lost calls. */
const maxLost = 4;

/** Data of the calls of one screen for calls that resume them: in memory, and in the store across a reload. */
export class Resumptions {
  readonly #ports: Pick<PagePorts, "now" | "setTimer">;
  readonly #runtime: Lazy<CallRuntime>;
  readonly #running = new Map<
    string,
    { readonly resumption: Resumption; readonly savedAt: number }
  >();
  /** Calls that ended by a lost path, or at the former load of this page. */
  readonly #lost = new Map<string, { readonly resumption: Resumption; readonly until: number }>();

  constructor(ports: Pick<PagePorts, "now" | "setTimer">, runtime: Lazy<CallRuntime>) {
    this.#ports = ports;
    this.#runtime = runtime;
  }

  /** @returns the data of a call; `null` for an unknown one. */
  find(callId: string): Resumption | null {
    this.#forgetOld();
    return (this.#running.get(callId) ?? this.#lost.get(callId))?.resumption ?? null;
  }

  /**
   * Checks what an invitation claims of another call.
   *
   * @param former that call, where it is known here.
   * @returns `null` where it claims nothing, or nothing that can be checked.
   */
  proofOf(
    invite: SignalOf<"invite">,
    former: CallController | null,
  ): Promise<FormerCall["proof"]> | null {
    const { resumes, device, proof, formerNonce } = invite;
    if (resumes === undefined || device === undefined) return null;
    const left = this.find(resumes);
    if (proof !== undefined && left !== null) {
      return left.secret
        .isProof({ ...invite, resumes, device }, proof)
        .then((isProof) => (isProof ? "resumption" : "none"));
    }
    const commitment = former?.invitation.commitment ?? null;
    if (formerNonce === undefined || commitment === null) return null;
    return this.#runtime
      .load()
      .then((runtime) => runtime.isAuthorOf(resumes, commitment, formerNonce))
      .then((isAuthor) => (isAuthor ? "authorship" : "none"));
  }

  /** Takes the data of a call of this page's former load from the store. Rejects if the runtime does not load. */
  async load(callId: string, side: Resumption["side"]): Promise<Resumption | null> {
    await this.#runtime.load();
    const resumption = await this.#store((store) => store.take(callId, side, this.#ports.now()));
    if (resumption) this.#keepLost(resumption);
    return resumption ?? null;
  }

  /** Stores the present data of a call. */
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

  /** Handles the end of a call. Only a call with a lost path can be resumed, because its other side may not have noticed. */
  end({ callId, ending }: CallSnapshot): void {
    if (callId === null) return;
    const known = this.#running.get(callId)?.resumption;
    this.#running.delete(callId);
    if (known === undefined) return;
    void this.#store((store) => store.remove(callId, known.side));
    if (ending?.problem === "connection-failed") this.#keepLost(known);
  }

  /** Removes a call that another one has replaced. */
  forget(callId: string): void {
    const known = this.#running.get(callId)?.resumption;
    this.#running.delete(callId);
    this.#lost.delete(callId);
    if (known !== undefined) void this.#store((store) => store.remove(callId, known.side));
  }

  #keepLost(resumption: Resumption): void {
    this.#forgetOld();
    this.#forgetLater();
    this.#lost.set(resumption.callId, { resumption, until: this.#ports.now() + lostMilliseconds });
    const [oldest] = this.#lost.keys();
    if (this.#lost.size > maxLost && oldest !== undefined) this.#lost.delete(oldest);
  }

  /** Not only when somebody asks: no key stays for longer than it is of use. */
  #forgetLater(): void {
    this.#ports.setTimer(lostMilliseconds, () => {
      this.#forgetOld();
    });
  }

  #forgetOld(): void {
    for (const [callId, { until }] of this.#lost)
      if (this.#ports.now() >= until) this.#lost.delete(callId);
  }

  /** A failing store counts as empty. */
  async #store<T>(work: (store: ResumptionStore) => Promise<T>): Promise<T | null> {
    const { part: runtime } = this.#runtime;
    try {
      // A call that leaves something has its runtime.
      return runtime && (await work(runtime.resumptions));
    } catch {
      return null;
    }
  }
}

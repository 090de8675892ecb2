import type { CallEvent } from "../call/events.ts";
import { type ControlMessage, ControlRate, parseControl } from "../signalling/control.ts";
import type { CallPorts } from "./ports.ts";

/** Milliseconds for which a message above the rate waits. */
const laterMilliseconds = 200;

/** Receives the messages of a call's data channels, within their rate. */
export class ControlInbox {
  readonly #ports: Pick<CallPorts, "now" | "setTimer">;
  readonly #dispatch: (event: CallEvent) => void;
  readonly #rate = new ControlRate();
  readonly #later = new Map<ControlMessage["type"], ControlMessage>();
  readonly #stopLater = new Set<() => void>();

  constructor(ports: Pick<CallPorts, "now" | "setTimer">, dispatch: (event: CallEvent) => void) {
    this.#ports = ports;
    this.#dispatch = dispatch;
  }

  /**
   * Handles a message of the data channel. Above the rate it is dropped unread, and a flood ends the call. An invalid message
   * is dropped: a call does not depend on a single message.
   */
  receive(data: unknown): void {
    if (!this.admits()) return;
    const now = this.#ports.now();
    try {
      const message = parseControl(data);
      if (message === null) return;
      const turn = this.#rate.admitType(message.type, now);
      if (turn === "take") this.#dispatch({ type: "control", message });
      if (turn === "later") this.#handleLater(message);
    } catch {
      // Dropped.
    }
  }

  /** Applies the rate limit to one message of any data channel. A flood ends the call. */
  admits(): boolean {
    const admitted = this.#rate.admit(this.#ports.now());
    if (admitted === "flood") this.#dispatch({ type: "failed", code: "flooded" });
    return admitted === "take";
  }

  /** Drops what waits. */
  close(): void {
    for (const stop of this.#stopLater) stop();
    this.#stopLater.clear();
    this.#later.clear();
  }

  /** Keeps the newest message of a type above the rate, and handles it later. */
  #handleLater(message: ControlMessage): void {
    const { type } = message;
    const isWaiting = this.#later.has(type);
    this.#later.set(type, message);
    if (isWaiting) return;
    const stop = this.#ports.setTimer(laterMilliseconds, () => {
      this.#stopLater.delete(stop);
      const newest = this.#later.get(type);
      this.#later.delete(type);
      if (newest === undefined) return;
      if (this.#rate.admitType(type, this.#ports.now()) === "take")
        this.#dispatch({ type: "control", message: newest });
      else this.#handleLater(newest);
    });
    this.#stopLater.add(stop);
  }
}

import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { CallPair, Side } from "./call-pair.ts";
import { ConnectionSight } from "./connection-sight.ts";

/** A real side that a test sees into: its connection, its data channel, its network. */
export class LiveSide extends Side {
  readonly sight: ConnectionSight;
  /** `true` if the host's channel takes the messages of a new path from this side. Everything else it takes in any case. */
  hostCarriesPaths = true;
  readonly #changes: Set<() => void>;

  constructor(options: Partial<CallOptions> = {}) {
    const sight = new ConnectionSight();
    const changes = new Set<() => void>();
    const ports: CallPorts = {
      ...sight.ports,
      watchNetwork(changed) {
        changes.add(changed);
        // The page's own signs as well.
        const stop = browserPorts.watchNetwork(changed);
        return () => {
          changes.delete(changed);
          stop();
        };
      },
    };
    super(options, ports);
    this.sight = sight;
    this.#changes = changes;
  }

  /** This side alone comes to another network. */
  changeNetwork(): void {
    for (const changed of this.#changes) changed();
  }

  /** Types of messages sent over the host's channel. */
  get saidToHost(): string[] {
    return this.sent.map(({ type }) => type);
  }

  /** The host's channel from this side. */
  carry(message: SignalMessage): SignalMessage | null {
    const isOfPath = ["restart", "restart-answer", "candidates"].includes(message.type);
    return isOfPath && !this.hostCarriesPaths ? null : message;
  }
}

/** Two of them, joined by their hosts' channels. */
export class LivePair extends CallPair {
  override readonly a: LiveSide;
  override readonly b: LiveSide;

  constructor() {
    const [a, b] = [new LiveSide(), new LiveSide()];
    super({ a, b, fromA: (message) => a.carry(message), fromB: (message) => b.carry(message) });
    this.a = a;
    this.b = b;
  }

  /** Waits until both sides have agreed on a path of another generation, and each means by it what the other one does. */
  async untilNewPath(before: Generations): Promise<void> {
    for (;;) {
      const { a, b, agree } = this.generations;
      if (agree && a !== before.a && b !== before.b) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  get generations(): Generations {
    const [a, b] = [this.a.sight.generation, this.b.sight.generation];
    const agree =
      a.local !== null && b.local !== null && a.remote === b.local && b.remote === a.local;
    return { a: a.local, b: b.local, agree };
  }
}

/** The names of the path's generation at both ends. */
export interface Generations {
  readonly a: string | null;
  readonly b: string | null;
  /** `true` if each side means by the other's end what the other one does. */
  readonly agree: boolean;
}

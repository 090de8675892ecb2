import { mostMeasured, orderServers, relaysOf, type Relay } from "../call/rules/relay-order.ts";
import { probeRelay } from "../media/probe/probes.ts";
import type { RelayChoice } from "../media/connection/relay-choice.ts";

/** Milliseconds for which a relay is waited for, and for which its time is used. */
const patience = 2_000;
const validity = 300_000;

/** Ports for measuring relays. */
export interface RelayTimesPorts {
  now(): number;
  /** Resolves with the milliseconds to a relayed address; `null` for none in time. Rejects where the signal stops it. */
  probe(
    server: RTCIceServer,
    limits: { readonly milliseconds: number; readonly signal: AbortSignal },
  ): Promise<number | null>;
  watchNetwork(changed: () => void): () => void;
}

/** Measured round-trip times to the relays of a host. A change of network discards them. */
export class MeasuredRelays {
  readonly #ports: RelayTimesPorts;
  #times = new Map<string, { readonly at: number; readonly time: number | null }>();
  #running = new Map<string, Promise<void>>();
  #isWatching = false;

  constructor(ports: RelayTimesPorts) {
    this.#ports = ports;
  }

  /**
   * Returns the choice of relays for a call.
   *
   * @param isMeasuring `true` to measure the relays now. Without it nobody is contacted: only what is known by now counts.
   * @param signal ends it with the call.
   */
  choose(servers: readonly RTCIceServer[], isMeasuring: boolean, signal: AbortSignal): RelayChoice {
    return {
      measured: isMeasuring ? this.#measure(servers, signal) : Promise.resolve(),
      servers: (most) => orderServers(servers, this.#known(), most),
    };
  }

  #known(): Map<string, number | null> {
    const since = this.#ports.now() - validity;
    for (const [key, { at }] of this.#times) if (at < since) this.#times.delete(key);
    return new Map([...this.#times].map(([key, { time }]) => [key, time]));
  }

  async #measure(servers: readonly RTCIceServer[], signal: AbortSignal): Promise<void> {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#ports.watchNetwork(() => {
        // New ones: what is still measured by the former network is of no use.
        this.#times = new Map();
        this.#running = new Map();
      });
    }
    const known = this.#known();
    const relays = relaysOf(servers);
    // One alone has no order.
    if (relays.length < 2) return;
    const wanted = relays.slice(0, mostMeasured).filter(({ key }) => !known.has(key));
    await Promise.all(wanted.map((relay) => this.#ask(relay, signal)));
  }

  #ask({ key, server }: Relay, signal: AbortSignal): Promise<void> {
    const [times, all] = [this.#times, this.#running];
    const ask = async () => {
      try {
        const time = await this.#ports.probe(server, { milliseconds: patience, signal });
        times.set(key, { at: this.#ports.now(), time });
      } catch {
        // The call has ended, or the engine refused the server, which it reports again with the call's own connection.
      } finally {
        all.delete(key);
      }
    };
    const running = all.get(key) ?? ask();
    all.set(key, running);
    return running;
  }
}

/** The relays of calls in this page. */
export function relaysOfPage(ports: Omit<RelayTimesPorts, "probe">): MeasuredRelays | undefined {
  return new MeasuredRelays({ ...ports, probe: probeRelay });
}

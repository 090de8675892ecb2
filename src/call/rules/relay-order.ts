/** The used part of W3C `RTCIceServer`. */
export interface ServerEntry {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One relay: all addresses of one name with the same access, so that it keeps its ways by UDP, TCP and TLS. */
export interface Relay {
  /** Name and user, without the password. */
  readonly key: string;
  readonly server: {
    readonly urls: string[];
    readonly username?: string;
    readonly credential?: string;
  };
}

/** Milliseconds to a relayed address by {@link Relay.key}; `null` where none came. What was not measured is not in it. */
export type RelayTimes = ReadonlyMap<string, number | null>;

/** Relays that are measured: the first of the host's list. */
export const mostMeasured = 8;
/** Relays that a call begins with: the fastest, and another one in case it fails. Engines get an address at each one of the list. */
export const mostUsed = 2;

/** Returns the relays of a list, in its order. */
export function relaysOf(servers: readonly ServerEntry[]): Relay[] {
  const relays = new Map<string, Relay>();
  for (const { urls, ...access } of servers)
    for (const url of [urls].flat()) {
      const host = /^turns?:(\[[^\]]*\]|[^:?]*)/.exec(url)?.[1];
      if (host === undefined) continue;
      const key = JSON.stringify([host, access.username]);
      const group = key + JSON.stringify(access.credential);
      const relay = relays.get(group) ?? { key, server: { urls: [], ...access } };
      relay.server.urls.push(url);
      relays.set(group, relay);
    }
  return [...relays.values()];
}

/**
 * Orders the relays of a list: measured ones, the fastest first, then those that were not measured, then those without an answer. All else
 * keeps the host's order. STUN servers follow the relays.
 *
 * @param most relays to keep. One without an answer is dropped only where another one has answered.
 */
export function orderServers(
  servers: readonly ServerEntry[],
  times: RelayTimes,
  most = mostUsed,
): Relay["server"][] {
  const relays = relaysOf(servers);
  const timeOf = ({ key }: Relay) => times.get(key);
  const answered = relays.filter((relay) => typeof timeOf(relay) === "number");
  answered.sort((one, other) => Number(timeOf(one)) - Number(timeOf(other)));
  const open = relays.filter((relay) => timeOf(relay) === undefined);
  const dead = relays.filter((relay) => timeOf(relay) === null);
  const kept =
    answered.length > 0 ? [...answered, ...open, ...dead].slice(0, most) : [...open, ...dead];
  const others = servers.flatMap(({ urls }) => {
    const stun = [urls].flat().filter((url) => url.startsWith("stun"));
    return stun.length > 0 ? [{ urls: stun }] : [];
  });
  return [...kept.map(({ server }) => server), ...others];
}

import { isWorkingRelay, toConnectionReport } from "../call/state/connection-report.ts";
import type {
  ConnectionReport,
  LoopReport,
  ServerObservation,
} from "../call/state/connection-report.ts";
import { CallError } from "../errors.ts";
import {
  probeServer,
  reasonOf,
  type ProbedServer,
  type ProbeLimits,
  probeLoop,
} from "../media/probe/probes.ts";

/** Options of a connection check. */
export interface ConnectionCheckOptions {
  /** Aborts the check and closes everything it has opened. */
  readonly signal?: AbortSignal;
  /** Seconds allowed for each server, and for the loop test: 1 to 60, 10 by default. */
  readonly timeoutSeconds?: number;
}

/** Engine functions of a check; tests provide their own. */
export interface ConnectionProbes {
  isSupported(): boolean;
  probeServer(server: ProbedServer, limits: ProbeLimits): Promise<ServerObservation>;
  probeLoop(iceServers: RTCIceServer[], limits: ProbeLimits): Promise<number | null>;
}

const defaultSeconds = 10;
const minSeconds = 1;
const maxSeconds = 60;
/** Far above any real list. Bounds the connections that a faulty list can open. */
const maxUrls = 32;
/** Number of servers asked at a time. */
const lanes = 8;

/** Returns `true` where this engine can perform a check. Some WebViews have no WebRTC. */
export function canCheckConnection(): boolean {
  return typeof RTCPeerConnection === "function";
}

const browserProbes: ConnectionProbes = {
  isSupported: canCheckConnection,
  probeServer,
  probeLoop,
};

/**
 * Checks before a call whether calls can connect from this network. Asks each address of each STUN and TURN server separately,
 * then sends a test message to this page through the working relays. Only servers in the list are contacted.
 *
 * @param iceServers servers to check, W3C `RTCIceServer[]`, at most 32 addresses.
 * @returns a verdict for each address and an overall one, without passwords and without addresses of this device.
 * @throws {CallError} `webrtc-unsupported` without WebRTC, `bad-argument` for an invalid list or time.
 * @throws {Error} the reason of the aborted signal.
 * @example const { overall } = await checkConnection([{ urls: "turn:example.org", username: "ann", credential: "secret" }]);
 */
export function checkConnection(
  iceServers: RTCIceServer[],
  options: ConnectionCheckOptions = {},
): Promise<ConnectionReport> {
  return runConnectionCheck(iceServers, options, browserProbes);
}

/** {@link checkConnection} with given probes. */
export async function runConnectionCheck(
  iceServers: RTCIceServer[],
  {
    signal = new AbortController().signal,
    timeoutSeconds = defaultSeconds,
  }: ConnectionCheckOptions,
  probes: ConnectionProbes,
): Promise<ConnectionReport> {
  if (!probes.isSupported())
    throw new CallError("webrtc-unsupported", "This engine has no WebRTC.");
  const servers = serversOf(iceServers);
  if (!(timeoutSeconds >= minSeconds && timeoutSeconds <= maxSeconds))
    throw wrong("timeoutSeconds");
  if (signal.aborted) throw reasonOf(signal);
  const limits: ProbeLimits = { milliseconds: timeoutSeconds * 1000, signal };

  const observations = await inLanes(servers, (server) => probes.probeServer(server, limits));
  const relays = servers.filter(
    (_, index) => observations[index] !== undefined && isWorkingRelay(observations[index]),
  );
  return toConnectionReport(
    observations,
    relays.length > 0 ? await loopThrough(relays, limits, probes) : notTried,
  );
}

const notTried: LoopReport = { verdict: "not-tried", roundTripMilliseconds: null };

async function loopThrough(
  relays: readonly ProbedServer[],
  limits: ProbeLimits,
  probes: ConnectionProbes,
): Promise<LoopReport> {
  const milliseconds = await probes.probeLoop(
    relays.map(({ url, ...access }) => ({ urls: [url], ...access })),
    limits,
  );
  if (milliseconds === null) return { verdict: "failed", roundTripMilliseconds: null };
  // A local relay can take less than a millisecond; 0 would mean none.
  return { verdict: "ok", roundTripMilliseconds: Math.max(1, Math.round(milliseconds)) };
}

/** Validates and copies the list once: hosts may pass anything, and may change it during the check. */
function serversOf(iceServers: unknown): ProbedServer[] {
  if (!Array.isArray(iceServers)) throw wrong("iceServers");
  const servers = iceServers.flatMap((server: unknown) => {
    if (typeof server !== "object" || server === null) throw wrong("iceServers");
    const { urls, username, credential } = server as Record<keyof RTCIceServer, unknown>;
    const list: unknown[] = Array.isArray(urls) ? urls : [urls];
    return list.map((url): ProbedServer => {
      if (typeof url !== "string") throw wrong("iceServers");
      return {
        url,
        ...(typeof username === "string" && { username }),
        ...(typeof credential === "string" && { credential }),
      };
    });
  });
  if (servers.length > maxUrls) throw wrong("iceServers");
  return servers;
}

/** Runs the work for all items, a limited number at a time. @returns the results in the order of the items. */
async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  const lane = async () => {
    // One shared iterator: each lane takes the next item.
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

function wrong(name: string): CallError {
  return new CallError(
    "bad-argument",
    `The argument "${name}" of a check is of the wrong type or out of range.`,
  );
}

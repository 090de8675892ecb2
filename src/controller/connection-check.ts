import { isWorkingRelay, toConnectionReport } from "../call/state/connection-report.ts";
import type {
  ConnectionReport,
  LoopReport,
  ServerObservation,
} from "../call/state/connection-report.ts";
import { CallError } from "../errors.ts";
import { probeLoop } from "../media/probe/loop-probe.ts";
import { probeServer, reasonOf } from "../media/probe/server-probe.ts";
import type { ProbedServer, ProbeLimits } from "../media/probe/server-probe.ts";

/** How a connection is checked. */
export interface ConnectionCheckOptions {
  /** Stops the check, and closes all that it has opened. */
  readonly signal?: AbortSignal;
  /** How long one server may take, and how long the loop may take: 1 to 60 seconds, 10 by default. */
  readonly timeoutSeconds?: number;
}

/** What the check asks the engine for; a test brings its own. */
export interface ConnectionProbes {
  isSupported(): boolean;
  probeServer(server: ProbedServer, limits: ProbeLimits): Promise<ServerObservation>;
  probeLoop(iceServers: RTCIceServer[], limits: ProbeLimits): Promise<number | null>;
}

const defaultSeconds = 10;
const minSeconds = 1;
const maxSeconds = 60;
/** As many addresses as no host needs, so that a mistake does not open connections by the thousand. */
const maxUrls = 32;
/** How many are asked at a time. */
const lanes = 8;

/** Whether this engine has what a check needs: some WebViews have no WebRTC. */
export function canCheckConnection(): boolean {
  return typeof RTCPeerConnection === "function";
}

const browserProbes: ConnectionProbes = {
  isSupported: canCheckConnection,
  probeServer,
  probeLoop,
};

/**
 * Finds out, before a call, whether calls can get through from here: asks every address of every STUN and TURN server by itself,
 * then sends a message to this page itself through the relays that work. Nothing is contacted that is not in the list.
 *
 * @param iceServers the servers that calls would use, W3C `RTCIceServer[]`, 32 addresses at most.
 * @returns a verdict for each address and for all together. It holds no password and no address of this device.
 * @throws {CallError} `webrtc-unsupported` where this engine has no WebRTC, `bad-argument` for a list or a time out of range.
 * @throws {Error} the signal's reason, where it stops the check.
 * @example const { overall } = await checkConnection([{ urls: "turn:example.org", username: "ann", credential: "secret" }]);
 */
export function checkConnection(
  iceServers: RTCIceServer[],
  options: ConnectionCheckOptions = {},
): Promise<ConnectionReport> {
  return runConnectionCheck(iceServers, options, browserProbes);
}

/** {@link checkConnection} with probes of the caller's choice. */
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
  // A relay in the same house takes less than a millisecond, which is not none.
  return { verdict: "ok", roundTripMilliseconds: Math.max(1, Math.round(milliseconds)) };
}

/** Checks the list once and copies it: hosts are not all written in TypeScript, and may change it meanwhile. */
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

/** Does the work for each item, some at a time. @returns the results in the order of the items. */
async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  const lane = async () => {
    // One iterator for all lanes: each takes what is next.
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

/** Transport to the server: `stun:` and `turn:` over UDP, `turn:…?transport=tcp` over TCP, `stuns:` and `turns:` over TLS. */
export type ServerTransport = "udp" | "tcp" | "tls";

/** Result for one server address. */
export type ServerVerdict =
  /** STUN: the server answered. TURN: it accepted the credentials and allocated a relayed address. */
  | "ok"
  /** The engine reports no answer or no connection. */
  | "unreachable"
  /** The name could not be resolved. Engines that do not report this give `unreachable`. */
  | "name-not-found"
  /** The server refused the credentials, or none were given. */
  | "wrong-password"
  /** The server answered without a relayed address for another reason, such as its quota. */
  | "no-relay"
  /** The time of the check expired before the engine reported a result. */
  | "timed-out"
  /** Not the URL of a STUN or TURN server, or not accepted by this engine. */
  | "bad-url";

/** Result for one address of one server. */
export interface ServerReport {
  /** Scheme, host and port as the host app gave them, as in `turn:example.org:3478`. Empty for `bad-url`. */
  readonly url: string;
  readonly transport: ServerTransport;
  readonly verdict: ServerVerdict;
  /** Milliseconds until the verdict. */
  readonly milliseconds: number;
}

/** Result of a message that this page sent to itself through the relays. */
export interface LoopReport {
  /** `not-tried` without a working relay. */
  readonly verdict: "ok" | "failed" | "not-tried";
  /** Round trip through the relay in both directions, in milliseconds; `null` where the message was lost. */
  readonly roundTripMilliseconds: number | null;
}

/** Availability of UDP on this network. */
export type UdpStatus =
  /** A server answered over UDP. */
  | "open"
  /** No server answered over UDP, but one of the same servers answers over TCP or TLS. */
  | "blocked"
  /** No server was asked over UDP, or no answer distinguishes a blocked network from a broken server. */
  | "unknown";

/** Result of the whole check. */
export type OverallVerdict =
  /** A relay works over UDP. */
  | "good"
  /** Relays work over TCP or TLS only: sound and video may stutter. */
  | "relay-only-tcp"
  /** A relay allocated an address, but the test message was lost. */
  | "loop-failed"
  /** A server answered, but no relay works. Direct calls may still connect. */
  | "no-relay"
  /** No server answered. */
  | "unreachable"
  /** The list holds no server. */
  | "no-servers";

/** Result of a connection check. It holds no password and no address of this device. */
export interface ConnectionReport {
  /** One entry for each address, in the order of the list. */
  /** One entry for each address, in the order of the list. */
  readonly servers: readonly ServerReport[];
  readonly udp: UdpStatus;
  readonly loop: LoopReport;
  readonly overall: OverallVerdict;
}

/** Raw observations of one server. */
export interface ServerObservation {
  /** As the host app gave it. */
  readonly url: string;
  readonly milliseconds: number;
  /** Why the observation ended: the URL refused, a password missing, gathering complete, or the time limit. */
  readonly end: "url-refused" | "password-missing" | "complete" | "timed-out";
  /** `true` with a relayed candidate (TURN) or a server-reflexive one (STUN). */
  readonly found: boolean;
  /** `true` with any other candidate: the engine has a network. */
  readonly hasNetwork: boolean;
  /** STUN error codes (RFC 8489 section 14.8, RFC 8656 section 19), or 701 without an answer (W3C WebRTC section 4.8.2). */
  readonly errors: readonly { readonly code: number; readonly isLookup: boolean }[];
}

/** A parsed server URL. */
export interface ServerAddress {
  /** Scheme, host and port: no part that could hold a name or a password. */
  readonly shown: string;
  readonly host: string;
  readonly isRelay: boolean;
  readonly transport: ServerTransport;
}

/** W3C WebRTC's code for an unreachable server. All others come from the server. */
const noAnswer = 701;
/** Unauthenticated, Forbidden, Allocation Mismatch (another user's), Stale Nonce, Wrong Credentials. */
const passwordCodes: readonly number[] = [401, 403, 437, 438, 441];

/** `scheme:host[:port][?transport=udp|tcp]` (RFC 7064 section 3.1, RFC 7065 section 3.1). IPv6 addresses stand in brackets. */
const serverUrl =
  /^(stuns?|turns?):(\[[\da-f:.]{2,45}\]|[^\s@/?#:[\]]{1,253})(:\d{1,5})?(?:\?transport=(udp|tcp))?$/i;

/** Parses a server URL; `null` where it is invalid. */
export function readServerUrl(url: string): ServerAddress | null {
  const [, scheme = "", host = "", port = "", transport = "udp"] = serverUrl.exec(url) ?? [];
  if (host === "") return null;
  const name = scheme.toLowerCase();
  return {
    shown: `${name}:${host}${port}`,
    host: host.toLowerCase(),
    isRelay: name.startsWith("turn"),
    transport: name.endsWith("s") ? "tls" : transport.toLowerCase() === "tcp" ? "tcp" : "udp",
  };
}

interface Judged extends ServerReport {
  readonly host: string;
  readonly isRelay: boolean;
}

/** Returns `true` where this observation proves a working relay. */
export function isWorkingRelay(observation: ServerObservation): boolean {
  const { isRelay, verdict } = judgeServer(observation);
  return isRelay && verdict === "ok";
}

/** Builds the report from the observations. */
export function toConnectionReport(
  observations: readonly ServerObservation[],
  loop: LoopReport,
): ConnectionReport {
  const servers = withNamesNotFound(observations.map(judgeServer));
  return {
    servers: servers.map(({ url, transport, verdict, milliseconds }) => ({
      url,
      transport,
      verdict,
      milliseconds,
    })),
    udp: judgeUdp(servers),
    loop,
    overall: judgeAll(servers, loop),
  };
}

function judgeServer(observation: ServerObservation): Judged {
  const address = readServerUrl(observation.url);
  const { shown = "", host = "", isRelay = false, transport = "udp" } = address ?? {};
  const verdict =
    address === null || observation.end === "url-refused"
      ? "bad-url"
      : verdictOf(observation, isRelay);
  const milliseconds = Math.round(observation.milliseconds);
  return {
    url: verdict === "bad-url" ? "" : shown,
    transport,
    verdict,
    milliseconds,
    host,
    isRelay,
  };
}

function verdictOf(
  { end, found, hasNetwork, errors }: ServerObservation,
  isRelay: boolean,
): ServerVerdict {
  if (found) return "ok";
  if (end === "password-missing" || errors.some(({ code }) => passwordCodes.includes(code)))
    return "wrong-password";
  if (isRelay && errors.some(({ code }) => code !== noAnswer)) return "no-relay";
  // One address family may have failed while the other one was still waiting, for example without IPv6.
  if (end === "timed-out") return "timed-out";
  if (errors.length > 0)
    return errors.every(({ isLookup }) => isLookup) ? "name-not-found" : "unreachable";
  // Engines omit a reflexive candidate equal to the device's own address: no error means an answer.
  if (!isRelay) return hasNetwork ? "ok" : "unreachable";
  return "unreachable";
}

/** A name that fails over one transport fails over the others, even where the engine does not report it. */
function withNamesNotFound(servers: readonly Judged[]): Judged[] {
  const lost = new Set(
    servers.filter(({ verdict }) => verdict === "name-not-found").map(({ host }) => host),
  );
  return servers.map((server) =>
    server.verdict === "unreachable" && lost.has(server.host)
      ? { ...server, verdict: "name-not-found" }
      : server,
  );
}

function hasAnswered({ verdict }: Judged): boolean {
  return verdict === "ok" || verdict === "wrong-password" || verdict === "no-relay";
}

function isSilent({ verdict }: Judged): boolean {
  return verdict === "unreachable" || verdict === "timed-out";
}

function judgeUdp(servers: readonly Judged[]): UdpStatus {
  const overUdp = servers.filter(({ transport }) => transport === "udp");
  if (overUdp.some(hasAnswered)) return "open";
  // Servers that answer over TCP or TLS but not over UDP. Chromium asks `stuns:` over UDP: it does not count.
  const alive = new Set(
    servers
      .filter((server) => server.isRelay && server.transport !== "udp" && hasAnswered(server))
      .map(({ host }) => host),
  );
  return overUdp.some((server) => isSilent(server) && alive.has(server.host))
    ? "blocked"
    : "unknown";
}

function judgeAll(servers: readonly Judged[], loop: LoopReport): OverallVerdict {
  if (servers.every(({ verdict }) => verdict === "bad-url")) return "no-servers";
  const relays = servers.filter(({ isRelay, verdict }) => isRelay && verdict === "ok");
  if (relays.length === 0) return servers.some(hasAnswered) ? "no-relay" : "unreachable";
  if (loop.verdict !== "ok") return "loop-failed";
  return relays.some(({ transport }) => transport === "udp") ? "good" : "relay-only-tcp";
}

/** How a server is asked: `stun:` and `turn:` over UDP, `turn:…?transport=tcp` over TCP, `stuns:` and `turns:` over TLS. */
export type ServerTransport = "udp" | "tcp" | "tls";

/** What became of asking one server. */
export type ServerVerdict =
  /** STUN: it answered. TURN: it took the password and gave a relayed address. */
  | "ok"
  /** The engine says that there was no answer or no connection. */
  | "unreachable"
  /** The host's name has no address, or no name server could be asked. Not every engine tells: then it is `unreachable`. */
  | "name-not-found"
  /** It answered, and refused name and password; or there were none to give. */
  | "wrong-password"
  /** It answered, and gave no relayed address for another reason: too many users, say. */
  | "no-relay"
  /** The time of the check ended before the engine said anything. */
  | "timed-out"
  /** It is not an address of a STUN or TURN server, or one that this engine does not take. */
  | "bad-url";

/** One address of one server. */
export interface ServerReport {
  /** Scheme, host and port as the host app gave them, as in `turn:example.org:3478`; empty where the verdict is `bad-url`. */
  readonly url: string;
  readonly transport: ServerTransport;
  readonly verdict: ServerVerdict;
  /** How long the verdict took. */
  readonly milliseconds: number;
}

/** What became of a message that this page sent to itself through the relays. */
export interface LoopReport {
  /** `not-tried` where no relay works. */
  readonly verdict: "ok" | "failed" | "not-tried";
  /** There and back, through the relay both ways; `null` where it did not come back. */
  readonly roundTripMilliseconds: number | null;
}

/** What can be said of UDP on this network. */
export type UdpStatus =
  /** A server answered over UDP. */
  | "open"
  /** No server answered over UDP, but one of them answers over TCP or TLS. */
  | "blocked"
  /** Nothing was asked over UDP, or nothing answers that could tell a blocked network from a broken server. */
  | "unknown";

/** What all of it comes to. */
export type OverallVerdict =
  /** A relay works, over UDP. */
  | "good"
  /** Relays work, but over TCP or TLS only: sound and picture may stutter. */
  | "relay-only-tcp"
  /** A relay gave an address, but nothing came through it. */
  | "loop-failed"
  /** A server answered, but no relay works: direct calls may get through. */
  | "no-relay"
  /** No server answered. */
  | "unreachable"
  /** There was no server to ask. */
  | "no-servers";

/** What a check of the connection found. It holds no password and no address of this device. */
export interface ConnectionReport {
  /** One for each address, in the order of the list. */
  readonly servers: readonly ServerReport[];
  readonly udp: UdpStatus;
  readonly loop: LoopReport;
  readonly overall: OverallVerdict;
}

/** What was seen of one server, before anything is made of it. */
export interface ServerObservation {
  /** As the host app gave it. */
  readonly url: string;
  readonly milliseconds: number;
  /** How it ended: the engine refused the address or the lack of a password, was done, or the time was over. */
  readonly end: "url-refused" | "password-missing" | "complete" | "timed-out";
  /** Whether there was a relayed candidate (TURN) or a server-reflexive one (STUN). */
  readonly found: boolean;
  /** Whether there was any other candidate: the engine had a network to ask from. */
  readonly hasNetwork: boolean;
  /** The codes of STUN (RFC 8489 section 14.8, RFC 8656 section 19), or 701 where there was no answer (W3C WebRTC section 4.8.2). */
  readonly errors: readonly { readonly code: number; readonly isLookup: boolean }[];
}

/** What an address of a server says. */
export interface ServerAddress {
  /** Scheme, host and port: nothing that could be a name or a password. */
  readonly shown: string;
  readonly host: string;
  readonly isRelay: boolean;
  readonly transport: ServerTransport;
}

/** The code of W3C WebRTC for a server that cannot be reached; all others are the server's own. */
const noAnswer = 701;
/** Unauthenticated, Forbidden, Allocation Mismatch (another user's), Stale Nonce, Wrong Credentials. */
const passwordCodes: readonly number[] = [401, 403, 437, 438, 441];

/** `scheme:host[:port][?transport=udp|tcp]` (RFC 7064 section 3.1, RFC 7065 section 3.1). IPv6 addresses stand in brackets. */
const serverUrl =
  /^(stuns?|turns?):(\[[\da-f:.]{2,45}\]|[^\s@/?#:[\]]{1,253})(:\d{1,5})?(?:\?transport=(udp|tcp))?$/i;

/** Reads an address; `null` where it is none. */
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

/** Whether one server alone did what it is for. */
export function isWorkingRelay(observation: ServerObservation): boolean {
  const { isRelay, verdict } = judgeServer(observation);
  return isRelay && verdict === "ok";
}

/** Makes the report of what was seen. */
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
  // One family of addresses may have failed already (no IPv6, say) while the other one still waited.
  if (end === "timed-out") return "timed-out";
  if (errors.length > 0)
    return errors.every(({ isLookup }) => isLookup) ? "name-not-found" : "unreachable";
  // Engines leave out a reflexive candidate that equals the device's own address: without an error it was an answer.
  if (!isRelay) return hasNetwork ? "ok" : "unreachable";
  return "unreachable";
}

/** Where an engine tells of a name over one transport only, it is the same name over the others. */
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
  // A server that lives, as it shows over TCP or TLS, but not over UDP. Chromium asks `stuns:` over UDP: it does not count.
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

import type { ServerObservation } from "../../call/state/connection-report.ts";

/** Time limit and abort signal of a probe. */
export interface ProbeLimits {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** One URL of one server, as the host app gave it. */
export interface ProbedServer {
  readonly url: string;
  readonly username?: string;
  readonly credential?: string;
}

/** Code for a server without an answer; other codes are answers. */
const noAnswer = 701;
/** More errors than any device has interfaces. */
const maxErrors = 64;

/**
 * Asks one server by a connection that only gathers candidates.
 *
 * Results of engines by `icecandidateerror` (W3C WebRTC section 4.8.2), observed with coturn 4.6.1
 * on loopback:
 *
 * - Chromium 156 and Firefox 153: a refused password gives 401, once per interface, within
 *   milliseconds.
 * - Chromium 156, a name without address: over UDP 701 "STUN host lookup received error." and the
 *   same for TURN, also for a device's IPv6 interface where the name only has an IPv4 address; over
 *   TCP and TLS 701 "Failed to establish connection", as for anything else.
 * - Chromium 156, unanswered UDP, including an ICMP error: 701 "STUN binding request timed out."
 *   after 40 s. Unanswered TLS: 701 after 30 s. A shorter limit gives no result.
 * - Chromium 156, a refused TCP or TLS connection: no error, gathering completes without a
 *   candidate.
 * - Firefox 153: 701 with an empty text, for names within milliseconds, for silence after 11 s
 *   (UDP) and 13 s (TCP).
 * - Firefox 153, `turns:` with an IP address instead of a name: no error, gathering completes at
 *   once without a candidate.
 * - Firefox 153 refuses `stuns:` and every port that `fetch` blocks; Chromium 156 asks `stuns:`
 *   over UDP.
 * - Both: a server that answers STUN with the device's own address gives no candidate and no error,
 *   and gathering completes.
 *
 * Revise when an engine reports the cause in another form than English text.
 *
 * @throws {Error} the reason of the aborted signal.
 */
export function probeServer(
  { url, ...access }: ProbedServer,
  { milliseconds, signal }: ProbeLimits,
): Promise<ServerObservation> {
  const start = performance.now();
  const errors: ServerObservation["errors"][number][] = [];
  const wanted = /^turn/i.test(url) ? "relay" : "srflx";
  let found = false;
  let hasNetwork = false;
  const observed = (end: ServerObservation["end"]): ServerObservation => ({
    ...{ url, milliseconds: performance.now() - start, end },
    ...{ found, hasNetwork, errors: [...errors] },
  });

  let connection: RTCPeerConnection;
  try {
    connection = new RTCPeerConnection({
      iceServers: [{ urls: [url], ...access }],
      iceTransportPolicy: wanted === "relay" ? "relay" : "all",
    });
  } catch (error) {
    const isAccess = error instanceof DOMException && error.name === "InvalidAccessError";
    return Promise.resolve(observed(isAccess ? "password-missing" : "url-refused"));
  }

  return withinLimits([connection], { milliseconds, signal }, (done) => {
    connection.addEventListener("icecandidate", ({ candidate }) => {
      // Firefox ends with an empty candidate before `null`.
      const [, type] = / typ (\w+)/.exec(candidate?.candidate ?? "") ?? [];
      found ||= type === wanted;
      hasNetwork ||= type !== undefined;
      if (found) done();
    });
    connection.addEventListener("icecandidateerror", ({ errorCode, errorText, url: asked }) => {
      // Chromium also asks a TURN server for a reflexive address, reported as `stun:`. A server that refuses that may still
      // relay.
      const isAside = wanted === "relay" && asked.startsWith("stun") && errorCode !== noAnswer;
      if (isAside || errors.length >= maxErrors) return;
      errors.push({ code: errorCode, isLookup: /\blookup\b/i.test(errorText) });
      // A server that refuses once refuses on other interfaces, too.
      if (errorCode !== noAnswer) done();
    });
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
    // Gathering requires a channel.
    connection.createDataChannel("check");
    connection.setLocalDescription().catch(done);
  }).then((isInTime) => observed(isInTime ? "complete" : "timed-out"));
}

/**
 * Waits for the work or its time limit, then closes the connections.
 *
 * @returns `true` if done in time.
 * @throws {Error} the reason of the aborted signal.
 */
async function withinLimits(
  connections: readonly RTCPeerConnection[],
  { milliseconds, signal }: ProbeLimits,
  work: (done: () => void) => void,
): Promise<boolean> {
  const listening = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const onAbort = () => reject(reasonOf(signal));
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener("abort", onAbort, { signal: listening.signal });
      timer = setTimeout(resolve, milliseconds, false);
      work(() => resolve(true));
    });
  } finally {
    clearTimeout(timer);
    listening.abort();
    for (const connection of connections) connection.close();
  }
}

/** Returns the reason of an abort. Absent before Chrome 98, Safari 15.4 and Firefox 97: remove the fallback with them. */
export function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error
    ? reason
    : new DOMException("The check was stopped.", "AbortError");
}

/**
 * Measures how far a relay is: from the start of gathering to the first relayed address, over the fastest of its transports. That is two
 * round trips over UDP, and more over TCP and TLS.
 *
 * @returns milliseconds; `null` for no address in time.
 * @throws {Error} the reason of the aborted signal.
 */
export async function probeRelay(
  server: RTCIceServer,
  limits: ProbeLimits,
): Promise<number | null> {
  const connection = new RTCPeerConnection({
    iceServers: [server],
    iceTransportPolicy: "relay",
  });
  let start = performance.now();
  let time: number | null = null;
  await withinLimits([connection], limits, (done) => {
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "gathering") start = performance.now();
      else done();
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (!candidate?.candidate.includes(" typ relay")) return;
      time = performance.now() - start;
      done();
    });
    // Gathering requires a channel.
    connection.createDataChannel("check");
    connection.setLocalDescription().catch(done);
  });
  return time;
}

/** Number of round trips: the first may include connectivity checks. */
const rounds = 3;

/**
 * Sends a message from this page to itself through relays and back: two relay-only connections joined by a data channel.
 * Packets cross the relays like those of a call between two people behind them.
 *
 * @param iceServers TURN servers that have allocated a relayed address.
 * @returns the round trip in milliseconds, the median of three; `null` for no answer in time.
 * @throws {Error} the reason of the aborted signal.
 */
export async function probeLoop(
  iceServers: RTCIceServer[],
  limits: ProbeLimits,
): Promise<number | null> {
  const make = () => new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" });
  const [near, far] = [make(), make()];
  const times: number[] = [];
  const isInTime = await withinLimits([near, far], limits, (done) => {
    const [out, back] = [near, far].map((connection) =>
      connection.createDataChannel("check", { negotiated: true, id: 0 }),
    );
    let sent = 0;
    const send = () => {
      sent = performance.now();
      out?.send("there");
    };
    out?.addEventListener("open", send);
    back?.addEventListener("message", () => back.send("and back"));
    out?.addEventListener("message", () => {
      times.push(performance.now() - sent);
      if (times.length < rounds) send();
      else done();
    });
    near.addEventListener("connectionstatechange", () => {
      if (near.connectionState === "failed") done();
    });
    passCandidates(near, far);
    passCandidates(far, near);
    // A failure here means no answer, as with relays that forward nothing.
    join(near, far).catch(done);
  });
  return isInTime && times.length === rounds ? (times.sort((a, b) => a - b)[1] ?? null) : null;
}

async function join(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  if (near.localDescription !== null) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription !== null) await near.setRemoteDescription(far.localDescription);
}

/** Candidates wait until the other side has a description. */
function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  const early: RTCIceCandidate[] = [];
  const add = (candidate: RTCIceCandidate) =>
    void to.addIceCandidate(candidate).catch(() => undefined);
  from.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate === null) return;
    if (to.remoteDescription === null) early.push(candidate);
    else add(candidate);
  });
  to.addEventListener("signalingstatechange", () => {
    if (to.remoteDescription !== null) early.splice(0).forEach(add);
  });
}

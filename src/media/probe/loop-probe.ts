import { withinLimits } from "./server-probe.ts";
import type { ProbeLimits } from "./server-probe.ts";

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

import { withinLimits } from "./server-probe.ts";
import type { ProbeLimits } from "./server-probe.ts";

/** How often the message goes there and back: the first one may still wait for the path to be made sure of. */
const rounds = 3;

/**
 * Sends a message from this page to itself through relays, there and back: two connections that may use nothing else, joined by a
 * data channel. Every packet crosses the relays as those of a call between two people behind them.
 *
 * @param iceServers TURN servers that are known to give a relayed address.
 * @returns the round trip in milliseconds, the median of three; `null` where nothing came back in time.
 * @throws {Error} the signal's reason, where it stops the probe.
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
    // Where it fails, as where the relays let nothing through, nothing comes back.
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

/** Those that are found before the other side has a description wait until it has one. */
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

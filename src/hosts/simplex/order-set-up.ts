import { fail } from "../../call/rules/ending.ts";
import { startConnected } from "../../call/rules/connection.ts";
import { confirmed, lacksProof } from "../../call/state/keys.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { SelectedPair } from "../../media/connection/counts.ts";
import type { CandidateFacts, ConnectionInfo } from "./messages.ts";
import { carry, checkOldPeer } from "./order-call.ts";
import { kitRules } from "../foreign/kit-rules.ts";
import { packCandidates, packDescription } from "./packing.ts";
import { after, next, nothingReported, ok, refusal } from "./session.ts";
import type {
  PeerTraits,
  SessionEffect,
  SessionEvent,
  SessionStep,
  SimplexSession,
} from "./session.ts";

/** Rules of the control channel with another kit. */
export const kit = kitRules<SimplexSession, SessionEffect>(carry);

type EventOf<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/** Milliseconds to wait for the other kit's proof after the path is connected. It takes one trip over the data channel. */
const proofMilliseconds = 30_000;
/** Milliseconds for which a description waits for the first candidates. Those of local interfaces arrive within a few. */
const candidatesMilliseconds = 60;
/**
 * Milliseconds to wait for a lost path with SimpleX's page, which does not support ICE restarts. The longer one applies if that
 * page waits, too.
 */
const holdMilliseconds = { alone: 15_000, together: 30_000 };

/** Replies to `capabilities` once the devices have opened or failed. */
export function captured(session: SimplexSession): SessionStep {
  const { local, wanted } = session.call.devices;
  const { pending, stage } = session;
  const { microphone, camera } = local;
  // A device that is requested and off was not opened yet.
  const isOpening = (["microphone", "camera"] as const).some(
    (device) =>
      local[device].state === "starting" || (local[device].state === "off" && wanted[device]),
  );
  if (stage !== "capturing" || pending === null || isOpening) return next(session);
  const isRefused = camera.state === "failed" && camera.problem === "permission-denied";
  const problem =
    microphone.state === "failed"
      ? `microphone: ${microphone.problem ?? "internal"}`
      : isRefused
        ? "camera: permission-denied"
        : null;
  const invited: SimplexSession = {
    ...session,
    stage: "invited",
    pending: null,
    call: { ...session.call, exchange: { ...session.call.exchange, isInviteSent: true } },
  };
  const resp = problem === null ? capabilities(session) : refusal("capabilities", problem);
  return next(invited, { type: "reply", id: pending, resp });
}

/** Handles this side's created description, which is sent with the first candidates. */
export function described(
  session: SimplexSession,
  { sdp, traits }: EventOf<"described">,
  now: number,
): SessionStep {
  if (session.stage !== "describing" || session.pending === null || session.ready !== null)
    return next(session);
  // This identifies the other side for the caller; its answer does for the callee.
  const known = traits === null ? next(session) : meet(session, traits, now);
  const { early } = session;
  const candidates = early.map((one) => ({ ...one }));
  return after(known, (met) =>
    after(leaveWhenReady({ ...met, ready: sdp, early: [] }), (waiting) =>
      next(
        waiting,
        ...(candidates.length > 0 ? ([{ type: "add-candidates", candidates }] as const) : []),
        ...(waiting.ready === null || waiting.pending === null
          ? []
          : ([
              { type: "start-tick", name: "candidates", milliseconds: candidatesMilliseconds },
            ] as const)),
      ),
    ),
  );
}

/** Replies with this side's description once nothing is pending. */
export function leaveWhenReady(session: SimplexSession): SessionStep {
  const { call, found, pending, ready, role, waits } = session;
  const { microphone } = call.devices.local;
  if (ready === null || session.isOut || pending === null) return next(session);
  if (role === "callee" && microphone.state === "failed") {
    return next(
      { ...session, pending: null },
      {
        type: "reply",
        id: pending,
        resp: refusal("start", `microphone: ${microphone.problem ?? "internal"}`),
      },
    );
  }
  const isDeviceReady = role === "caller" || waits.devices || microphone.state === "on";
  if (!waits.candidates || !isDeviceReady) return next(session);
  const iceCandidates = packCandidates(found);
  const out: SimplexSession = {
    ...session,
    stage: role === "caller" ? "negotiated" : "described",
    pending: null,
    ready: null,
    isOut: true,
    found: [],
  };
  const resp =
    role === "caller"
      ? ({
          type: "answer",
          answer: packDescription({ type: "answer", sdp: ready }),
          iceCandidates,
        } as const)
      : ({
          type: "offer",
          offer: packDescription({ type: "offer", sdp: ready }),
          iceCandidates,
          capabilities: { encryption: session.settings.canEncrypt },
        } as const);
  return next(out, { type: "reply", id: pending, resp });
}

/** Handles the applied answer: the callee knows the other side now. */
export function answered(
  session: SimplexSession,
  { traits, confirm, code }: EventOf<"answered">,
  now: number,
): SessionStep {
  const { pending } = session;
  if (session.stage !== "answering" || pending === null) return next(session);
  const call: CallModel =
    code === null
      ? session.call
      : { ...session.call, keys: confirmed(session.call.keys, { securityCode: code }) };
  const negotiated: SimplexSession = {
    ...session,
    call,
    stage: "negotiated",
    pending: null,
    confirm,
  };
  return after(after(meet(negotiated, traits, now), kit.proveKeys), (met) =>
    next(met, { type: "reply", id: pending, resp: ok }),
  );
}

/** Handles a refused description: the call keeps its earlier state, and another one may follow. Wrong keys end the call. */
export function refused(
  session: SimplexSession,
  { reason, isFatal }: EventOf<"refused">,
  now: number,
): SessionStep {
  const { pending, ready, role, stage } = session;
  if (pending === null || ready !== null || (stage !== "answering" && stage !== "describing"))
    return next(session);
  const command = stage === "answering" ? "answer" : role === "caller" ? "offer" : "start";
  const reported = next(
    stage === "answering"
      ? { ...session, pending: null, stage: "described" }
      : undescribed(session),
    {
      type: "reply",
      id: pending,
      resp: refusal(command, reason),
    },
  );
  const stopped =
    stage === "describing"
      ? after(reported, (back) =>
          next(
            back,
            { type: "stop-tick", name: "candidates" },
            { type: "stop-tick", name: "unconnected" },
          ),
        )
      : reported;
  return isFatal
    ? after(stopped, (back) => carry(back, fail(back.call, "insecure", now)))
    : stopped;
}

/** Resets to the state before the description: found candidates belong to the closed connection. */
function undescribed(session: SimplexSession): SimplexSession {
  const { call, role, waits } = session;
  return {
    ...session,
    pending: null,
    found: [],
    report: nothingReported,
    waits: { ...waits, candidates: false },
    ...(role === "caller" && {
      stage: "invited",
      call: { ...call, state: "inviting", exchange: { ...call.exchange, isInviteSent: true } },
    }),
  };
}

/** Limits the time between a connected path and the other kit's proof. */
export function demandProof(session: SimplexSession): SessionStep {
  return lacksProof(session.call)
    ? next(session, { type: "start-timer", name: "connect", milliseconds: proofMilliseconds })
    : next(session);
}

/** Returns the reply about this page's capabilities. */
export function capabilities({ settings }: SimplexSession) {
  return { type: "capabilities", capabilities: { encryption: settings.canEncrypt } } as const;
}

/** Returns the path in use for the host. */
export function connectionInfo(pair: SelectedPair | null): ConnectionInfo {
  const described = (end: SelectedPair["local"] | undefined): CandidateFacts | null =>
    // The engine's value of W3C `RTCIceCandidateStats`.
    end
      ? { candidateType: end.candidateType as RTCIceCandidateType, protocol: end.protocol }
      : null;
  const [local, remote] = [described(pair?.local), described(pair?.remote)];
  return {
    iceCandidatePair: {},
    ...(local && { localCandidate: local }),
    ...(remote && { remoteCandidate: remote }),
  };
}

/** Handles the identified other side: its encryption and features. */
function meet(
  session: SimplexSession,
  { peer, isOld, sendsPicture }: PeerTraits,
  now: number,
): SessionStep {
  const isKit = peer === "kit";
  const { call, reconnects } = session;
  const reconnectMilliseconds = holdMilliseconds[reconnects ? "together" : "alone"];
  const known: CallModel = {
    ...call,
    // The side that answers another kit's offer waits for the proof of its keys.
    keys: { ...call.keys, isAgreed: true, needsProof: isKit && session.role === "caller" },
    reconnection: { ...call.reconnection, canRestart: isKit },
    identity: { ...call.identity, encryption: isKit ? "sx-call/1" : call.identity.encryption },
    settings: isKit ? call.settings : { ...call.settings, reconnectMilliseconds },
  };
  const met: SimplexSession = {
    ...session,
    call: known,
    peer,
    isOldPeer: isOld,
    peerSendsPicture: sendsPicture,
  };
  // The path may be ready before the keys.
  return after(after(carry(met, startConnected(known, now)), checkOldPeer), (checked) =>
    kit.introduce(checked, now),
  );
}

import { end, fail } from "../../call/ending.ts";
import { startConnected } from "../../call/in-call.ts";
import type { CallModel } from "../../call/model.ts";
import { sendControl } from "../../call/step.ts";
import { unreachable } from "../../errors.ts";
import type { SelectedPair } from "../../media/selected-pair.ts";
import type { CandidateFacts, ConnectionInfo, SimplexCommand } from "./messages.ts";
import { checkOldPeer, startsSwitch } from "./order-media.ts";
import { packCandidates, packDescription } from "./packing.ts";
import { after, next, ok, refusal } from "./session.ts";
import type { CommandId, PeerFacts, SessionEffect, SessionEvent, SessionStep, SimplexSession } from "./session.ts";

type CommandOf<T extends SimplexCommand["type"]> = Extract<SimplexCommand, { type: T }>;
type EventOf<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/** How long a description waits for the first candidates: on a host of its own network they come in a few. Milliseconds. */
const candidatesMilliseconds = 60;
/** How long the callee's offer waits for its microphone, so that a refusal can be told. Milliseconds. */
const devicesMilliseconds = 250;
/** A connection that has not connected by then is reported. Milliseconds. */
const unconnectedMilliseconds = 30_000;
/** How long a call with their page holds on to a lost path: it cannot be asked for a new one. Milliseconds. */
const holdMilliseconds = 15_000;
/** How many candidates may wait for a connection. */
const maxEarly = 256;

/** Takes a command of the host. Every command gets one reply, now or when its work is done. */
export function take(session: SimplexSession, id: CommandId, command: SimplexCommand, now: number): SessionStep {
  const isOver = session.call.state === "ended";
  const no = (reason: string) => next(session, { type: "reply", id, resp: refusal(command.type, reason) });
  switch (command.type) {
    case "capabilities":
      return session.call.state === "idle" ? capture(session, id, command, now) : no("a call is already started");
    case "start":
      return session.call.state === "idle" ? start(session, id, command, now) : no("a call is already started");
    case "offer":
      if (session.role === "callee" || session.stage === "describing" || session.stage === "negotiated" || isOver) {
        return no("a call is already started");
      }
      return takeOffer(session, id, command, now);
    case "answer":
      if (isOver || session.role === "caller") return no("a call is not started");
      if (session.stage === "describing") return no("there is no local description yet");
      if (session.stage !== "described") return no("the remote description is already set");
      return takeAnswer(session, id, command);
    case "ice":
      return isOver ? no("a call is not started") : takeCandidates(session, id, command);
    case "media":
    case "camera":
      if (isOver || session.stage === "capturing") return no("a call is not started");
      return startsSwitch(session, id, command);
    case "end":
      return endByHost(session, id, now);
    case "description":
    case "layout":
    case "permission":
      return next(session, { type: "reply", id, resp: ok });
    default:
      return unreachable(command);
  }
}

/** The caller's first command: its devices open, and nothing else happens until the other side has accepted. */
function capture(session: SimplexSession, id: CommandId, { media }: CommandOf<"capabilities">, now: number): SessionStep {
  const call: CallModel = {
    ...session.call,
    state: "inviting",
    direction: "outgoing",
    media,
    startedAt: now,
    wishes: { microphone: true, camera: media === "video", screen: false },
  };
  const { canEncrypt } = session.settings;
  return next({ ...session, call, pending: id }, ...(canEncrypt ? [{ type: "warm-up" } as const] : []), ...openDevices(media));
}

/** The callee has accepted: its offer is made while its devices open. */
function start(session: SimplexSession, id: CommandId, command: CommandOf<"start">, now: number): SessionStep {
  const problem = keyProblem(session, command.aesKey);
  if (problem !== null) return next(session, { type: "reply", id, resp: refusal("start", problem) });
  const { media } = command;
  const call: CallModel = {
    ...session.call,
    state: "connecting",
    direction: "incoming",
    media,
    startedAt: now,
    wishes: { microphone: true, camera: media === "video", screen: false },
    encryption: command.aesKey === null ? "none" : "compatible",
  };
  return next(
    { ...session, call: withRelay(call, command.relay), pending: id },
    { type: "make-offer", command },
    ...openDevices(media),
    { type: "start-tick", name: "devices", milliseconds: devicesMilliseconds },
    { type: "start-tick", name: "unconnected", milliseconds: unconnectedMilliseconds },
  );
}

/** The other side has accepted, and offers. */
function takeOffer(session: SimplexSession, id: CommandId, command: CommandOf<"offer">, now: number): SessionStep {
  const problem = keyProblem(session, command.aesKey);
  if (problem !== null) return next(session, { type: "reply", id, resp: refusal("offer", problem) });
  // A host may leave `capabilities` out; then the devices open now.
  const isNew = session.call.state === "idle";
  const { media } = command;
  const wishes = isNew ? { microphone: true, camera: media === "video", screen: false } : session.call.wishes;
  const call: CallModel = {
    ...session.call,
    state: "connecting",
    direction: "outgoing",
    media: isNew ? media : session.call.media,
    startedAt: session.call.startedAt ?? now,
    wishes,
    encryption: command.aesKey === null ? "none" : "compatible",
  };
  const { early, pending, stage } = session;
  // The devices are still opening: their own command will not be answered by anything else any more.
  const overtaken: SessionEffect[] =
    stage === "capturing" && pending !== null ? [{ type: "reply", id: pending, resp: capabilities(session) }] : [];
  return next(
    { ...session, call: withRelay(call, command.relay), stage: "describing", pending: id, early: [] },
    ...overtaken,
    { type: "make-answer", command, candidates: [...early, ...command.iceCandidates] },
    ...(isNew ? openDevices(media) : []),
    { type: "start-tick", name: "unconnected", milliseconds: unconnectedMilliseconds },
  );
}

/** This side's description is made: it leaves with the first candidates. */
export function described(session: SimplexSession, { sdp, facts }: EventOf<"described">, now: number): SessionStep {
  if (session.stage !== "describing" || session.ready !== null) return next(session);
  const made: SimplexSession = { ...session, ready: sdp };
  const known = facts === null ? next(made) : meet(made, facts, now);
  return after(after(known, leaveWhenReady), (waiting) =>
    waiting.isOut
      ? next(waiting)
      : next(waiting, { type: "start-tick", name: "candidates", milliseconds: candidatesMilliseconds }),
  );
}

/** Replies with this side's description once nothing is waited for any more. */
export function leaveWhenReady(session: SimplexSession): SessionStep {
  const { call, found, pending, ready, role, waits } = session;
  const { microphone } = call.local;
  if (ready === null || session.isOut || pending === null) return next(session);
  if (role === "callee" && microphone.state === "failed") {
    return next(
      { ...session, pending: null },
      { type: "reply", id: pending, resp: refusal("start", `microphone: ${microphone.problem ?? "internal"}`) },
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
      ? ({ type: "answer", answer: packDescription({ type: "answer", sdp: ready }), iceCandidates } as const)
      : ({
          type: "offer",
          offer: packDescription({ type: "offer", sdp: ready }),
          iceCandidates,
          capabilities: { encryption: session.settings.canEncrypt },
        } as const);
  return next(out, { type: "reply", id: pending, resp });
}

function takeAnswer(session: SimplexSession, id: CommandId, command: CommandOf<"answer">): SessionStep {
  return next(
    { ...session, stage: "answering", pending: id },
    { type: "take-answer", sdp: command.answer.sdp, candidates: command.iceCandidates },
  );
}

/** The other side's answer is applied: the callee knows what it speaks to. */
export function answered(session: SimplexSession, { facts, confirm, code }: EventOf<"answered">, now: number): SessionStep {
  if (session.stage !== "answering") return next(session);
  const { pending } = session;
  const call: CallModel = code === null ? session.call : { ...session.call, securityCode: code, keysConfirmed: true };
  const negotiated: SimplexSession = { ...session, call, stage: "negotiated", pending: null, confirm };
  return after(after(meet(negotiated, facts, now), proveKeys), (met) =>
    pending === null ? next(met) : next(met, { type: "reply", id: pending, resp: ok }),
  );
}

/** What a command brought was refused: the call stays as it was before, and a better one may come. */
export function refused(session: SimplexSession, { reason, isFatal }: EventOf<"refused">, now: number): SessionStep {
  const { pending, role, stage } = session;
  const command = stage === "answering" ? "answer" : role === "caller" ? "offer" : "start";
  const back: SimplexSession = {
    ...session,
    pending: null,
    stage: stage === "answering" ? "described" : role === "caller" ? "invited" : stage,
    call: role === "caller" && stage === "describing" ? { ...session.call, state: "inviting", invited: true } : session.call,
  };
  const replied = pending === null ? next(back) : next(back, { type: "reply", id: pending, resp: refusal(command, reason) });
  if (!isFatal) return replied;
  return after(replied, (told) => {
    const [call, effects] = fail(told.call, "insecure", now);
    const others = effects.filter((effect) => effect.type === "close" || effect.type === "report");
    return next({ ...told, call }, { type: "tell", resp: { type: "ended" } }, ...others);
  });
}

/** Sends the proof of this side's keys as soon as there is a data channel. */
export function proveKeys(session: SimplexSession): SessionStep {
  const { confirm } = session;
  if (confirm === null || !session.call.controlOpen) return next(session);
  const [call, effects] = sendControl(session.call, { type: "confirm", ...confirm });
  return next({ ...session, call, confirm: null }, ...effects.filter((effect) => effect.type === "send-control"));
}

/** Answers every command that still waits: the call is over. */
export function abandon(session: SimplexSession): SessionStep {
  const { pending, role, stage, switches } = session;
  const command =
    stage === "capturing" ? "capabilities" : stage === "answering" ? "answer" : role === "caller" ? "offer" : "start";
  return next(
    { ...session, pending: null, switches: [] },
    ...(pending === null ? [] : [{ type: "reply", id: pending, resp: refusal(command, "the call has ended") } as const]),
    ...switches.map(({ id, name }) => ({ type: "reply", id, resp: refusal(name, "the call has ended") }) as const),
  );
}

/** Replies to `capabilities` once the devices have opened, or did not. */
export function captured(session: SimplexSession): SessionStep {
  const { microphone, camera } = session.call.local;
  const { pending, stage } = session;
  const isOpening = microphone.state === "starting" || microphone.state === "off" || camera.state === "starting";
  if (stage !== "capturing" || pending === null || isOpening) return next(session);
  const isRefused = camera.state === "failed" && camera.problem === "permission-denied";
  const problem =
    microphone.state === "failed"
      ? `microphone: ${microphone.problem ?? "internal"}`
      : isRefused
        ? "camera: permission-denied"
        : null;
  const invited: SimplexSession = { ...session, stage: "invited", pending: null, call: { ...session.call, invited: true } };
  const resp = problem === null ? capabilities(session) : refusal("capabilities", problem);
  return next(invited, { type: "reply", id: pending, resp });
}

/** What hosts read of the path in use. */
export function connectionInfo(pair: SelectedPair | null): ConnectionInfo {
  const facts = (end: SelectedPair["local"] | undefined): CandidateFacts | null =>
    end ? { candidateType: end.candidateType as RTCIceCandidateType, protocol: end.protocol } : null;
  const [local, remote] = [facts(pair?.local), facts(pair?.remote)];
  return {
    iceCandidatePair: {},
    ...(local && { localCandidate: local }),
    ...(remote && { remoteCandidate: remote }),
  };
}

/** The other side is known: how frames are encrypted, and what it understands. */
function meet(session: SimplexSession, { peer, isOld, sendsPicture }: PeerFacts, now: number): SessionStep {
  const isKit = peer === "kit";
  const { call } = session;
  const [known, effects] = startConnected(
    {
      ...call,
      keysAgreed: true,
      canRestart: isKit,
      encryption: isKit ? "sx-call/1" : call.encryption,
      settings: isKit ? call.settings : { ...call.settings, reconnectMilliseconds: holdMilliseconds },
    },
    now,
  );
  const met: SimplexSession = { ...session, call: known, peer, isOldPeer: isOld, peerSendsPicture: sendsPicture };
  const kept = effects.filter((effect) => effect.type === "stop-timer");
  return after(next(met, ...kept), checkOldPeer);
}

function takeCandidates(session: SimplexSession, id: CommandId, { iceCandidates }: CommandOf<"ice">): SessionStep {
  if (session.stage === "capturing" || session.stage === "invited") {
    const early = [...session.early, ...iceCandidates].slice(0, maxEarly);
    const resp = refusal("ice", "there is no connection yet; the candidates are kept");
    return next({ ...session, early }, { type: "reply", id, resp });
  }
  const candidates = iceCandidates.map((one) => ({ ...one }));
  return next(session, { type: "add-candidates", candidates }, { type: "reply", id, resp: ok });
}

function endByHost(session: SimplexSession, id: CommandId, now: number): SessionStep {
  if (session.call.state === "ended") return next(session, { type: "reply", id, resp: ok });
  const [call, effects] = end(session.call, { reason: "hung-up", by: "remote", problem: null }, null, now);
  const closing = effects.flatMap((effect) =>
    // A kit at the other end hears it on the data channel, before its own host tells it.
    effect.type === "close" ? [{ ...effect, farewell: "hung-up" } as const] : [],
  );
  return after(abandon({ ...session, call }), (over) => next(over, ...closing, { type: "reply", id, resp: ok }));
}

function keyProblem({ settings }: SimplexSession, key: unknown): string | null {
  if (key !== null) return settings.canEncrypt ? null : "encryption is not supported";
  return settings.requireKey ? "a call without a key is not allowed here" : null;
}

function withRelay(call: CallModel, relayOnly: boolean): CallModel {
  return { ...call, settings: { ...call.settings, relayOnly } };
}

function capabilities({ settings }: SimplexSession) {
  return { type: "capabilities", capabilities: { encryption: settings.canEncrypt } } as const;
}

function openDevices(media: "audio" | "video"): SessionEffect[] {
  const microphone = { type: "switch", device: "microphone", on: true } as const;
  return media === "audio" ? [microphone] : [microphone, { type: "switch", device: "camera", on: true }];
}

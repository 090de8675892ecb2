import { wantedFor } from "../../call/state/devices.ts";
import type { CallModel } from "../../call/state/model.ts";
import { stuckMilliseconds } from "../../call/state/path.ts";
import { unreachable } from "../../errors.ts";
import type { SimplexCommand } from "./messages.ts";
import { endByHost } from "./order-call.ts";
import { startsSwitch } from "./order-media.ts";
import { capabilities } from "./order-set-up.ts";
import { maxEarly, next, ok, refusal } from "./session.ts";
import type { CommandId, SessionEffect, SessionStep, SimplexSession } from "./session.ts";

type CommandOf<T extends SimplexCommand["type"]> = Extract<SimplexCommand, { type: T }>;

/** Milliseconds for which the callee's offer waits for its microphone, so that a refusal can be reported. */
const devicesMilliseconds = 250;
/** Milliseconds after which a connection that is not connected is reported. */
const unconnectedMilliseconds = 30_000;

/** Handles a command of the host. Every command gets one reply, now or after its work. */
export function take(
  session: SimplexSession,
  id: CommandId,
  command: SimplexCommand,
  now: number,
): SessionStep {
  const isOver = session.call.state === "ended";
  const no = (reason: string) =>
    next(session, { type: "reply", id, resp: refusal(command.type, reason) });
  switch (command.type) {
    case "capabilities":
      return session.call.state === "idle"
        ? capture(session, id, command, now)
        : no("a call is already started");
    case "start":
      return session.call.state === "idle"
        ? start(session, id, command, now)
        : no("a call is already started");
    case "offer":
      if (isOver || (session.stage !== "capturing" && session.stage !== "invited"))
        return no("a call is already started");
      return takeOffer(session, id, command, now);
    case "answer": {
      const problem = isOver ? "a call is not started" : answerProblem(session);
      return problem === null ? takeAnswer(session, id, command) : no(problem);
    }
    case "ice":
      return isOver ? no("a call is not started") : takeCandidates(session, id, command);
    case "media":
    case "camera":
      if (isOver || session.call.state === "idle" || session.stage === "capturing")
        return no("a call is not started");
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

/** Handles the caller's first command: opens the devices only, until the other side has accepted. */
function capture(
  session: SimplexSession,
  id: CommandId,
  { media }: CommandOf<"capabilities">,
  now: number,
): SessionStep {
  const call: CallModel = {
    ...session.call,
    state: "inviting",
    identity: { ...session.call.identity, direction: "outgoing", media },
    times: { ...session.call.times, startedAt: now },
    devices: {
      ...session.call.devices,
      wanted: wantedFor(media),
    },
  };
  const { canEncrypt } = session.settings;
  return next(
    { ...session, call, pending: id },
    ...(canEncrypt ? [{ type: "warm-up" } as const] : []),
    ...openDevices(media),
  );
}

/** Handles the callee's accept: creates its offer while its devices open. */
function start(
  session: SimplexSession,
  id: CommandId,
  command: CommandOf<"start">,
  now: number,
): SessionStep {
  const problem = keyProblem(session, command.aesKey);
  if (problem !== null)
    return next(session, { type: "reply", id, resp: refusal("start", problem) });
  const { media } = command;
  const call: CallModel = {
    ...session.call,
    state: "connecting",
    identity: {
      ...session.call.identity,
      direction: "incoming",
      media,
      encryption: command.aesKey === null ? "none" : "compatible",
    },
    times: { ...session.call.times, startedAt: now },
    devices: {
      ...session.call.devices,
      wanted: wantedFor(media),
    },
  };
  return next(
    {
      ...session,
      call: withRelay(call, command.relay),
      pending: id,
      reconnects: command.reconnect,
    },
    { type: "make-offer", command },
    ...openDevices(media),
    { type: "start-tick", name: "devices", milliseconds: devicesMilliseconds },
    { type: "start-tick", name: "unconnected", milliseconds: unconnectedMilliseconds },
    { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
  );
}

/** Handles the other side's accept with its offer. */
function takeOffer(
  session: SimplexSession,
  id: CommandId,
  command: CommandOf<"offer">,
  now: number,
): SessionStep {
  const problem = keyProblem(session, command.aesKey);
  if (problem !== null)
    return next(session, { type: "reply", id, resp: refusal("offer", problem) });
  // A host may omit `capabilities`: the devices open now.
  const isNew = session.call.state === "idle";
  const { media } = command;
  const wanted = isNew ? wantedFor(media) : session.call.devices.wanted;
  const call: CallModel = {
    ...session.call,
    state: "connecting",
    identity: {
      ...session.call.identity,
      direction: "outgoing",
      media: isNew ? media : session.call.identity.media,
      encryption: command.aesKey === null ? "none" : "compatible",
    },
    times: { ...session.call.times, startedAt: session.call.times.startedAt ?? now },
    devices: { ...session.call.devices, wanted },
  };
  const { pending, stage } = session;
  // The devices are still opening: their own command would get no other reply.
  const overtaken: SessionEffect[] =
    stage === "capturing" && pending !== null
      ? [{ type: "reply", id: pending, resp: capabilities(session) }]
      : [];
  return next(
    {
      ...withReceived(
        { ...session, call: withRelay(call, command.relay), reconnects: command.reconnect },
        command.iceCandidates.length,
      ),
      stage: "describing",
      pending: id,
    },
    ...overtaken,
    { type: "make-answer", command },
    ...(isNew ? openDevices(media) : []),
    { type: "start-tick", name: "unconnected", milliseconds: unconnectedMilliseconds },
    { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
  );
}

/** Returns why an answer is impossible now; `null` if it is possible. */
function answerProblem({ call, role, stage }: SimplexSession): string | null {
  if (stage === "described") return null;
  if (call.state === "idle" || stage === "capturing" || stage === "invited")
    return "a call is not started";
  if (stage === "describing") return "there is no local description yet";
  return role === "caller"
    ? "this side has answered itself"
    : "the remote description is already set";
}

function takeAnswer(
  session: SimplexSession,
  id: CommandId,
  command: CommandOf<"answer">,
): SessionStep {
  return next(
    { ...withReceived(session, command.iceCandidates.length), stage: "answering", pending: id },
    { type: "take-answer", sdp: command.answer.sdp, candidates: command.iceCandidates },
  );
}

/** Records candidates of the other side, which change the reason for slow connecting. */
function withReceived(session: SimplexSession, count: number): SimplexSession {
  const { path } = session.call;
  const received = path.received + count;
  return {
    ...session,
    call: { ...session.call, path: { ...path, received, hasAnswered: true } },
  };
}

/** Handles candidates; keeps them until a connection exists. */
function takeCandidates(
  session: SimplexSession,
  id: CommandId,
  { iceCandidates }: CommandOf<"ice">,
): SessionStep {
  const { call, ready, stage } = session;
  const isUnconnected = call.state === "idle" || stage === "capturing" || stage === "invited";
  if (isUnconnected || (stage === "describing" && ready === null)) {
    const early = [...session.early, ...iceCandidates].slice(0, maxEarly);
    const resp = isUnconnected
      ? refusal("ice", "there is no connection yet; the candidates are kept")
      : ok;
    return next({ ...session, early }, { type: "reply", id, resp });
  }
  const candidates = iceCandidates.map((one) => ({ ...one }));
  return next(
    withReceived(session, iceCandidates.length),
    { type: "add-candidates", candidates },
    { type: "reply", id, resp: ok },
  );
}

function keyProblem({ settings }: SimplexSession, key: unknown): string | null {
  if (key !== null) return settings.canEncrypt ? null : "encryption is not supported";
  return settings.requireKey ? "a call without a key is not allowed here" : null;
}

function withRelay(call: CallModel, relayOnly: boolean): CallModel {
  return { ...call, settings: { ...call.settings, relayOnly } };
}

function openDevices(media: "audio" | "video"): SessionEffect[] {
  const microphone = { type: "set-device", device: "microphone", on: true } as const;
  return media === "audio"
    ? [microphone]
    : [microphone, { type: "set-device", device: "camera", on: true }];
}

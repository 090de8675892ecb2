import type { CallEvent } from "../../call/events.ts";
import { withFound } from "../../call/rules/connection.ts";
import { deviceChanged } from "../../call/rules/own-devices.ts";
import { transition } from "../../call/rules/transition.ts";
import { wantedFor } from "../../call/state/devices.ts";
import type { CallModel } from "../../call/state/model.ts";
import { stuckMilliseconds, hasRestarted } from "../../call/state/path.ts";
import { unreachable } from "../../errors.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import type { SimplexCommand } from "./messages.ts";
import {
  carry,
  pollMilliseconds,
  overdue,
  reportConnection,
  endByHost,
  deviceSettled,
  trackOpened,
  reportPeerDevices,
  polled,
  switchedByPerson,
  startsSwitch,
} from "./order-call.ts";
import * as setUp from "./order-set-up.ts";
import { capabilities } from "./order-set-up.ts";
import { packCandidates } from "./packing.ts";
import {
  after,
  next,
  type SessionEffect,
  type SessionEvent,
  type SessionStep,
  type SessionTimer,
  type SimplexSession,
  maxEarly,
  ok,
  refusal,
  type CommandId,
} from "./session.ts";

/** Milliseconds before the second, third and every later batch of candidates: each is a chat message. */
const batchMilliseconds = [0, 150, 500, 1000] as const;
/** Maximum number of candidates in a message of the data channel. */
const mostInControl = 16;

/**
 * Rules of commands and answers of one call, on top of the rules of a call. Pure: the same session, event and time always give
 * the same step. A command may arrive at any time; an impossible one gets an error and changes nothing.
 */
export function transitionSession(
  session: SimplexSession,
  event: SessionEvent,
  now: number,
): SessionStep {
  const step = takeEvent(session, event, now);
  // The states of a path change follow it; the present ones are older.
  return event.type === "path-changed" ? step : after(step, reportConnection);
}

function takeEvent(session: SimplexSession, event: SessionEvent, now: number): SessionStep {
  if (event.type === "command") return handleCommand(session, event.id, event.command, now);
  // Late events after the end, or before the start, are ignored.
  if (session.call.state === "ended" || session.call.state === "idle") return next(session);
  switch (event.type) {
    case "described":
      return setUp.described(session, event, now);
    case "answered":
      return setUp.answered(session, event, now);
    case "refused":
      return setUp.refused(session, event, now);
    case "tick":
      return ticked(session, event.name);
    case "states-changed":
      return next({ ...session, report: { ...session.report, states: event.states } });
    case "pair-read":
      return next(session, {
        type: "tell",
        resp: { type: "connected", connectionInfo: setUp.connectionInfo(event.pair) },
      });
    case "polled":
      return polled(session, event.bytes, event.isEarly);
    case "candidates-found":
      return found(
        session,
        event.candidates.map(({ usernameFragment = null, ...candidate }) => ({
          ...candidate,
          usernameFragment,
        })),
      );
    case "set-device":
      return switchedByPerson(session, event.device, event.on);
    case "device-changed":
      // Only the rule for devices: a failed microphone does not end the call, but is an error in the reply.
      return after(
        after(carry(session, deviceChanged(session.call, event)), (changed) =>
          deviceSettled(changed, event.device),
        ),
        (settled) => after(setUp.captured(settled), setUp.leaveWhenReady),
      );
    case "frame-opened":
      return after(delegate(session, event, now), (opened) => trackOpened(opened, event.track));
    case "path-changed":
      return after(delegate(session, event, now), setUp.demandProof);
    case "control-opened":
      return after(delegate(session, event, now), setUp.kit.proveKeys);
    case "control":
      return takeControl(session, event.message, now);
    default:
      return delegate(session, event, now);
  }
}

/** Delegates an event to the rules of a call. */
function delegate(session: SimplexSession, event: CallEvent, now: number): SessionStep {
  return carry(session, transition(session.call, event, now));
}

/** Handles a message of the data channel, which only another kit uses. */
function takeControl(session: SimplexSession, message: ControlMessage, now: number): SessionStep {
  const { call, peer, role } = session;
  const received = setUp.kit.takeControl(session, message, role === "caller", now);
  return peer === "kit" && message.type === "media"
    ? after(received, (current) => reportPeerDevices(current, call.remote))
    : received;
}

/** Handles this side's candidates: the first ones are sent with the description, others in batches. */
function found(
  session: SimplexSession,
  candidates: readonly SimplexSession["found"][number][],
): SessionStep {
  // Candidates of an ICE restart use the data channel: the host's is slow, and its other end expects none.
  if (hasRestarted(session.call.reconnection)) return next(session, ...asControl(candidates));
  const isFirst = session.found.length === 0;
  const call = { ...session.call, path: withFound(session.call.path, candidates) };
  const gathered = { ...session, call, found: [...session.found, ...candidates] };
  if (!session.isOut)
    return setUp.leaveWhenReady({ ...gathered, waits: { ...session.waits, candidates: true } });
  if (candidates.length === 0 || !isFirst) return next(gathered);
  const milliseconds =
    batchMilliseconds[Math.min(session.batches, batchMilliseconds.length - 1)] ?? 0;
  return milliseconds === 0
    ? sendBatch(gathered)
    : next(gathered, { type: "start-tick", name: "batch", milliseconds });
}

function asControl(candidates: SimplexSession["found"]): SessionEffect[] {
  if (candidates.length === 0) return [];
  const message = {
    type: "candidates",
    candidates: candidates.slice(0, mostInControl).map((one) => ({ ...one })),
  } as const;
  return [{ type: "send-control", message }, ...asControl(candidates.slice(mostInControl))];
}

function sendBatch(session: SimplexSession): SessionStep {
  if (session.found.length === 0) return next(session);
  const resp = { type: "ice", iceCandidates: packCandidates(session.found) } as const;
  return next({ ...session, found: [], batches: session.batches + 1 }, { type: "tell", resp });
}

function ticked(session: SimplexSession, name: SessionTimer): SessionStep {
  switch (name) {
    case "candidates":
    case "devices":
      return setUp.leaveWhenReady({ ...session, waits: { ...session.waits, [name]: true } });
    case "batch":
      return sendBatch(session);
    case "unconnected":
      // Sent once: a late answer may still arrive.
      return session.call.times.connectedAt === null
        ? next(overdue(session), { type: "tell-states" })
        : next(session);
    case "report":
      return next(session, { type: "read-pair" });
    case "poll":
      return next(
        session,
        { type: "poll", isEarly: false },
        { type: "start-tick", name: "poll", milliseconds: pollMilliseconds },
      );
    default:
      return unreachable(name);
  }
}

type CommandOf<T extends SimplexCommand["type"]> = Extract<SimplexCommand, { type: T }>;

/** Milliseconds for which the callee's offer waits for its microphone, so that a refusal can be reported. */
const devicesMilliseconds = 250;
/** Milliseconds after which a connection that is not connected is reported. */
const unconnectedMilliseconds = 30_000;

/** Handles a command of the host. Every command gets one reply, now or after its work. */
function handleCommand(
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

import { end } from "../../call/rules/ending.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { Step } from "../../call/rules/step.ts";
import { translateEffect } from "../foreign/kit-rules.ts";
import {
  after,
  next,
  ok,
  refusal,
  type CommandId,
  type SessionEffect,
  type SessionStep,
  type SimplexSession,
  deviceOf,
  type PendingSwitch,
} from "./session.ts";
import type { ConnectionStates } from "../../media/connection/connection.ts";
import type { DeviceName, TrackIndex } from "../../call/terms.ts";
import { setDevice } from "../../call/rules/ringing.ts";
import type { RemoteMediaStatus } from "../../call/state/devices.ts";
import { mediaSources, type SimplexCommand } from "./messages.ts";
import { grow, withOpenedTrack, type RemoteChange } from "../foreign/remote-media.ts";

/*
 * Converts steps of the call's rules to steps of this protocol. All changes to connected or ended pass here, so that the host
 * is notified of each exactly once.
 */

/** Milliseconds after connecting at which SimpleX's page reports the path. */
const reportMilliseconds = 500;
/** Milliseconds between readings of the received bytes. */
export const pollMilliseconds = 1000;

/** Applies a step of the call's rules. */
export function carry(session: SimplexSession, [call, effects]: Step): SessionStep {
  const taken = { ...session, call };
  const isNow = (state: CallModel["state"]) => call.state === state && session.call.state !== state;
  // A person's hang-up is a request, on which the host ends the call on both sides. Other ends are reported.
  const resp =
    call.ending?.by === "local" ? ({ type: "end" } as const) : ({ type: "ended" } as const);
  const isLost =
    session.call.state === "reconnecting" && call.ending?.problem === "connection-failed";
  const sent = isNow("ended")
    ? after(
        after(isLost ? reportLoss(taken) : next(taken), (over) =>
          next(over, { type: "tell", resp }),
        ),
        abandon,
      )
    : next(taken);
  return after(sent, (left) =>
    next(
      left,
      ...effects.flatMap((effect) => translateEffect(left.peer, effect)),
      ...(session.call.times.connectedAt === null && isNow("connected") ? whenConnected : []),
    ),
  );
}

const whenConnected: readonly SessionEffect[] = [
  { type: "stop-tick", name: "unconnected" },
  { type: "start-tick", name: "report", milliseconds: reportMilliseconds },
  { type: "start-tick", name: "poll", milliseconds: pollMilliseconds },
];

/** Ends the call on the host's command, without a notification. */
export function endByHost(session: SimplexSession, id: CommandId, now: number): SessionStep {
  const { state } = session.call;
  // A call that never began has no resources and no state.
  if (state === "ended" || state === "idle") return next(session, { type: "reply", id, resp: ok });
  const [call] = end(session.call, { reason: "hung-up", by: "remote", problem: null }, null, now);
  // Another kit is notified on the data channel, before its own host.
  const reason = session.peer === "kit" ? "hung-up" : null;
  return after(abandon({ ...session, call }), (over) =>
    next(over, { type: "close", reason }, { type: "reply", id, resp: ok }),
  );
}

/** Answers every pending command of the ended call. */
function abandon(session: SimplexSession): SessionStep {
  const { pending, role, stage, switches } = session;
  const command =
    stage === "capturing"
      ? "capabilities"
      : stage === "answering"
        ? "answer"
        : role === "caller"
          ? "offer"
          : "start";
  return next(
    { ...session, pending: null, switches: [] },
    ...(pending === null
      ? []
      : [{ type: "reply", id: pending, resp: refusal(command, "the call has ended") } as const]),
    ...switches.map(
      ({ id, name }) => ({ type: "reply", id, resp: refusal(name, "the call has ended") }) as const,
    ),
  );
}

/*
 * Selects the connection states sent to the app. The app sets the call's clock at every `connected`. A `disconnected` after
 * it ends the chat item, and `failed` marks it as failed, both permanently. A transport state is therefore sent only if it is
 * the state of the call. A lost path that may recover is not an end, and a pending search is not a failure.
 */

/** Sends the connection state, if it differs from the last one sent. */
export function reportConnection(session: SimplexSession): SessionStep {
  const { states, sent } = session.report;
  const state = states === null ? null : stateToTell(session, states);
  return states === null || state === null || state === sent
    ? next(session)
    : reportState(session, states, state);
}

/**
 * Sends the last state of a call whose path did not recover: always `disconnected`. After `failed` the app would show a call
 * that never took place.
 */
function reportLoss(session: SimplexSession): SessionStep {
  const { states } = session.report;
  return states === null ? next(session) : reportState(session, states, "disconnected");
}

/** Handles the end of the connection's time limit: its state is sent once. */
export function overdue(session: SimplexSession): SimplexSession {
  return { ...session, report: { ...session.report, sent: "", isOverdue: true } };
}

function stateToTell({ call, report, reconnects }: SimplexSession, states: ConnectionStates) {
  if (call.state === "ended") return null;
  if (call.state === "reconnecting") return reconnects ? "reconnecting" : null;
  if (call.times.connectedAt !== null) return "connected";
  switch (states.connectionState) {
    case "connected":
      // The path was ready before the keys: the call is not connected yet.
      return "connecting";
    case "failed":
      return report.isOverdue ? "failed" : null;
    case "disconnected":
    case "closed":
      return null;
    default:
      return states.connectionState;
  }
}

function reportState(
  session: SimplexSession,
  states: ConnectionStates,
  connectionState: string,
): SessionStep {
  return next(
    { ...session, report: { ...session.report, sent: connectionState } },
    { type: "tell", resp: { type: "connection", state: { ...states, connectionState } } },
  );
}

type SwitchCommand = Extract<SimplexCommand, { type: "media" | "camera" }>;

/** Polls before a silent track is shown as muted. */
const pollsToKnow = 3;

/** Handles the host's request for a device. The reply follows the change of the device. */
export function startsSwitch(
  session: SimplexSession,
  id: CommandId,
  command: SwitchCommand,
): SessionStep {
  const no = (reason: string) =>
    next(session, { type: "reply", id, resp: refusal(command.type, reason) });
  if (command.type === "camera") {
    const isOff = !session.call.devices.wanted.camera;
    const flip = { type: "flip-camera", facing: command.camera } as const;
    if (isOff) return next(session, flip, { type: "reply", id, resp: ok });
    return next(wait(session, { id, name: "camera", device: "camera", on: true }), flip);
  }
  const device = deviceOf[command.source];
  if (device === null) return no("screenAudio comes and goes with screenVideo");
  if (command.enable && !mayShow(session, device))
    return no("the other side's version cannot show that now");
  if (
    session.call.devices.wanted[device] === command.enable &&
    isSettled(session, device, command.enable)
  ) {
    return next(session, { type: "reply", id, resp: ok });
  }
  const [call, effects] = setDevice(session.call, device, command.enable);
  if (call === session.call && call.devices.wanted[device] !== command.enable)
    return no("not possible now");
  return carry(wait(session, { id, name: "media", device, on: command.enable }), [call, effects]);
}

/** Handles a person's request for a device on the page. */
export function switchedByPerson(
  session: SimplexSession,
  device: DeviceName,
  on: boolean,
): SessionStep {
  return on && !mayShow(session, device)
    ? next(session)
    : carry(session, setDevice(session.call, device, on));
}

/**
 * Handles a changed device: answers the commands that waited for it, and updates a side that detects muting by silence. A
 * command overtaken by a later one is answered with it. A command after the reported change waits for its own report.
 */
export function deviceSettled(session: SimplexSession, device: DeviceName): SessionStep {
  const { state, problem } = session.call.devices.local[device];
  if (state === "starting") return next(session);
  const waiting = session.switches.filter((one) => one.device === device);
  const last = waiting.findLastIndex(({ on }) => on === (state !== "off"));
  // Turned off without a request: by the page's own button, or by the browser's.
  const isForeign = state === "off" && last < 0;
  const isTaken = state === "interrupted";
  const isDone = (on: boolean) => !on || (state !== "failed" && !isTaken && !isForeign);
  const unnamed = isTaken ? "device-busy" : "not-possible";
  const answered = isForeign ? waiting : waiting.slice(0, last + 1);
  const replies = answered.map(({ id, name, on }): SessionEffect => ({
    type: "reply",
    id,
    resp: isDone(on) ? ok : refusal(name, `${device}: ${problem ?? unnamed}`),
  }));
  const switches = session.switches.filter((one) => !answered.includes(one));
  const settled = next({ ...session, switches }, ...replies);
  return device === "microphone" ? after(settled, placeMicrophone) : settled;
}

/**
 * SimpleX's page detects muting by silence only: the microphone is removed from the connection. Another kit is notified, and
 * receives silence.
 */
function placeMicrophone(session: SimplexSession): SessionStep {
  const { state } = session.call.devices.local.microphone;
  if (session.peer !== "simplex" || (state !== "on" && state !== "off")) return next(session);
  return next(session, { type: "place-microphone", on: state === "on" });
}

/** An old version shows no video that was not negotiated at the start: the camera is turned off, as SimpleX's page does. */
export function checkOldPeer(session: SimplexSession): SessionStep {
  const placed = placeMicrophone(session);
  if (maySendPicture(session) || !session.call.devices.wanted.camera) return placed;
  return after(placed, (met) => {
    const command = { type: "media", source: "camera", enable: false } as const;
    return after(carry(met, setDevice(met.call, "camera", false)), (off) =>
      next(off, { type: "tell", resp: ok, command }),
    );
  });
}

/** Handles a reading of the received bytes. Another kit reports its devices. */
export function polled(
  session: SimplexSession,
  bytes: readonly (number | null)[],
  isEarly: boolean,
): SessionStep {
  if (isEarly) {
    const grown = ([0, 1, 2, 3] as const).filter(
      (track) => (bytes[track] ?? 0) > (session.growth[track]?.bytes ?? 0),
    );
    return grown.reduce<SessionStep>(
      (step, track) => after(step, (one) => showOpenedTrack(one, track)),
      next(session),
    );
  }
  const polls = session.polls + 1;
  if (session.peer === "kit" && session.call.remote.known) return next({ ...session, polls });
  const [growth, changes] = grow(session.growth, bytes);
  return show({ ...session, growth, polls }, changes);
}

/**
 * Handles the first frame of a track without waiting for the next poll. Without encryption the engine may unmute a track for
 * padding (Chromium 156, on the screen's): then the bytes are read now.
 */
export function trackOpened(session: SimplexSession, track: TrackIndex): SessionStep {
  return session.call.identity.encryption === "none"
    ? next(session, { type: "poll", isEarly: true })
    : showOpenedTrack(session, track);
}

function showOpenedTrack(session: SimplexSession, track: TrackIndex): SessionStep {
  if (session.peer === "kit" && session.call.remote.known) return next(session);
  const [growth, changes] = withOpenedTrack(session.growth, track);
  return show({ ...session, growth }, changes);
}

/** Handles another kit's device state: reports the changes to the host. */
export function reportPeerDevices(session: SimplexSession, before: RemoteMediaStatus): SessionStep {
  const { remote } = session.call;
  const tracks = [
    [0, "microphone"],
    [1, "camera"],
    [3, "screen"],
  ] as const;
  const changes = tracks.flatMap(([track, device]) =>
    remote[device] === before[device] ? [] : [{ track, enabled: remote[device] }],
  );
  return next(session, ...changes.map(reportOf));
}

function show(session: SimplexSession, changes: readonly RemoteChange[]): SessionStep {
  const isOn = (track: TrackIndex) => session.growth[track]?.isEnabled ?? false;
  const { remote } = session.call;
  const seen: RemoteMediaStatus = {
    // Another kit reports it.
    known: remote.known || (session.peer !== "kit" && session.polls >= pollsToKnow),
    microphone: isOn(0),
    camera: isOn(1),
    screen: isOn(3),
  };
  const isSame = (Object.keys(seen) as (keyof RemoteMediaStatus)[]).every(
    (name) => seen[name] === remote[name],
  );
  const call = isSame ? session.call : { ...session.call, remote: seen };
  return next({ ...session, call }, ...changes.map(reportOf));
}

function reportOf({ track, enabled }: RemoteChange): SessionEffect {
  return { type: "tell", resp: { type: "peerMedia", source: mediaSources[track], enabled } };
}

function maySendPicture({ isOldPeer, peerSendsPicture }: SimplexSession): boolean {
  return !isOldPeer || peerSendsPicture;
}

/** An old version supports no screen, and a camera only while it sends video. */
function mayShow(session: SimplexSession, device: DeviceName): boolean {
  if (device === "screen") return !session.isOldPeer;
  return device !== "camera" || maySendPicture(session);
}

function isSettled({ call }: SimplexSession, device: DeviceName, on: boolean): boolean {
  const { state } = call.devices.local[device];
  return on ? state === "on" : state === "off" || state === "failed";
}

function wait(session: SimplexSession, pending: PendingSwitch): SimplexSession {
  return { ...session, switches: [...session.switches, pending] };
}

import type { DeviceName, TrackIndex } from "../../call/terms.ts";
import { setDevice } from "../../call/rules/ringing.ts";
import type { RemoteMediaStatus } from "../../call/state/devices.ts";
import { mediaSources } from "./messages.ts";
import type { SimplexCommand } from "./messages.ts";
import { carry } from "./order-call.ts";
import { grow, heardOf, type RemoteChange } from "../foreign/remote-media.ts";
import { after, deviceOf, next, ok, refusal } from "./session.ts";
import type {
  CommandId,
  PendingSwitch,
  SessionEffect,
  SessionStep,
  SimplexSession,
} from "./session.ts";

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
  const unsaid = isTaken ? "device-busy" : "not-possible";
  const answered = isForeign ? waiting : waiting.slice(0, last + 1);
  const replies = answered.map(({ id, name, on }): SessionEffect => ({
    type: "reply",
    id,
    resp: isDone(on) ? ok : refusal(name, `${device}: ${problem ?? unsaid}`),
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
      (step, track) => after(step, (one) => heardTrack(one, track)),
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
export function heard(session: SimplexSession, track: TrackIndex): SessionStep {
  return session.call.identity.encryption === "none"
    ? next(session, { type: "poll", isEarly: true })
    : heardTrack(session, track);
}

function heardTrack(session: SimplexSession, track: TrackIndex): SessionStep {
  if (session.peer === "kit" && session.call.remote.known) return next(session);
  const [growth, changes] = heardOf(session.growth, track);
  return show({ ...session, growth }, changes);
}

/** Handles another kit's device state: reports the changes to the host. */
export function peerTold(session: SimplexSession, before: RemoteMediaStatus): SessionStep {
  const { remote } = session.call;
  const tracks = [
    [0, "microphone"],
    [1, "camera"],
    [3, "screen"],
  ] as const;
  const changes = tracks.flatMap(([track, device]) =>
    remote[device] === before[device] ? [] : [{ track, enabled: remote[device] }],
  );
  return next(session, ...changes.map(toldAs));
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
  return next({ ...session, call }, ...changes.map(toldAs));
}

function toldAs({ track, enabled }: RemoteChange): SessionEffect {
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

import { type RemoteMediaStatus, wantedFor } from "../../call/state/devices.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { TrackIndex, DeviceName } from "../../call/terms.ts";
import type { CallEvent } from "../../call/events.ts";
import { setDevice } from "../../call/rules/ringing.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import { sessionSteps, type SessionStep } from "./kit-rules.ts";

/** Milliseconds between two polls of the received bytes. */
export const pollMilliseconds = 1000;
/** Polls before a silent track counts as muted for the screen: "known" means that there was time to measure. */
const pollsToKnow = 3;

/** State of a side that may report nothing about its devices. */
export interface JudgedSession {
  readonly call: CallModel;
  readonly peer: string;
  /** `true` where it does report: then nothing is judged by what arrives, and neither for another kit. */
  readonly reports: boolean;
  readonly growth: RemoteGrowth;
  /** Number of polls of the received bytes. */
  readonly polls: number;
}

/** Returns the devices of such a side, as the screen shows them. */
export function judgedMedia({
  growth,
  polls,
}: Pick<JudgedSession, "growth" | "polls">): RemoteMediaStatus {
  const isOn = (track: TrackIndex) => growth[track]?.isEnabled ?? false;
  return { known: polls >= pollsToKnow, microphone: isOn(0), camera: isOn(1), screen: isOn(3) };
}

export const isJudged = ({ reports, peer }: JudgedSession) => !reports && peer !== "kit";

/** One reading of the received bytes. */
export function judgeBytes<Session extends JudgedSession>(
  session: Session,
  bytes: readonly (number | null)[],
): Session {
  if (!isJudged(session)) return session;
  const [growth] = grow(session.growth, bytes);
  return judged({ ...session, growth, polls: session.polls + 1 });
}

/** Handles the first frame of a track without waiting for the next poll. */
export function judgeFrame<Session extends JudgedSession>(
  session: Session,
  track: TrackIndex,
): Session {
  if (!isJudged(session)) return session;
  const [growth] = withOpenedTrack(session.growth, track);
  return judged({ ...session, growth });
}

function judged<Session extends JudgedSession>(session: Session): Session {
  return { ...session, call: { ...session.call, remote: judgedMedia(session) } };
}

/** Number of polls without growth after which a track counts as muted. */
const pollsToMute = 3;

interface Track {
  /** The last known counter. */
  readonly bytes: number;
  /** Polls since its last growth. */
  readonly still: number;
  readonly isEnabled: boolean;
}

/** Result of the polls for the tracks 0 to 3: microphone, camera, screen audio, screen video. */
export type RemoteGrowth = readonly Track[];

/** A track of the other side was muted or unmuted. */
export interface RemoteChange {
  readonly track: TrackIndex;
  readonly enabled: boolean;
}

/** State of a new connection before the first poll: every track is muted. */
export const noGrowth: RemoteGrowth = ([0, 1, 2, 3] as const).map(() => ({
  bytes: 0,
  still: 0,
  isEnabled: false,
}));

/**
 * Detects muting for protocols that do not report it, by one poll of the received bytes.
 *
 * @param bytes `bytesReceived` of the `inbound-rtp` of each track (W3C webrtc-stats), once a second; `null` for none. A missing
 * counter counts as no growth. A lower counter belongs to a new stream, and restarts the detection.
 * @returns the new state, and the changes.
 */
export function grow(
  known: RemoteGrowth,
  bytes: readonly (number | null)[],
): [RemoteGrowth, RemoteChange[]] {
  const next = known.map((track, mid) => poll(track, bytes[mid] ?? null));
  const changes = ([0, 1, 2, 3] as const).flatMap((track): RemoteChange[] => {
    const enabled = next[track]?.isEnabled ?? false;
    return enabled === known[track]?.isEnabled ? [] : [{ track, enabled }];
  });
  return [next, changes];
}

function poll(track: Track, bytes: number | null): Track {
  if (bytes !== null && bytes > track.bytes) return { bytes, still: 0, isEnabled: true };
  const still = Math.min(track.still + 1, pollsToMute);
  return { bytes: bytes ?? track.bytes, still, isEnabled: track.isEnabled && still < pollsToMute };
}

/** Handles media of a track before the next poll, which counts as growth. */
export function withOpenedTrack(
  known: RemoteGrowth,
  track: TrackIndex,
): [RemoteGrowth, RemoteChange[]] {
  if (known[track]?.isEnabled === true) return [known, []];
  const next = known.map((one, at) => (at === track ? { ...one, still: 0, isEnabled: true } : one));
  return [next, [{ track, enabled: true }]];
}

/** State of the single video of a protocol. */
export interface OnePictureSession {
  readonly call: CallModel;
  /** When this side may send video. */
  readonly video: "from-the-start" | "later" | "never";
  /** `true` if the camera is switched on again after the screen share. */
  readonly cameraWaits: boolean;
}

/**
 * Rules of a protocol with a single video: screen and camera replace each other.
 *
 * @param carry applies a step of the call's rules.
 */
export function onePicture<Session extends OnePictureSession, Effect>(
  carry: (session: Session, step: Step) => SessionStep<Session, Effect>,
) {
  const { next, after } = sessionSteps<Session, Effect>();

  /** Opens the devices of a call that begins. */
  function openDevices(session: Session, media: "audio" | "video") {
    const devices = (["microphone", "camera"] as const).filter(
      (device) => wantedFor(media)[device],
    );
    const { call } = session;
    const wanting = { ...call, devices: { ...call.devices, wanted: wantedFor(media) } };
    return carry(session, [
      wanting,
      devices.map((device) => ({ type: "set-device", device, on: true }) as const),
    ]);
  }

  /** A person wants a device on or off. */
  function switched(session: Session, device: DeviceName, on: boolean) {
    if (device !== "microphone" && on && session.video === "never") return next(session);
    const known = device === "camera" ? { ...session, cameraWaits: false } : session;
    const isInstead = device === "camera" && on && session.call.devices.wanted.screen;
    const stopped = isInstead ? carry(known, setDevice(known.call, "screen", false)) : next(known);
    return after(stopped, (one) => carry(one, setDevice(one.call, device, on)));
  }

  /** Handles a change of the screen share: releases the camera during it, and restores it afterwards. */
  function shared(session: Session) {
    const { call, cameraWaits } = session;
    const { state } = call.devices.local.screen;
    if (state === "on" && call.devices.wanted.camera)
      return carry({ ...session, cameraWaits: true }, setDevice(call, "camera", false));
    if (cameraWaits && state !== "on" && state !== "starting")
      return carry({ ...session, cameraWaits: false }, setDevice(call, "camera", true));
    return next(session);
  }

  /** A frame of the other side was opened. The one picture may be the camera's or the screen's: whichever the other side names. */
  function opened(
    session: Session,
    event: Extract<CallEvent, { type: "frame-opened" }>,
    now: number,
  ) {
    const take = (one: Session, track: TrackIndex) =>
      carry(one, transition(one.call, { ...event, track }, now));
    const step = take(session, event.track);
    return event.track === 1 ? after(step, (one) => take(one, 3)) : step;
  }

  return { openDevices, switched, shared, opened };
}

import type { CallEvent } from "../../call/events.ts";
import type { DeviceName, TrackIndex } from "../../call/terms.ts";
import { setDevice } from "../../call/rules/ringing.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import { wantedFor } from "../../call/state/devices.ts";
import type { CallModel } from "../../call/state/model.ts";
import { sessionSteps, type SessionStep } from "./kit-rules.ts";

/** State of the single video of a protocol. */
export interface OnePictureSession {
  readonly call: CallModel;
  /** What is allowed of the picture. */
  readonly video: "from-the-start" | "later" | "never";
  /** Whether the camera comes on again when the screen is no longer shared. */
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

  /** A frame of the other side was opened. The one picture may be the camera's or the screen's: whichever the other side says. */
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

import type { DeviceName } from "../../call/terms.ts";
import { setDevice } from "../../call/rules/devices.ts";
import type { Step } from "../../call/rules/step.ts";
import type { CallModel } from "../../call/state/model.ts";
import { sessionSteps } from "./session-step.ts";
import type { SessionStep } from "./session-step.ts";

/** State of the single video of a protocol. */
export interface OnePictureSession {
  readonly call: CallModel;
  /** `true` to turn the camera on again after the screen share. */
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

  /** Handles a request for a device. */
  function switched(session: Session, device: DeviceName, on: boolean) {
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

  return { switched, shared };
}

import type { DeviceName } from "../../call/terms.ts";
import { setDevice } from "../../call/rules/devices.ts";
import type { Step } from "../../call/rules/step.ts";
import type { CallModel } from "../../call/state/model.ts";
import { sessionSteps } from "./session-step.ts";
import type { SessionStep } from "./session-step.ts";

/** What a session knows of the one picture that its protocol has. */
export interface OnePictureSession {
  readonly call: CallModel;
  /** Whether the camera comes on again when the screen is no longer shared. */
  readonly cameraWaits: boolean;
}

/**
 * The rules of a protocol with one picture: a shared screen takes the camera's place, and a camera the screen's.
 *
 * @param carry takes over a step that the rules of a call have made.
 */
export function onePicture<Session extends OnePictureSession, Effect>(
  carry: (session: Session, step: Step) => SessionStep<Session, Effect>,
) {
  const { next, after } = sessionSteps<Session, Effect>();

  /** A person wants a device on or off. */
  function switched(session: Session, device: DeviceName, on: boolean) {
    const known = device === "camera" ? { ...session, cameraWaits: false } : session;
    const isInstead = device === "camera" && on && session.call.devices.wanted.screen;
    const stopped = isInstead ? carry(known, setDevice(known.call, "screen", false)) : next(known);
    return after(stopped, (one) => carry(one, setDevice(one.call, device, on)));
  }

  /** The screen has changed: the camera is let go of while it is shared, and comes back afterwards. */
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

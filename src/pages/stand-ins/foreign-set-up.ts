import type { accept as replacedAccept } from "../../call/rules/invitation.ts";
import type { dial as replacedDial, slept as replacedSlept } from "../../call/rules/invitation.ts";
import type {
  inviteWhenReady as replacedInvite,
  checkConfirm as replacedConfirm,
  offerReady as replacedOffer,
  sendAnswer as replacedAnswer,
  receiveSignal as replacedSignal,
} from "../../call/rules/set-up.ts";
import { step, type Step } from "../../call/rules/step.ts";
import type { CallModel } from "../../call/state/model.ts";

/*
 * For the pages of other messengers: their calls begin by the order of their own protocol, which sends and receives none of the messages
 * of `sx-call/1`, and never asks how long a caller waits.
 */

const unchanged = (model: CallModel): Step => step(model);

export const dial: typeof replacedDial = unchanged;
export const accept: typeof replacedAccept = unchanged;
export const slept: typeof replacedSlept = unchanged;
export const receiveSignal: typeof replacedSignal = unchanged;
export const offerReady: typeof replacedOffer = unchanged;
export const sendAnswer: typeof replacedAnswer = unchanged;
export const checkConfirm: typeof replacedConfirm = unchanged;
export const inviteWhenReady: typeof replacedInvite = unchanged;

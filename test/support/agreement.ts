import {
  InitiatorAgreement,
  ResponderAgreement,
} from "../../src/crypto/agreement/key-agreement.ts";
import type {
  AcceptShare,
  CallBinding,
  ConfirmShare,
  InviteShare,
  TransportBinding,
} from "../../src/crypto/agreement/key-agreement.ts";
import { toHex } from "./hex.ts";
import { callId } from "./signals.ts";

export const binding: CallBinding = { callId, media: "audio" };
export const transport: TransportBinding = {
  offerFingerprint: new Uint8Array(32).fill(1),
  answerFingerprint: new Uint8Array(32).fill(2),
};

/** Manipulations of an agreement by an attacker, or by one of the hosts. */
export interface Meddling {
  readonly calleeBinding?: CallBinding;
  readonly callerTransport?: TransportBinding;
  readonly calleeTransport?: TransportBinding;
  readonly invite?: (share: InviteShare) => InviteShare;
  readonly accept?: (share: AcceptShare) => AcceptShare;
  readonly confirm?: (share: ConfirmShare) => ConfirmShare;
}

/** One whole agreement: rejects where either side refuses. */
export async function agree(meddling: Meddling = {}) {
  const same = <T>(share: T) => share;
  const initiator = await InitiatorAgreement.create(binding);
  const invite = (meddling.invite ?? same)(initiator.share);
  const responder = await ResponderAgreement.create(meddling.calleeBinding ?? binding, invite);
  const callee = await responder.agree(meddling.calleeTransport ?? transport);
  const caller = await initiator.agree(
    (meddling.accept ?? same)(callee.accept),
    meddling.callerTransport ?? transport,
  );
  const { securityCode: calleeCode, successors: calleeSuccessors } = await responder.confirm(
    (meddling.confirm ?? same)(caller.confirm),
  );
  return { caller, callee, calleeCode, calleeSuccessors };
}

/** Returns an effect of a secret, to compare two that cannot be read. */
export async function effectOf(secret: CryptoKey): Promise<string> {
  return toHex(await crypto.subtle.sign("HMAC", secret, new Uint8Array(1)));
}

import { randomBytes, toBase64url } from "../crypto/bytes.ts";
import { canEncryptCalls, FrameCipher } from "../crypto/frame-cipher.ts";
import { InitiatorAgreement, ResponderAgreement } from "../crypto/key-agreement.ts";
import { Capture } from "../media/capture.ts";
import { createCertificate } from "../media/certificate.ts";
import { MediaConnection } from "../media/connection.ts";
import type { CallMediaDevices } from "../media/device-requests.ts";
import { Senses } from "../media/senses.ts";
import { watchNetwork } from "../media/network.ts";
import type { CallPorts } from "./ports.ts";

/** The browser's own devices; `null` where the page is not secure and has none. */
function ownDevices(): CallMediaDevices | null {
  return "mediaDevices" in navigator ? navigator.mediaDevices : null;
}

/** The ports as a browser has them. */
export const browserPorts: CallPorts = {
  now: () => Date.now(),
  setTimer(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  watchNetwork,
  newCallId: () => toBase64url(randomBytes(16)),
  async findObstacle() {
    if (typeof RTCPeerConnection !== "function") return "webrtc-unsupported";
    return (await canEncryptCalls()) ? null : "encryption-unsupported";
  },
  canShareScreen: (devices) => typeof (devices ?? ownDevices())?.getDisplayMedia === "function",
  createCipher: (listener, options) => new FrameCipher(listener, options),
  createInitiator: (binding) => InitiatorAgreement.create(binding),
  createResponder: (binding, invite) => ResponderAgreement.create(binding, invite),
  createCertificate,
  createConnection: (options, hooks, listener) => new MediaConnection(options, hooks, listener),
  createCapture: (devices, listener, options) =>
    new Capture(devices ?? ownDevices(), listener, {
      ...options,
      // Not on iPhones, and in Firefox since 116: there the system chooses.
      canChooseSpeaker: "setSinkId" in HTMLMediaElement.prototype,
    }),
  createSenses: (taps, tell) => new Senses(taps, tell),
};

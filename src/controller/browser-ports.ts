import { FrameCipher } from "../crypto/worker/frame-cipher.ts";
import {
  InitiatorAgreement,
  isAuthorOf,
  ResponderAgreement,
} from "../crypto/agreement/key-agreement.ts";
import { BrowserResumptions } from "../crypto/agreement/resumption-store.ts";
import { Capture } from "../media/devices/capture.ts";
import { devicePermission } from "../media/devices/device-permission.ts";
import { createCertificate } from "../media/connection/certificate.ts";
import { MediaConnection } from "../media/connection/connection.ts";
import { watchNetwork } from "../media/connection/network.ts";
import { Senses } from "../media/devices/senses.ts";
import { ownDevices, pagePorts } from "./page-ports.ts";
import type { CallPorts } from "./ports.ts";

/** The ports as a browser has them. */
export const browserPorts: CallPorts = {
  ...pagePorts,
  watchNetwork,
  createCipher: (listener, options) => new FrameCipher(listener, options),
  createInitiator: (binding) => InitiatorAgreement.create(binding),
  createResponder: (binding, invite) => ResponderAgreement.create(binding, invite),
  isAuthorOf,
  resumptions: new BrowserResumptions(),
  createCertificate,
  createConnection: (options, hooks, listener) => new MediaConnection(options, hooks, listener),
  createCapture: (devices, listener, options) =>
    new Capture(devices ?? ownDevices(), listener, {
      ...options,
      // Not on iPhones, and in Firefox since 116: there the system chooses.
      canChooseSpeaker: "setSinkId" in HTMLMediaElement.prototype,
      // Of a host's own devices the browser knows nothing.
      ...(devices === null && { permission: devicePermission }),
    }),
  createSenses: (taps, tell) => new Senses(taps, tell),
};

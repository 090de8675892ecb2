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

/** The ports of a browser. */
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
      // Absent on iPhones: the system selects the output. In Firefox since 116.
      canChooseSpeaker: "setSinkId" in HTMLMediaElement.prototype,
      // The browser knows nothing about a host's own devices.
      ...(devices === null && { permission: devicePermission }),
    }),
  createSenses: (taps, tell) => new Senses(taps, tell),
};

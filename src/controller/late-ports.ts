import { CallError } from "../errors.ts";
import { Late } from "./late.ts";
import { loadBrowserPorts } from "./load-browser-ports.ts";
import { pagePorts } from "./page-ports.ts";
import type { CallPorts } from "./ports.ts";

/** Lazily loaded part: keys, frames, devices and connections. */
export const browserPart = new Late(loadBrowserPorts);

/** Returns the ports of a browser, once `ready`. */
function browserPorts(): CallPorts {
  if (browserPart.part === null)
    throw new CallError("internal", "The runtime of calls is not loaded.");
  return browserPart.part.browserPorts;
}

/**
 * The ports of a browser, most of them loaded lazily.
 *
 * @param part what must be loaded before any effect of a call is executed. Includes the browser's part.
 */
export const latePorts = (part: Late<unknown> = browserPart): CallPorts => ({
  ...pagePorts,
  ready(urgent) {
    if (part.part !== null) return null;
    return urgent ? part.load() : part.soon();
  },
  watchNetwork: (changed) => browserPorts().watchNetwork(changed),
  createCipher: (listener, options) => browserPorts().createCipher(listener, options),
  createInitiator: (binding) => browserPorts().createInitiator(binding),
  createResponder: (binding, invite) => browserPorts().createResponder(binding, invite),
  isAuthorOf: (...claim) => browserPorts().isAuthorOf(...claim),
  get resumptions() {
    return browserPorts().resumptions;
  },
  createCertificate: () => browserPorts().createCertificate(),
  createConnection: (options, hooks, listener) =>
    browserPorts().createConnection(options, hooks, listener),
  createCapture: (devices, listener, options) =>
    browserPorts().createCapture(devices, listener, options),
  createSenses: (taps, tell) => browserPorts().createSenses(taps, tell),
});

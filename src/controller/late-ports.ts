import { CallError } from "../errors.ts";
import { Late } from "./late.ts";
import { loadBrowserPorts } from "./load-browser-ports.ts";
import { pagePorts } from "./page-ports.ts";
import type { CallPorts } from "./ports.ts";

/** Keys, frames, devices and connections of a browser: they come late. */
export const browserPart = new Late(loadBrowserPorts);

/** The ports of a browser, which are there once they are `ready`. */
function browserPorts(): CallPorts {
  if (browserPart.part === null)
    throw new CallError("internal", "A call asked for what had not been loaded.");
  return browserPart.part.browserPorts;
}

/**
 * The ports as a browser has them, the greater part of them late.
 *
 * @param part what has to be there before anything of a call is done: it has the browser's part in it.
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

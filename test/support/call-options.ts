import type { CallOptions } from "../../src/controller/ports.ts";

/** Default options of a host. */
export const callOptions: CallOptions = {
  iceServers: [],
  relayOnly: false,
  ringTimeoutSeconds: 60,
  reconnectTimeoutSeconds: 30,
  megabytesPerHour: null,
  mediaDevices: null,
  trackProcessor: null,
  hostSecret: null,
  hostBinding: null,
  workerUrl: null,
  encryptOnMainThread: false,
};

import type { CallOptions } from "../../controller/ports.ts";
import type { SxCallView } from "./call-view.ts";

/** What a new call takes from the properties of its view. Read when the call begins: a host may set them at any time before. */
export const optionsOf = (view: SxCallView): CallOptions => ({
  iceServers: view.iceServers,
  relayOnly: view.relayOnly,
  ringTimeoutSeconds: view.ringTimeout,
  reconnectTimeoutSeconds: view.reconnectTimeout,
  megabytesPerHour: view.dataSaver,
  whenBusy: view.whenBusy,
  mediaDevices: view.mediaDevices,
  trackProcessor: view.trackProcessor,
  hostSecret: view.hostSecret,
  hostBinding: view.hostBinding,
  workerUrl: view.workerUrl,
  encryptOnMainThread: view.encryptOnMainThread,
});

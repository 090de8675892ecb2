import "sx-call-kit/define";
import { CallNotifier } from "../../../src/hosts/notifications/call-notifier.ts";
import { drawnDevices, plainDrawing } from "../interop/drawn-devices.ts";

/*
 * A messenger of one call view: under `/caller-…/` somebody who calls, anywhere else the person who is called, with notifications. The
 * folder is the scope of its worker.
 */

const folder = location.pathname.split("/")[1] ?? "";
const view = document.querySelector("sx-call-view")!;
view.workerUrl = "/frame-worker.js";
view.mediaDevices = drawnDevices(plainDrawing);
view.contact = { id: "somebody", name: "Ann Secret" };

if (!folder.startsWith("caller")) {
  const worker = folder.startsWith("pushed") ? "host-sw.js" : "sx-call-sw.js";
  await CallNotifier.start(view, { serviceWorker: `/${folder}/${worker}` });
}

const socket = new WebSocket(`ws://${location.host}/${folder}`);
socket.addEventListener("message", ({ data }) => {
  const { message, from } = JSON.parse(String(data)) as { message: unknown; from: string };
  // The caller uses one id for the callee: messages with another id are dropped.
  view.receiveSignal(message, folder.startsWith("caller") ? view.contact.id : from);
});
view.addEventListener("sx-signal", ({ detail }) => socket.send(JSON.stringify(detail.message)));
socket.addEventListener("open", () => document.body.classList.add("ready"));

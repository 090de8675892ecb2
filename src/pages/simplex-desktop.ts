import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { inlinedWorker } from "./inlined-worker.ts";
import { startPage, waitForNative } from "./simplex-page.ts";

/*
 * The call page of SimpleX's desktop app, in the person's own browser: the whole call view with its buttons. It speaks to the app
 * over a web socket to its own host.
 */
customElements.define(SxCallView.tagName, SxCallView);
customElements.define(SxCallControls.tagName, SxCallControls);
customElements.define(SxSecurityCode.tagName, SxSecurityCode);
customElements.define(SxDeviceMenu.tagName, SxDeviceMenu);
waitForNative();
const page = startPage({ hideControls: false, host: { workerUrl: inlinedWorker() } });
if (location.protocol === "http:" || location.protocol === "https:") connect();

function connect(): void {
  const socket = new WebSocket(
    `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/`,
  );
  socket.addEventListener("open", () => {
    globalThis.sendMessageToNative = (message) => {
      // Afterwards there is nobody to tell: the page is about to close.
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    };
  });
  socket.addEventListener("message", ({ data }) => {
    page.take(data);
  });
  socket.addEventListener("close", () => {
    // The app is gone, or has let go of the page.
    page.take({ command: { type: "end" } });
    page.host.close();
    globalThis.close();
  });
}

import "./styles.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import { inlinedWorker } from "./stand-ins/carried-worker.ts";
import { startPage, waitForNative } from "./simplex-page.ts";

/* Call page of SimpleX's Android app: video, state and lock. The app draws its own buttons over it. */
customElements.define(SxCallView.tagName, SxCallView);
customElements.define(SxSecurityCode.tagName, SxSecurityCode);
waitForNative();
startPage({
  hideControls: true,
  // Some Android WebViews are reported to crash with a worker: it is used only with storage for the mark.
  host: { workerUrl: inlinedWorker(), needsMark: true, canShareScreen: false },
});

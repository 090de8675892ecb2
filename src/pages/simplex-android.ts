import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import workerText from "../crypto/worker/compatible-worker.ts?text";
import { inlinedWorker } from "./inlined-worker.ts";
import { startPage, waitForNative } from "./simplex-page.ts";

/*
 * The call page of SimpleX's Android app: pictures, state and lock. The app draws its own buttons over it.
 */
customElements.define(SxCallView.tagName, SxCallView);
customElements.define(SxSecurityCode.tagName, SxSecurityCode);
waitForNative();
startPage({
  hideControls: true,
  // Some Android WebViews are reported to crash over a worker: it is used only where the next page can know.
  host: { workerUrl: inlinedWorker(workerText), needsFuse: true, canShareScreen: false },
});

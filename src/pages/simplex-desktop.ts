import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import workerProgram from "../crypto/worker/compatible-worker.ts?program";
import { inlinedWorker } from "./inlined-worker.ts";
import { connectApp } from "./simplex/connect-app.ts";
import { startPage, waitForNative } from "./simplex-page.ts";

/*
 * Call page of SimpleX's desktop app in the person's browser: the whole call view with its buttons. It connects to the app by a
 * web socket to its own host. The URL of the page contains the app's token, which is passed on in the query of the socket. It
 * stays in the URL for reloads, and goes nowhere else.
 */
customElements.define(SxCallView.tagName, SxCallView);
customElements.define(SxCallControls.tagName, SxCallControls);
customElements.define(SxSecurityCode.tagName, SxSecurityCode);
customElements.define(SxDeviceMenu.tagName, SxDeviceMenu);
waitForNative();
const page = startPage({ hideControls: false, host: { workerUrl: inlinedWorker(workerProgram) } });
// A page of another site that frames this one would have its visitor press on it unseen. No `meta` can forbid that (CSP `frame-ancestors`).
const isFramed = globalThis.top !== globalThis.self;
if (!isFramed && /^https?:$/.test(location.protocol)) connectApp(page);

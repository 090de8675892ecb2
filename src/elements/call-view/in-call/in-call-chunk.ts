import { browserPorts } from "../../../controller/browser-ports.ts";
import { callRuntime, type CallRuntime } from "../../../controller/call-runtime.ts";
import { SxCallControls } from "../../call-controls/call-controls.ts";
import { SxDeviceMenu } from "../../device-menu/device-menu.ts";
import { SxSecurityCode } from "../../security-code/security-code.ts";
import { register } from "../../shared/sx-element.ts";
import { InCallScreen, type InCallHost, type InCallParts } from "./in-call-screen.ts";

/** What a view loads by one `import()`: the runtime of calls, and the screen of a running one with the elements inside. */
export interface InCallChunk extends CallRuntime {
  openScreen(host: InCallHost, parts: InCallParts): InCallScreen;
}

export const inCall: InCallChunk = {
  ...callRuntime(browserPorts),
  openScreen(host, parts) {
    register(SxCallControls, SxSecurityCode, SxDeviceMenu);
    // Parsed while it rings, instead of when a person accepts.
    for (const style of SxCallControls.elementStyles)
      if ("styleSheet" in style) void style.styleSheet;
    return new InCallScreen(host, parts);
  },
};

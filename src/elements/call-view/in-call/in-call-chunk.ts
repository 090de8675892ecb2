import { browserPorts } from "../../../controller/browser-ports.ts";
import { callRuntime, type CallRuntime } from "../../../controller/call-runtime.ts";
import { painted } from "../../../controller/lazy.ts";
import type { CallOptions } from "../../../controller/ports.ts";
import { SpareCipher } from "../../../controller/spare-cipher.ts";
import { SxCallControls } from "../../call-controls/call-controls.ts";
import { SxDeviceMenu } from "../../device-menu/device-menu.ts";
import { SxSecurityCode } from "../../security-code/security-code.ts";
import { register } from "../../shared/sx-element.ts";
import { rehearse } from "./rehearsal.ts";
import { InCallScreen, type InCallHost, type InCallParts } from "./in-call-screen.ts";

/** Requirements on the view. */
export type ChunkHost = InCallHost & Pick<CallOptions, "workerUrl" | "encryptOnMainThread">;

/** What a view loads by one `import()`: the runtime of calls, and the screen of a running one with the elements inside. */
export interface InCallChunk extends CallRuntime {
  openScreen(host: ChunkHost, parts: InCallParts): InCallScreen;
}

const spare = new SpareCipher();

export const inCall: InCallChunk = {
  ...callRuntime({
    ...browserPorts,
    createCipher: (listener, options) => spare.take(listener, options),
  }),
  openScreen(host, parts) {
    register(SxCallControls, SxSecurityCode, SxDeviceMenu);
    // Parsed while it rings, instead of when a person accepts.
    for (const style of SxCallControls.elementStyles)
      if ("styleSheet" in style) void style.styleSheet;
    const screen = new InCallScreen(host, parts);
    void getReady(screen, host, parts).catch(() => undefined);
    return screen;
  },
};

/** Uses the time before the next call, a step at a time. What fails here fails in the call, where it is told. */
async function getReady(screen: InCallScreen, host: ChunkHost, parts: InCallParts): Promise<void> {
  await painted();
  const isIdle = () => host.isConnected && host.calls.snapshot.state === "idle";
  if (isIdle())
    spare.prepare({ workerUrl: host.workerUrl, onMainThread: host.encryptOnMainThread });
  await rehearse(screen, host, parts);
}

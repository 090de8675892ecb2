import { render, type ReactiveController } from "lit";
import type { CallStateName } from "../../../call/terms.ts";
import { browserPorts, SpareCipher } from "../../../controller/browser-ports.ts";
import { readOptions, type CallOptions } from "../../../controller/call-options.ts";
import { callRuntime, type CallRuntime } from "../../../controller/call-runtime.ts";
import type { CallSource } from "../../../controller/call-source.ts";
import { SpareConnection, type SpareView } from "../../../controller/spare-connection.ts";
import { painted } from "../../../controller/lazy.ts";
import { SxCallControls } from "../../call-controls/call-controls.ts";
import { SxDeviceMenu } from "../../device-menu/device-menu.ts";
import { SxSecurityCode } from "../../security-code/security-code.ts";
import type { ContextRequestEvent } from "../../shared/context.ts";
import { register } from "../../shared/sx-element.ts";
import { english } from "../../words/english.ts";
import type { ViewScene } from "../scene.ts";
import { InCallScreen, type InCallHost, type InCallParts } from "./in-call-screen.ts";

/** Requirements on the view. */
export type ChunkHost = InCallHost & Pick<CallOptions, "workerUrl" | "encryptOnMainThread">;

/** Loaded by a view with one `import()`: the runtime of calls, and the in-call screen with its elements. */
export interface InCallChunk extends CallRuntime {
  openScreen(host: ChunkHost, parts: InCallParts): InCallScreen;
}

const spareCipher = new SpareCipher();
const spareConnection = new SpareConnection(spareCipher);

export const inCall: InCallChunk = {
  ...callRuntime({
    ...browserPorts,
    createCipher: (listener, options) => spareCipher.take(listener, options),
    createConnection: (...given) =>
      spareConnection.take(...given) ?? browserPorts.createConnection(...given),
  }),
  openScreen(host, parts) {
    register(SxCallControls, SxSecurityCode, SxDeviceMenu);
    // Parsed while it rings, instead of when a person accepts.
    for (const style of SxCallControls.elementStyles)
      if ("styleSheet" in style) void style.styleSheet;
    const screen = new InCallScreen(host, parts);
    void getReady(screen, host, parts).catch(nothing);
    return screen;
  },
};

const nothing = (): undefined => undefined;

/** Uses the time before the next call, a step at a time. What fails here fails in the call, which reports it. */
async function getReady(screen: InCallScreen, host: ChunkHost, parts: InCallParts): Promise<void> {
  await painted();
  if (host.isConnected && host.calls.snapshot.state === "idle") spareCipher.prepare(cipherOf(host));
  await prerender(screen, host, parts);
  host.addController(new SpareOfView(host));
  // Engines compile a function when it is first called: those of a call's beginning now, instead of between press and invitation.
  inCall.run(readOptions({}).options, { device: undefined, resumption: null }, nothing, nothing);
}

const cipherOf = ({ workerUrl, encryptOnMainThread: onMainThread }: ChunkHost) => ({
  workerUrl,
  onMainThread,
});

/** Registers a view with the page's spare connection while it is in the page. */
class SpareOfView implements ReactiveController, SpareView {
  readonly #host: ChunkHost;
  #stop: (() => void) | undefined;

  constructor(host: ChunkHost) {
    this.#host = host;
  }

  get state(): CallStateName {
    return this.#host.calls.snapshot.state;
  }

  get cipher(): SpareView["cipher"] {
    return cipherOf(this.#host);
  }

  hostConnected(): void {
    this.#stop ??= spareConnection.serve(this);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** A call may have ended: the next one is made ready. */
  hostUpdated(): void {
    spareConnection.check();
  }
}

/** The states that are rendered ahead: what a caller sees at the press, and what both see after accept. */
const states = ["inviting", "connecting", "connected"] as const;

/**
 * Renders the screen of a call unseen while the page is idle or rings, one state after the other, and discards it: at the moment of the
 * press or of accept the engine has read the templates, styles and icons. It reaches nothing but the screen.
 */
async function prerender(
  screen: InCallScreen,
  host: InCallHost,
  { about, localizeWith }: InCallParts,
): Promise<void> {
  const { calls } = host;
  const box = document.createElement("div");
  box.inert = true;
  box.style.cssText = "position:absolute;inset:0;visibility:hidden;overflow:hidden;contain:strict";
  const isFree = () =>
    host.isConnected &&
    host.calls === calls &&
    (calls.snapshot.state === "idle" || calls.snapshot.state === "incoming");
  const leave = calls.subscribe(() => {
    if (!isFree()) box.remove();
  });
  try {
    for (const state of states) {
      await painted();
      if (!isFree()) break;
      const { language, name } = about();
      const snapshot = {
        ...calls.snapshot,
        ...({ state, direction: "outgoing", media: "video", actions: ["hang-up"] } as const),
        connectedAt: state === "connected" ? 0 : null,
      };
      const scene: ViewScene = {
        ...{ snapshot, tracks: calls.tracks, contact: { id: "", name }, language, now: 0 },
        dir: host.dir,
        ...{ localize: localizeWith(english), pictures: "all", otherCalls: [], quickTexts: null },
        ...{ resume: nothing, hideAddress: nothing, hasButtons: true },
      };
      const shown: Partial<CallSource> = { snapshot, subscribe: () => nothing };
      box.addEventListener(
        "context-request",
        (event) => {
          event.stopImmediatePropagation();
          (event as unknown as ContextRequestEvent<unknown>).callback(shown);
        },
        { once: true },
      );
      host.renderRoot.append(box);
      render(screen.render(screen.sceneOf(scene)), box);
      // The screen is notified again of the present call.
      host.requestUpdate();
    }
    await painted();
  } finally {
    leave();
    box.remove();
  }
}

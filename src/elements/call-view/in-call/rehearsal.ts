import { render } from "lit";
import type { CallSource } from "../../../controller/call-source.ts";
import { painted } from "../../../controller/lazy.ts";
import type { ContextRequestEvent } from "../../shared/context.ts";
import { english } from "../../words/english.ts";
import type { ViewScene } from "../scene.ts";
import type { InCallHost, InCallParts, InCallScreen } from "./in-call-screen.ts";

/** The states that are drawn ahead: what a caller sees at the press, and what both see after accept. */
const states = ["inviting", "connecting", "connected"] as const;

/**
 * Draws the screen of a call unseen while the page is idle or rings, one state after the other, and throws it away: in the moment of the
 * press or of accept the engine has read the templates, styles and icons. It reaches nothing but the screen.
 */
export async function rehearse(
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
        ...{
          snapshot,
          tracks: calls.tracks,
          contact: { id: "", name },
          language,
          now: 0,
          dir: host.dir,
        },
        ...{ localize: localizeWith(english), pictures: "all", otherCalls: [], quickTexts: null },
        ...{ resume: () => undefined, hideAddress: () => undefined, hasButtons: true },
      };
      const shown: Partial<CallSource> = { snapshot, subscribe: () => () => undefined };
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
      // The screen is told again of the call that there is.
      host.requestUpdate();
    }
    await painted();
  } finally {
    leave();
    box.remove();
  }
}

import { html, type TemplateResult } from "lit";
import type { CallScene } from "../scene.ts";

/** Renders the buttons in the sign of one's own shared screen. */
export function renderShareButtons({ localize, snapshot, input }: CallScene): TemplateResult {
  const isPaused = snapshot.local.screenPaused === true;
  const words = localize(isPaused ? "resumeSharing" : "pauseSharing");
  return html`<div class="choices">
    <button class="primary" part="stop-sharing" type="button" @click=${input.stopSharing}>
      ${localize("stopSharing")}
    </button>
    <button part="pause-sharing" type="button" @click=${() => input.pauseSharing(!isPaused)}>
      ${words}
    </button>
    <button part="share-other" type="button" @click=${input.shareOther}>
      ${localize("shareOther")}
    </button>
  </div>`;
}

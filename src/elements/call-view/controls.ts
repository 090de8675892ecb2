import { html, nothing, type TemplateResult } from "lit";
import type { CallScene } from "./scene.ts";

/** The toolbar of the view. It finds the call by itself. */
export function renderControls({ language, dir, input, layout }: CallScene): TemplateResult {
  return html`<sx-call-controls
    part="controls"
    exportparts="toolbar, button, microphone, camera, flip, devices, screen: share-screen, more, menu, menu-item, hang-up"
    .extras=${layout.extras}
    .shortcutKeys=${input.keys}
    lang=${language}
    dir=${dir || nothing}
    ><slot name="controls"></slot
  ></sx-call-controls>`;
}

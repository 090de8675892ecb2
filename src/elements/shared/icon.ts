import { html, type TemplateResult } from "lit";
import type { IconName } from "./icons.ts";
import { knownDrawing } from "./known.ts";

/** A drawing in the colour of the text around it. It says nothing: what it stands for is in the words beside it. */
export function icon(name: IconName, look = ""): TemplateResult {
  return html`<svg class="icon ${look}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${knownDrawing(name)}
  </svg>`;
}

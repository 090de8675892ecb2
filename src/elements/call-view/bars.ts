import { html, nothing, svg, type TemplateResult } from "lit";
import type { CallScene } from "./scene.ts";

const bars = [1, 2, 3, 4] as const;

/** How good the call is, measured: a drawing for the eye and a name for the ear. Nothing while nothing is known. */
export function renderBars({ snapshot, say }: CallScene): TemplateResult | typeof nothing {
  const strength = snapshot.quality?.bars ?? null;
  // A lost path says so in words: bars beside them would be the last of another time.
  if (strength === null || snapshot.state !== "connected") return nothing;
  return html`<svg
    class="bars strength-${strength}"
    part="bars"
    role="img"
    aria-label=${say(`quality.${strength}`)}
    viewBox="0 0 16 12"
    width="16"
    height="12"
  >
    <title>${say(`quality.${strength}`)}</title>
    ${bars.map(
      (bar) =>
        svg`<rect class=${bar <= strength ? "on" : "off"} x=${(bar - 1) * 4} y=${12 - bar * 3} width="3" height=${bar * 3} rx="1"></rect>`,
    )}
  </svg>`;
}

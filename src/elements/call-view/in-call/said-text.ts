import { css, html, nothing, type TemplateResult } from "lit";
import { saidBy, type Telling } from "../status-text.ts";

/**
 * Renders the words with which the other side has declined, isolated from the name before them (HTML, `<bdi>`): either may be of
 * another direction.
 */
export function renderSaid({
  snapshot,
  contact,
  localize,
}: Telling): TemplateResult | typeof nothing {
  const text = saidBy(snapshot);
  if (!text) return nothing;
  return html`<span class="said" part="text"
    >${localize("says", contact.name)} <bdi>${text}</bdi></span
  >`;
}

export const saidStyles = css`
  /* These words may be of any script, and paint over nothing. */
  .said {
    max-inline-size: min(24rem, 100%);
    margin-block-start: var(--_space-3);
    padding: var(--_space-2) var(--_space-3);
    overflow: clip;
    overflow-wrap: anywhere;
    border-radius: var(--_radius-l);
    background: var(--_control);
    text-align: start;
  }
`;

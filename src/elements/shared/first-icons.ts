// Icons of the first chunk: those that are shown before a call runs.
import { html, type TemplateResult } from "lit";
import { paths as firstIcons } from "./icon-paths/first.ts";

/** Renders an icon in the colour of the text. Hidden from screen readers: the text next to it has the same meaning. */
export const renderIcon = (path: string, variant: string): TemplateResult =>
  html`<svg class="icon ${variant}" viewBox="5 5 86 86" aria-hidden="true" focusable="false">
    <path d=${path} />
  </svg>`;

/** An icon of the first chunk. */
export const firstIcon = (name: keyof typeof firstIcons, variant = ""): TemplateResult =>
  renderIcon(firstIcons[name], variant);

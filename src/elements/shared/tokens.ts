import { css, unsafeCSS, type CSSResult } from "lit";

/**
 * Colours by private name: the host's token, then the kit's value for light and dark. `--_surface` is `var(--sx-color-surface,
 * ...)`. Contrast: text 4.5:1, icons 3:1 (WCAG 2.2).
 */
export const colours: Record<string, readonly [light: string, dark: string]> = {
  surface: ["#f5f6f8", "#15171c"],
  raised: ["#ffffff", "#24272e"],
  text: ["#15181e", "#f3f4f6"],
  muted: ["#565d69", "#aeb5c0"],
  line: ["#d9dde4", "#3a3f49"],
  control: ["#e5e8ee", "#2f333c"],
  "control-hover": ["#d8dce5", "#3b404b"],
  accent: ["#3453cf", "#a3b4ff"],
  "on-accent": ["#ffffff", "#11173a"],
  accept: ["#17803f", "#1b8645"],
  "accept-hover": ["#126a34", "#187a3e"],
  danger: ["#d42b38", "#d8323f"],
  "danger-hover": ["#b7222e", "#be2733"],
  "danger-text": ["#b3202c", "#ff9aa1"],
};

/** The host's colour of a private name, or else another value. */
export const hostColour = (name: string, otherwise: string): string =>
  `var(--sx-color-${name}, ${otherwise})`;

type Scheme = 0 | 1 | "both";

/**
 * Colours resolve to the host's token, then the value over a picture, then the kit's value. `light-dark()` follows the
 * `color-scheme` of the element that uses the colour. Engines without it follow the system (Chrome < 123, Safari < 17.5,
 * Firefox < 120). Remove the fallback with their support.
 */
function colourTokens(scheme: Scheme): CSSResult {
  const lines = Object.entries(colours).map(([name, [light, dark]]) => {
    const value = scheme === "both" ? `light-dark(${light}, ${dark})` : scheme === 0 ? light : dark;
    return `--_${name}: ${hostColour(name, `var(--_over-${name}, ${value})`)};`;
  });
  // Safe: built from the constants above only.
  return unsafeCSS(lines.join("\n"));
}

/** Design tokens and base styles of every element. */
export const tokens = css`
  :host {
    ${colourTokens(0)}

    /* --_narrow-…: what the call view gives the elements inside, where it is hardly a word wide. */
    --_space-1: var(--sx-space-1, 0.25rem);
    --_space-2: var(--sx-space-2, var(--_narrow-space-2, 0.5rem));
    --_space-3: var(--sx-space-3, var(--_narrow-space-3, 0.75rem));
    --_space-4: var(--sx-space-4, var(--_narrow-space-4, 1rem));
    --_space-5: var(--sx-space-5, var(--_narrow-space-5, 1.5rem));
    --_space-6: var(--sx-space-6, 2rem);
    --_radius-l: var(--sx-radius-l, 1.25rem);
    --_round: var(--sx-radius-round, 999px);
    --_text-s: var(--sx-text-s, var(--_narrow-text-s, 0.8125rem));
    --_text-m: var(--sx-text-m, var(--_narrow-text-m, 0.9375rem));
    --_text-l: var(--sx-text-l, var(--_narrow-text-l, 1.125rem));
    --_text-xl: var(--sx-text-xl, 1.75rem);
    --_motion: var(--sx-motion, 180ms);
    --_elevation: var(--sx-elevation, 0 1px 2px rgb(0 0 0 / 0.12), 0 8px 24px rgb(0 0 0 / 0.14));
    --_picture: var(--sx-color-picture, #0b0c0f);
    /* White text on this has at least 4.5:1, even over a white picture. */
    --_scrim: var(--sx-color-scrim, rgb(12 13 16 / 0.66));

    /* Units of the window, where there are none of the container (Chrome 98 to 104). */
    --_cqi: 1vw;
    --_cqb: 1vh;
    --_cqmin: min(var(--_cqi), var(--_cqb));

    box-sizing: border-box;
    writing-mode: horizontal-tb;
    -webkit-tap-highlight-color: transparent;
  }
  /*
   * Font and direction are inherited from the page. Colour and paragraph styles are reset below the element, because a page's
   * rule for \`*\` is stronger than one for \`:host\`.
   */
  :where(:host > *) {
    font: var(--_text-m) / 1.4 a;
    font-family: var(--sx-font, inherit);
    color: var(--_text);
    letter-spacing: normal;
    word-spacing: normal;
    white-space: normal;
    word-break: normal;
    overflow-wrap: break-word;
    hyphens: manual;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    text-emphasis: none;
    -webkit-text-fill-color: currentColor;
    -webkit-text-stroke: 0;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      ${colourTokens(1)}
    }
  }
  @supports (width: 1cqi) {
    :host {
      --_cqi: 1cqi;
      --_cqb: 1cqb;
    }
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      ${colourTokens("both")}
    }
  }
  /* High contrast: muted text becomes full text colour, and nothing is translucent. */
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--sx-color-muted, var(--_text));
      --_line: var(--sx-color-line, currentColor);
      --_scrim: var(--sx-color-scrim, rgb(0 0 0 / 0.9));
    }
    button {
      border-color: currentColor !important;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0ms;
    }
    * {
      animation: none !important;
    }
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    inline-size: 1.5em;
    block-size: 1.5em;
    overflow: visible;
    fill: currentColor;
  }
  /* A handset that has been put down. */
  .icon.hang-up {
    transform: rotate(135deg);
  }
  /* Arrows and handsets follow the writing direction. */
  .icon.directed:dir(rtl) {
    transform: scaleX(-1);
  }
  /* Chromium before 120. Safari before 16.4 supports neither and keeps the direction. */
  @supports not selector(:dir(rtl)) {
    :host-context([dir="rtl"]) .icon.directed {
      transform: scaleX(-1);
    }
  }
`;

/** Round icon buttons and text buttons, the same in every element. */
export const buttons = css`
  button {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    min-inline-size: 3rem;
    min-block-size: 3rem;
    margin: 0;
    padding: 0 var(--_space-5);
    /* Visible in forced colours mode. */
    border: 1px solid transparent;
    border-radius: var(--_round);
    background: var(--_control);
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    touch-action: manipulation;
    /* Not of colours: halfway, the icon has that of what is behind it. */
    transition: transform var(--_motion);
  }
  button:active {
    transform: scale(0.95);
  }
  button:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  button.round {
    /* Several fit beside each other at any text size. */
    min-inline-size: min(3rem, 44px);
    min-block-size: min(3rem, 44px);
    inline-size: var(--sx-control-size, var(--_control-size, 3rem));
    block-size: var(--sx-control-size, var(--_control-size, 3rem));
    padding: 0;
    font-weight: inherit;
  }
  button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.accept {
    background: var(--_accept);
    color: #fff;
  }
  button.danger {
    background: var(--_danger);
    color: #fff;
  }
  button.quiet {
    background: transparent;
    color: var(--_muted);
  }
  @media (hover: hover) {
    button:hover {
      background: var(--_control-hover);
    }
    /* Without color-mix() the accent stays (Chrome < 111, Firefox < 113, Safari < 16.2). */
    button.primary:hover {
      background: var(--_accent);
    }
    @supports (color: color-mix(in srgb, red, red)) {
      button.primary:hover {
        background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
      }
    }
    button.accept:hover {
      background: var(--_accept-hover);
    }
    button.danger:hover {
      background: var(--_danger-hover);
    }
  }
  @media (forced-colors: active) {
    button:focus-visible {
      outline-color: Highlight;
    }
  }
`;

import { css, unsafeCSS } from "lit";
import { colours, hostColour } from "../../shared/tokens.ts";

/** Text over a picture uses no grey, for contrast with any picture. */
const white: Record<string, string> = {
  text: "#fff",
  muted: "#fff",
  "danger-text": "#ffb3b8",
};

/**
 * Light on dark, for the part of the screen over a picture. Inner elements declare every colour again at their `:host`;
 * `--_over-*` reaches them in every engine.
 */
const sceneTokens = unsafeCSS(
  [
    "color-scheme: dark;",
    "color: var(--_text);",
    ...Object.entries(colours).map(
      ([name, [, dark]]) => `--_over-${name}: ${dark}; --_${name}: ${hostColour(name, dark)};`,
    ),
  ].join("\n"),
);

const overPictureTokens = unsafeCSS(
  [
    "color: #fff;",
    ...Object.entries(white).map(
      ([name, value]) => `--_over-${name}: ${value}; --_${name}: ${value};`,
    ),
  ].join("\n"),
);

const overPicture = css`
  ${overPictureTokens}
  --_controls-background: var(--_scrim);
  /* Over black, too, a disc has its shape. */
  --_controls-line: rgb(255 255 255 / 0.24);
`;

/** Video of a running call, large and small, and its placeholders. */
export const picturesStyles = css`
  /* One dark scene from dialling to the end, whatever the theme of the page */
  .scene {
    isolation: isolate;
    ${sceneTokens}
  }
  .over-picture {
    ${overPicture}
  }
  .sharing {
    background: var(--_picture);
  }
  /* Dark enough for text on any picture: white becomes #4d4d4d. */
  .behind {
    position: absolute;
    inset: -15%;
    z-index: -1;
    inline-size: 130%;
    block-size: 130%;
    object-fit: cover;
    filter: blur(max(1.5rem, 5 * var(--_cqi), 5 * var(--_cqb))) saturate(1.5) brightness(0.3);
    opacity: 0;
    pointer-events: none;
    transition: opacity var(--_motion);
  }
  /* Engines without :has() keep the gradient (before Firefox 121). */
  @supports selector(:has(*)) {
    .scene:has(.behind.loaded) {
      --_backdrop: none;
      ${overPicture}
    }
    .behind.loaded {
      opacity: 1;
    }
  }

  .frame {
    display: grid;
    place-items: center;
    overflow: hidden;
    background: #23262d;
    user-select: none;
  }
  .frame:is(.large, .coming) {
    position: absolute;
    inset: 0;
    background: none;
    isolation: isolate;
  }
  .frame > .icon {
    color: rgb(255 255 255 / 0.5);
  }
  .frame video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    /* Where something is cut off, it is not the face. */
    object-position: 50% 30%;
    /* Not of its opacity: there is nothing behind a picture that has just come. */
    transition: filter var(--_motion);
  }
  /* Behind a picture that does not fill its area (picture-fit.ts), and gone with it */
  .frame .blur {
    position: absolute;
    inset: 0;
    z-index: -1;
    inline-size: 100%;
    block-size: 100%;
  }
  .large > .icon,
  .large .badge,
  .small .blur,
  video[data-stale] + .blur {
    display: none;
  }
  .frame.large video[data-fit="fit"],
  .frame .shared {
    object-fit: contain;
    object-position: 50% 50%;
  }
  .frame .mirrored,
  .mirrored + .blur {
    transform: scaleX(-1);
  }
  /*
   * Hidden until its place and a picture of this track are there: no words stand on it, and it is never the last one of another. Not by
   * 0, with which Chromium draws the first one a frame after it is shown.
   */
  .coming .shared,
  video[data-stale] {
    opacity: 0.01;
  }
  .reconnecting .frame .picture {
    filter: brightness(0.4) saturate(0.6);
    opacity: 1;
  }
  .elsewhere .theirs {
    visibility: hidden;
  }

  /* Small pictures in the area between the bars, and the button over the own one */
  .stage,
  .person-tile {
    /* In the shape of its video, of about the same area in every shape (picture-fit.ts) */
    --_width: calc(
      var(--_small) * (0.5 + var(--_shape, var(--_small-shape)) / var(--_small-shape) / 2)
    );
  }
  .small,
  .person-tile {
    --_avatar-size: 3.5rem;
    position: relative;
    grid-area: centre;
    align-self: end;
    justify-self: end;
    inline-size: var(--_width);
    max-block-size: calc(100% - 2 * var(--_space-3));
    margin: var(--_space-3) calc(var(--_inset-right) + var(--_edge)) var(--_space-3)
      calc(var(--_inset-left) + var(--_edge));
    aspect-ratio: var(--_shape, var(--_small-shape));
    border-radius: var(--_radius-l);
  }
  .frame.small,
  .person-tile {
    z-index: 1;
    box-shadow: var(--_elevation);
  }
  .over-picture[class*="r-top"] .small {
    align-self: start;
  }
  .stage[class*="-start"] .small,
  .person-tile {
    justify-self: start;
  }
  .corner-bottom-start .person-tile {
    justify-self: end;
  }
  /* The signs are beside the small picture: neither moves the other. */
  @container (min-width: 320px) and (min-width: 16rem) {
    .stage:not(.sharing) .small {
      grid-row: centre-start / signs-end;
    }
    .stage:not(.sharing) .small ~ .signs {
      margin-inline-end: calc(var(--_edge) + var(--_width));
    }
    .stage[class*="-start"]:not(.sharing) .small ~ .signs {
      margin-inline: calc(var(--_edge) + var(--_width)) 0;
    }
  }
  button.handle {
    z-index: 1;
    min-inline-size: 0;
    min-block-size: 0;
    block-size: auto;
    padding: 0;
    background: none;
    cursor: grab;
    touch-action: none;
    transition: none;
  }
  button.handle:active {
    transform: none;
    cursor: grabbing;
  }
  button.handle:focus-visible {
    outline-offset: -3px;
  }
  /* On the own picture, and away while it is dragged */
  .on-picture {
    z-index: 1;
    display: grid;
    place-content: start end;
    pointer-events: none;
  }
  .on-picture[style*="translate"],
  .reconnecting .on-picture {
    visibility: hidden;
  }
  button.flip {
    min-inline-size: 44px;
    min-block-size: 44px;
    padding: 0;
    border-width: 6px;
    background: var(--_scrim) padding-box;
    font-size: 0.75rem;
    pointer-events: auto;
  }
  /* No room for it: it is under "More", too. */
  @container (max-height: 20.98rem) and (max-width: 30rem) {
    .on-picture {
      display: none;
    }
  }
  .badge {
    position: absolute;
    inset-block-end: var(--_space-2);
    inset-inline-end: var(--_space-2);
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: 50%;
    background: var(--_scrim);
    color: #fff;
    font-size: 0.65rem;
  }
  /* A call on hold: the voice is not there */
  .voice.paused .avatar {
    filter: grayscale(1) brightness(0.45);
  }
  .voice.paused > .icon {
    position: absolute;
    inset: 0;
    margin: auto;
    inline-size: calc(var(--_avatar-size) * 0.34);
    block-size: calc(var(--_avatar-size) * 0.34);
    color: #fff;
  }

  /* An audible voice: properties that the compositor animates */
  .person .voice {
    --_glow: var(--_avatar-colour);
    --_voice-line: var(--_text);

    position: relative;
    isolation: isolate;
  }
  @supports (color: color-mix(in srgb, red, red)) {
    .person .voice {
      --_glow: color-mix(in srgb, var(--_avatar-colour), transparent 60%);
      --_voice-line: color-mix(in srgb, var(--_avatar-colour) 60%, var(--_text));
    }
  }
  .person .voice::before,
  .person .voice::after,
  .frame.voice::after {
    content: "";
    position: absolute;
    inset: -0.3125rem;
    border-radius: var(--sx-avatar-radius, 50%);
    opacity: var(--_voice, 0);
    pointer-events: none;
    transition:
      opacity 220ms linear,
      transform 220ms ease-out;
  }
  .person .voice::before {
    z-index: -1;
    background: var(--_glow);
    transform: scale(calc(1 + var(--_voice, 0) * 0.22));
  }
  .person .voice::after,
  .frame.voice::after {
    border: 3px solid var(--_voice-line, #8fe3ac);
  }
  .frame.voice::after {
    inset: 0;
    border-radius: inherit;
  }

  /* Without input: video only. They go slowly and come at once: what may be pressed is seen. */
  :host([bars="hidden"]) :is(.top-bar, .bottom, .flip, .badge) {
    opacity: 0;
    transition: opacity var(--_motion);
    pointer-events: none;
  }
  :host([bars="hidden"]) {
    cursor: none;
  }

  .waiting.elsewhere .icon {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    opacity: 0.8;
  }
  .waiting.elsewhere {
    gap: var(--_space-3);
    background: none;
  }

  @media (prefers-reduced-motion: reduce) {
    .person .voice::before {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .frame {
      border: 1px solid CanvasText;
    }
    .behind {
      display: none;
    }
  }
`;

import { css } from "lit";

/** The in-call screen. */
export const stageStyles = css`
  /* A running call: video to all four edges, everything else on a grid over it */
  .stage {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template:
      "top" auto "beside" minmax(0, auto) "centre" minmax(
        var(--_centre, min(4.5rem, 20 * var(--_cqb))),
        1fr
      )
      "signs" minmax(0, auto) "bottom" auto / minmax(0, 1fr);
  }
  .top-bar {
    grid-area: top;
    display: flex;
    z-index: 1;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-3);
    padding: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-right) + var(--_edge)) 0
      calc(var(--_inset-left) + var(--_edge));
  }
  .heading {
    border-radius: var(--_radius-l);
  }
  .over-picture :is(.heading, .lock) {
    background: var(--_scrim);
  }
  .heading .name,
  .ended .person .name {
    -webkit-line-clamp: 1;
  }
  .top-bar .lock {
    border-radius: var(--_round);
    color: #fff;
  }
  /* Where it was during the call, and nothing below it */
  .ended {
    padding-block-start: max(var(--_person-top), var(--_inset-top) + 3.1em);
  }
  .ended .person .name {
    position: absolute;
    inset-block-start: calc(var(--_inset-top) + var(--_space-3) + var(--_space-2));
    inset-inline-start: calc(var(--_inset-left) + var(--_edge) + var(--_space-4));
    max-inline-size: calc(100% - 2 * (var(--_edge) + var(--_space-4)));
    font-size: inherit;
    line-height: 1.3;
  }

  .centre {
    grid-area: centre;
    display: grid;
    place-content: center;
    /* What is too high can be scrolled to. */
    place-content: safe center;
    min-block-size: 0;
    padding: var(--_space-4) calc(var(--_inset-right) + var(--_edge)) var(--_space-4)
      calc(var(--_inset-left) + var(--_edge));
    z-index: 1;
    /* The video below receives pointer events. */
    pointer-events: none;
  }
  .centre > * {
    pointer-events: auto;
  }
  .inviting .avatar,
  .ringing .avatar {
    animation: ring 2.4s ease-out infinite;
  }
  .waiting,
  .backdrop .detail {
    display: grid;
    justify-items: center;
    padding: var(--_space-3) var(--_space-5);
    border-radius: var(--_radius-l);
    background: var(--_scrim);
    overflow-wrap: anywhere;
    text-align: center;
  }
  /* The own face is not covered. */
  .backdrop .centre {
    place-content: start center;
  }
  .waiting .status {
    font-size: var(--_text-l);
    font-weight: 600;
  }
  @keyframes ring {
    0% {
      box-shadow: 0 0 0 0 var(--_ring);
    }
    70%,
    100% {
      box-shadow: 0 0 0 1.75rem transparent;
    }
  }

  .signs {
    grid-area: signs;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: 0;
    margin: 0;
    padding: 0 calc(var(--_inset-right) + var(--_edge)) var(--_space-3)
      calc(var(--_inset-left) + var(--_edge));
    overflow: auto;
    list-style: none;
  }
  .sign {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    box-sizing: border-box;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-l);
    background: var(--_control);
    font-size: var(--_text-s);
    overflow-wrap: anywhere;
  }
  .stage :is(.sign, .person) button {
    flex: 0 1 auto;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  /* The browser draws it in one line, and takes no press where its words could not be read: under 13 pixels, or cut. */
  .allow {
    margin: var(--_space-3) 0;
    border-radius: 1.5rem;
    background-color: var(--_surface);
    color: var(--_text);
    font-size: clamp(13px, 4 * var(--_cqi), 1rem);
  }
  .sign.hint {
    flex-wrap: wrap;
  }
  .hint span {
    flex: 1 1 0;
  }
  :is(.sign, .held, .lock) .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .bars {
    fill: currentColor;
    stroke: currentColor;
    stroke-width: 0.8;
  }
  /* Hollow: their shape is seen, and how many there could be. */
  .bars .off {
    fill: none;
  }
  :is(.sign, .lock):is(.tampered, .unencrypted),
  .panel-title.tampered {
    color: var(--_danger-text);
    font-weight: 600;
  }
  .over-picture .sign {
    background: var(--_scrim);
  }

  .bottom {
    /* Four buttons fit whatever the text size. */
    --_control-size: max(44px, min(clamp(3rem, 14.5 * var(--_cqi), 3.75rem), 16 * var(--_cqi)));
    --_controls-gap: min(clamp(0.375rem, 3 * var(--_cqi), 1rem), 3 * var(--_cqi));
    grid-area: bottom;
    z-index: 1;
    display: grid;
    justify-content: center;
    padding: 0 calc(var(--_inset-right) + var(--_space-2))
      calc(var(--_inset-bottom) + var(--_space-5)) calc(var(--_inset-left) + var(--_space-2));
  }
  @media (forced-colors: active) {
    .stage :is(.heading, .lock, .sign, .waiting, sx-call-controls),
    .backdrop .detail {
      border: 1px solid CanvasText;
      border-radius: var(--_radius-l);
      background: Canvas;
      color: CanvasText;
    }
  }
`;

/** Layouts of other container sizes in a running call. */
export const inCallLayouts = css`
  /* The lock under the name shows it already. A tiny window has no lock, so the badge shows it. */
  @container (min-width: 240px) {
    .connected:not(.over-picture) .sign.unencrypted {
      display: none;
    }
  }
  /* The lock changes its words, and not its line. */
  @container (min-height: 21rem) and (max-width: 479.98px) {
    .stage:not(.sharing) .top-bar {
      flex-flow: column;
      /* Its row is there before it: nothing moves when it comes. */
      min-block-size: calc(var(--_inset-top) + 6.95rem);
    }
    .stage:not(.sharing) .top-bar :is(.heading, .lock) {
      flex: none;
    }
  }
  /* Enough room for what is in the middle: no sign moves it. */
  @container (min-height: 44rem) {
    .centre {
      grid-row: centre-start / signs-end;
    }
  }
  /* Little height for the text size, narrow: the words and the buttons only */
  @container (max-height: 23.98rem) and (min-width: 240px) and (max-width: 479.98px) {
    .screen {
      --_person-top: calc(var(--_inset-top) + var(--_space-2));
    }
    .person .voice,
    .person > slot .avatar {
      display: none;
    }
    .idle,
    .ended {
      gap: var(--_space-2);
      padding-block-end: calc(var(--_inset-bottom) + var(--_space-2));
    }
  }
  /* A low window: why it ended, before who it was */
  @container (max-height: 18rem) and (min-width: 480px) {
    .ended .person > slot .avatar {
      display: none;
    }
  }
  /* Little room for the text size: what is in the middle scrolls, the buttons stay */
  @container (max-height: 32rem) or (max-width: 17rem) {
    .centre,
    .beside {
      min-block-size: 0;
      overflow: auto;
      overscroll-behavior: contain;
    }
    .bottom {
      padding-block-end: calc(var(--_inset-bottom) + var(--_space-2));
    }
  }
  /* Hardly a word wide for the text size: lengths stop growing with it, and no word is wider than the screen */
  @container (min-width: 240px) and (max-width: 9.98rem) {
    .screen {
      --_narrow-space-2: 4cqi;
      --_narrow-space-3: 5cqi;
      --_narrow-space-4: 5cqi;
      --_narrow-space-5: 6cqi;
      --_narrow-text-s: 8.125cqi;
      --_narrow-text-m: 9.375cqi;
      --_narrow-text-l: 11.25cqi;
      --_space-1: 2.5cqi;
      --_space-2: 4cqi;
      --_space-3: 5cqi;
      --_space-4: 5cqi;
      --_space-5: 6cqi;
      --_radius-l: 6cqi;
      --_text-s: 8.125cqi;
      --_text-m: 9.375cqi;
      --_text-l: 11.25cqi;
      --_text-xl: 11.25cqi;
    }
    .stage button:not(.round, .handle, .lock) {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
  }
  /* Medium: the toolbar floats as a pill */
  @container (min-width: 480px) {
    .screen {
      --_small: clamp(8rem, 20 * var(--_cqi), 14rem);
      --_small-shape: 1.3333;
    }
    .bottom {
      --_control-size: max(44px, min(3.25rem, 12 * var(--_cqi)));
      --_controls-gap: min(var(--_space-3), 2 * var(--_cqi));
      padding-block-end: calc(var(--_inset-bottom) + var(--_space-4));
    }
    sx-call-controls {
      padding: var(--_space-2);
      border-radius: var(--_round);
      background: var(--_raised);
      box-shadow: var(--_elevation);
    }
    .over-picture sx-call-controls {
      --_controls-background: rgb(255 255 255 / 0.12);
      background: var(--_scrim);
    }
  }
  /* A phone in landscape: the toolbar at the trailing edge */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_small: clamp(6rem, 18 * var(--_cqi), 9rem);
    }
    .stage {
      --_avatar-size: clamp(2rem, 100 * var(--_cqb) - 11rem, 12rem);
      grid-template:
        "top bottom" auto
        "beside bottom" minmax(0, auto)
        "centre bottom" minmax(0, 1fr)
        "signs bottom" minmax(0, auto) / minmax(0, 1fr) auto;
    }
    .bottom {
      --_control-size: max(44px, min(3rem, 17 * var(--_cqb)));
      --_controls-gap: min(var(--_space-2), 1.5 * var(--_cqb));
      --_controls-direction: column;
      align-content: center;
      padding: 0 calc(var(--_inset-right) + var(--_space-3)) 0 0;
    }
  }
  /* Tiny, a picture-in-picture window: the other side, a mute badge, no buttons */
  @container (max-width: 239.98px) {
    .stage {
      --_avatar-size: clamp(2.5rem, 56 * var(--_cqmin), 7rem);
    }
    .stage > :is(.top-bar, .panel, .bottom, .small, .person-tile),
    .sign:not(.remote-muted, .tampered, .unencrypted),
    .sign span {
      display: none;
    }
    /* A small window always shows the other side, even if the page shows it small. */
    .theirs.small {
      position: absolute;
      inset: 0;
      display: grid;
      inline-size: 100%;
      block-size: 100%;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
    }
    .theirs ~ .self-view.large {
      display: none;
    }
    .waiting .status {
      font-size: var(--_text-s);
    }
    .centre,
    .waiting,
    .signs,
    .sign {
      padding: var(--_space-2);
    }
    .signs {
      justify-content: end;
    }
  }
  /* A large display: the video fills it anyway */
  @container (min-width: 2200px) and (min-height: 1100px) {
    .screen {
      --_small: calc(14rem * var(--_grow));
    }
    .stage {
      --_avatar-size: calc(26rem * var(--_grow));
    }
    .bottom {
      --_control-size: calc(3.25rem * var(--_grow));
    }
  }
`;

/**
 * What lies on a picture: a scrim, which alone is dark enough for text; a fine line, so that it keeps its shape over black; and where
 * the engine has it, the picture blurred below.
 */
export const materialStyles = css`
  .over-picture :is(.heading, .top-bar .lock, .sign, .waiting) {
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.12);
  }
  @media not (prefers-reduced-transparency: reduce) {
    @supports (backdrop-filter: blur(1px)) or (-webkit-backdrop-filter: blur(1px)) {
      .over-picture {
        --_controls-backdrop: blur(1.25rem) saturate(1.8);
      }
      .over-picture :is(.heading, .top-bar .lock, .sign, .waiting) {
        -webkit-backdrop-filter: var(--_controls-backdrop);
        backdrop-filter: var(--_controls-backdrop);
      }
    }
  }
  /* An audio call: the words under its buttons, where they have room */
  @container (min-width: 380px) and (min-height: 38rem) {
    .is-audio:not(.over-picture) .bottom {
      --_controls-caption: -webkit-box;
      --_controls-caption-room: 2.375rem;
    }
  }
  @container (min-width: 480px) and (min-height: 38rem) {
    .is-audio:not(.over-picture) .bottom {
      --_controls-gap: min(1.75rem, 3 * var(--_cqi));
    }
    .is-audio:not(.over-picture) sx-call-controls {
      padding: var(--_space-3) var(--_space-5) var(--_space-2);
      border-radius: calc(1.5 * var(--_radius-l));
    }
  }
`;

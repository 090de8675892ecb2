import { css } from "lit";

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
    .stage .panel .round {
      --_control-size: max(44px, 12cqi);
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
    .top-bar,
    .bottom,
    .small,
    .person-tile,
    .person .lock,
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

import { css } from "lit";

/** Layouts of a running call with little room for the text size. */
export const littleRoom = css`
  /* Little height, for the text size or at all: the lock beside the name */
  @container (max-height: 20.98rem) or ((max-height: 419.98px) and (min-width: 480px)) {
    .top-bar {
      flex-wrap: nowrap;
    }
    .top-bar .lock {
      flex: none;
      max-inline-size: 50%;
      overflow-wrap: anywhere;
    }
    .heading .status {
      max-block-size: 3.9em;
      overflow: hidden;
    }
  }
  /* Little height for the text size: the texts instead of the avatar */
  @container (max-height: 20.98rem) and (min-width: 240px) {
    /* As small as there is room for, in its own shape */
    .stage .frame.small {
      inline-size: auto;
      block-size: min(
        100% - 2 * var(--_space-3),
        var(--_width) / var(--_shape, var(--_small-shape))
      );
    }
    .stage {
      --_centre: 0px;
    }
    .person .voice:not(:last-child) {
      display: none;
    }
    .centre {
      padding-block: 0;
    }
  }
  @container (max-height: 20.98rem) and (min-width: 240px) and (max-width: 479.98px) {
    .screen {
      --_edge: var(--_space-2);
    }
    .heading {
      padding-inline: var(--_space-3);
    }
    /* The bars go where the clock has no room for them. */
    .progress {
      flex-wrap: wrap;
      block-size: 1.4em;
      overflow: hidden;
    }
    .top-bar .lock {
      gap: 0;
      inline-size: max(44px, min(2.25rem, 17 * var(--_cqi)));
      aspect-ratio: 1;
      min-block-size: 0;
      padding: 0;
    }
    .waiting .status,
    .reason {
      font-size: inherit;
    }
    .reason .icon {
      display: none;
    }
    .failed .reason {
      margin: 0;
    }
    /* Still its name for those who do not see it */
    .lock-words {
      font-size: 0;
    }
  }
  /* It would be a sliver. */
  @container (max-height: 13.98rem) and (min-width: 240px) {
    .stage .small {
      display: none;
    }
  }
  /* Few words wide for the text size */
  @container (max-width: 14rem) {
    .panel-top {
      padding-inline-start: var(--_space-3);
    }
    .panel-title {
      hyphens: auto;
      font-size: var(--_text-s);
    }
    .panel-title .icon {
      display: none;
    }
    .panel-top .round {
      --_control-size: max(44px, 15 * var(--_cqi));
    }
  }
  /* Below the name, which stays */
  @container (max-height: 26.24rem) and (min-width: 240px) {
    .screen .ended {
      padding-block-start: calc(var(--_inset-top) + 2 * var(--_space-3) + 1.6em);
    }
  }
  @supports selector(:has(*)) {
    /* Nor beside a sign */
    @container (max-height: 20.98rem) and ((max-width: 319.98px) or (max-width: 17rem)) {
      .stage:has(.sign) .small {
        display: none;
      }
    }
    /* A sign with buttons needs the room of the picture. */
    @container (max-height: 44rem) {
      .centre:has(~ .signs .helped) {
        --_avatar-size: clamp(2.5rem, 100 * var(--_cqb) - 30rem, 40 * var(--_cqmin));
      }
    }
    /* Its one line needs the room of the small picture. */
    @container (max-width: 40rem) {
      .stage:has(.allow) .small {
        display: none;
      }
      .stage:has(.allow) .small ~ .signs.signs {
        margin-inline: 0;
      }
    }
  }
`;

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    /* Used only without a height from the host: the shape of a phone, at most as high as the window. */
    aspect-ratio: 3 / 4;
    max-block-size: 100vh;
    max-block-size: 100dvh;
    overflow: hidden;
    background: var(--_surface);
    --_base-s: var(--_text-s);
    --_base-l: var(--_text-l);
    --_base-xl: var(--_text-xl);
    /* All sizes below are relative to the container, not to the window. */
    container-type: size !important;
    /* All that is in it is placed by it, whatever a page's rule for every element leaves of it. */
    contain: layout !important;
    /* Used without a width from the page, as in a dialog, popover or float: contained elements have no intrinsic size. */
    contain-intrinsic-size: min(20rem, 80vw) min(27rem, 80vh) !important;
  }
  .screen {
    --_inset-top: var(--sx-safe-area-top, env(safe-area-inset-top, 0px));
    --_inset-bottom: var(--sx-safe-area-bottom, env(safe-area-inset-bottom, 0px));
    --_inset-left: var(--sx-safe-area-left, env(safe-area-inset-left, 0px));
    --_inset-right: var(--sx-safe-area-right, env(safe-area-inset-right, 0px));
    /* The picture takes what the words and the buttons leave. */
    --_avatar-size: clamp(
      2.5rem,
      100 * var(--_cqb) - 19rem,
      min(34 * var(--_cqmin), max(9rem, 26 * var(--_cqmin)))
    );
    --_text-xl: min(var(--_base-xl), max(var(--_base-l), 11 * var(--_cqi)));
    --_edge: var(--_space-4);
    --_small: clamp(5.25rem, 27 * var(--_cqi), 8.5rem);
    --_small-shape: 0.75;
    /* The person stays at the same height in every state, to avoid jumps. */
    --_person-top: calc(
      var(--_inset-top) + clamp(var(--_space-2), 60 * var(--_cqb) - 18rem, 20 * var(--_cqb))
    );
    --_person-place: start center;

    position: absolute;
    inset: 0;
    overflow: hidden;
    /* Without color-mix(): plain, but readable (before Chrome 111, Firefox 113, Safari 16.2). */
    --_tint: var(--_surface);
    --_ring: var(--_avatar-colour);
    background: radial-gradient(120% 75% at 50% 0, var(--_tint), var(--_surface)) var(--_surface);
  }
  .scene {
    color-scheme: dark;
    color: var(--_text);
  }
  @supports (color: color-mix(in srgb, red, red)) {
    .screen {
      --_tint: color-mix(in srgb, var(--_avatar-colour) 18%, var(--_surface));
      --_ring: color-mix(in srgb, var(--_avatar-colour) 45%, transparent);
    }
  }

  /* A person: picture or initials, name, status */
  .person {
    display: grid;
    justify-items: center;
    gap: var(--_space-1);
    max-inline-size: 100%;
    text-align: center;
  }
  .person .voice,
  .person > slot .avatar {
    margin-block-end: var(--_person-gap, var(--_space-4));
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .person .name {
    font-size: var(--_text-xl);
    line-height: 1.2;
  }
  .status,
  .detail {
    color: var(--_muted);
  }
  /* Names without spaces also occur in these texts. */
  .detail,
  .reason {
    min-inline-size: 0;
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }

  .heading {
    display: grid;
    min-inline-size: 0;
    padding: var(--_space-2) var(--_space-4);
    line-height: 1.3;
  }
  .heading .status {
    font-size: var(--_text-s);
  }

  /* The person takes what the words and the buttons leave. */
  .coming,
  .stage {
    --_avatar-size: clamp(2.5rem, 100 * var(--_cqb) - 18rem, min(56 * var(--_cqmin), 26rem));
  }

  /* Before and after a call */
  .coming,
  .idle,
  .ended {
    position: absolute;
    inset: 0;
    display: grid;
  }
  .coming {
    place-items: center;
  }
  .coming .heading {
    position: absolute;
    inset: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-left) + var(--_edge)) auto;
  }
  .idle,
  .ended {
    gap: var(--_space-5);
    padding: var(--_person-top) calc(var(--_inset-right) + var(--_edge))
      calc(var(--_inset-bottom) + var(--_space-5)) calc(var(--_inset-left) + var(--_edge));
    overflow: auto;
  }
  .idle {
    place-content: var(--_person-place);
  }
  .ended {
    /* The text scrolls in a small container; the buttons stay. */
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    align-items: start;
    justify-items: center;
  }
  .reason {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    font-size: var(--_text-l);
    line-height: 1.3;
    text-wrap: balance;
  }
  .ended .person {
    max-block-size: 100%;
    overflow: auto;
  }
  .failed .reason {
    margin-block-start: var(--_space-4);
    color: var(--_danger-text);
    font-weight: 600;
  }
  .ended .detail {
    max-inline-size: 24rem;
    text-wrap: balance;
  }
  .after {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-3);
    max-inline-size: 100%;
  }
  .after button {
    padding-inline: min(var(--_space-5), 3 * var(--_cqi));
    min-inline-size: min(8.5rem, 35 * var(--_cqi));
    max-inline-size: 100%;
  }
  .offer {
    display: grid;
    justify-items: center;
    gap: var(--_space-3);
    margin-block-start: var(--_space-5);
    text-align: center;
  }
  @container (max-width: 239.98px) {
    .offer {
      display: none;
    }
  }
`;

/** Layouts of other container sizes before and after a call. The default styles are those of an upright phone. */
export const layouts = css`
  /* Medium */
  @container (min-width: 480px) {
    .screen {
      --_edge: var(--_space-5);
    }
  }
  /* A phone in landscape */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_edge: var(--_space-4);
      --_avatar-size: clamp(2rem, 100 * var(--_cqb) - 12rem, min(26 * var(--_cqmin), 6rem));
      --_person-gap: var(--_space-2);
      --_person-top: var(--_space-4);
      --_person-place: center;
    }
    .person .name {
      font-size: 1.375rem;
    }
    .ended {
      align-items: center;
      gap: var(--_space-3);
      padding-block: calc(var(--_inset-top) + var(--_space-3))
        calc(var(--_inset-bottom) + var(--_space-3));
    }
  }
  /* Tiny, a picture-in-picture window: no buttons */
  @container (max-width: 239.98px) {
    .screen {
      --_edge: var(--_space-2);
      --_avatar-size: clamp(2.5rem, 46 * var(--_cqmin), 5rem);
      --_person-gap: var(--_space-1);
      --_person-top: var(--_space-2);
      --_person-place: center;
    }
    .after,
    .person .name,
    .detail,
    .reason .icon {
      display: none;
    }
    .status,
    .reason {
      font-size: var(--_text-s);
    }
    .idle,
    .ended {
      padding: var(--_space-2);
    }
    .ended {
      grid-template-rows: minmax(0, 1fr);
      align-items: center;
    }
  }
  /* A large display: everything is scaled up */
  @container (min-width: 2200px) and (min-height: 1100px) {
    .screen {
      --_grow: 1.4;
      --_text-s: calc(var(--_base-s) * var(--_grow));
      --_text-l: calc(var(--_base-l) * var(--_grow));
      --_text-xl: calc(var(--_base-xl) * var(--_grow));
      font-size: calc(1em * var(--_grow));
    }
  }
  @container (min-width: 3200px) and (min-height: 1600px) {
    .screen {
      --_grow: 1.9;
    }
  }
`;

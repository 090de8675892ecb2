import { css } from "lit";

/** The other side's shared screen, beside the styles of pictures, which have its place. */
export const sharedStyles = css`
  .people-hidden :is(.small, .person-tile) {
    display: none;
  }
  /* Above the present picture, unseen */
  .frame.coming {
    pointer-events: none;
  }
  /* Beside the badge */
  .tile-name {
    position: absolute;
    inset-block-end: var(--_space-1);
    inset-inline-start: var(--_space-1);
    /* A name that is too long for one line goes on in a second one. */
    display: -webkit-box;
    max-inline-size: calc(100% - 2 * var(--_space-1));
    padding: 0 0.375rem;
    overflow: hidden;
    border-radius: min(var(--_round), 0.75rem);
    background: var(--_scrim);
    color: #fff;
    font-size: calc(0.92 * var(--_text-s));
    line-height: 1.3;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .tile-name:not(:last-child) {
    max-inline-size: calc(100% - 1.75rem - 3 * var(--_space-2));
  }

  .zoom-surface {
    z-index: 0;
    grid-area: centre;
    min-block-size: 0;
    touch-action: none;
    user-select: none;
  }
  .zoom-surface.zoomed {
    cursor: grab;
  }
  .zoom-surface.zoomed:active {
    cursor: grabbing;
  }
  .zoom-surface:focus-visible {
    outline: 3px solid #fff;
    outline-offset: -3px;
    box-shadow: inset 0 0 0 6px #000;
  }
  .frame .shared.gliding {
    transition: transform var(--_motion) ease-out;
  }
  .screen-tools {
    display: flex;
    flex: 1 1 100%;
    align-items: center;
    justify-content: center;
    /* Its buttons: the name gets what is left. */
    min-inline-size: min(13.5rem, 100%);
  }
  .screen-name {
    flex: 0 1 auto;
    overflow: hidden;
    padding-inline: var(--_space-3) var(--_space-2);
    font-size: var(--_text-s);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .screen-tools button {
    --_control-size: 44px;
    min-inline-size: 44px;
    min-block-size: 44px;
    background: transparent;
    color: #fff;
  }
  .screen-tools button.marked {
    background: #fff;
    color: #14171c;
  }
  .screen-tools button[part="zoom-level"] {
    padding: 0 var(--_space-1);
    font-size: var(--_text-s);
    font-variant-numeric: tabular-nums;
  }
  .screen-tools :is([part="zoom-out"], [part="zoom-in"]) {
    font-size: 1.5rem;
  }
  .screen-tools .icon {
    inline-size: 1.375rem;
    block-size: 1.375rem;
  }
  @media (hover: hover) {
    .screen-tools button:not(.marked):hover {
      background: rgb(255 255 255 / 0.16);
    }
  }
  @container (min-width: 700px) {
    .sharing .top-bar .lock {
      margin-inline-start: auto;
    }
    .screen-tools {
      flex: 0 1 auto;
      border-radius: var(--_round);
      background: var(--_scrim);
      box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.12);
    }
  }
  /* A shared screen is between the bars instead of below them: what is at its edges can be read */
  @container (min-width: 480px) {
    .sharing {
      --_small: clamp(5.25rem, 13 * var(--_cqi), 9rem);
    }
  }
  @container (min-width: 240px) {
    .sharing :is(.small, .person-tile) {
      max-inline-size: calc(50% - 1.5 * var(--_edge));
    }
    .sharing .frame.large {
      position: relative;
      grid-area: centre;
    }
  }
  /* Upright, or little width: both people stand below the screen, and cover nothing of it */
  @container (min-width: 240px) and (max-width: 899.98px) and (min-height: 420px) {
    .sharing {
      --_small: clamp(3.5rem, min(27 * var(--_cqi), 12 * var(--_cqb)), 9rem);
    }
    .sharing:not(.people-hidden) :is(.zoom-surface, .frame.large) {
      margin-block-end: calc(1.6 * var(--_small) + 2 * var(--_space-3));
    }
    .sharing :is(.small, .person-tile) {
      max-block-size: calc(1.6 * var(--_small));
    }
    /* No room for them below a second call */
    .sharing.has-beside :is(.small, .person-tile) {
      display: none;
    }
    .sharing.has-beside :is(.zoom-surface, .frame.large) {
      margin: 0;
    }
  }
  /* Wide, with a shared screen: the screen large, both people in a column next to it */
  @container (min-width: 900px) and (min-width: 40rem) {
    .sharing:not(.people-hidden) {
      grid-template-columns: minmax(0, 1fr) 16rem;
    }
    .sharing :is(.small, .person-tile).frame {
      max-inline-size: none;
      /* Both have the same height to stand in. */
      inline-size: min(14rem, 10.5rem * var(--_shape, 1.3333));
      grid-area: 1 / 2 / -1 / 3;
      align-self: center;
      justify-self: center;
      margin: 0 0 calc(10.5rem + var(--_space-3));
    }
    .sharing .frame.small {
      margin: calc(10.5rem + var(--_space-3)) 0 0;
    }
    .sharing .handle {
      display: none;
    }
  }
  /* No room beside the toolbar: fingers and keys are left. */
  @container (max-height: 15.5rem) or ((max-height: 20.98rem) and (max-width: 40rem)) or ((max-height: 419.98px) and (min-width: 480px) and (max-width: 699.98px)) {
    .screen-tools {
      display: none;
    }
  }
  @container (max-height: 20.98rem) and (max-width: 479.98px) {
    .sharing :is(.small, .person-tile) {
      display: none;
    }
    .sharing.sharing .frame.large {
      margin: 0;
    }
  }
  /* The texts need the room of the people. */
  @supports selector(:has(*)) {
    @container (max-height: 20.98rem) or ((max-height: 40rem) and (max-width: 479.98px)) {
      .sharing:has(.sign) :is(.small, .person-tile) {
        display: none;
      }
      .sharing:has(.sign) :is(.zoom-surface, .frame.large) {
        margin: 0;
      }
    }
  }
  @container ((max-height: 32rem) and (max-width: 40rem)) or (max-width: 22rem) {
    .screen-name {
      display: none;
    }
  }
  /* A phone in landscape, where the picture is under the bar */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .zoom-surface,
    .sharing .frame.large {
      grid-area: top-start / 1 / signs-end / 2;
    }
  }
  @container (max-width: 239.98px) {
    .zoom-surface {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .screen-tools {
      border: 1px solid CanvasText;
      background: Canvas;
    }
    .screen-tools button {
      color: ButtonText;
    }
    .screen-tools button.marked {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

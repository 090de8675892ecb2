import { css } from "lit";

export const styles = css`
  :host {
    position: relative;
    display: inline-block;
  }
  .toolbar {
    display: flex;
    flex-direction: var(--sx-controls-direction, var(--_controls-direction, row));
    align-items: center;
    justify-content: center;
    gap: var(--sx-controls-gap, var(--_controls-gap, var(--_space-3)));
    padding-block-end: var(--_controls-caption-room, 0);
  }
  .toolbar:empty {
    display: none;
  }
  button.round {
    position: relative;
    font-size: calc(var(--sx-control-size, var(--_control-size, 3rem)) * 0.36);
  }
  /* Close to the button that it belongs to */
  .toolbar button.round.choose {
    --_chosen: calc(-1 * var(--sx-controls-gap, var(--_controls-gap, var(--_space-3))));
    inline-size: 44px;
    margin-inline: var(--_chosen) -0.5rem;
    border-color: transparent;
    background: transparent;
    -webkit-backdrop-filter: none;
    backdrop-filter: none;
    font-size: 0.9375rem;
  }
  /* Its words are in the name of the button. */
  .caption {
    position: absolute;
    inset-block-start: calc(100% + var(--_space-1));
    inset-inline: calc(var(--sx-controls-gap, var(--_controls-gap, 0px)) / -2);
    display: var(--_controls-caption, none);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    color: var(--_text);
    font-size: 0.6875rem;
    line-height: 1.3;
    text-align: center;
    hyphens: auto;
    pointer-events: none;
  }
  .toolbar button:not(.danger) {
    border-color: var(--_controls-line, transparent);
    -webkit-backdrop-filter: var(--_controls-backdrop, none);
    backdrop-filter: var(--_controls-backdrop, none);
    background: var(--sx-controls-background, var(--_controls-background, var(--_control)));
  }
  /* Highlights a device that is off in this call, or a shared screen. */
  .toolbar button:is(.marked, [aria-expanded="true"]):not(.danger) {
    background: var(--_text);
    color: var(--_surface);
  }
  .toolbar button:disabled {
    cursor: default;
  }
  .toolbar button:disabled .icon {
    opacity: 0.6;
  }
  button[aria-busy="true"] {
    cursor: progress;
  }
  button[aria-busy="true"] .icon {
    animation: breathe 1.2s ease-in-out infinite alternate;
    opacity: 0.75;
  }
  @media (hover: hover) {
    .toolbar
      button:not(.danger, .marked, [aria-busy="true"], [aria-expanded="true"], :disabled):hover {
      background: var(--_control-hover);
    }
  }

  /* Without a top layer it is placed above the toolbar. */
  .menu {
    --_appear: 0.5rem;
    position: absolute;
    inset: auto 0 calc(100% + var(--_space-2)) auto;
    z-index: 1;
    inline-size: max-content;
    max-inline-size: min(20rem, 100vw - 1rem);
    max-block-size: 60vh;
    margin: 0;
    padding: var(--_space-1);
    overflow: auto;
    overscroll-behavior: contain;
  }
  @supports selector(:popover-open) {
    .menu[popover]:popover-open {
      position: fixed;
      inset: auto;
    }
  }
  .unread {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    inline-size: 0.9rem;
    block-size: 0.9rem;
    border: 2px solid var(--_raised);
    border-radius: 50%;
    background: var(--_danger);
    forced-color-adjust: none;
  }
  button.item {
    display: flex;
    justify-content: start;
    gap: var(--_space-3);
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: var(--_space-1) var(--_space-3);
    border-radius: calc(var(--_radius-l) - var(--_space-1));
    background: transparent;
    font-weight: inherit;
    text-align: start;
    transition: none;
  }
  button.item:active {
    transform: none;
  }
  button.item:focus-visible {
    outline-offset: -3px;
  }
  button.item .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .item kbd {
    margin-inline-start: auto;
    padding-inline-start: var(--_space-3);
    color: var(--_muted);
    font: inherit;
    font-size: var(--_text-s);
  }
  @media (hover: hover) {
    button.item:hover {
      background: var(--_control-hover);
    }
  }
  @media (forced-colors: active) {
    .toolbar button.marked:not(.danger) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @keyframes breathe {
    from {
      opacity: 0.65;
    }
    to {
      opacity: 1;
    }
  }
`;

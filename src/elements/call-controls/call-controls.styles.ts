import { css } from "lit";

export const styles = css`
  :host {
    display: inline-block;
  }
  .toolbar {
    display: flex;
    flex-direction: var(--sx-controls-direction, row);
    align-items: center;
    justify-content: center;
    gap: var(--sx-controls-gap, var(--_space-3));
  }
  .toolbar:empty {
    display: none;
  }
  button.round {
    font-size: calc(var(--sx-control-size, 3rem) * 0.31);
  }
  button:not(.danger) {
    background: var(--sx-controls-background, var(--_control));
  }
  /* Not as usual: a device that is off in this call, a screen that is shared. It must be seen at a glance. */
  button.marked:not(.danger) {
    background: var(--_text);
    color: var(--_surface);
  }
  button[aria-busy="true"] {
    cursor: progress;
  }
  button[aria-busy="true"] .icon {
    animation: breathe 1.2s ease-in-out infinite alternate;
    opacity: 0.55;
  }
  @media (hover: hover) {
    button:not(.danger, .marked, [aria-busy="true"]):hover {
      background: var(--_control-hover);
    }
  }
  @media (forced-colors: active) {
    button.marked:not(.danger) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @keyframes breathe {
    from {
      opacity: 0.35;
    }
    to {
      opacity: 0.9;
    }
  }
`;

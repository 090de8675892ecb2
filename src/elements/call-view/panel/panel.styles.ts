import { css } from "lit";

/** The lock, which is a button, and the panel that it opens. */
export const panelStyles = css`
  button.lock {
    position: relative;
    display: inline-flex;
    flex: 0 1 auto;
    gap: 0.4em;
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: 2.25rem;
    padding: 0 var(--_space-3);
    background: var(--_control);
    font-size: var(--_text-s);
    font-weight: inherit;
    line-height: 1.3;
    text-align: start;
  }
  /* A press area of 44 px around the smaller pill. */
  button.lock::after {
    content: "";
    position: absolute;
    inset: calc(-0.25rem - 1px) 0;
  }
  @media (hover: hover) {
    button.lock:hover {
      background: var(--_control-hover);
      color: var(--_text);
    }
  }

  .panel {
    grid-row: top-start / signs-end;
    grid-column: 1 / 2;
    z-index: 2;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    align-self: start;
    justify-self: stretch;
    max-block-size: calc(100% - var(--_inset-top) - var(--_space-2) - var(--_space-3));
    min-block-size: 0;
    margin: calc(var(--_inset-top) + var(--_space-2)) calc(var(--_inset-right) + var(--_space-2))
      var(--_space-3) calc(var(--_inset-left) + var(--_space-2));
  }
  /* Next to the button that opens them. */
  .panel:is(.devices, .help) {
    --_appear: 0.5rem;
    align-self: end;
  }
  .over-picture .panel {
    /* Secondary text over video is white; on a surface it is grey. */
    --_muted: #c9cbd0;
  }
  @supports (color: color-mix(in srgb, red, red)) {
    .over-picture .panel {
      --_muted: color-mix(in srgb, #fff 74%, var(--_raised));
    }
  }
  .panel-top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding-block-start: var(--_space-1);
    padding-inline: var(--_space-4) var(--_space-1);
  }
  .panel-title {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    margin: 0;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  /* A long name leaves room for the text. */
  .text .panel-title span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .panel-title .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .panel-body {
    display: grid;
    gap: var(--_space-4);
    align-content: start;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0 var(--_space-4) var(--_space-4);
    border-radius: inherit;
  }
  .about {
    margin: 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    margin: 0;
    font-size: var(--_text-s);
  }
  .more-facts summary {
    min-block-size: 2.75rem;
    padding-block: 0.75rem;
    font-weight: 600;
    cursor: pointer;
  }
  .more-facts summary:focus-visible {
    outline: 3px solid var(--_accent);
    border-radius: var(--_radius-l);
  }
  .fact {
    display: flex;
    grid-column: 1 / -1;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-4);
    padding-block: 0.4rem;
    border-block-start: 1px solid var(--_line);
  }
  dt {
    color: var(--_muted);
  }
  .fact dt {
    max-inline-size: 60%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  dd {
    min-inline-size: 0;
    margin: 0;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
    text-align: end;
  }
  .note {
    display: block;
    color: var(--_muted);
  }
  .cipher {
    display: inline-block;
    font-size: 0.75rem;
  }
  /* The number above its label, in the columns of the code. */
  .count {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: var(--_space-3) var(--_space-1) 0;
    border-block-start: 1px solid var(--_line);
    font-size: 0.75rem;
    line-height: 1.3;
    text-align: center;
  }
  .count dd {
    font-size: var(--_text-s);
    font-weight: 600;
    text-align: center;
  }
  .panel-body:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
  }
  /* A press on the video moves the focus here, for keyboard shortcuts. */
  .screen:focus {
    outline: none;
  }
  .sign.helped {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    max-inline-size: 26rem;
    padding: var(--_space-2) var(--_space-4) var(--_space-3) var(--_space-3);
  }
  .problem :is(.steps, button) {
    grid-column: 1 / -1;
    justify-self: start;
  }
  .problem button {
    min-block-size: 2.75rem;
  }
  .keys dt {
    max-inline-size: 75%;
    white-space: normal;
  }
  kbd {
    padding: 0 0.5em;
    border: 1px solid var(--_line);
    border-radius: 0.375rem;
    background: var(--_control);
    font: inherit;
  }

  @container (min-width: 480px) {
    .panel {
      justify-self: end;
      inline-size: 22rem;
      max-inline-size: calc(100% - var(--_inset-left) - var(--_inset-right) - 2 * var(--_edge));
      margin: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-right) + var(--_edge))
        var(--_space-3) calc(var(--_inset-left) + var(--_edge));
    }
  }
  /* Low and wide: the code next to the numbers. */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .panel.security {
      inline-size: 42rem;
    }
    .security .panel-body {
      grid-template: "about facts" auto "code facts" auto "code more" minmax(0, 1fr) /
          minmax(0, 1fr) minmax(0, 1fr);
      column-gap: var(--_space-5);
    }
    .security .panel-body > .facts {
      grid-area: facts;
      align-content: start;
    }
    .more-facts {
      grid-area: more;
    }
    .panel-body sx-security-code {
      grid-area: code;
    }
    .panel-body .about {
      grid-area: about;
    }
    .fact:first-child {
      border-block-start: 0;
      padding-block-start: 0;
    }
  }
  @media (forced-colors: active) {
    button.lock {
      border-color: CanvasText;
    }
  }
`;

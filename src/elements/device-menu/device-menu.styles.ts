import { css } from "lit";

export const styles = css`
  :host {
    display: block;
  }
  .devices {
    display: grid;
    gap: var(--_space-4);
  }
  fieldset {
    display: grid;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: 0 0 var(--_space-1);
    font-weight: 600;
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .option {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 2.75rem;
    border-block-start: 1px solid var(--_line);
    cursor: pointer;
  }
  .option span {
    flex: 1;
    min-inline-size: 0;
    padding-block: var(--_space-1);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0 var(--_space-1);
    accent-color: var(--_accent);
    cursor: inherit;
  }
  input:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  input[type="range"] {
    inline-size: 100%;
    block-size: 2.75rem;
    margin: 0;
  }
  .volume {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 var(--_space-3);
    padding-block-start: var(--_space-1);
    line-height: 1.3;
  }
  .volume input {
    grid-column: 1 / -1;
  }
  .volume span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  output {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    padding-block: var(--_space-1) var(--_space-3);
  }
  .buttons button {
    flex: 0 1 auto;
    min-inline-size: 0;
    min-block-size: 2.75rem;
    overflow-wrap: anywhere;
  }
  .meter {
    block-size: 0.375rem;
    margin-block: var(--_space-1) var(--_space-2);
    overflow: hidden;
    border-radius: var(--_round);
    background: var(--_line);
  }
  /* Moved instead of resized, so that only the compositor works, ten times a second. */
  .meter::before {
    content: "";
    display: block;
    block-size: 100%;
    background: var(--_accept);
    transform: scaleX(var(--_level, 0));
    transform-origin: left;
    transition: transform 100ms linear;
  }
  .meter:dir(rtl)::before {
    transform-origin: right;
  }
  /* Chromium before 120. */
  @supports not selector(:dir(rtl)) {
    :host-context([dir="rtl"]) .meter::before {
      transform-origin: right;
    }
  }
  @container (max-width: 14rem) {
    legend .icon {
      display: none;
    }
  }
  .none {
    margin: 0;
    color: var(--_muted);
  }
  @media (forced-colors: active) {
    .meter {
      border: 1px solid CanvasText;
    }
    .meter::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

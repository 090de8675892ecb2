import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    inline-size: min(100%, 21rem);
  }
  .item {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: var(--_space-3);
    align-items: center;
    padding: var(--_space-2);
    padding-inline-start: var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
  }
  .kind {
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--_control);
    color: var(--_text);
    font-size: 0.8rem;
  }
  .item.lost .kind,
  .item.lost .title {
    color: var(--_danger-text);
  }
  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    overflow: hidden;
  }
  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .receipt {
    grid-column: 1 / -1;
    min-inline-size: 0;
    margin-inline-end: var(--_space-1);
    font-size: var(--_text-s);
  }
  .receipt summary {
    padding-block: var(--_space-2);
    color: var(--_accent);
    cursor: pointer;
  }
  .receipt summary:focus-visible {
    outline: 3px solid var(--_accent);
    border-radius: var(--_radius-l);
  }
  .receipt dl {
    display: grid;
    gap: var(--_space-1);
    margin: 0;
  }
  .receipt dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_space-3);
  }
  .receipt dt {
    color: var(--_muted);
  }
  .receipt dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .said {
    overflow: clip;
    overflow-wrap: anywhere;
    font-size: var(--_text-s);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    /* The separator before the first fact of a line is outside, and clipped. */
    margin-inline-start: -0.9em;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .facts > * {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .facts > *::before {
    flex: none;
    content: "·";
    /* Not read aloud, where the engine knows of that. */
    content: "·" / "";
    inline-size: 0.9em;
    margin-inline-end: -0.25em;
    text-align: center;
  }
  .facts .icon {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
  }
  .tampered,
  .unencrypted {
    color: var(--_danger-text);
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }
  .ongoing .kind {
    background: var(--_accept);
    color: #fff;
  }
  /* Below the text: next to it there is too little space in a narrow chat. */
  .ongoing button {
    grid-column: 1 / -1;
    margin-inline-end: var(--_space-1);
    padding-inline: var(--_space-3);
  }
  button.round {
    background: transparent;
    color: var(--_accent);
    font-size: 0.9rem;
  }
  @media (hover: hover) {
    button.round:hover {
      background: var(--_control);
    }
  }
`;

import { css } from "lit";

/** Visually hidden, for screen readers. */
const unseen = css`
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
`;

export const styles = css`
  :host {
    --_row: max(3.5rem, 1.4 * (var(--_text-m) + var(--_text-s)) + 2 * var(--_space-3));
    --_day: 1.4 * var(--_text-s) + 2 * var(--_space-2);
    --_avatar-size: 2.5rem;
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100%;
    /* Scrolls even without a height from the page, instead of rendering every row. */
    max-block-size: 100vh;
    max-block-size: 100dvh;
    container-type: inline-size;
    contain-intrinsic-inline-size: min(20rem, 80vw);
    background: var(--_surface);
    /* The host does not scroll. It lets the engine compute both heights in pixels from any units. */
    scroll-padding: calc(var(--_day)) 0 calc(var(--_row));
  }
  .filter {
    display: flex;
    flex: none;
    max-inline-size: 24rem;
    margin: var(--_space-2) var(--_space-4);
    padding: 2px;
    border-radius: var(--_round);
    background: var(--_control);
  }
  .filter label {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    border: 1px solid transparent;
    border-radius: var(--_round);
    padding: 0 var(--_space-2);
    overflow: hidden;
    color: var(--_muted);
    font-weight: 600;
    line-height: 2.625rem;
    text-align: center;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .filter input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    border-radius: inherit;
    appearance: none;
    cursor: inherit;
  }
  .filter label.chosen {
    border-color: currentColor;
    background: var(--_raised);
    color: var(--_accent);
  }
  .filter input:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
  }
  .empty:not(:empty) {
    padding: var(--_space-6) var(--_space-4);
    color: var(--_muted);
    text-align: center;
  }
  .list {
    flex: 0 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    /* The engine would adjust the scroll position a second time. */
    overflow-anchor: none;
    contain: content;
    scroll-padding-block-start: calc(var(--_day));
  }
  .all {
    position: relative;
  }
  .day,
  .row {
    position: absolute;
    inset-inline: 0;
  }
  .date {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    block-size: calc(var(--_day));
    padding: var(--_space-2) var(--_space-4);
    overflow: hidden;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_text-s);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .date::first-letter {
    text-transform: uppercase;
  }
  .row {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    block-size: calc(var(--_row));
    padding-inline: var(--_space-4) var(--_space-1);
  }
  .row .round {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .kind {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_avatar-size);
    block-size: var(--_avatar-size);
    border-radius: 50%;
    background: var(--_control);
    font-size: 0.8rem;
  }
  .about {
    display: grid;
    flex: 1;
    grid-template: "title time" auto "facts facts" auto / minmax(0, 1fr) auto;
    column-gap: var(--_space-2);
    align-items: baseline;
    min-inline-size: 0;
    white-space: nowrap;
  }
  .title {
    grid-area: title;
    font-weight: 600;
  }
  .title,
  .what,
  .lock .words {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  time {
    grid-area: time;
  }
  time,
  .facts {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .facts {
    display: flex;
    grid-area: facts;
    overflow: hidden;
  }
  .facts > * {
    flex: none;
  }
  /* Neither gives up all of its words. */
  .facts > .what {
    flex-shrink: 20;
    min-inline-size: 5em;
  }
  .facts > .lock {
    flex-shrink: 1;
    min-inline-size: 2em;
  }
  /* Without a name the text about the call is long, and has the line to itself. */
  .row:not(.named) .about {
    grid-template: "title title" auto "time facts" auto / auto minmax(0, 1fr);
    column-gap: 0;
  }
  .row:not(.named) .facts:not(.alone) > *::before,
  .facts > * + *::before {
    content: "·";
    /* Not read aloud, where the engine knows of that. */
    content: "·" / "";
    margin-inline: 0.3em;
  }
  .lock {
    display: flex;
    gap: 0.25em;
    align-items: center;
  }
  .facts .icon {
    inline-size: 1em;
    block-size: 1em;
    vertical-align: -0.125em;
  }
  .lost .kind,
  .lost .what,
  .lost:not(.named) .title,
  .tampered,
  .unencrypted {
    color: var(--_danger-text);
  }
  .ongoing .kind {
    background: var(--_accept);
    color: #fff;
  }
  .clock {
    font-variant-numeric: tabular-nums;
  }
  button {
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
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
  .row button:focus-visible {
    outline-offset: -1px;
  }
  /* The path before the words of what happened */
  @container (max-width: 56rem) {
    .path {
      ${unseen}
    }
  }
  /* Expected protection shows its icon only. Any other keeps its text, and the rest gets less space. */
  @container (max-width: 34rem) {
    .facts.exposed > :not(.lock, .what),
    .facts.exposed > .what .words,
    .lock:is(.protected, .verified) .words,
    .ongoing button .words {
      ${unseen}
    }
    .ongoing button {
      padding: 0;
    }
    .facts > .what {
      min-inline-size: 2.5em;
    }
    .facts.exposed > .what,
    .facts > .lock:is(.protected, .verified) {
      flex: none;
      min-inline-size: 0;
    }
    .exposed.alone > .lock::before {
      content: none;
    }
  }
  @container (max-width: 15rem) {
    .kind,
    .avatar {
      display: none;
    }
    .row,
    .date {
      padding-inline-start: var(--_space-2);
    }
    .filter {
      margin-inline: var(--_space-2);
      font-size: var(--_text-s);
    }
    .about {
      grid-template: "title title" auto "time facts" auto / auto minmax(0, 1fr);
    }
    .facts > .what {
      flex: none;
    }
    .alone > .lock::before {
      content: none;
    }
    .facts > :not(.what, .lock),
    .facts > .lock:is(.protected, .verified),
    .what .words {
      ${unseen}
    }
  }
  @media (forced-colors: active) {
    .filter label.chosen {
      border-color: Highlight;
    }
  }
`;

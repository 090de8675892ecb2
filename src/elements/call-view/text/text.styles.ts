import { css } from "lit";

/** The conversation in a call. */
export const textStyles = css`
  .panel.text {
    --_appear: 0.5rem;
    align-self: stretch;
  }
  .panel.text .panel-body {
    align-content: stretch;
    overflow: hidden;
    padding: 0;
  }
  .conversation {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .text-list {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: var(--_space-1) var(--_space-4) var(--_space-3);
  }
  /* The newest is at the bottom, also of a short conversation. */
  .text-list > :first-child {
    margin-block-start: auto;
  }
  .text-list:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
  }
  .text-note {
    margin: var(--_space-2) 0;
    color: var(--_muted);
    font-size: var(--_text-s);
    text-align: center;
  }
  .message {
    display: grid;
    justify-items: start;
    margin-block-start: var(--_space-1);
  }
  .message.local {
    justify-items: end;
  }
  .writer {
    margin: var(--_space-2) var(--_space-2) 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .message p {
    max-inline-size: 85%;
    margin: 0;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_control);
    /* Marks of a hostile text stay within its line. */
    overflow: clip;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .message.local p {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .message.writing p {
    border: 1px dashed var(--_muted);
    background: none;
  }
  .caret {
    display: inline-block;
    inline-size: 2px;
    block-size: 1em;
    margin-inline-start: 2px;
    background: currentColor;
    vertical-align: text-bottom;
  }
  .unsent {
    margin-inline: var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .write {
    display: flex;
    align-items: end;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3) 0;
    border-block-start: 1px solid var(--_line);
  }
  .draft {
    flex: 1 1 8rem;
    box-sizing: border-box;
    min-inline-size: 0;
    min-block-size: 2.75rem;
    max-block-size: 8rem;
    padding: calc((2.75rem - 1.4em) / 2 - 1px) var(--_space-3);
    border: 1px solid var(--_muted);
    border-radius: var(--_radius-l);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    line-height: 1.4;
    resize: none;
    /* Grows with its text where the engine can (Chromium 123, Safari 26). */
    field-sizing: content;
  }
  .over-picture .draft {
    background: var(--_picture);
  }
  .draft::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .draft:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  .conversation .round {
    --_control-size: 2.75rem;
    flex: none;
  }
  .text-choices {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding: 0 var(--_space-3) var(--_space-1);
  }
  .text-choice {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-inline-start: var(--_space-1);
    font-size: var(--_text-s);
  }
  .text-choice input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .text-size[aria-pressed="true"] {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .conversation.large :is(.message p, .draft) {
    font-size: clamp(1.75rem, 9 * var(--_cqi), 3rem);
    font-weight: 600;
    line-height: 1.25;
  }
  .conversation.large .message p {
    max-inline-size: 100%;
  }
  @media (forced-colors: active) {
    .message.local p {
      border-color: CanvasText;
    }
  }
  /* Beside the call where it is wide: nothing is covered. */
  @container (min-width: 900px) and (min-width: 40rem) {
    .with-text:not(.sharing) {
      grid-template-columns: minmax(0, 1fr) 24rem;
    }
    .with-text:not(.sharing) .panel.text {
      grid-row: 1 / -1;
      grid-column: 2 / 3;
      inline-size: auto;
      max-inline-size: none;
      justify-self: stretch;
      margin-block-end: calc(var(--_inset-bottom) + var(--_space-3));
      margin-inline-start: 0;
    }
    .with-text:not(.sharing) .frame.large {
      inset-inline-end: 24rem;
    }
  }
  /* Narrow: over the person, who is heard; under the picture, which is seen */
  @container (max-width: 479.98px) {
    .with-text.over-picture .panel.text {
      align-self: end;
      block-size: min(60%, 28rem);
    }
    .with-text:not(.over-picture) .centre {
      visibility: hidden;
    }
  }
  /* Little height: all of it scrolls but the field, and what can be chosen is at the top */
  @container (max-height: 460px) {
    .with-text.over-picture .panel.text {
      align-self: stretch;
      block-size: auto;
    }
    .conversation {
      overflow: auto;
      overscroll-behavior: contain;
    }
    .text-list {
      flex: 1 0 auto;
      overflow: visible;
    }
    .write {
      position: sticky;
      inset-block-end: 0;
      padding-block-end: var(--_space-2);
      background: var(--_raised);
    }
    .text-choices {
      order: -1;
    }
  }
`;

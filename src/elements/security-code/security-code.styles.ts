import { css } from "lit";

export const styles = css`
  :host {
    display: block;
  }
  .code {
    display: grid;
    gap: var(--_space-3);
  }
  .title {
    font-weight: 600;
  }
  .title,
  .words {
    margin: 0;
  }
  .words {
    display: flex;
    gap: var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .words .icon {
    inline-size: 1.4em;
    block-size: 1.4em;
  }
  .words:focus {
    outline: none;
  }
  .verified .words {
    color: var(--_text);
  }
  .mismatch .words,
  .refused .words {
    color: var(--_danger-text);
    font-weight: 600;
  }
  .signs {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--_space-3) 0;
    margin: 0;
    padding: var(--_space-3) 0;
    border-radius: var(--_radius-l);
    background: var(--_control);
    /* Not "none": with it, VoiceOver no longer says that it is a list (https://webkit.org/b/170179). */
    list-style: "";
  }
  .sign {
    display: grid;
    justify-items: center;
    align-content: start;
    min-inline-size: 0;
    text-align: center;
  }
  .emoji {
    /* A text font may contain black glyphs of some emoji. */
    font-family: var(
      --sx-font-emoji,
      "Apple Color Emoji",
      "Segoe UI Emoji",
      "Noto Color Emoji",
      sans-serif
    );
    font-size: 2rem;
    line-height: 1.25;
  }
  .name {
    max-inline-size: 100%;
    font-size: min(0.75rem, 6.5 * var(--_cqi));
    font-weight: 600;
    line-height: 1.25;
  }
  .digits {
    color: var(--_muted);
    font-size: var(--_text-s);
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.06em;
  }
  .answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
    gap: var(--_space-2);
  }
  .answers button {
    padding-inline: var(--_space-2);
    font-size: 0.875rem;
  }
  button.long {
    justify-self: center;
    margin-block: calc(-1 * var(--_space-2));
    font-size: var(--_text-s);
  }
  /* In a narrow call view: two by two, for whole words */
  @container (max-width: 22.4rem) {
    .signs {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (forced-colors: active) {
    .signs {
      border: 1px solid CanvasText;
    }
  }
`;

import { css } from "lit";

export const declineTextsStyles = css`
  /* On a line of its own, below the answers, which stay beside each other. */
  .screen .answers {
    flex-wrap: wrap;
  }
  .screen .answer {
    flex-basis: min(7.25rem, 31%);
  }
  .screen .write {
    flex: 1 0 100%;
    max-inline-size: 100%;
    padding-block: var(--_space-1);
    overflow-wrap: anywhere;
    background: transparent;
    color: var(--_muted);
    font-size: min(1em, 10 * var(--_cqi));
  }
  .texts {
    grid-area: answers;
    display: flex;
    flex-direction: column;
    gap: var(--_space-2);
    inline-size: 100%;
    max-inline-size: 26rem;
    justify-self: center;
    /* Room for the focus ring where it scrolls. */
    padding: 5px;
    text-align: start;
  }
  .texts > * {
    flex: none;
  }
  .screen .texts {
    max-block-size: calc(62 * var(--_cqb));
    overflow: auto;
    overscroll-behavior: contain;
  }
  .texts button {
    max-inline-size: 100%;
    padding-block: var(--_space-1);
    overflow-wrap: anywhere;
  }
  .texts .text {
    justify-content: start;
    padding-inline: var(--_space-4);
    border-radius: var(--_radius-l);
    font-weight: inherit;
    text-align: start;
  }
  .texts form,
  .texts label {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .texts form {
    gap: var(--_space-2);
  }
  .own {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .texts input {
    inline-size: 100%;
    min-block-size: 3rem;
    padding: 0 var(--_space-3);
    border: 1px solid var(--_muted);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    color: var(--_text);
    /* Below 16 px Safari zooms the page in when the field is focused. */
    font: inherit;
  }
  .texts input:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    justify-content: end;
  }
  /* Low: beside the caller, with the whole height. */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen .texts {
      max-block-size: calc(74 * var(--_cqb));
    }
  }
  @container (max-width: 239.98px) {
    .screen .texts {
      display: none;
    }
  }
`;

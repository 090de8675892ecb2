import { css } from "lit";

/** Calls other than the one on screen. */
export const otherCallsStyles = css`
  .beside {
    grid-area: beside;
    z-index: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
    inline-size: 100%;
    max-inline-size: 46rem;
    justify-self: center;
    padding: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-right) + var(--_space-3)) 0
      calc(var(--_inset-left) + var(--_space-3));
  }
  /* Below the bar, which has left the edge to the video. */
  .over-picture:not(.backdrop) .beside {
    padding-block-start: var(--_space-3);
  }
  /* A card over video is readable by itself, in the dark variant of the host's scheme. */
  .has-beside .centre {
    overflow: auto;
    padding-block-start: var(--_space-4);
  }
  .has-beside {
    --_avatar-size: clamp(3.5rem, 24 * var(--_cqmin), 7rem);
  }
  /* The security panel opens below, so that the banner stays visible. */
  .has-beside .panel {
    grid-row: centre-start / signs-end;
  }
  .held {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-3);
    min-inline-size: 0;
    padding: var(--_space-2) var(--_space-2) var(--_space-2) var(--_space-4);
    padding-inline: var(--_space-4) var(--_space-2);
    border: 1px solid var(--_line);
    border-radius: var(--_round);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_elevation);
  }
  .held .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .held-name {
    flex: 1 1 6rem;
    min-inline-size: min(6rem, 100%);
    overflow-wrap: anywhere;
  }
  .held button {
    max-inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: var(--_space-4);
  }
  .person .resume {
    margin-block-start: var(--_space-4);
  }
  /* Little height: name and lock stay, the picture shrinks. */
  @container (max-height: 699.98px) {
    .has-beside .person .voice {
      display: none;
    }
    .has-beside .centre {
      padding-block: var(--_space-2);
    }
  }
  @container (max-width: 239.98px) {
    .beside,
    .person .resume {
      display: none;
    }
  }
`;

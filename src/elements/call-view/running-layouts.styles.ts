import { css } from "lit";

/** What another size of the container changes in a running call, beside what it changes in every state. */
export const runningLayouts = css`
  /* The lock under the name says it already. In a tiny window, which has none, the sign does. */
  @container (min-width: 240px) {
    .connected:not(.over-picture) .sign.unencrypted {
      display: none;
    }
  }
  /* Medium: the toolbar floats as a pill */
  @container (min-width: 480px) {
    .screen {
      --_small: clamp(8rem, 20cqi, 14rem);
      --_small-shape: 4 / 3;
    }
    .bottom {
      --sx-control-size: 3.25rem;
      --sx-controls-gap: var(--_space-3);
      padding-block-end: calc(var(--_inset-bottom) + var(--_space-4));
    }
    sx-call-controls {
      padding: var(--_space-2);
      border-radius: var(--_round);
      background: var(--_raised);
      box-shadow: var(--_elevation);
    }
    .over-picture sx-call-controls {
      --sx-controls-background: rgb(255 255 255 / 0.12);
      background: var(--_scrim);
    }
  }
  /* Wide, with a shared screen: the screen large, both people in a column beside it */
  @container (min-width: 900px) {
    .sharing {
      grid-template-columns: minmax(0, 1fr) 16rem;
    }
    .sharing .frame.large {
      inset-inline-end: 16rem;
    }
    .sharing :is(.small, .person-tile).frame {
      --_small: 14rem;
      grid-area: 1 / 2 / -1 / 3;
      align-self: center;
      justify-self: center;
      margin: 0 0 calc(10.5rem + var(--_space-3));
    }
    .sharing .frame.small {
      margin: calc(10.5rem + var(--_space-3)) 0 0;
    }
    .sharing .handle {
      display: none;
    }
  }
  /* A phone on its side: the toolbar at the trailing edge */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_small: clamp(6rem, 18cqi, 9rem);
    }
    .stage {
      grid-template:
        "top bottom" auto
        "beside bottom" auto
        "centre bottom" minmax(0, 1fr)
        "signs bottom" auto / minmax(0, 1fr) auto;
    }
    .bottom {
      --sx-control-size: 3rem;
      --sx-controls-gap: var(--_space-2);
      --sx-controls-direction: column;
      align-content: center;
      padding: 0 calc(var(--_inset-right) + var(--_space-3)) 0 0;
    }
  }
  /* Tiny, a picture-in-picture window: the other side, a mute sign, nothing to press */
  @container (max-width: 239.98px) {
    .over-picture:not(.backdrop) .top-bar,
    .bottom,
    .small,
    .person-tile,
    .person .lock,
    .sign:not(.remote-muted, .tampered, .unencrypted),
    .sign span {
      display: none;
    }
    /* Whoever is large in the page: a small window is for the other side. */
    .theirs.small {
      position: absolute;
      inset: 0;
      display: grid;
      inline-size: 100%;
      block-size: 100%;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
    }
    .theirs ~ .self-view.large {
      display: none;
    }
    .waiting .status {
      font-size: var(--_text-s);
    }
    .centre {
      padding: var(--_space-2);
    }
    .signs {
      justify-content: end;
      padding: var(--_space-2);
    }
    .sign {
      padding: var(--_space-2);
    }
  }
  /* A screen across the room: the picture fills it anyway */
  @container (min-width: 2200px) and (min-height: 1100px) {
    .screen {
      --_small: calc(14rem * var(--_grow));
    }
    .bottom {
      --sx-control-size: calc(3.25rem * var(--_grow));
    }
  }
`;

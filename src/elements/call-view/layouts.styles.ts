import { css } from "lit";

/** What another size of the container changes. The plain styles are those of a phone held upright. */
export const layouts = css`
  /* The lock under the name says it already. In a tiny window, which has none, the sign does. */
  @container (min-width: 240px) {
    .connected:not(.over-picture) .sign.unencrypted {
      display: none;
    }
  }
  /* Medium: the toolbar floats as a pill */
  @container (min-width: 480px) {
    .screen {
      --_edge: var(--_space-5);
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
    .tiles {
      grid-area: centre / 1 / bottom / 2;
      margin-block-end: calc(var(--_inset-bottom) + var(--_space-5));
    }
    .tile {
      inline-size: clamp(8rem, 20cqi, 14rem);
      aspect-ratio: 4 / 3;
    }
    .sharing .tiles {
      flex-direction: column;
    }
  }
  /* Wide, with a shared screen: the screen large, both people in a column beside it */
  @container (min-width: 900px) {
    .sharing {
      grid-template-columns: minmax(0, 1fr) 16rem;
    }
    .sharing .picture {
      inline-size: calc(100% - 16rem);
    }
    .sharing .tiles {
      grid-area: 1 / 2 / -1 / 3;
      align-self: center;
      margin: 0 var(--_space-4) 0 0;
    }
    .sharing .tile {
      inline-size: 14rem;
    }
  }
  /* A phone on its side: the toolbar at the trailing edge */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_edge: var(--_space-4);
      --_avatar-size: clamp(3.5rem, 26cqmin, 6rem);
      --_person-top: var(--_space-4);
      --_person-place: center;
    }
    .ended {
      align-items: center;
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
    .tiles {
      grid-area: centre / 1 / signs / 2;
      margin-block-end: var(--_space-4);
      margin-inline-end: var(--_space-3);
    }
    .tile {
      inline-size: clamp(6rem, 18cqi, 9rem);
    }
    .sharing .tiles {
      flex-direction: row;
    }
    .person .avatar {
      margin-block-end: var(--_space-2);
    }
    .person .name {
      font-size: 1.375rem;
    }
    .ended {
      gap: var(--_space-3);
      padding-block: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-bottom) + var(--_space-3));
    }
  }
  /* Tiny, a picture-in-picture window: the other side, a mute sign, nothing to press */
  @container (max-width: 239.98px) {
    .screen {
      --_edge: var(--_space-2);
      --_avatar-size: clamp(2.5rem, 46cqmin, 5rem);
      --_person-top: var(--_space-2);
      --_person-place: center;
    }
    .over-picture:not(.backdrop) .top-bar,
    .bottom,
    .after,
    .self-view,
    .person .name,
    .person .lock,
    .detail,
    .reason .icon,
    .sign:not(.remote-muted, .tampered, .unencrypted),
    .sign span {
      display: none;
    }
    .backdrop .self-view {
      display: grid;
    }
    .person .avatar {
      margin-block-end: var(--_space-1);
    }
    .status,
    .reason,
    .waiting .status {
      font-size: var(--_text-s);
    }
    .idle,
    .ended,
    .centre {
      padding: var(--_space-2);
    }
    .ended {
      grid-template-rows: minmax(0, 1fr);
      align-items: center;
    }
    .signs {
      justify-content: end;
      padding: var(--_space-2);
    }
    .sign {
      padding: var(--_space-2);
    }
    .sharing .person-tile {
      display: none;
    }
  }
`;

import { css } from "lit";

/** The screen of a running call. */
export const stageStyles = css`
  /* A running call: the picture to all four edges, everything else on a grid over it */
  .stage {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template:
      "top" auto "beside" auto "centre" minmax(0, 1fr)
      "signs" auto "bottom" auto / minmax(0, 1fr);
  }
  .top-bar {
    grid-area: top;
    display: none;
    z-index: 1;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: var(--_space-2) var(--_space-3);
    padding: calc(var(--_inset-top) + var(--_space-3)) calc(var(--_inset-right) + var(--_edge)) 0
      calc(var(--_inset-left) + var(--_edge));
  }
  .over-picture:not(.backdrop) .top-bar {
    display: flex;
  }
  .heading,
  .top-bar .lock {
    border-radius: var(--_radius-l);
    background: var(--_scrim);
  }
  .heading {
    display: grid;
    min-inline-size: 0;
    padding: var(--_space-2) var(--_space-4);
    line-height: 1.3;
  }
  .heading .name {
    -webkit-line-clamp: 1;
    line-clamp: 1;
  }
  .heading .status {
    font-size: var(--_text-s);
  }
  .top-bar .lock {
    border-radius: var(--_round);
    color: #fff;
  }

  .centre {
    grid-area: centre;
    display: grid;
    place-content: var(--_person-place);
    min-block-size: 0;
    padding: var(--_person-top) calc(var(--_inset-right) + var(--_edge)) var(--_space-4)
      calc(var(--_inset-left) + var(--_edge));
    z-index: 1;
    /* The pictures below it can be touched. */
    pointer-events: none;
  }
  .centre > * {
    pointer-events: auto;
  }
  .inviting .avatar,
  .ringing .avatar {
    animation: ring 2.4s ease-out infinite;
  }
  .backdrop .person,
  .waiting {
    display: grid;
    justify-items: center;
    padding: var(--_space-3) var(--_space-5);
    border-radius: var(--_radius-l);
    background: var(--_scrim);
    text-align: center;
  }
  /* One's own face is not covered: only the words, and above it. */
  .backdrop .centre {
    place-content: start center;
    padding-block-start: calc(var(--_inset-top) + var(--_space-5));
  }
  .backdrop .person .avatar {
    display: none;
  }
  .over-picture:not(.backdrop) .centre {
    place-content: center;
    padding-block-start: var(--_space-4);
  }
  .waiting .status {
    font-size: var(--_text-l);
    font-weight: 600;
  }
  @keyframes ring {
    0% {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--_avatar-colour) 45%, transparent);
    }
    70%,
    100% {
      box-shadow: 0 0 0 1.75rem transparent;
    }
  }

  .signs {
    grid-area: signs;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
    margin: 0;
    padding: 0 calc(var(--_inset-right) + var(--_edge)) var(--_space-3)
      calc(var(--_inset-left) + var(--_edge));
    list-style: none;
  }
  .sign {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-l);
    background: var(--_control);
    font-size: var(--_text-s);
  }
  .sign .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .bars {
    fill: currentColor;
  }
  .bars .off {
    opacity: 0.35;
  }
  .sign.tampered,
  .sign.unencrypted {
    color: var(--_danger-text);
    font-weight: 600;
  }
  .over-picture .sign {
    background: var(--_scrim);
  }

  .bottom {
    --sx-control-size: clamp(3rem, 14.5cqi, 3.75rem);
    --sx-controls-gap: clamp(0.375rem, 3cqi, 1rem);
    grid-area: bottom;
    z-index: 1;
    display: grid;
    justify-content: center;
    padding: 0 calc(var(--_inset-right) + var(--_space-2))
      calc(var(--_inset-bottom) + var(--_space-5)) calc(var(--_inset-left) + var(--_space-2));
  }
  @media (forced-colors: active) {
    .heading,
    .top-bar .lock,
    .sign,
    .waiting,
    .backdrop .person,
    sx-call-controls {
      border: 1px solid CanvasText;
      border-radius: var(--_round);
      background: Canvas;
      color: CanvasText;
    }
  }
`;

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    container-type: inline-size;
    /* In a container sized by its content: contained elements have no intrinsic width. */
    contain-intrinsic-inline-size: min(20rem, 80vw);
  }
  :host([variant="screen"]) {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 9rem;
    container-type: size;
    contain-intrinsic-block-size: min(27rem, 80vh);
  }
  .call {
    display: grid;
    block-size: 100%;
  }
  .who {
    display: grid;
    min-inline-size: 0;
  }
  .name {
    overflow: hidden;
    font-weight: 600;
    overflow-wrap: anywhere;
    /* A very long name must not push the buttons out. */
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .line,
  .notice {
    color: var(--_muted);
  }
  /* Three lines: what a long name makes longer is scrolled to. */
  .notice {
    max-block-size: 4.2em;
    overflow: auto;
    overflow-wrap: anywhere;
    font-size: var(--_text-s);
  }
  .answers {
    display: flex;
  }
  .answer {
    display: grid;
    flex: 0 1 7.25rem;
    justify-items: center;
    gap: var(--_space-2);
  }
  /* The text can be pressed, too. */
  .answer .caption {
    max-inline-size: 7.5rem;
    color: var(--_muted);
    font-size: var(--_text-s);
    line-height: 1.25;
    text-align: center;
  }

  /* The whole screen */
  .screen {
    --_avatar-size: clamp(
      2.5rem,
      100 * var(--_cqb) - 24rem,
      min(34 * var(--_cqmin), max(9rem, 26 * var(--_cqmin)))
    );
    grid-template:
      "who" minmax(0, 1fr) "notice" minmax(0, auto)
      "answers" auto "ignore" auto / minmax(0, 1fr);
    gap: var(--_space-4);
    justify-items: center;
    /* The space above the caller shrinks first. */
    padding: clamp(var(--_space-4), 60 * var(--_cqb) - 18rem, 20 * var(--_cqb)) var(--_space-4)
      var(--_space-4);
    --_tint: var(--_surface);
    --_ring: var(--_avatar-colour);
    --_wave: min(1.75rem, 0.2 * var(--_avatar-size));
    background: var(--_backdrop, radial-gradient(120% 75% at 50% 0, var(--_tint), var(--_surface)));
    text-align: center;
  }
  .screen .who {
    grid-area: who;
    align-content: start;
    justify-items: center;
    gap: var(--_space-1);
    max-inline-size: 100%;
  }
  .screen .avatar {
    margin-block-end: var(--_space-4);
    animation: ring 2.4s ease-out infinite;
  }
  .screen .name {
    /* Clipped text has no height of its own in a grid: keep at least one line. */
    min-block-size: 1.2em;
    font-size: min(var(--_text-xl), max(var(--_text-l), 11 * var(--_cqi)));
    line-height: 1.2;
  }
  .notices {
    display: grid;
    grid-area: notice;
    grid-auto-rows: max-content;
  }
  .screen .notices {
    gap: var(--_space-1);
    max-inline-size: 26rem;
  }
  .screen .answers {
    --_control-size: min(
      clamp(3.5rem, 18 * var(--_cqmin), 4.25rem),
      max(44px, 25 * var(--_cqi) - 0.5rem)
    );
    grid-area: answers;
    gap: clamp(var(--_space-1), 3 * var(--_cqi), var(--_space-6));
    align-items: start;
    justify-content: center;
    inline-size: 100%;
  }
  .ignore {
    grid-area: ignore;
    max-inline-size: 100%;
    padding-inline: var(--_space-3);
    /* One word, also where the text is larger than the screen is wide. */
    font-size: min(1em, 10 * var(--_cqi));
  }
  @supports (color: color-mix(in srgb, red, red)) {
    .screen {
      --_tint: color-mix(in srgb, var(--_avatar-colour) 20%, var(--_surface));
      --_ring: color-mix(in srgb, var(--_avatar-colour) 45%, transparent);
    }
  }
  @keyframes ring {
    0% {
      box-shadow: 0 0 0 0 var(--_ring);
    }
    70%,
    100% {
      box-shadow: 0 0 0 var(--_wave) transparent;
    }
  }
  /* Little room for the text size: the middle scrolls, the buttons stay */
  @container (max-height: 28rem) or (max-width: 17rem) {
    .screen .who,
    .screen .notices {
      min-block-size: 0;
      overflow: auto;
      overscroll-behavior: contain;
    }
    /* What scrolls cuts what is drawn around it. */
    .screen .avatar {
      margin: var(--_wave);
    }
  }
  @container (max-height: 26rem) and (max-width: 479.98px) {
    .screen {
      gap: var(--_space-2);
      padding: var(--_space-2);
    }
    .screen .avatar,
    .screen .caption {
      display: none;
    }
  }
  @container (max-height: 16rem) {
    .screen .caption {
      display: none;
    }
  }
  /* Low: the caller on one side, the answers on the other. */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_avatar-size: clamp(4rem, 30 * var(--_cqmin), 7rem);
      grid-template:
        "who ." minmax(0, 1fr) "who notice" minmax(0, auto) "who answers" auto "who ignore" auto
        "who ." minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
      row-gap: 0;
      align-items: center;
      padding-block: var(--_space-2);
    }
    .screen .who {
      align-content: center;
      max-block-size: 100%;
    }
    .screen .notices {
      align-self: stretch;
    }
    .screen .answers {
      margin-block: var(--_space-3) var(--_space-2);
    }
  }
  /* Picture-in-picture: the caller, no buttons. */
  @container (max-width: 239.98px) {
    .screen {
      --_avatar-size: clamp(2.5rem, 45 * var(--_cqmin), 5rem);
      grid-template: "who" minmax(0, 1fr) / minmax(0, 1fr);
      padding: var(--_space-2);
    }
    .screen .who {
      align-content: center;
      overflow: hidden;
    }
    .screen .avatar {
      display: grid;
      margin: 0 0 var(--_space-1);
    }
    .screen .name {
      font-size: var(--_text-m);
      -webkit-line-clamp: 1;
    }
    .screen .line {
      font-size: var(--_text-s);
    }
    .screen .notices,
    .screen .answers,
    .screen .ignore {
      display: none;
    }
  }

  /* A card over other content */
  .banner {
    --_avatar-size: 3rem;
    grid-template:
      "avatar who ignore" auto "notice notice notice" auto "answers answers answers" auto / auto minmax(
        0,
        1fr
      )
      auto;
    gap: var(--_space-3);
    align-items: center;
    padding: var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    box-shadow: var(--_elevation);
  }
  .banner .avatar {
    grid-area: avatar;
  }
  .banner .who {
    grid-area: who;
  }
  .banner .name {
    /* A name of the other direction begins where the line below it does. */
    justify-self: start;
    -webkit-line-clamp: 1;
  }
  .banner .line {
    font-size: var(--_text-s);
  }
  .banner .answers {
    grid-area: answers;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .banner .answers button {
    /* Whole words: buttons that do not fit wrap to the next line. */
    flex: 1 0 auto;
    max-inline-size: 100%;
    padding-inline: min(var(--_space-3), 2.5 * var(--_cqi));
    overflow-wrap: anywhere;
  }
  @container (max-width: 17rem) {
    .banner {
      grid-template: "who" auto "notice" auto "answers" auto "ignore" auto / minmax(0, 1fr);
    }
    .banner .avatar {
      display: none;
    }
    .banner .ignore {
      justify-self: start;
    }
  }
  /* Its buttons have icons that say it. */
  @container (max-width: 9.98rem) {
    .banner .line {
      display: none;
    }
  }
  @container (min-width: 640px) {
    .banner:not(.choice) {
      grid-template:
        "avatar who answers ignore" auto "avatar notice answers ignore" auto / auto minmax(0, 1fr)
        auto auto;
      row-gap: 0;
    }
    .banner:not(.choice, .noticed) {
      grid-template: "avatar who answers ignore" auto / auto minmax(0, 1fr) auto auto;
    }
  }
`;

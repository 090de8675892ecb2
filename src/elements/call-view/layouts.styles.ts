import { css } from "lit";

/** What another size of the container changes before and after a call. The plain styles are those of a phone held upright. */
export const layouts = css`
  /* Medium */
  @container (min-width: 480px) {
    .screen {
      --_edge: var(--_space-5);
    }
  }
  /* A phone on its side */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen {
      --_edge: var(--_space-4);
      --_avatar-size: clamp(3.5rem, 26cqmin, 6rem);
      --_person-gap: var(--_space-2);
      --_person-top: var(--_space-4);
      --_person-place: center;
    }
    .person .name {
      font-size: 1.375rem;
    }
    .ended {
      align-items: center;
      gap: var(--_space-3);
      padding-block: calc(var(--_inset-top) + var(--_space-3))
        calc(var(--_inset-bottom) + var(--_space-3));
    }
  }
  /* Tiny, a picture-in-picture window: nothing to press */
  @container (max-width: 239.98px) {
    .screen {
      --_edge: var(--_space-2);
      --_avatar-size: clamp(2.5rem, 46cqmin, 5rem);
      --_person-gap: var(--_space-1);
      --_person-top: var(--_space-2);
      --_person-place: center;
    }
    .after,
    .person .name,
    .detail,
    .reason .icon {
      display: none;
    }
    .status,
    .reason {
      font-size: var(--_text-s);
    }
    .idle,
    .ended {
      padding: var(--_space-2);
    }
    .ended {
      grid-template-rows: minmax(0, 1fr);
      align-items: center;
    }
  }
  /* A screen across the room: everything grows with it */
  @container (min-width: 2200px) and (min-height: 1100px) {
    .screen {
      --_grow: 1.4;
      --_text-s: calc(var(--_base-s) * var(--_grow));
      --_text-l: calc(var(--_base-l) * var(--_grow));
      --_text-xl: calc(var(--_base-xl) * var(--_grow));
      --_avatar-size: calc(9rem * var(--_grow));
      font-size: calc(1em * var(--_grow));
    }
  }
  @container (min-width: 3200px) and (min-height: 1600px) {
    .screen {
      --_grow: 1.9;
    }
  }
`;

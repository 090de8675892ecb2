import { css } from "lit";

/**
 * What lies on a picture: a scrim, which alone is dark enough for text; a fine line, so that it keeps its shape over black; and where
 * the engine has it, the picture blurred below.
 */
export const materialStyles = css`
  .over-picture {
    --_controls-line: rgb(255 255 255 / 0.24);
  }
  .over-picture :is(.heading, .top-bar .lock, .sign, .waiting) {
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.12);
  }
  @media not (prefers-reduced-transparency: reduce) {
    @supports (backdrop-filter: blur(1px)) or (-webkit-backdrop-filter: blur(1px)) {
      .over-picture {
        --_controls-backdrop: blur(1.25rem) saturate(1.8);
      }
      .over-picture :is(.heading, .top-bar .lock, .sign, .waiting) {
        -webkit-backdrop-filter: var(--_controls-backdrop);
        backdrop-filter: var(--_controls-backdrop);
      }
    }
  }
  /* An audio call: the words under its buttons, where they have room */
  @container (min-width: 360px) and (min-height: 38rem) {
    .is-audio:not(.over-picture) .bottom {
      --_controls-caption: -webkit-box;
      --_controls-caption-room: 2.375rem;
    }
  }
  @container (min-width: 480px) and (min-height: 38rem) {
    .is-audio:not(.over-picture) .bottom {
      --_controls-gap: min(1.75rem, 3 * var(--_cqi));
    }
    .is-audio:not(.over-picture) sx-call-controls {
      padding: var(--_space-3) var(--_space-5) var(--_space-2);
      border-radius: calc(1.5 * var(--_radius-l));
    }
  }
`;

import { css } from "lit";

export const noteStyles = css`
  .note-screen .reason {
    max-inline-size: min(24rem, 100%);
    margin-block-start: var(--_space-3);
  }
  .note-screen video {
    inline-size: min(100%, 20rem);
    aspect-ratio: 16 / 9;
    margin-block: var(--_space-2);
    border-radius: var(--_radius-l);
    background: var(--_picture, #000);
    object-fit: contain;
  }
  .note-screen video.mirrored {
    transform: scaleX(-1);
  }
  .note-sent {
    align-self: center;
  }
  .note-screen audio {
    display: none;
  }
`;

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
  }
  .check {
    display: grid;
    gap: var(--_space-3);
    min-inline-size: 0;
  }
  p {
    margin: 0;
  }
  .title {
    font-weight: 600;
  }
  .status,
  .line {
    display: flex;
    gap: var(--_space-3);
    align-items: start;
  }
  .icon {
    inline-size: 1.4em;
    block-size: 1.4em;
  }
  .words {
    display: grid;
    min-inline-size: 0;
  }
  .calm .advice,
  .transport,
  .time {
    color: var(--_muted);
  }
  .good .icon {
    color: var(--_accept);
  }
  .bad .icon,
  .bad strong {
    color: var(--_danger-text);
  }
  .servers {
    display: grid;
    margin: 0;
    padding: 0 var(--_space-4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    /* Not "none": with it, VoiceOver no longer says that it is a list (https://webkit.org/b/170179). */
    list-style: "";
  }
  .servers .line {
    padding-block: var(--_space-3);
  }
  .servers .line + .line {
    border-block-start: 1px solid var(--_line);
  }
  .line > span {
    min-inline-size: 0;
  }
  .name {
    margin-inline-end: var(--_space-1);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .transport {
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .verdict {
    display: block;
  }
  .time {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .facts {
    display: grid;
    gap: var(--_space-2);
    padding-inline: calc(var(--_space-4) + 1px);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  button[aria-disabled="true"] {
    opacity: 0.6;
    cursor: default;
  }
  @media (forced-colors: active) {
    /* An icon keeps its own colour where text does not. */
    .good .icon,
    .bad .icon {
      color: CanvasText;
    }
    button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;

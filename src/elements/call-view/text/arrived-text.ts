import { css, html, nothing, type TemplateResult } from "lit";
import type { Conversation } from "../../../call/rules/text.ts";
import { icon } from "../../shared/icons.ts";
import type { CallScene } from "../scene.ts";
import { saidBy, type Telling } from "../status-text.ts";

/** Returns the newest message that was not seen; "" for none. */
function unreadText(conversation: Conversation | null): string {
  if (conversation === null || conversation.unread === 0) return "";
  return conversation.messages.findLast(({ from }) => from === "remote")?.text ?? "";
}

/** Characters of a message in its badge. */
const shownCharacters = 120;

/** Renders text that arrives while the panel is closed. A press opens it. */
export function renderArrivedText({ text, contact, localize, panel, hasButtons }: CallScene) {
  if (text === null || panel.shown === "text") return nothing;
  const { conversation, open } = text;
  const message = unreadText(conversation);
  if (message === "" && conversation.theirLine === "") return nothing;
  const words =
    message === ""
      ? localize("textWriting", contact.name)
      : html`<bdi>${contact.name}</bdi>: <bdi>${message.slice(0, shownCharacters)}</bdi>`;
  const content = html`${icon("message-square-text")} <span class="arrived">${words}</span>`;
  return html`<li class="sign text-arrived">
    ${
      hasButtons
        ? html`<button part="open-text" type="button" @click=${open}>${content}</button>`
        : content
    }
  </li>`;
}

/** Renders what a screen reader says of text that arrives while the panel is closed: in a region of its own, so that it is said once. */
export function renderArrivedStatus({ text, contact, localize }: CallScene) {
  if (text === null) return nothing;
  const message = unreadText(text.conversation);
  return html`<p class="visually-hidden" role="status">
    ${message === "" ? nothing : `${localize("textNew", contact.name)} ${message}`}
  </p>`;
}

/** The badge of text that has arrived. */
export const arrivedTextStyles = css`
  .sign.text-arrived {
    max-inline-size: 100%;
    padding: 0;
  }
  .text-arrived button {
    justify-content: start;
    min-inline-size: 0;
    max-inline-size: min(26rem, 100%);
    min-block-size: 2.75rem;
    padding: var(--_space-1) var(--_space-3);
    background: none;
    font-size: inherit;
    font-weight: inherit;
    text-align: start;
  }
  .text-arrived .icon {
    flex: none;
  }
  .arrived {
    min-inline-size: 0;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }
`;

/**
 * Renders the words with which the other side has declined, isolated from the name before them (HTML, `<bdi>`): either may be of
 * another direction.
 */
export function renderSaid({
  snapshot,
  contact,
  localize,
}: Telling): TemplateResult | typeof nothing {
  const text = saidBy(snapshot);
  if (!text) return nothing;
  return html`<span class="said" part="text"
    >${localize("says", contact.name)} <bdi>${text}</bdi></span
  >`;
}

export const saidStyles = css`
  /* These words may be of any script, and paint over nothing. */
  .said {
    max-inline-size: min(24rem, 100%);
    margin-block-start: var(--_space-3);
    padding: var(--_space-2) var(--_space-3);
    overflow: clip;
    overflow-wrap: anywhere;
    border-radius: var(--_radius-l);
    background: var(--_control);
    text-align: start;
  }
`;

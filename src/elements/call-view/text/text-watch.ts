import {
  nothing,
  type CSSResultOrNative,
  type LitElement,
  type ReactiveController,
  css,
  html,
  type TemplateResult,
} from "lit";
import type { Conversation } from "../../../call/rules/text.ts";
import type { CallSource, CallText } from "../../../controller/call-source.ts";
import { SxTranscriptEvent, type SxTranscriptDetail } from "../../../events/screen-events.ts";
import { Lazy } from "../../../controller/lazy.ts";
import type { CallScene, TextScene } from "../scene.ts";
import { loadTextChunk } from "../load-late-chunks.ts";
import type { TextChunk } from "./text-template.ts";
import { icon } from "../../shared/icons.ts";
import { declineText, type StatusContext } from "../status-text.ts";

/** Requirements on the view. */
export type TextHost = LitElement & {
  readonly calls: CallSource;
  readonly transcript: boolean;
};

/** Functions of the screen for its text. */
export interface TextParts {
  readonly isOpen: () => boolean;
  readonly open: () => void;
  readonly adopt: (styles: CSSResultOrNative) => void;
}

/** Pixels from the end of the conversation within which it stays at the end. */
const nearEnd = 48;

/** Follows the text of the call on screen, and loads the conversation once it is opened or something arrives. */
export class TextWatch implements ReactiveController {
  readonly #host: TextHost;
  readonly #parts: TextParts;
  readonly #chunk = new Lazy<TextChunk>(loadTextChunk);
  #text: CallText | null = null;
  #unfollow: () => void = () => undefined;
  #isLarge = false;
  #loading: Promise<void> | null = null;
  #isAtEnd = true;

  constructor(host: TextHost, parts: TextParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  /** `null` where the call on screen has no text. */
  get conversation(): Conversation | null {
    const conversation = this.#host.calls.text?.conversation;
    return conversation?.isPossible ? conversation : null;
  }

  hostUpdate(): void {
    this.#follow(this.#host.calls.text ?? null);
    const { conversation } = this;
    const isOpen = this.#parts.isOpen();
    if (conversation !== null && conversation.isSeen !== isOpen) this.#text?.see(isOpen);
    if (conversation !== null && (isOpen || conversation.unread > 0)) void this.#load();
    this.#isAtEnd = this.#scrolled.every(
      ({ scrollHeight, scrollTop, clientHeight }) =>
        scrollHeight - scrollTop - clientHeight < nearEnd,
    );
  }

  hostUpdated(): void {
    if (this.#isAtEnd) for (const list of this.#scrolled) list.scrollTop = list.scrollHeight;
    // The panel was opened before its content was there.
    const root = this.#host.renderRoot;
    if (root.querySelector(".panel.text:focus") !== null)
      root.querySelector<HTMLElement>(".draft")?.focus();
  }

  hostDisconnected(): void {
    this.#follow(null);
  }

  /** The host gets what was written only where it has asked for it. */
  handOver({ callId, messages }: SxTranscriptDetail): void {
    if (this.#host.transcript)
      this.#host.dispatchEvent(new SxTranscriptEvent({ callId, messages }));
  }

  /** Returns what the screen shows of the text; `null` where the call has none. */
  scene(): TextScene | null {
    const { conversation } = this;
    if (conversation === null) return null;
    return { conversation, open: this.#parts.open, render: this.#render };
  }

  readonly #render = (scene: CallScene) => {
    const { part } = this.#chunk;
    if (part === null || this.#text === null) return nothing;
    return part.render(scene, this.#text, {
      isLarge: this.#isLarge,
      isKept: this.#host.transcript,
      setLarge: (on) => {
        this.#isLarge = on;
        this.#host.requestUpdate();
      },
    });
  };

  /** The list, or where there is little height all around it. */
  get #scrolled(): readonly Element[] {
    return [...this.#host.renderRoot.querySelectorAll(".text-list, .conversation")];
  }

  #follow(text: CallText | null): void {
    if (text === this.#text) return;
    this.#unfollow();
    this.#text?.see(false);
    this.#text = text;
    this.#unfollow = text?.subscribe(() => this.#host.requestUpdate()) ?? (() => undefined);
  }

  #load(): Promise<void> {
    return (this.#loading ??= this.#adopt());
  }

  async #adopt(): Promise<void> {
    try {
      const { styles } = await this.#chunk.load();
      this.#parts.adopt(styles);
      this.#host.requestUpdate();
    } catch {
      // Opening it again tries again.
      this.#loading = null;
    }
  }
}

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

/** Renders the announcement of text that arrives while the panel is closed: in a region of its own, so that it is read once. */
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
export function renderDeclineText({
  snapshot,
  contact,
  localize,
}: StatusContext): TemplateResult | typeof nothing {
  const text = declineText(snapshot);
  if (!text) return nothing;
  return html`<span class="said" part="text"
    >${localize("says", contact.name)} <bdi>${text}</bdi></span
  >`;
}

export const declineTextStyles = css`
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

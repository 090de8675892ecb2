import { nothing, type CSSResultOrNative, type LitElement, type ReactiveController } from "lit";
import type { Conversation } from "../../../call/rules/text.ts";
import type { CallSource, CallText } from "../../../controller/call-source.ts";
import { Lazy } from "../../../controller/lazy.ts";
import type { CallScene, TextScene } from "../scene.ts";
import { loadTextChunk } from "../load-late-chunks.ts";
import type { TextChunk } from "./text-template.ts";

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

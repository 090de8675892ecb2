import { css, html, nothing, type TemplateResult, type CSSResultOrNative } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { textLimits, TextMessage } from "../../../call/rules/text.ts";
import type { CallText } from "../../../controller/call-source.ts";
import { anyIcon } from "../../shared/other-icons.ts";
import type { CallScene } from "../scene.ts";

/** The conversation in a call. */
export const textStyles = css`
  .panel.text {
    --_appear: 0.5rem;
    align-self: stretch;
  }
  .panel.text .panel-body {
    align-content: stretch;
    overflow: hidden;
    padding: 0;
  }
  .conversation {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .text-list {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: var(--_space-1) var(--_space-4) var(--_space-3);
  }
  /* The newest is at the bottom, also of a short conversation. */
  .text-list > :first-child {
    margin-block-start: auto;
  }
  .text-list:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: -3px;
  }
  .text-note {
    margin: var(--_space-2) 0;
    color: var(--_muted);
    font-size: var(--_text-s);
    text-align: center;
  }
  .message {
    display: grid;
    justify-items: start;
    margin-block-start: var(--_space-1);
  }
  .message.local {
    justify-items: end;
  }
  .writer {
    margin: var(--_space-2) var(--_space-2) 0;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .message p {
    max-inline-size: 85%;
    margin: 0;
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
    background: var(--_control);
    /* Marks of a hostile text stay within its line. */
    overflow: clip;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .message.local p {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .message.writing p {
    border: 1px dashed var(--_muted);
    background: none;
  }
  .caret {
    display: inline-block;
    inline-size: 2px;
    block-size: 1em;
    margin-inline-start: 2px;
    background: currentColor;
    vertical-align: text-bottom;
  }
  .unsent {
    margin-inline: var(--_space-2);
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .write {
    display: flex;
    align-items: end;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3) 0;
    border-block-start: 1px solid var(--_line);
  }
  .draft {
    flex: 1 1 8rem;
    box-sizing: border-box;
    min-inline-size: 0;
    min-block-size: 2.75rem;
    max-block-size: 8rem;
    padding: calc((2.75rem - 1.4em) / 2 - 1px) var(--_space-3);
    border: 1px solid var(--_muted);
    border-radius: var(--_radius-l);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    line-height: 1.4;
    resize: none;
    /* Grows with its text where the engine can (Chromium 123, Safari 26). */
    field-sizing: content;
  }
  .over-picture .draft {
    background: var(--_picture);
  }
  .draft::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .draft:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  .conversation .round {
    --_control-size: max(44px, min(2.75rem, 17 * var(--_cqi)));
    flex: none;
  }
  .text-choices {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding: 0 var(--_space-3) var(--_space-1);
  }
  .text-choice {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 2.75rem;
    padding-inline-start: var(--_space-1);
    font-size: var(--_text-s);
  }
  .text-choice input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .text-size[aria-pressed="true"] {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .conversation.large :is(.message p, .draft) {
    font-size: clamp(1.75rem, 9 * var(--_cqi), 3rem);
    font-weight: 600;
    line-height: 1.25;
  }
  .conversation.large .message p {
    max-inline-size: 100%;
  }
  @media (forced-colors: active) {
    .message.local p {
      border-color: CanvasText;
    }
  }
  /* Beside the call where it is wide: nothing is covered. */
  @container (min-width: 900px) and (min-width: 40rem) {
    .with-text:not(.sharing) {
      grid-template-columns: minmax(0, 1fr) 24rem;
    }
    .with-text:not(.sharing) .panel.text {
      grid-row: 1 / -1;
      grid-column: 2 / 3;
      inline-size: auto;
      max-inline-size: none;
      justify-self: stretch;
      margin-block-end: calc(var(--_inset-bottom) + var(--_space-3));
      margin-inline-start: 0;
    }
    .with-text:not(.sharing) .frame.large {
      inset-inline-end: 24rem;
    }
  }
  /* Narrow: over the person, who is heard; under the picture, which is seen */
  @container (max-width: 479.98px) {
    .with-text.over-picture .panel.text {
      align-self: end;
      block-size: min(60%, 28rem);
    }
    .with-text:not(.over-picture) .centre {
      visibility: hidden;
    }
  }
  /* Little height: all of it scrolls but the field, and what can be chosen is at the top */
  @container (max-height: 460px) or (max-height: 20.98rem) {
    .with-text.over-picture .panel.text {
      align-self: stretch;
      block-size: auto;
    }
    .conversation {
      overflow: auto;
      overscroll-behavior: contain;
    }
    .text-list {
      flex: 1 0 auto;
      overflow: visible;
    }
    .write {
      position: sticky;
      inset-block-end: 0;
      padding-block-end: var(--_space-2);
      background: var(--_raised);
    }
    .text-choices {
      order: -1;
    }
  }
`;

/** The person's choices for the conversation on this screen. */
interface TextView {
  readonly isLarge: boolean;
  /** `true` where the host gets a transcript. */
  readonly isKept: boolean;
  readonly setLarge: (on: boolean) => void;
}

const longestMessage: (typeof textLimits)["message"] = 2_000;

/** Renders the conversation. All text of the other side is a text node, in a direction of its own. */
function renderText(scene: CallScene, text: CallText, view: TextView): TemplateResult {
  const { localize, contact } = scene;
  const { messages, isCut, theirLine, sendsLive } = text.conversation;
  return html`<div class="conversation ${view.isLarge ? "large" : ""}" part="conversation">
    <div
      class="text-list"
      tabindex="0"
      role="group"
      aria-label=${localize("textWith", contact.name)}
    >
      ${isCut ? html`<p class="text-note">${localize("textCut")}</p>` : nothing}
      ${
        messages.length === 0 && theirLine === ""
          ? html`<p class="text-note">${localize(view.isKept ? "textKept" : "textNotKept")}</p>`
          : nothing
      }
      <div role="log" aria-label=${localize("text")}>
        ${repeat(
          messages,
          ({ id }) => id,
          (message, at) => renderMessage(scene, message, messages[at - 1]),
        )}
      </div>
      ${
        // Not a live region: a screen reader reads the message once, and not every letter.
        theirLine === ""
          ? nothing
          : html`<div class="message remote writing" part="their-line">
              <span class="writer">${localize("textWriting", contact.name)}</span>
              <p dir="auto">${theirLine}<span class="caret" aria-hidden="true"></span></p>
            </div>`
      }
    </div>
    <form class="write" @submit=${(event: Event) => submit(event, text)}>
      <textarea
        class="draft"
        part="text-input"
        rows="1"
        dir=${
          // Empty, it would be left-to-right in every language.
          text.conversation.ownLine === "" ? nothing : "auto"
        }
        maxlength=${longestMessage}
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${localize("textInput")}
        placeholder=${localize("textInput")}
        .value=${text.conversation.ownLine}
        @input=${(event: InputEvent) => {
          // Text is taken once the input method has composed it.
          if (!event.isComposing) write(event, text);
        }}
        @compositionend=${(event: Event) => write(event, text)}
        @keydown=${(event: KeyboardEvent) => onKey(event, text)}
      ></textarea>
      <button
        class="round primary"
        part="text-send"
        type="submit"
        title=${localize("textSend")}
        aria-label=${localize("textSend")}
      >
        ${anyIcon("arrow-up")}
      </button>
    </form>
    <div class="text-choices">
      <label class="text-choice">
        <input
          type="checkbox"
          role="switch"
          aria-checked=${sendsLive ? "true" : "false"}
          .checked=${live(sendsLive)}
          @change=${() => text.sendLive(!sendsLive)}
        />
        <span>${localize("textLive")}</span>
      </label>
      <button
        class="round quiet text-size"
        type="button"
        title=${localize("textLarge")}
        aria-label=${localize("textLarge")}
        aria-pressed=${view.isLarge ? "true" : "false"}
        @click=${() => view.setLarge(!view.isLarge)}
      >
        ${anyIcon("a-large-small")}
      </button>
    </div>
  </div>`;
}

/** The writer's name is seen above the first of several messages, and read with each. */
function renderMessage(
  { localize, contact }: CallScene,
  { from, text, isSent }: TextMessage,
  before: TextMessage | undefined,
) {
  if (text === "") return html`<p class="text-note">${localize("textGap")}</p>`;
  const isNext = before?.from === from && before.text !== "";
  return html`<div class="message ${from}" part="message">
    <span class=${isNext ? "visually-hidden" : "writer"}
      ><bdi>${from === "local" ? localize("textYou") : contact.name}</bdi></span
    >
    <p dir="auto">${text}</p>
    ${isSent ? nothing : html`<span class="unsent">${localize("textUnsent")}</span>`}
  </div>`;
}

function write(event: Event, text: CallText): void {
  // The listener is attached to the text area.
  text.write((event.currentTarget as HTMLTextAreaElement).value);
}

function submit(event: Event, text: CallText): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const draft = form.querySelector("textarea");
  if (draft === null) return;
  text.sendMessage(draft.value);
  draft.focus();
}

/** Enter sends, Shift+Enter begins a line. An input method has both keys for itself; Safari marks it by the code 229. */
function onKey(event: KeyboardEvent, text: CallText): void {
  // oxlint-disable-next-line typescript/no-deprecated -- the only sign in Safari (webkit.org/b/165004)
  const isComposing = event.isComposing || event.keyCode === 229;
  if (isComposing) event.stopPropagation();
  if (isComposing || event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  text.sendMessage((event.currentTarget as HTMLTextAreaElement).value);
}

/** The conversation in a call: a chunk of its own, which most calls never load. */
export interface TextChunk {
  readonly styles: CSSResultOrNative;
  render(scene: CallScene, text: CallText, view: TextView): TemplateResult;
}

export const textChunk: TextChunk = { styles: textStyles, render: renderText };

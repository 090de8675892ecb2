import { html, nothing, type TemplateResult, type CSSResultOrNative } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { textLimits, TextMessage } from "../../../call/rules/text.ts";
import type { CallText } from "../../../controller/call-source.ts";
import { anyIcon } from "../../shared/other-icons.ts";
import type { CallScene } from "../scene.ts";
import { textStyles } from "./text.styles.ts";

/** What the person has chosen for the conversation on this screen. */
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
          // What is being composed by an input method is no text yet.
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
  text.say(draft.value);
  draft.focus();
}

/** Enter sends, Shift+Enter begins a line. An input method has both keys for itself; Safari tells it by the code 229. */
function onKey(event: KeyboardEvent, text: CallText): void {
  // oxlint-disable-next-line typescript/no-deprecated -- the only sign in Safari (webkit.org/b/165004)
  const isComposing = event.isComposing || event.keyCode === 229;
  if (isComposing) event.stopPropagation();
  if (isComposing || event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  text.say((event.currentTarget as HTMLTextAreaElement).value);
}

/** The conversation in a call: a chunk of its own, which most calls never load. */
export interface TextChunk {
  readonly styles: CSSResultOrNative;
  render(scene: CallScene, text: CallText, view: TextView): TemplateResult;
}

export const textChunk: TextChunk = { styles: textStyles, render: renderText };

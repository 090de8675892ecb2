import { html, nothing, type LitElement, type TemplateResult } from "lit";
import { showStyles, type StylesHost } from "../shared/adopt-styles.ts";
import { declineEnglish } from "../words/decline-english.ts";
import type { Localize, Words } from "../words/strings.ts";
import { declineTextsStyles } from "./decline-texts.styles.ts";

/** Characters of a text. The call cuts what is longer. */
const most = 200;
/** Number of texts of a host. */
const mostTexts = 12;

/** The host's texts that can be sent whole. */
const usable = (texts: unknown) =>
  (Array.isArray(texts) ? Array.from(texts as readonly unknown[]) : [])
    .filter((text): text is string => typeof text === "string" && text.trim() !== "")
    .filter((text) => text.length <= most)
    .slice(0, mostTexts);

/** Requirements on the element of the incoming call. */
interface DeclineTextsHost extends LitElement, Pick<StylesHost, "shownStyles" | "adoptedCallback"> {
  readonly quickTexts: readonly string[] | null;
}

/** Functions of the element for its texts. */
interface DeclineTextsParts {
  readonly localizeWith: (english: Partial<Words>) => Localize;
  readonly decline: (text: string) => void;
  /** Id of the call on screen. A text for one caller must not go to the next, which the same element may show. */
  readonly callId: () => unknown;
}

/** The way to decline with a text: the button, and what it opens. */
export interface DeclineTexts {
  renderButton(): TemplateResult | typeof nothing;
  /** The texts in the place of the answers; `null` while they are closed. */
  renderOpen(): TemplateResult | null;
}

/** Returns the way to decline with a text, the host's or own words, for an element of an incoming call. */
export function declineTexts(host: DeclineTextsHost, parts: DeclineTextsParts): DeclineTexts {
  const localize = parts.localizeWith(declineEnglish);
  const { elementStyles } = host.constructor as typeof LitElement;
  showStyles(host, [...elementStyles, declineTextsStyles]);
  const { callId } = parts;
  let isOpen = false;
  let openFor: unknown = null;
  const show = (open: boolean) => {
    isOpen = open;
    openFor = callId();
    host.requestUpdate();
    void host.updateComplete.then(() => {
      // The first text, in the order of the document: a field would open the keyboard of a phone over the texts.
      const first = open ? ".texts .text, .texts input" : ".write";
      host.renderRoot.querySelector<HTMLElement>(first)?.focus();
    });
  };
  const decline = (text: string) => {
    if (callId() === openFor) parts.decline(text);
    else show(false);
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements[0] as HTMLInputElement;
    if (field.value.trim() === "") field.focus();
    else decline(field.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    // The page must not take it for a wish to close something else.
    event.preventDefault();
    event.stopPropagation();
    show(false);
  };
  return {
    renderButton: () =>
      host.quickTexts === null
        ? nothing
        : html`<button
            class="write"
            part="decline-with-text"
            type="button"
            @click=${() => show(true)}
          >
            ${localize("declineWithText")}
          </button>`,
    renderOpen: () =>
      isOpen && host.quickTexts !== null && callId() === openFor
        ? html`<div
            class="texts"
            part="texts"
            role="group"
            aria-label=${localize("declineWithText")}
            @keydown=${onKeyDown}
          >
            ${usable(host.quickTexts).map(
              (text) =>
                html`<button
                  class="text"
                  part="quick-text"
                  type="button"
                  dir="auto"
                  @click=${() => decline(text)}
                >
                  ${text}
                </button>`,
            )}
            <form @submit=${onSubmit}>
              <label
                ><span class="own">${localize("ownText")}</span
                ><input
                  type="text"
                  dir="auto"
                  maxlength=${most}
                  autocomplete="off"
                  enterkeyhint="send"
                  aria-required="true"
              /></label>
              <div class="send">
                <button class="quiet" type="button" @click=${() => show(false)}>
                  ${localize("back")}
                </button>
                <button class="danger" type="submit">${localize("sendAndDecline")}</button>
              </div>
            </form>
          </div>`
        : null,
  };
}

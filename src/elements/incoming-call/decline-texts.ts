import { css, html, nothing, type LitElement, type TemplateResult } from "lit";
import { showStyles, type StylesHost } from "../shared/adopt-styles.ts";
import { declineEnglish } from "../words/decline-english.ts";
import type { Localize, Words } from "../words/strings.ts";

export const declineTextsStyles = css`
  /* On a line of its own, below the answers, which stay beside each other. */
  .screen .answers {
    flex-wrap: wrap;
  }
  .screen .answer {
    flex-basis: min(7.25rem, 31%);
  }
  .screen .write {
    flex: 1 0 100%;
    max-inline-size: 100%;
    padding-block: var(--_space-1);
    overflow-wrap: anywhere;
    background: transparent;
    color: var(--_muted);
    font-size: min(1em, 10 * var(--_cqi));
  }
  .texts {
    grid-area: answers;
    display: flex;
    flex-direction: column;
    gap: var(--_space-2);
    inline-size: 100%;
    max-inline-size: 26rem;
    justify-self: center;
    /* Room for the focus ring where it scrolls. */
    padding: 5px;
    text-align: start;
  }
  .texts > * {
    flex: none;
  }
  .screen .texts {
    max-block-size: calc(62 * var(--_cqb));
    overflow: auto;
    overscroll-behavior: contain;
  }
  .texts button {
    max-inline-size: 100%;
    padding-block: var(--_space-1);
    overflow-wrap: anywhere;
  }
  .texts .text {
    justify-content: start;
    padding-inline: var(--_space-4);
    border-radius: var(--_radius-l);
    font-weight: inherit;
    text-align: start;
  }
  .texts form,
  .texts label {
    display: grid;
    gap: var(--_space-1);
    min-inline-size: 0;
  }
  .texts form {
    gap: var(--_space-2);
  }
  .own {
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .texts input {
    inline-size: 100%;
    min-block-size: 3rem;
    padding: 0 var(--_space-3);
    border: 1px solid var(--_muted);
    border-radius: var(--_radius-l);
    background: var(--_raised);
    color: var(--_text);
    /* Below 16 px Safari zooms the page in when the field is focused. */
    font: inherit;
  }
  .texts input:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 1px;
  }
  .send {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    justify-content: end;
  }
  /* Low: beside the caller, with the whole height. */
  @container (max-height: 419.98px) and (min-width: 480px) {
    .screen .texts {
      max-block-size: calc(74 * var(--_cqb));
    }
  }
  @container (max-width: 239.98px) {
    .screen .texts {
      display: none;
    }
  }
`;

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

import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { choice, text, unread, type PropertyReaders } from "../shared/property-readers.ts";
import type { CallMedia } from "../../call/terms.ts";
import {
  SxAcceptEvent,
  SxDeclineEvent,
  SxHideAddressEvent,
  SxIgnoreEvent,
} from "../../events/before-and-after-intents.ts";
import { colourOf, withoutFarPicture, avatar, avatarStyles } from "../shared/contact.ts";
import { addressChoice, renderAddressChoice } from "../shared/hide-address.ts";
import { nearestCalls } from "../shared/context.ts";
import { firstIcon } from "../shared/first-icons.ts";
import { SxContactElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import type { DeclineTexts } from "./decline-texts.ts";
import { styles } from "./incoming-call.styles.ts";
import { loadDeclineTexts } from "./load-decline-texts.ts";

/** Style and text of one answer. */
interface Answer {
  readonly part: string;
  readonly variant: "accept" | "danger" | "";
  readonly iconName: Parameters<typeof firstIcon>[0];
  readonly words: string;
  readonly short: string;
  readonly press: () => void;
}

/**
 * The screen of an incoming call: caller, media, and the possible answers.
 *
 * Each answer fires a cancelable intent, which the nearest call performs.
 *
 * @tagname sx-incoming-call
 *
 * @slot avatar - Replaces the contact's picture.
 *
 * @fires {SxAcceptEvent} sx-accept - The person accepts. Cancelable.
 * @fires {SxDeclineEvent} sx-decline - The person declines, and the caller is notified. Cancelable.
 * @fires {SxHideAddressEvent} sx-hide-address - The person chooses whether the caller may learn this device's address.
 * Cancelable.
 * @fires {SxIgnoreEvent} sx-ignore - The person stops the ringing; the caller is not notified. Cancelable.
 *
 * @csspart call - The whole element.
 * @csspart avatar - The contact's picture or initials.
 * @csspart name - The contact's name.
 * @csspart accept-audio - The button that accepts with sound only.
 * @csspart accept-video - The button that accepts with the camera.
 * @csspart end-and-accept - The button that ends the ongoing call and accepts.
 * @csspart hold-and-accept - The button that holds the ongoing call and accepts.
 * @csspart decline - The button that declines.
 * @csspart decline-with-text - The button that opens the texts to decline with.
 * @csspart texts - The texts to decline with, and the field for own words.
 * @csspart quick-text - The button of a text.
 * @csspart hide-address - The switch that hides this device's address.
 * @csspart ignore - The button that ignores.
 *
 * @cssprop [--sx-color-accept=#17803f] - The accept buttons.
 * @cssprop [--sx-color-danger=#d42b38] - The decline button.
 */
export class SxIncomingCall extends SxContactElement {
  static readonly tagName = "sx-incoming-call";
  static override styles = [tokens, buttons, avatarStyles, styles, addressChoice];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxContactElement.readers,
    media: choice("audio", "video"),
    variant: choice("screen", "banner"),
    callId: text,
    quickTexts: unread,
  };

  /** Media that the caller asks for. A video call can also be accepted with sound only. */
  @property() media: CallMedia = "audio";

  /** `screen` fills the container; `banner` is a card over other content. */
  @property({ reflect: true }) variant: "screen" | "banner" = "screen";

  /** `true` during another call. Accepting ends that call unless it can be held. */
  @property({ type: Boolean, reflect: true }) waiting = false;

  /** Id of the call, included in the answers to a waiting call. `null` for the call on screen. */
  @property({ attribute: "call-id" }) callId: string | null = null;

  /** `true` where the ongoing call can be held instead of ended. */
  @property({ type: Boolean, attribute: "can-hold" }) canHold = false;

  /** `true` where accepting reveals this device's IP address to the caller. */
  @property({ type: Boolean, attribute: "exposes-address" }) exposesAddress = false;

  /** `true` where the person may hide the address because a relay is configured. */
  @property({ type: Boolean, attribute: "can-hide-address" }) canHideAddress = false;

  /** `true` to load the contact's picture from any origin. Its server then learns that the call rings here. */
  @property({ type: Boolean, attribute: "avatar-before-accept" }) avatarBeforeAccept = false;

  /**
   * Short texts to decline with, at most 12 of at most 200 characters; others are not shown. The person may also write own words, so that an empty list
   * offers those only. `null` offers neither.
   */
  @property({ attribute: false }) quickTexts: readonly string[] | null = null;

  /** The way to decline with a text, once it is loaded. */
  @state() private texts: DeclineTexts | null = null;

  protected override willUpdate(): void {
    if (this.quickTexts === null || this.texts !== null) return;
    loadDeclineTexts().then(
      (make) => {
        this.texts ??= make(this, {
          localizeWith: (english) => this.localizeWith(english),
          callId: () => nearestCalls(this)?.snapshot.callId,
          decline: (text) => void this.intend(new SxDeclineEvent({ ...this.#which, text })),
        });
      },
      // Then the call is declined without a text.
      () => undefined,
    );
  }

  protected override render(): TemplateResult {
    const banner = this.variant === "banner";
    const choice = this.waiting && this.canHold;
    const contact = this.shownContact;
    const notices = this.#renderNotices();
    const noticed = notices === nothing ? "" : "noticed";
    return html`<div
      role="group"
      class="call ${banner ? "banner" : "screen"} ${choice ? "choice" : ""} ${noticed} colour-${colourOf(contact)}"
      part="call"
      aria-label=${this.localize("incomingFrom", this.media, contact.name)}
    >
      ${banner ? this.#renderAvatar() : nothing}
      <div class="who">
        ${banner ? nothing : this.#renderAvatar()}
        <span class="name" part="name" dir="auto">${contact.name}</span>
        <span class="line"
          >${this.localize(this.waiting ? "secondCall" : "incoming", this.media)}</span
        >
      </div>
      ${notices}
      ${
        this.texts?.renderOpen() ??
        html`<div class="answers">
            ${this.#renderDecline()} ${choice ? this.#renderAcceptBeside() : this.#renderAccept()}
            ${this.texts?.renderButton()}
          </div>
          <button
            class="quiet ignore"
            part="ignore"
            type="button"
            title=${this.localize("ignoreTip")}
            @click=${this.#onIgnore}
          >
            ${this.localize("ignore")}
          </button>`
      }
    </div>`;
  }

  #renderAvatar() {
    const contact = this.avatarBeforeAccept
      ? this.shownContact
      : withoutFarPicture(this.shownContact);
    return html`<slot name="avatar">${avatar(contact, this.language)}</slot>`;
  }

  #renderNotices() {
    const ends = this.waiting && !this.canHold;
    if (!ends && !this.exposesAddress && !this.canHideAddress) return nothing;
    return html`<div class="notices">
      ${ends ? html`<span class="notice">${this.localize("acceptEndsCall")}</span>` : nothing}
      ${renderAddressChoice({
        exposesAddress: this.exposesAddress,
        canHide: this.canHideAddress,
        name: this.displayName,
        localize: this.localize,
        choose: this.#onHideAddress,
      })}
    </div>`;
  }

  #renderDecline() {
    const words = this.localize("decline");
    return this.#renderAnswer({
      part: "decline",
      variant: "danger",
      iconName: "phone",
      words,
      short: words,
      press: this.#onDecline,
    });
  }

  /** Keeps the caller's media where the person first chooses what happens to the ongoing call. Only the way that ends nothing is green. */
  #renderAcceptBeside() {
    const { media } = this;
    const iconName = media === "video" ? "video" : "phone";
    return html`${this.#renderAnswer({
      part: "hold-and-accept",
      variant: "accept",
      iconName,
      words: this.localize(media === "video" ? "holdAndAcceptVideo" : "holdAndAcceptAudio"),
      short: this.localize("holdAndAccept"),
      press: this.#onHoldAndAccept,
    })}
    ${this.#renderAnswer({
      part: "end-and-accept",
      variant: "",
      iconName,
      words: this.localize(media === "video" ? "endAndAcceptVideo" : "endAndAcceptAudio"),
      short: this.localize("endAndAccept"),
      press: this.#onEndAndAccept,
    })}`;
  }

  #renderAccept() {
    const audio = {
      part: "accept-audio",
      variant: "accept",
      iconName: "phone",
      press: this.#onAcceptAudio,
    } as const;
    if (this.media === "audio") {
      const words = this.localize(this.waiting ? "endAndAccept" : "accept");
      return this.#renderAnswer({ ...audio, words, short: words });
    }
    const video = {
      part: "accept-video",
      variant: "accept",
      iconName: "video",
      press: this.#onAcceptVideo,
    } as const;
    return html`${this.#renderAnswer({
      ...audio,
      words: this.localize(this.waiting ? "endAndAcceptAudio" : "acceptAudio"),
      short: this.localize("audio"),
    })}
    ${this.#renderAnswer({
      ...video,
      words: this.localize(this.waiting ? "endAndAcceptVideo" : "acceptVideo"),
      short: this.localize("video"),
    })}`;
  }

  #renderAnswer({ part, variant, iconName, words, short, press }: Answer) {
    const drawn = firstIcon(iconName, part === "decline" ? "hang-up" : "");
    // The banner shows the short label. The accessible name is the long one, which contains the short one (WCAG 2.5.3).
    if (this.variant === "banner") {
      return html`<button
        class=${variant}
        part=${part}
        type="button"
        title=${words}
        aria-label=${words}
        @click=${press}
      >
        ${drawn} ${short}
      </button>`;
    }
    // A `<label>` forwards a press on the text to the button.
    return html`<label class="answer">
      <button
        class="round ${variant}"
        part=${part}
        type="button"
        title=${words}
        aria-label=${words}
        @click=${press}
      >
        ${drawn}
      </button>
      <span class="caption" aria-hidden="true">${words}</span>
    </label>`;
  }

  #accept(media: CallMedia, active: "end" | "hold" = "end") {
    const { callId } = this;
    this.intend(new SxAcceptEvent(callId === null ? { media } : { media, callId, active }));
  }

  /** `detail` of a refusal: the id where more than one call exists. */
  get #which() {
    return this.callId === null ? null : { callId: this.callId };
  }

  readonly #onAcceptAudio = () => this.#accept("audio");

  readonly #onAcceptVideo = () => this.#accept("video");

  readonly #onEndAndAccept = () => this.#accept(this.media, "end");

  readonly #onHoldAndAccept = () => this.#accept(this.media, "hold");

  readonly #onDecline = () => void this.intend(new SxDeclineEvent(this.#which));

  readonly #onHideAddress = (on: boolean) => this.intend(new SxHideAddressEvent({ on }));

  readonly #onIgnore = () => void this.intend(new SxIgnoreEvent(this.#which));
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-incoming-call": SxIncomingCall;
  }
}

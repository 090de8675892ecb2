import { html, nothing, type TemplateResult } from "lit";
import { property } from "../shared/property.ts";
import type { CallMedia } from "../../call/terms.ts";
import { SxAcceptEvent } from "../../events/sx-accept.ts";
import { SxDeclineEvent } from "../../events/sx-decline.ts";
import { SxHideAddressEvent } from "../../events/sx-hide-address.ts";
import { SxIgnoreEvent } from "../../events/sx-ignore.ts";
import { avatar, avatarStyles } from "../shared/avatar.ts";
import { colourOf } from "../shared/contact.ts";
import { addressChoice, renderAddressChoice } from "../shared/hide-address.ts";
import { firstIcon } from "../shared/first-icons.ts";
import { choice, text, type PropertyReaders } from "../shared/read-property.ts";
import { SxContactElement } from "../shared/sx-contact-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { styles } from "./incoming-call.styles.ts";

/** How one answer looks and what it says. */
interface Answer {
  readonly part: string;
  readonly variant: "accept" | "danger";
  readonly iconName: Parameters<typeof firstIcon>[0];
  readonly words: string;
  readonly short: string;
  readonly press: () => void;
}

/**
 * The ring screen: who calls, with sound or with picture too, and the answers to it.
 *
 * It changes nothing by itself: every answer is an intent, done by the nearest call around it unless a host prevents it.
 *
 * @tagname sx-incoming-call
 *
 * @slot avatar - A picture of the contact instead of the kit's own.
 *
 * @fires {SxAcceptEvent} sx-accept - The person accepts. Cancelable.
 * @fires {SxDeclineEvent} sx-decline - The person declines; the caller is told. Cancelable.
 * @fires {SxHideAddressEvent} sx-hide-address - The person chooses whether the caller may learn this device's address. Cancelable.
 * @fires {SxIgnoreEvent} sx-ignore - The person wants it to stop ringing; the caller is not told. Cancelable.
 *
 * @csspart call - All of it.
 * @csspart avatar - The contact's picture or initials.
 * @csspart name - The contact's name.
 * @csspart accept-audio - The button that accepts with sound only.
 * @csspart accept-video - The button that accepts with picture.
 * @csspart end-and-accept - The button that ends the call that is going on, and accepts.
 * @csspart hold-and-accept - The button that puts the call that is going on on hold, and accepts.
 * @csspart decline - The button that declines.
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
  };

  /** What the caller asks for. A video call can be accepted with sound only. */
  @property() media: CallMedia = "audio";

  /** The whole of its container, or a card over something else. */
  @property({ reflect: true }) variant: "screen" | "banner" = "screen";

  /** Whether another call is going on, which accepting would end unless it can be put on hold. */
  @property({ type: Boolean, reflect: true }) waiting = false;

  /** Which call this is, where it waits beside another one. The answers then carry it. */
  @property({ attribute: "call-id" }) callId: string | null = null;

  /** Whether the call that is going on can be put on hold instead of ended. */
  @property({ type: Boolean, attribute: "can-hold" }) canHold = false;

  /** Whether accepting lets the caller learn this device's IP address. */
  @property({ type: Boolean, attribute: "exposes-address" }) exposesAddress = false;

  /** Whether the person may hide it: there is a relay to go through. */
  @property({ type: Boolean, attribute: "can-hide-address" }) canHideAddress = false;

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
      <div class="answers">
        ${
          choice
            ? html`${this.#renderAcceptBeside()} ${this.#renderDecline()}`
            : html`${this.#renderDecline()} ${this.#renderAccept()}`
        }
      </div>
      <button
        class="quiet ignore"
        part="ignore"
        type="button"
        title=${this.localize("ignoreTip")}
        @click=${this.#onIgnore}
      >
        ${this.localize("ignore")}
      </button>
    </div>`;
  }

  #renderAvatar() {
    return html`<slot name="avatar">${avatar(this.shownContact, this.language, false)}</slot>`;
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

  /** The caller's wish as it is, where there is another choice to make first. */
  #renderAcceptBeside() {
    const { media } = this;
    const accept = { variant: "accept", iconName: media === "video" ? "video" : "phone" } as const;
    return html`${this.#renderAnswer({
      ...accept,
      part: "end-and-accept",
      words: this.localize(media === "video" ? "endAndAcceptVideo" : "endAndAcceptAudio"),
      short: this.localize("endAndAccept"),
      press: this.#onEndAndAccept,
    })}
    ${this.#renderAnswer({
      ...accept,
      part: "hold-and-accept",
      words: this.localize(media === "video" ? "holdAndAcceptVideo" : "holdAndAcceptAudio"),
      short: this.localize("holdAndAccept"),
      press: this.#onHoldAndAccept,
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
    const drawn = firstIcon(iconName, part === "decline" ? "solid hang-up" : "solid");
    // A card has room for the short words only. The name is the long ones, in which the short ones occur.
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
    // A label, because it passes a press on the words under the button on to the button.
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

  /** Which call a refusal is of, where it is not the only one. */
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

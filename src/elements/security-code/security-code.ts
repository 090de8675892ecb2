import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import { record, type PropertyReaders } from "../shared/property-readers.ts";
import type { Verification } from "../../call/state/keys.ts";
import { SxCheckCodeEvent } from "../../events/call-intents.ts";
import { twoDigits } from "../../events/call-facts.ts";
import { CallConsumer } from "../shared/call-consumer.ts";
import { icon } from "../shared/icons.ts";
import { KeepFocus, SxElement } from "../shared/sx-element.ts";
import { securityCode } from "../shared/read-records.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { english } from "../words/english.ts";
import { styles } from "./security-code.styles.ts";

/**
 * The 64 emoji of the security code, numbered from 0. Both kits must show the same emoji for a number: the table is part of the
 * protocol and frozen. A change requires a new protocol version.
 *
 * Selected to be distinguishable by sight and by voice: different in shape and colour, no faces, flags or skin tones. Each is
 * one code point, in fonts since Unicode 9. No two English names sound alike on a bad line: no watermelon with the lemon, no
 * corn with the crown.
 */
export const codeEmoji: readonly string[] = Object.freeze(
  (
    "🐘 🐢 🐙 🐌 🐝 🦋 🐬 🐪 🦆 🦀 🐍 🌵 🍄 🌻 🌲 🌹 " +
    "🍁 🍎 🍌 🍇 🍒 🍋 🥕 🍔 🍞 🥚 🍕 🎂 🍩 🍭 ☕ 🌈 " +
    "⚡ 🌙 ⭐ 🔥 🌋 ☔ ⛵ 🔑 🔨 ⚓ 🔔 🎈 🎁 🎩 👑 👓 " +
    "👟 📕 ⏰ 💡 🎸 🎺 🥁 🎲 ⚽ 🚲 🚌 🚂 🚀 ⛺ 🏠 💎"
  )
    .split(" ")
    // Emoji of the oldest block also have a black glyph: the selector requests the coloured one.
    .map((sign) => (sign.length === 1 ? `${sign}\ufe0f` : sign)),
);

/** Length of the short form of a security code. */
const shortCodeLength = 4;

const longCodeLength = 7;

/** Returns `true` for a security code: hosts may set anything. */
export function isSecurityCode(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === longCodeLength &&
    value.every(
      (number: unknown) =>
        Number.isInteger(number) && Number(number) >= 0 && Number(number) < codeEmoji.length,
    )
  );
}

/** Display state of the comparison. `mismatch` comes from this side, `refused` from the other one. */
type CodeState = "none" | "compare" | "waiting" | "verified" | "mismatch" | "refused";

const notCompared: Verification = Object.freeze({ local: null, remote: null });

/** The other side's confirmation is hidden until this side has answered: people would copy it, and it may be forged. */
function stateOf({ local, remote }: Verification): CodeState {
  if (local === false) return "mismatch";
  if (remote === false) return "refused";
  if (local === true) return remote === true ? "verified" : "waiting";
  return "compare";
}

/**
 * The security code of a call: four emoji that both people read to each other to exclude a machine in the middle.
 *
 * Shows `code` and `verification`, or those of the nearest `<sx-call-view>` ancestor. Each answer fires a cancelable intent,
 * which the nearest call performs. A code that does not match ends the call.
 *
 * @tagname sx-security-code
 *
 * @fires {SxCheckCodeEvent} sx-check-code - The person has compared the code. Cancelable.
 *
 * @csspart code - The whole element.
 * @csspart title - The heading.
 * @csspart status - The instruction, or the result.
 * @csspart signs - The row of emoji.
 * @csspart emoji - One emoji.
 * @csspart name - The name of an emoji.
 * @csspart digits - The number of an emoji.
 * @csspart long - The button that shows the long form, or hides it.
 * @csspart match - The button that confirms a match.
 * @csspart no-match - The button that reports a mismatch.
 *
 * @cssprop [--sx-font-emoji] - The font of the emoji.
 * @cssprop [--sx-color-control=#e5e8ee] - The background of the emoji.
 */
export class SxSecurityCode extends SxElement {
  static readonly tagName = "sx-security-code";
  static override styles = [tokens, buttons, styles];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    code: securityCode,
    verification: record,
  };

  protected override readonly localize = this.localizeWith(english);

  /** Seven numbers from 0 to 63, the first four of which are the short form. `null` for the code of the nearest call. */
  @property({ attribute: false }) code: readonly number[] | null = null;

  /** Result of comparing `code`, by each person. Ignored without `code`. */
  @property({ attribute: false }) verification: Verification | null = null;

  /** `true` while all seven emoji are shown. */
  @state() private long = false;

  @query(".words") private words!: HTMLElement | null;

  readonly #nearest = new CallConsumer(this);

  constructor() {
    super();
    // The pressed button disappears with the question: the focus moves to the text of the result.
    new KeepFocus(this, () => this.words);
  }

  protected override render(): TemplateResult {
    const { code, verification, canCheck } = this.#shown();
    const state = code === null ? "none" : stateOf(verification);
    return html`<div class="code ${state}" part="code" role="group" aria-labelledby="title">
      <p class="title" id="title" part="title">${this.localize("securityCode")}</p>
      <p class="words" part="status" role="status" tabindex="-1">
        ${state === "verified" ? icon("shield-check") : nothing}
        ${state === "mismatch" || state === "refused" ? icon("shield-alert") : nothing}
        <span>${this.localize(`code.${state}`)}</span>
      </p>
      ${code === null ? nothing : this.#renderEmoji(code)}
      ${canCheck && state === "compare" ? this.#renderAnswers() : nothing}
    </div>`;
  }

  #shown(): { code: readonly number[] | null; verification: Verification; canCheck: boolean } {
    if (this.code !== null) {
      const code = isSecurityCode(this.code) ? this.code : null;
      return { code, verification: this.verification ?? notCompared, canCheck: true };
    }
    const call = this.#nearest.calls?.snapshot;
    return {
      code: call?.securityCode ?? null,
      verification: call?.verification ?? notCompared,
      canCheck: call?.actions.includes("check-code") ?? false,
    };
  }

  #renderEmoji(code: readonly number[]) {
    const shown = this.long ? code : code.slice(0, shortCodeLength);
    // An ordered list: the order is part of the code.
    return html`<ol class="signs" part="signs">
        ${shown.map((number) => this.#renderSign(number))}
      </ol>
      <button
        class="quiet long"
        part="long"
        type="button"
        aria-expanded=${this.long ? "true" : "false"}
        @click=${this.#onLong}
      >
        ${this.localize(this.long ? "codeShort" : "codeLong")}
      </button>`;
  }

  #renderSign(number: number) {
    const name = this.localize("emojiName", number);
    const digits = twoDigits(number);
    return html`<li class="sign">
      <span class="emoji" part="emoji" role="img" aria-label=${name}>${codeEmoji[number]}</span>
      <span class="name" part="name" aria-hidden="true">${name}</span>
      <span class="digits" part="digits" dir="ltr"
        ><span aria-hidden="true">${digits}</span
        ><span class="visually-hidden">${digits.replace(/\B/g, " ")}</span></span
      >
    </li>`;
  }

  #renderAnswers() {
    return html`<div class="answers">
      <button
        part="no-match"
        type="button"
        title=${this.localize("codeNoMatchTip")}
        @click=${this.#onNoMatch}
      >
        ${this.localize("codeNoMatch")}
      </button>
      <button class="primary" part="match" type="button" @click=${this.#onMatch}>
        ${this.localize("codeMatch")}
      </button>
    </div>`;
  }

  readonly #onLong = () => {
    this.long = !this.long;
  };

  readonly #onMatch = () => void this.intend(new SxCheckCodeEvent({ match: true }));

  readonly #onNoMatch = () => void this.intend(new SxCheckCodeEvent({ match: false }));
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-security-code": SxSecurityCode;
  }
}

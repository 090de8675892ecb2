import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import type { CallRecord } from "../../call/record.ts";
import { SxCallBackEvent } from "../../events/sx-call-back.ts";
import { spokenDuration } from "../shared/duration.ts";
import { icon } from "../shared/icon.ts";
import type { IconName } from "../shared/icons.ts";
import { protectionIcon } from "../shared/protection-icon.ts";
import { SxElement } from "../shared/sx-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { styles } from "./call-history-item.styles.ts";

/** A call that the person would have wanted, and did not have. It is the only kind that stands out. */
function isLost({ direction, outcome }: CallRecord): boolean {
  return outcome === "failed" || (direction === "incoming" && (outcome === "missed" || outcome === "unanswered"));
}

function drawingOf(record: CallRecord): IconName {
  if (record.outcome === "failed") return "triangle-alert";
  if (isLost(record)) return "phone-missed";
  if (record.outcome !== "completed" && record.outcome !== "answered-elsewhere") return "phone-off";
  return record.direction === "outgoing" ? "phone-outgoing" : "phone-incoming";
}

/**
 * A call as an item of a chat: how it went, when, how long, how protected, and a button to call back.
 *
 * It is not a message: it has a style of its own and nothing in it can be edited.
 *
 * @tagname sx-call-history-item
 *
 * @fires {SxCallBackEvent} sx-call-back - The call-back button was pressed. Cancelable.
 *
 * @csspart item - All of it.
 * @csspart icon - The sign of direction and outcome.
 * @csspart title - What kind of call it was.
 * @csspart facts - Time, duration and protection.
 * @csspart call-back - The button.
 *
 * @cssprop [--sx-color-raised=#ffffff] - Its background.
 * @cssprop [--sx-color-accent=#3453cf] - The button.
 */
export class SxCallHistoryItem extends SxElement {
  static readonly tagName = "sx-call-history-item";
  static override styles = [tokens, buttons, styles];

  /** How the call went. Nothing is shown without it. */
  @property({ attribute: false }) record: CallRecord | null = null;

  /** The present moment, in milliseconds since the epoch, where it is not the clock's: a call of another day shows its date. */
  @property({ attribute: false }) now: number | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { record } = this;
    if (record === null) return nothing;
    const callBack = this.say("callBack");
    const title = this.say(`history.${record.outcome}.${record.direction}`, record.media);
    return html`<article class="item ${isLost(record) ? "lost" : ""}" part="item" aria-label=${title}>
      <span class="kind" part="icon">${icon(drawingOf(record), "directed")}</span>
      <div class="words">
        <span class="title" part="title">${title}</span>
        <span class="facts" part="facts">
          ${this.#renderTime(record)}${this.#renderDuration(record)}${this.#renderProtection(record)}
        </span>
      </div>
      <button
        class="round"
        part="call-back"
        type="button"
        title=${callBack}
        aria-label=${callBack}
        @click=${() => this.#onCallBack(record)}
      >
        ${icon(record.media === "video" ? "video" : "phone")}
      </button>
    </article>`;
  }

  #renderTime({ startedAt }: CallRecord) {
    const started = new Date(startedAt);
    // A record comes from the host's storage: a time that is none must not break the chat.
    if (Number.isNaN(started.getTime())) return nothing;
    const sameDay = started.toDateString() === new Date(this.now ?? Date.now()).toDateString();
    const format: Intl.DateTimeFormatOptions = sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    return html`<time datetime=${started.toISOString()}
      >${new Intl.DateTimeFormat(this.language, format).format(started)}</time
    >`;
  }

  #renderDuration({ outcome, durationSeconds }: CallRecord) {
    if (outcome !== "completed" && !(durationSeconds > 0)) return nothing;
    return html`<span>${spokenDuration(durationSeconds, this.language)}</span>`;
  }

  /** What was measured, and nothing where no frame flowed. */
  #renderProtection({ protection, relayed }: CallRecord) {
    if (protection === "none") return nothing;
    const words = this.say(`protection.${protection}`);
    const short = protection === "protected" ? this.say("encrypted") : words;
    return html`<span class=${protection} title=${words}>${icon(protectionIcon[protection])} ${short}</span>
      ${relayed === true ? html`<span>${this.say("relayed")}</span>` : nothing}`;
  }

  #onCallBack({ media }: CallRecord): void {
    this.intend(new SxCallBackEvent({ media }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-history-item": SxCallHistoryItem;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import type { CallMedia } from "../../call/snapshot.ts";
import { avatar } from "../shared/avatar.ts";
import { spokenDuration } from "../shared/duration.ts";
import { icon } from "../shared/icon.ts";
import { endingWords, statusLine } from "./call-words.ts";
import type { CallScene, ViewScene } from "./scene.ts";

/**
 * The screen of a call that is over: how it ended, how long it was, what can be done now.
 */
export function renderEnded(
  scene: ViewScene & Partial<Pick<CallScene, "permissionSteps">>,
  callBack: (media: CallMedia) => void,
  close: () => void,
): TemplateResult {
  const { snapshot, contact, language, say, hasButtons, permissionSteps } = scene;
  const { title, advice } = endingWords(scene);
  const seconds = snapshot.record?.durationSeconds ?? 0;
  return html`<div class="ended ${advice ? "failed" : ""}" part="ended">
    <slot name="ended">
      <div class="person">
        <slot name="avatar">${avatar(contact, language)}</slot>
        <span class="name" part="name" dir="auto">${contact.name}</span>
        <span class="reason" part="reason"
          >${advice ? icon("triangle-alert") : nothing} ${title}</span
        >
        ${advice ? html`<span class="detail" part="advice">${advice}</span>` : nothing}
        ${
          permissionSteps && snapshot.ending?.problem === "permission-denied"
            ? html`<span class="detail" part="steps">${permissionSteps()}</span>`
            : nothing
        }
        ${seconds > 0 ? html`<span class="detail" part="duration">${say("duration", spokenDuration(seconds, language))}</span>` : nothing}
      </div>
    </slot>
    <div class="after" ?hidden=${!hasButtons}>
      ${
        snapshot.actions.includes("call-back")
          ? html`<button
              class="primary"
              part="call-back"
              type="button"
              @click=${() => callBack(snapshot.media)}
            >
              ${icon(snapshot.media === "video" ? "video" : "phone", "solid")}
              ${say(snapshot.direction === "outgoing" ? "callAgain" : "callBack")}
            </button>`
          : nothing
      }
      <button part="close" type="button" @click=${close}>${say("close")}</button>
    </div>
  </div>`;
}

/** What can be done about a call that the page was in before it was loaded anew. */
export interface LastCallOffer {
  readonly resume: () => void;
  readonly leave: () => void;
}

/**
 * The quiet surface before a call, and after its screen was closed. The host starts calls, not the view; only one that was lost with
 * the page can be gone on with here.
 */
export function renderIdle(
  { contact, language, say, hasButtons }: ViewScene,
  offer: LastCallOffer | null,
): TemplateResult {
  return html`<div class="idle" part="idle">
    <div class="person">
      <slot name="avatar">${avatar(contact, language)}</slot>
      <span class="name" part="name" dir="auto">${contact.name}</span>
    </div>
    ${
      offer === null || !hasButtons
        ? nothing
        : html`<div class="offer">
            <span class="detail" role="status">${say("lastCallLost")}</span>
            <div class="after">
              <button
                class="primary"
                part="resume"
                type="button"
                aria-label=${say("resumeCallWith", contact.name)}
                @click=${offer.resume}
              >
                ${icon("phone", "solid")} ${say("resumeCall")}
              </button>
              <button part="not-now" type="button" @click=${offer.leave}>${say("notNow")}</button>
            </div>
          </div>`
    }
  </div>`;
}

/** A call whose screen has not been loaded yet: for a moment, or for as long as it takes to end it. */
export function renderComing(scene: ViewScene): TemplateResult {
  const { contact, language } = scene;
  return html`<div class="idle">
    <div class="person">
      <slot name="avatar">${avatar(contact, language)}</slot>
      <span class="name" part="name" dir="auto">${contact.name}</span>
      <span class="status" part="status">${statusLine(scene)}</span>
    </div>
  </div>`;
}

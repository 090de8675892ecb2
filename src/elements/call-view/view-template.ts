import { html, nothing, type TemplateResult } from "lit";
import type { CallMedia } from "../../call/terms.ts";
import { avatar } from "../shared/avatar.ts";
import { colourOf } from "../shared/contact.ts";
import { spokenDuration } from "../shared/duration.ts";
import { firstIcon } from "../shared/first-icons.ts";
import type { InCallScreen } from "./in-call/in-call-screen.ts";
import { waitingOf, type CallScene, type ViewScene } from "./scene.ts";
import { announcement, endingWords, statusLine } from "./status-text.ts";

/** What the view knows beside the scene. */
interface ViewState {
  /** Whether the screen of the ended call was closed. */
  readonly isClosed: boolean;
  /** Whether the host slots a picture. Only then is there a slot to hand on: an empty one would hide the kit's own. */
  readonly hasAvatar: boolean;
  /** The last call, if it can be continued now. */
  readonly offer: LastCallActions | null;
  readonly callBack: (media: CallMedia) => void;
  readonly close: () => void;
}

/**
 * The view in every state.
 *
 * @param inCall the screen of a running call; `null` until its chunk is loaded.
 */
export function renderView(
  seen: ViewScene,
  inCall: InCallScreen | null,
  view: ViewState,
): TemplateResult {
  const { contact } = seen;
  const scene = inCall?.sceneOf(seen);
  const { localize } = scene ?? seen;
  const waiting = waitingOf(seen);
  const tapToHear = scene?.sound.isBlocked ? ` ${localize("tapToHear")}` : "";
  return html`<div
    role="group"
    class="screen colour-${colourOf(contact)}"
    part="screen"
    tabindex="-1"
    aria-label=${localize("callWith", contact.name)}
  >
    ${renderState(seen, scene, inCall, view)}
    <p class="visually-hidden" role="status">${announcement(scene ?? seen) + tapToHear}</p>
    <p class="visually-hidden" role="status">${scene?.hintLine}</p>
    <p class="visually-hidden" role="alert">
      ${waiting === null ? nothing : localize("incomingFrom", waiting.snapshot.media, waiting.contact.name)}
    </p>
  </div>`;
}

function renderState(
  seen: ViewScene,
  scene: CallScene | undefined,
  inCall: InCallScreen | null,
  { isClosed, hasAvatar, offer, callBack, close }: ViewState,
): TemplateResult {
  const { state } = seen.snapshot;
  if (state === "incoming") return renderIncoming(seen, hasAvatar);
  if (state === "idle" || (state === "ended" && isClosed)) return renderIdle(seen, offer);
  if (state === "ended") return renderEnded(scene ?? seen, callBack, close);
  return scene && inCall ? inCall.render(scene) : renderComing(seen);
}

/**
 * The screen of a call that is over: how it ended, how long it was, what can be done now.
 */
function renderEnded(
  scene: ViewScene & Partial<Pick<CallScene, "permissionSteps">>,
  callBack: (media: CallMedia) => void,
  close: () => void,
): TemplateResult {
  const { snapshot, contact, language, localize, hasButtons, permissionSteps } = scene;
  const { title, advice } = endingWords(scene);
  const seconds = snapshot.record?.durationSeconds ?? 0;
  const wasAccepted = snapshot.direction === "outgoing" || snapshot.connectedAt !== null;
  // The person's part scrolls in a small box: by keys, too.
  return html`<div class="ended ${advice ? "failed" : ""}" part="ended">
    <slot name="ended">
      <div class="person" tabindex="0">
        <slot name="avatar">${avatar(contact, language, wasAccepted)}</slot>
        <span class="name" part="name" dir="auto">${contact.name}</span>
        <span class="reason" part="reason"
          >${advice ? firstIcon("triangle-alert") : nothing} ${title}</span
        >
        ${advice ? html`<span class="detail" part="advice">${advice}</span>` : nothing}
        ${
          permissionSteps && snapshot.ending?.problem === "permission-denied"
            ? html`<span class="detail" part="steps">${permissionSteps()}</span>`
            : nothing
        }
        ${seconds > 0 ? html`<span class="detail" part="duration">${localize("duration", spokenDuration(seconds, language))}</span>` : nothing}
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
              ${firstIcon(snapshot.media === "video" ? "video" : "phone", "solid")}
              ${localize(snapshot.direction === "outgoing" ? "callAgain" : "callBack")}
            </button>`
          : nothing
      }
      <button part="close" type="button" @click=${close}>${localize("close")}</button>
    </div>
  </div>`;
}

/** What can be done about a call that the page was in before it was loaded anew. */
interface LastCallActions {
  readonly resume: () => void;
  readonly leave: () => void;
}

/**
 * The quiet surface before a call, and after its screen was closed. The host starts calls, not the view; only one that was lost with
 * the page can be gone on with here.
 */
function renderIdle(
  { contact, language, localize, hasButtons }: ViewScene,
  offer: LastCallActions | null,
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
            <span class="detail" role="status">${localize("lastCallLost")}</span>
            <div class="after">
              <button
                class="primary"
                part="resume"
                type="button"
                aria-label=${localize("resumeCallWith", contact.name)}
                @click=${offer.resume}
              >
                ${firstIcon("phone", "solid")} ${localize("resumeCall")}
              </button>
              <button part="not-now" type="button" @click=${offer.leave}>
                ${localize("notNow")}
              </button>
            </div>
          </div>`
    }
  </div>`;
}

/** A call whose screen has not been loaded yet: for a moment, or for as long as it takes to end it. */
function renderComing(scene: ViewScene): TemplateResult {
  const { contact, language } = scene;
  return html`<div class="idle">
    <div class="person">
      <slot name="avatar">${avatar(contact, language)}</slot>
      <span class="name" part="name" dir="auto">${contact.name}</span>
      <span class="status" part="status">${statusLine(scene)}</span>
    </div>
  </div>`;
}

/** The screen of an incoming call. */
function renderIncoming(
  { snapshot, contact, language, dir }: ViewScene,
  hasAvatar: boolean,
): TemplateResult {
  return html`<sx-incoming-call
    exportparts="call: incoming-call, avatar, name, accept-audio, accept-video, decline, ignore"
    lang=${language}
    dir=${dir || nothing}
    .contact=${contact}
    .media=${snapshot.media}
    .exposesAddress=${snapshot.exposesAddress}
    .canHideAddress=${snapshot.actions.includes("hide-address")}
    >${hasAvatar ? html`<slot name="avatar" slot="avatar"></slot>` : nothing}</sx-incoming-call
  >`;
}

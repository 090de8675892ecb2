import { html, nothing, type TemplateResult } from "lit";
import type { CallMedia } from "../../call/terms.ts";
import { asNamed, colourOf, avatar } from "../shared/contact.ts";
import { firstIcon } from "../shared/first-icons.ts";
import type { InCallScreen } from "./in-call/in-call-screen.ts";
import type { CallScene, ViewScene } from "./scene.ts";
import { announcement, endingWords, statusLine, waitingOf } from "./status-text.ts";

/** State of the view outside its scene. */
interface ViewState {
  /** `true` after the screen of an ended call was closed. */
  readonly isClosed: boolean;
  /** `true` with a slotted picture. Only then a slot is passed on: an empty one would hide the kit's picture. */
  readonly hasAvatar: boolean;
  /** Renders the offer to resume the last call, if it can be resumed now. */
  readonly offer: (scene: ViewScene) => TemplateResult | typeof nothing;
  readonly callBack: (media: CallMedia) => void;
  readonly close: () => void;
}

/**
 * Renders the view in every state.
 *
 * @param inCall the in-call screen; `null` until its chunk is loaded.
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
  const { state } = seen.snapshot;
  const isRunning = state !== "idle" && !(state === "ended" && view.isClosed);
  const tapToHear = scene?.sound.isBlocked ? ` ${localize("tapToHear")}` : "";
  return html`<div
    role="group"
    class="screen colour-${colourOf(contact)} ${isRunning ? "scene" : ""}"
    part="surface"
    tabindex="-1"
    aria-label=${localize("callWith", contact.name)}
  >
    ${isRunning ? scene?.behind() : nothing}
    ${scene?.note() ?? (isRunning ? renderState(seen, scene, inCall, view) : renderIdle(seen, view))}
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
  { hasAvatar, callBack, close }: ViewState,
): TemplateResult {
  const { state } = seen.snapshot;
  if (state === "incoming") return renderIncoming(seen, hasAvatar);
  if (state === "ended") return renderEnded(scene ?? seen, callBack, close);
  return scene && inCall ? inCall.render(scene) : renderComing(seen);
}

/** Renders the contact, where no call runs. */
const who = ({ contact, language }: ViewScene) =>
  html`<slot name="avatar">${avatar(contact, language)}</slot>
    <span class="name" part="name" dir="auto">${contact.name}</span>`;

/** Renders an ended call: outcome, duration, actions. */
function renderEnded(
  scene: ViewScene &
    Partial<
      Pick<
        CallScene,
        "permissionSteps" | "helpsToCall" | "spokenDuration" | "declineText" | "noteOffer"
      >
    >,
  callBack: (media: CallMedia) => void,
  close: () => void,
): TemplateResult {
  const {
    snapshot,
    localize,
    hasButtons,
    permissionSteps,
    helpsToCall,
    spokenDuration,
    declineText,
    noteOffer,
  } = scene;
  const { title, advice } = endingWords(scene);
  const helps = helpsToCall && snapshot.actions.includes("call-back");
  const seconds = snapshot.record?.durationSeconds ?? 0;
  // The person's part scrolls in a small container, also by keyboard.
  return html`<div class="ended ${advice ? "failed" : ""}" part="ended">
    <slot name="ended">
      <div class="person" tabindex="0">
        ${who(scene)}
        <span class="reason" part="reason"
          >${advice ? firstIcon("triangle-alert") : nothing} ${title}</span
        >
        ${advice ? html`<span class="detail" part="advice">${advice}</span>` : nothing}
        ${declineText?.()}
        ${
          permissionSteps && snapshot.ending?.problem === "permission-denied"
            ? html`<span class="detail" part="steps">${permissionSteps("call")}</span>`
            : nothing
        }
        ${seconds > 0 && spokenDuration ? html`<span class="detail" part="duration">${localize("duration", spokenDuration(seconds))}</span>` : nothing}
      </div>
    </slot>
    <div class="after" ?hidden=${!hasButtons}>
      ${
        snapshot.actions.includes("call-back")
          ? html`<button
              class=${helps ? "primary" : nothing}
              part="call-back"
              type="button"
              @click=${() => callBack(snapshot.media)}
            >
              ${firstIcon(snapshot.media === "video" ? "video" : "phone")}
              ${localize(snapshot.direction === "outgoing" ? "callAgain" : "callBack")}
            </button>`
          : nothing
      }
      ${noteOffer?.()}
      <button class=${helps ? nothing : "primary"} part="close" type="button" @click=${close}>
        ${localize("close")}
      </button>
    </div>
  </div>`;
}

/**
 * Renders the view without a call, or after its screen was closed. The host starts calls; only the last call can be resumed
 * here.
 */
function renderIdle(scene: ViewScene, { offer }: ViewState): TemplateResult {
  return html`<div class="idle" part="idle">
    <div class="person">${who(scene)}</div>
    ${scene.hasButtons ? offer(scene) : nothing}
  </div>`;
}

/** Renders a call whose chunk is not loaded yet, or fails to load. */
function renderComing(scene: ViewScene): TemplateResult {
  const { contact, language } = scene;
  return html`<div class="coming">
    <div class="heading">
      <span class="name" part="name" dir="auto">${contact.name}</span>
      <span class="status" part="status">${statusLine(scene)}</span>
    </div>
    <slot name="avatar">${avatar(contact, language)}</slot>
  </div>`;
}

/** Renders an incoming call. */
function renderIncoming(
  { snapshot, contact, language, dir, quickTexts }: ViewScene,
  hasAvatar: boolean,
): TemplateResult {
  return html`<sx-incoming-call
    exportparts="call: incoming-call, avatar, name, accept-audio, accept-video, decline, decline-with-text, texts, ignore"
    lang=${language}
    dir=${dir || nothing}
    .contact=${asNamed(contact)}
    .media=${snapshot.media}
    .exposesAddress=${snapshot.exposesAddress}
    .canHideAddress=${snapshot.actions.includes("hide-address")}
    .quickTexts=${quickTexts}
    avatar-before-accept
    >${hasAvatar ? html`<slot name="avatar" slot="avatar"></slot>` : nothing}</sx-incoming-call
  >`;
}

import { css, html, nothing, type TemplateResult } from "lit";
import { avatar, colourOf } from "../../shared/contact.ts";
import { icon } from "../../shared/icons.ts";
import { isSwitchedOff } from "../in-call/badges.ts";
import { backdropOf, type CallScene } from "../scene.ts";
import { renderBehind, renderTheirs } from "./pictures.ts";

/** What a person can do in the small window. */
export interface SmallWindowPresses {
  readonly toggleMicrophone: () => void;
  readonly hangUp: () => void;
}

/**
 * Renders the small window: the other side and its name, a mute badge, mute and end. Plain buttons: the window's document has no
 * custom elements.
 */
export function renderSmallWindow(scene: CallScene, presses: SmallWindowPresses): TemplateResult {
  const { snapshot, contact, language, localize, layout } = scene;
  const seen: CallScene = {
    ...scene,
    pictures: "remote",
    layout: { ...layout, isElsewhere: false },
  };
  const hasPicture = backdropOf(seen) !== "none";
  const isMuted = isSwitchedOff(snapshot.remote, "microphone");
  return html`<div class="screen surface colour-${colourOf(contact)}">
    <div class="stage ${snapshot.state} ${hasPicture ? "over-picture" : ""}">
      ${renderBehind(scene)} ${renderTheirs(seen)}
      <div class="centre">
        ${hasPicture ? nothing : html`<div class="person">${avatar(contact, language)}</div>`}
        ${snapshot.state === "reconnecting" ? html`<span class="status">${localize("reconnecting")}</span>` : nothing}
      </div>
      <div class="signs">
        <span class="name" dir="auto">${contact.name}</span>
        ${isMuted ? html`<span class="sign remote-muted" title=${localize("remoteMuted", contact.name)}>${icon("mic-off")}</span>` : nothing}
      </div>
      ${scene.hasButtons ? renderSmallButtons(scene, presses) : nothing}
    </div>
  </div>`;
}

function renderSmallButtons({ snapshot, localize }: CallScene, presses: SmallWindowPresses) {
  const { actions, local } = snapshot;
  const { state } = local.microphone;
  const isOff = state === "off" || state === "failed";
  const does = localize(isOff ? "unmuteMicrophone" : "muteMicrophone");
  return html`<div class="small-buttons">
    <button
      class="microphone ${isOff ? "marked" : ""}"
      type="button"
      aria-label=${localize("microphone")}
      aria-pressed=${isOff ? "false" : "true"}
      title=${does}
      ?disabled=${!actions.includes("toggle-microphone")}
      @click=${presses.toggleMicrophone}
    >
      ${icon(isOff ? "mic-off" : "mic")}
    </button>
    <button
      class="end"
      type="button"
      aria-label=${localize("endCall")}
      title=${localize("endCall")}
      ?disabled=${!actions.includes("hang-up")}
      @click=${presses.hangUp}
    >
      ${icon("phone", "hang-up")}
    </button>
  </div>`;
}

/** In a small window: the person, a mute badge and two buttons. Beside the styles of the view. */
export const smallWindowStyles = css`
  .surface .signs {
    grid-area: top;
    flex-wrap: nowrap;
    justify-content: space-between;
    padding: var(--_space-2);
  }
  .surface .name {
    min-inline-size: 0;
    overflow: hidden;
    font-size: var(--_text-s);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .surface .over-picture .name {
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-l);
    background: var(--_scrim);
  }
  .small-buttons {
    grid-area: bottom;
    z-index: 1;
    display: flex;
    justify-content: center;
    gap: var(--_space-3);
    padding: var(--_space-2);
  }
  .small-buttons button {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_scrim);
    color: #fff;
    cursor: pointer;
  }
  .small-buttons .icon {
    inline-size: 1.375rem;
    block-size: 1.375rem;
  }
  .small-buttons .marked {
    background: #fff;
    color: #14171c;
  }
  .small-buttons .end {
    background: var(--_danger);
  }
  .surface .sign {
    padding: var(--_space-2);
  }
  .surface .centre {
    place-content: center;
    padding: var(--_space-2);
  }
`;

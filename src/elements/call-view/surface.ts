import { html, nothing, type TemplateResult } from "lit";
import { avatar } from "../shared/avatar.ts";
import { colourOf } from "../shared/contact.ts";
import { icon } from "../shared/icon.ts";
import { renderBehind, renderTheirs } from "./pictures.ts";
import { backdropOf, type CallScene } from "./scene.ts";

/** The call in a small window of its own: the other side, a mute sign, nothing to press. */
export function renderSurface(scene: CallScene): TemplateResult {
  const { snapshot, contact, language, say, layout } = scene;
  const seen: CallScene = {
    ...scene,
    pictures: "remote",
    layout: { ...layout, isElsewhere: false },
  };
  const hasPicture = backdropOf(seen) !== "none";
  const isMuted = snapshot.remote.known && !snapshot.remote.microphone;
  return html`<div class="screen surface colour-${colourOf(contact)}">
    <div class="stage ${snapshot.state} ${hasPicture ? "over-picture" : ""}">
      ${renderBehind(scene)} ${renderTheirs(seen)}
      <div class="centre">
        ${hasPicture ? nothing : html`<div class="person">${avatar(contact, language)}</div>`}
        ${snapshot.state === "reconnecting" ? html`<span class="status">${say("reconnecting")}</span>` : nothing}
      </div>
      <div class="signs">
        ${isMuted ? html`<span class="sign remote-muted" title=${say("remoteMuted", contact.name)}>${icon("mic-off")}</span>` : nothing}
      </div>
    </div>
  </div>`;
}

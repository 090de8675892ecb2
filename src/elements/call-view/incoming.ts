import { html, nothing, type TemplateResult } from "lit";
import type { ViewScene } from "./scene.ts";

/**
 * The ring screen of the view.
 *
 * @param hasAvatar - whether the host gives a picture. Only then is there a slot for it: an empty one, handed on, would hide the
 * kit's own.
 */
export function renderIncoming(
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

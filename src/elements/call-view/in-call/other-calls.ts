import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { asNamed } from "../../shared/contact.ts";
import { icon } from "../../shared/icons.ts";
import type { CallScene, OtherCall } from "../scene.ts";
import { waitingOf } from "../status-text.ts";

/** Renders a banner for the newest waiting call, and a row for each held one. They take space instead of covering content. */
export function renderOtherCalls(scene: CallScene): TemplateResult | typeof nothing {
  const { otherCalls, hasButtons } = scene;
  if (otherCalls.length === 0 || !hasButtons) return nothing;
  const waiting = waitingOf(scene);
  const held = otherCalls.filter(({ snapshot }) => snapshot.state !== "incoming");
  return html`<div class="beside" part="beside">
    ${waiting === null ? nothing : renderWaiting(scene, waiting)}
    ${held.map((call) => renderHeld(scene, call))}
  </div>`;
}

/** Keyed: a press on its way to one call's button must not hit another call's. */
function renderWaiting(
  { snapshot, language, dir }: CallScene,
  { snapshot: call, contact }: OtherCall,
) {
  const canHold = snapshot.held.local || snapshot.actions.includes("hold");
  return keyed(
    call.callId,
    html`<sx-incoming-call
      part="waiting"
      exportparts="call: waiting-call, accept-audio, accept-video, end-and-accept, hold-and-accept, decline, ignore"
      variant="banner"
      waiting
      lang=${language}
      dir=${dir || nothing}
      .contact=${asNamed(contact)}
      .media=${call.media}
      .callId=${call.callId}
      .canHold=${canHold}
      .exposesAddress=${call.exposesAddress}
      avatar-before-accept
    ></sx-incoming-call>`,
  );
}

function renderHeld(
  { localize, resume }: CallScene,
  { snapshot: { actions, callId }, contact }: OtherCall,
) {
  const canSwap = callId !== null && actions.includes("resume");
  return keyed(
    callId,
    html`<div class="held" part="held">
      ${icon("pause")}
      <span class="held-name" dir="auto">${localize("heldCall", contact.name)}</span>
      ${
        canSwap
          ? html`<button
              part="swap"
              type="button"
              title=${localize("swapTo", contact.name)}
              aria-label=${localize("swapTo", contact.name)}
              @click=${() => resume(callId)}
            >
              ${icon("arrow-left-right")} ${localize("swap")}
            </button>`
          : nothing
      }
    </div>`,
  );
}

import { css, html, nothing, type TemplateResult } from "lit";
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
  { snapshot, language, dir, quickTexts }: CallScene,
  { snapshot: call, contact }: OtherCall,
) {
  const canHold = snapshot.held.local || snapshot.actions.includes("hold");
  return keyed(
    call.callId,
    html`<sx-incoming-call
      part="waiting"
      exportparts="call: waiting-call, accept-audio, accept-video, end-and-accept, hold-and-accept, decline, decline-with-text, texts, ignore"
      variant="banner"
      waiting
      lang=${language}
      dir=${dir || nothing}
      .contact=${asNamed(contact)}
      .media=${call.media}
      .callId=${call.callId}
      .canHold=${canHold}
      .exposesAddress=${call.exposesAddress}
      .quickTexts=${quickTexts}
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

/** Calls other than the one on screen. */
export const otherCallsStyles = css`
  .beside {
    grid-area: beside;
    z-index: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-2);
    inline-size: 100%;
    max-inline-size: 46rem;
    justify-self: center;
    padding: var(--_space-3) calc(var(--_inset-right) + var(--_space-3)) 0
      calc(var(--_inset-left) + var(--_space-3));
  }
  /* A card over video is readable by itself, in the dark variant of the host's scheme. */
  .has-beside .centre {
    overflow: auto;
    padding-block-start: var(--_space-4);
  }
  .has-beside {
    --_avatar-size: clamp(3.5rem, 100 * var(--_cqb) - 34rem, min(40 * var(--_cqmin), 16rem));
  }
  /* The security panel opens below, so that the banner stays visible. */
  .has-beside .panel {
    grid-row: centre-start / signs-end;
  }
  .held {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-3);
    min-inline-size: 0;
    padding: var(--_space-2);
    padding-inline-start: var(--_space-4);
    border: 1px solid var(--_line);
    /* That of one line, in two lines as well */
    border-radius: min(var(--_round), 1.9375rem);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_elevation);
  }
  .held-name {
    flex: 1 1 6rem;
    min-inline-size: min(6rem, 100%);
    overflow-wrap: anywhere;
  }
  .held button {
    max-inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: min(var(--_space-4), 3 * var(--_cqi));
    font-size: min(1em, 8 * var(--_cqi));
  }
  @supports selector(:has(*)) {
    @container (max-height: 44rem) {
      .has-waiting:has(.held) {
        --_centre: 0px;
      }
      .has-waiting:has(.held) .centre {
        display: none;
      }
    }
  }
  /* Little height: name and lock stay, the picture shrinks, then goes. */
  @container (max-height: 699.98px) and (min-width: 240px) {
    .has-beside .centre {
      padding-block: var(--_space-2);
    }
  }
  @container (max-height: 35.98rem) and (min-width: 240px) {
    .has-beside .person .voice {
      display: none;
    }
  }
  /* Little room for the text size: the answers are more than what is behind them */
  @container (min-width: 240px) and ((max-height: 20.98rem) or ((max-height: 32rem) and (max-width: 30rem)) or ((max-height: 36rem) and (max-width: 20.98rem))) {
    .has-beside {
      --_centre: 0px;
    }
    .has-beside .centre {
      block-size: 0;
      padding: 0;
    }
    .beside {
      padding: var(--_space-1) calc(var(--_inset-right) + var(--_space-2)) 0
        calc(var(--_inset-left) + var(--_space-2));
    }
    .beside > ::part(call) {
      grid-template:
        "avatar who ignore" auto "notice notice notice" auto "answers answers answers" auto /
        auto minmax(0, 1fr) auto;
      gap: var(--_space-1);
      padding: var(--_space-2);
    }
    .beside > ::part(ignore) {
      min-inline-size: 44px;
      min-block-size: 44px;
      padding: 0 var(--_space-1);
      font-size: var(--_text-s);
    }
    .beside > ::part(decline),
    .beside > ::part(hold-and-accept),
    .beside > ::part(end-and-accept) {
      min-block-size: 44px;
      padding-block: 0;
      font-size: var(--_text-s);
      line-height: 1.2;
    }
  }
  /* Less still: nothing but the answers and the toolbar */
  @container (min-width: 240px) and ((max-height: 20.98rem) or ((max-height: 26rem) and (max-width: 30rem)) or ((max-height: 32rem) and (max-width: 20rem))) {
    .has-waiting :is(.top-bar, .centre, .signs, .small) {
      display: none;
    }
  }
  /* A phone in landscape has its toolbar beside */
  @container (max-height: 419.98px) and (min-height: 21rem) and (min-width: 480px) {
    .has-beside {
      --_avatar-size: clamp(3rem, 100 * var(--_cqb) - 18rem, 8rem);
    }
    .has-beside .person .voice {
      display: block;
    }
  }
  /* Its button needs room. */
  @container (min-height: 420px) or (max-width: 479.98px) {
    .stage:not(.has-beside) .paused {
      --_avatar-size: clamp(2.5rem, 100 * var(--_cqb) - 22rem, min(56 * var(--_cqmin), 26rem));
    }
  }
  @container (max-width: 239.98px) {
    .beside,
    .person .resume {
      display: none;
    }
  }
`;

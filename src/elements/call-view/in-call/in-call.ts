import { html, nothing, svg, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { avatar } from "../../shared/contact.ts";
import { talked } from "../../shared/clock.ts";
import { clockDuration } from "../../shared/duration.ts";
import { renderAddressChoice } from "../../shared/hide-address.ts";
import { icon } from "../../shared/icons.ts";
import { lockIcon, shownLock } from "../../shared/status-icons.ts";
import { playTrack } from "../../shared/play-track.ts";
import { statusLine, stuckWords, waitingOf } from "../status-text.ts";
import { renderPanel } from "../panel/panel.ts";
import { renderElsewhere, renderPictures } from "../pictures/pictures.ts";
import { backdropOf, hasLock, type CallScene } from "../scene.ts";
import { renderArrivedStatus } from "../text/text-watch.ts";
import { renderBadges } from "./badges.ts";
import { renderOtherCalls } from "./other-calls.ts";

export { otherCallsStyles } from "./other-calls.ts";

/**
 * Renders a call from dialling until its end. One template for all states, so that video elements are kept and never flicker.
 */
export function renderInCall(
  scene: CallScene,
  controls: TemplateResult | typeof nothing,
): TemplateResult {
  const { snapshot, tracks, panel, sound, layout } = scene;
  const hasText = panel.shown === "text";
  const isCovered = panel.isOpen && !hasText;
  const { speaker } = snapshot.devices;
  const { volumes } = scene.input;
  const backdrop = backdropOf(scene);
  const classes = {
    stage: true,
    [snapshot.state]: true,
    "over-picture": backdrop !== "none",
    sharing: backdrop === "screen",
    "people-hidden": backdrop === "screen" && layout.shared.isPeopleHidden,
    "is-audio": snapshot.media === "audio",
    backdrop: backdrop === "self",
    elsewhere: layout.isElsewhere,
    "with-text": hasText,
    [`corner-${layout.small.corner}`]: true,
    "has-beside": scene.otherCalls.length > 0 && scene.hasButtons,
    "has-waiting": scene.hasButtons && waitingOf(scene) !== null,
  };
  return html`<div class=${classMap(classes)} part="stage">
    ${renderPictures(scene)} ${layout.shared.surface(scene)}
    <div class="top-bar" part="top-bar" ?inert=${isCovered}>
      <slot name="top-bar">${renderTopBar(scene)}</slot>
      ${layout.shared.tools(scene)}
    </div>
    ${renderOtherCalls(scene)}
    <div class="centre" ?inert=${isCovered}>${renderCentre(scene)}</div>
    ${panel.isOpen ? renderPanel(scene) : nothing} ${renderBadges(scene)}
    ${renderArrivedStatus(scene)}
    <div class="bottom" ?inert=${panel.shown === "help"}>${controls}</div>
    <audio autoplay ${playTrack(tracks.remoteMicrophone, sound, speaker, volumes?.call)}></audio>
    <audio autoplay ${playTrack(tracks.remoteScreenAudio, sound, speaker, volumes?.screen)}></audio>
  </div>`;
}

/** Renders name, status or clock, and lock: in the same place from dialling to the end, with and without pictures. */
function renderTopBar(scene: CallScene) {
  // Over a picture the middle shows what a reconnection tries.
  const isInCentre = scene.snapshot.state === "reconnecting" && hasPicture(scene);
  return html`<div class="heading">
      <span class="name" part="name" dir="auto">${scene.contact.name}</span>
      ${isInCentre ? nothing : renderProgress(scene)}
      <slot name="details"></slot>
    </div>
    ${renderLock(scene)}`;
}

/** Returns `true` with a large picture of the other side. */
function hasPicture(scene: CallScene): boolean {
  const backdrop = backdropOf(scene);
  return backdrop === "remote" || backdrop === "screen";
}

/** Renders the center: the person without video, and the status of the call. */
function renderCentre(scene: CallScene) {
  const { snapshot, contact, language, localize } = scene;
  if (hasPicture(scene)) {
    if (scene.layout.isElsewhere) return renderElsewhere(scene);
    return snapshot.state === "reconnecting"
      ? html`<div class="waiting">
          <span class="status">${localize("reconnecting")}</span>
          ${renderReconnection(scene)}
        </div>`
      : nothing;
  }
  return html`<div class="person">
    ${
      backdropOf(scene) === "self"
        ? nothing
        : html`<div class="voice ${isHeld(snapshot) ? "paused" : ""}">
            <slot name="avatar">${avatar(contact, language)}</slot>
            ${isHeld(snapshot) ? icon("pause") : nothing}
          </div>`
    }
    ${renderReconnection(scene)} ${renderStuck(scene)} ${renderResume(scene)}
    ${renderAddress(scene)} ${scene.layout.isElsewhere ? renderElsewhere(scene) : nothing}
  </div>`;
}

const isHeld = ({ state, held }: CallSnapshot): boolean =>
  state === "connected" && (held.local || held.remote);

/** Renders the address warning of an unaccepted call. */
function renderAddress({ snapshot, contact, localize, hideAddress, hasButtons }: CallScene) {
  if (snapshot.state !== "inviting" && snapshot.state !== "ringing") return nothing;
  const canHide = hasButtons && snapshot.actions.includes("hide-address");
  const { exposesAddress } = snapshot;
  if (!exposesAddress && !canHide) return nothing;
  return html`<div class="detail address">
    ${renderAddressChoice({ exposesAddress, canHide, name: contact.name, localize, choose: hideAddress })}
  </div>`;
}

/** Renders the button that ends this side's hold. */
function renderResume({ snapshot: { actions, callId }, localize, resume, hasButtons }: CallScene) {
  if (callId === null || !hasButtons || !actions.includes("resume")) return nothing;
  return html`<button
    class="primary resume"
    part="resume"
    type="button"
    @click=${() => resume(callId)}
  >
    ${icon("phone")} ${localize("resume")}
  </button>`;
}

/** Renders reason and advice for slow connecting. */
function renderStuck(scene: CallScene) {
  const words = stuckWords(scene);
  return words === "" ? nothing : html`<span class="detail" part="stuck">${words}</span>`;
}

/** Renders attempt and time left of a reconnection. Not announced every second: the state was announced once. */
function renderReconnection({ snapshot, contact, now, localize }: CallScene) {
  const { reconnection } = snapshot;
  if (reconnection === null) return nothing;
  const seconds = Math.max(0, Math.ceil((reconnection.until - now) / 1000));
  return html`<span class="detail"
      >${localize(`reconnecting.${reconnection.trying}`, contact.name)}</span
    >
    <span class="detail count">${localize("endsIn", seconds)}</span>`;
}

/** Renders the clock of a connected call, or its status. */
function renderProgress(scene: CallScene) {
  const { snapshot, now, language } = scene;
  const { connectedAt, talk } = snapshot;
  if (snapshot.state !== "connected" || connectedAt === null || isHeld(snapshot)) {
    return html`<span class="status" part="status">${statusLine(scene)}</span>`;
  }
  // A timer without live announcements: it must not be read every second.
  return html`<div class="progress">
    <time class="status clock" part="timer" role="timer" aria-live="off">
      ${clockDuration(talked({ connectedAt, talk }, now), language)}
    </time>
    ${renderSignalStrength(scene)}
  </div>`;
}

const bars = [1, 2, 3, 4] as const;

/** Renders the measured signal strength as an icon with an accessible name. Nothing before a measurement. */
function renderSignalStrength({ snapshot, localize }: CallScene) {
  const strength = snapshot.quality?.bars ?? null;
  // A lost path is shown as text: the last measured strength would be outdated.
  if (strength === null || snapshot.state !== "connected") return nothing;
  return html`<svg
    class="bars strength-${strength}"
    part="bars"
    role="img"
    aria-label=${localize(`quality.${strength}`)}
    viewBox="0 0 16 12"
    width="20"
    height="15"
  >
    <title>${localize(`quality.${strength}`)}</title>
    ${bars.map(
      (bar) =>
        svg`<rect class=${bar <= strength ? "on" : "off"} x=${bar * 4 - 3.5} y=${12.5 - bar * 3} width="2" height=${bar * 3 - 1} rx="0.5"></rect>`,
    )}
  </svg>`;
}

/** Renders the toolbar, which finds its call by itself. */
export function renderControls(scene: CallScene): TemplateResult {
  const { language, dir, input, layout } = scene;
  return html`<sx-call-controls
    part="controls"
    exportparts="toolbar, button, microphone, camera, flip, devices, text: text-button, screen: share-screen, speaker, choose-microphone, choose-camera, more, menu, menu-item, hang-up"
    .extras=${layout.extras}
    .audioRoutes=${input.audioRoutes}
    .shortcutKeys=${input.keys}
    .later=${layout.later}
    .unread=${scene.text?.conversation.unread ?? 0}
    lang=${language}
    dir=${dir || nothing}
    ><slot name="controls"></slot
  ></sx-call-controls>`;
}

/** Renders the measured protection as an icon with text. The button opens the panel. */
function renderLock(scene: CallScene) {
  const { snapshot, localize, panel } = scene;
  if (!hasLock(snapshot)) return nothing;
  const { lock, words } = shownLock(scene);
  return html`<button
    class="lock ${lock}"
    part="lock"
    type="button"
    title=${localize("security")}
    aria-haspopup="dialog"
    aria-expanded=${panel.isOpen ? "true" : "false"}
    @click=${panel.open}
  >
    ${icon(lockIcon(lock))} <span class="lock-words">${words}</span>
  </button>`;
}

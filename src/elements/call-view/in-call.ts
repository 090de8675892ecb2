import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { avatar } from "../shared/avatar.ts";
import { clockDuration } from "../shared/duration.ts";
import { renderAddressChoice } from "../shared/hide-address.ts";
import { icon } from "../shared/icon.ts";
import type { IconName } from "../shared/icons.ts";
import { playTrack } from "../shared/play-track.ts";
import { protectionIcon } from "../shared/protection-icon.ts";
import type { DeviceName } from "../shared/words.ts";
import { renderBars } from "./bars.ts";
import { renderBeside } from "./beside.ts";
import { deviceWords, protectionSigns, statusLine, stuckWords } from "./call-words.ts";
import { hasLock, renderLock } from "./lock.ts";
import { renderPanel } from "./panel.ts";
import { backdropOf, type Backdrop, type CallScene } from "./scene.ts";

/** The screen of a call from dialling until its end. One template for all of it: a picture keeps its element, and never blinks. */
export function renderInCall(scene: CallScene, controls: TemplateResult | typeof nothing): TemplateResult {
  const { snapshot, tracks, panel } = scene;
  const isOpen = panel.isOpen && hasLock(snapshot);
  const backdrop = backdropOf(scene);
  const ownTile = tracks.localCamera !== null && scene.pictures === "all";
  const classes = {
    stage: true,
    [snapshot.state]: true,
    "over-picture": backdrop !== "none",
    sharing: backdrop === "screen",
    backdrop: backdrop === "self",
    "has-beside": scene.beside.length > 0 && scene.hasButtons,
  };
  return html`<div class=${classMap(classes)} part="stage">
    ${renderPicture(scene, backdrop)}
    <div class="tiles">
      ${backdrop === "screen" && scene.pictures === "all" ? renderPersonTile(scene) : nothing}
      ${ownTile || backdrop === "self" ? renderSelfView(scene) : nothing}
    </div>
    <div class="top-bar" part="top-bar" ?inert=${isOpen}><slot name="top-bar">${renderTopBar(scene)}</slot></div>
    ${renderBeside(scene)}
    <div class="centre" ?inert=${isOpen}>${renderCentre(scene)}</div>
    ${isOpen ? renderPanel(scene) : nothing} ${renderSigns(scene)}
    <div class="bottom">${controls}</div>
    <audio autoplay ${playTrack(tracks.remoteMicrophone)}></audio>
    <audio autoplay ${playTrack(tracks.remoteScreenAudio)}></audio>
  </div>`;
}

/** The large picture. Sound goes through the audio elements: a picture without sound may always play by itself. */
function renderPicture({ tracks }: CallScene, backdrop: Backdrop) {
  const track = tracks.remoteScreen ?? tracks.remoteCamera;
  if (!track) return nothing;
  return html`<video
    class="picture ${backdrop}"
    part="picture"
    aria-hidden="true"
    autoplay
    playsinline
    .muted=${true}
    ${playTrack(track)}
  ></video>`;
}

/** The other side, small, beside the screen they share. */
function renderPersonTile({ tracks, contact, language }: CallScene) {
  return html`<div class="tile person-tile" part="person">
    ${
      tracks.remoteCamera
        ? html`<video aria-hidden="true" autoplay playsinline .muted=${true} ${playTrack(tracks.remoteCamera)}></video>`
        : avatar(contact, language)
    }
  </div>`;
}

function renderSelfView({ snapshot, tracks, say }: CallScene) {
  const muted = isMuted(snapshot);
  return html`<div
    class="tile self-view"
    part="self-view"
    role="img"
    aria-label=${muted ? say("selfViewMuted") : say("selfView")}
  >
    <video
      class=${snapshot.local.facing === "environment" ? "" : "mirrored"}
      autoplay
      playsinline
      .muted=${true}
      ${playTrack(tracks.localCamera)}
    ></video>
    ${muted ? html`<span class="badge">${icon("mic-off")}</span>` : nothing}
  </div>`;
}

/** Name, clock and lock, over a picture. */
function renderTopBar(scene: CallScene) {
  return html`<div class="heading">
      <span class="name" part="name" dir="auto">${scene.contact.name}</span>
      ${scene.snapshot.state === "connected" ? renderProgress(scene) : nothing} ${isBehindBar(scene) ? details : nothing}
    </div>
    ${renderLock(scene)}`;
}

/** Whether the name stands in the bar over a picture. Otherwise it stands in the middle, and with it what belongs to it. */
function isBehindBar(scene: CallScene): boolean {
  const backdrop = backdropOf(scene);
  return backdrop === "remote" || backdrop === "screen";
}

const details = html`<slot name="details"></slot>`;

/** In the middle: the person where there is no picture of them, and what the call is doing. */
function renderCentre(scene: CallScene) {
  const { snapshot, contact, language, say } = scene;
  if (isBehindBar(scene)) {
    return snapshot.state === "reconnecting"
      ? html`<div class="waiting">
          <span class="status">${say("reconnecting")}</span>
          ${renderReconnection(scene)}
        </div>`
      : nothing;
  }
  return html`<div class="person">
    <slot name="avatar">${avatar(contact, language)}</slot>
    <span class="name" part="name" dir="auto">${contact.name}</span>
    ${renderProgress(scene)} ${renderReconnection(scene)} ${details} ${renderLock(scene)} ${renderResume(scene)}
    ${renderAddress(scene)}
  </div>`;
}

/** What a call that has not been accepted would tell of this device. */
function renderAddress({ snapshot, contact, say, hideAddress, hasButtons }: CallScene) {
  if (snapshot.state !== "inviting" && snapshot.state !== "ringing") return nothing;
  const canHide = hasButtons && snapshot.actions.includes("hide-address");
  const { exposesAddress } = snapshot;
  return html`<div class="detail address">
    ${renderAddressChoice({ exposesAddress, canHide, name: contact.name, say, choose: hideAddress })}
  </div>`;
}

/** The way out of one's own hold. */
function renderResume({ snapshot: { actions, callId }, say, resume, hasButtons }: CallScene) {
  if (callId === null || !hasButtons || !actions.includes("resume")) return nothing;
  return html`<button class="primary resume" part="resume" type="button" @click=${() => resume(callId)}>
    ${icon("phone", "solid")} ${say("resume")}
  </button>`;
}

/** Why connecting takes so long: what it is, and what can be done. */
function renderStuck(scene: CallScene) {
  const words = stuckWords(scene);
  return words === "" ? nothing : html`<span class="detail" part="stuck">${words}</span>`;
}

/** What is done about a lost path, and for how long. Not spoken every second: the state itself was. */
function renderReconnection({ snapshot, contact, now, say }: CallScene) {
  const { reconnection } = snapshot;
  if (reconnection === null) return nothing;
  const seconds = Math.max(0, Math.ceil((reconnection.until - now) / 1000));
  return html`<span class="detail">${say(`reconnecting.${reconnection.trying}`, contact.name)}</span>
    <span class="detail count">${say("endsIn", seconds)}</span>`;
}

/** The clock of a connected call, or the words for what it is waiting for. */
function renderProgress(scene: CallScene) {
  const { snapshot, now } = scene;
  const { held } = snapshot;
  if (snapshot.state !== "connected" || snapshot.connectedAt === null || held.local || held.remote) {
    return html`<span class="status" part="status">${statusLine(scene)}</span> ${renderStuck(scene)}`;
  }
  // A clock, not a message: it must not be read out every second.
  return html`<time class="status clock" part="timer" role="timer" aria-live="off">
      ${clockDuration(now - snapshot.connectedAt)}
    </time>
    ${renderBars(scene)}`;
}

/** What is not as one would expect: the other side's devices as they tell it, one's own as measured. */
function renderSigns({ snapshot, tracks, contact, say }: CallScene) {
  const { local, remote, held } = snapshot;
  // On hold everything is off, on one side or on both: that is said once, in the middle.
  const running = hasLock(snapshot) && !held.local && !held.remote;
  const signs: (readonly [drawing: IconName, words: string, look: string])[] = [];
  // Not left to the lock alone: a host may have put a top bar of its own in its place.
  const { status } = snapshot.protection;
  for (const words of protectionSigns({ snapshot, contact, say })) signs.push([protectionIcon[status], words, status]);
  if (running && remote.known) {
    if (!remote.microphone) signs.push(["mic-off", say("remoteMuted", contact.name), "remote-muted"]);
    if (!remote.camera && snapshot.media === "video")
      signs.push(["video-off", say("remoteCameraOff", contact.name), "camera-off"]);
  }
  // On one's own picture there is a sign already.
  if (running && isMuted(snapshot) && !tracks.localCamera) signs.push(["mic-off", say("youAreMuted"), "muted"]);
  if (local.camera.state === "on" && snapshot.quality?.reason) {
    const { reason, sending } = snapshot.quality;
    if (sending === "audio-only") signs.push(["video-off", say("picturePaused"), "paused"]);
    else if (reason === "data-saver") signs.push(["video", say("pictureReduced"), "reduced"]);
  }
  if (local.screen.state === "on") signs.push(["monitor-up", say("sharing"), "sharing"]);
  for (const device of ["microphone", "camera", "screen"] satisfies DeviceName[]) {
    const { state, problem } = local[device];
    if (state === "failed") signs.push(["triangle-alert", deviceWords(device, problem, say), "problem"]);
  }
  // A list without signs would be an empty list to a screen reader.
  if (signs.length === 0) return html`<div class="signs"></div>`;
  return html`<ul class="signs" part="signs">
    ${signs.map(([drawing, words, look]) => html`<li class="sign ${look}">${icon(drawing)} <span>${words}</span></li>`)}
  </ul>`;
}

const isMuted = ({ local }: CallScene["snapshot"]) => local.microphone.state === "off";

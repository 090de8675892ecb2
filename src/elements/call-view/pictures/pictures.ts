import { html, nothing, type TemplateResult, noChange, type ElementPart } from "lit";
import { avatar, safeAvatarUrl } from "../../shared/contact.ts";
import { icon } from "../../shared/icons.ts";
import { playTrack } from "../../shared/play-track.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import type { CallTracks } from "../../../controller/call-source.ts";
import { backdropOf, canSwap, hasLock, type CallScene, type TheirPicture } from "../scene.ts";
import { AsyncDirective, directive } from "lit/async-directive.js";

/**
 * Renders all video: large and small, the person next to their screen, and the background. Each keeps its element while it has
 * a track, so that moving it does not flicker.
 */
export function renderPictures(scene: CallScene): TemplateResult {
  const { snapshot, tracks, pictures, hasButtons } = scene;
  const backdrop = backdropOf(scene);
  // A camera that switches has no track for a moment: its place stays.
  const isStarting = hasLock(snapshot) && snapshot.local.camera.state === "starting";
  const hasOwn =
    backdrop === "self" || (pictures === "all" && (tracks.localCamera !== null || isStarting));
  return html`${renderTheirs(scene)} ${hasOwn ? renderOwn(scene) : nothing}
  ${backdrop === "screen" && pictures === "all" ? renderPerson(scene) : nothing}
  ${hasOwn && backdrop !== "self" && hasButtons ? [renderHandle(scene), renderFlip(scene)] : nothing}`;
}

/** Behind a large picture that does not fill its area. */
const blurredCopy = html`<canvas class="blur" aria-hidden="true"></canvas>`;

const isSwapped = (scene: CallScene) => scene.layout.small.isSwapped && canSwap(scene);

/** Renders the contact's picture, blurred beyond recognition, once loaded: the URL that the avatar has loaded. */
export function renderBehind({
  contact,
}: Pick<CallScene, "contact">): TemplateResult | typeof nothing {
  const address = safeAvatarUrl(contact.avatarUrl, document.baseURI);
  if (address === null) return nothing;
  return html`<img
    class="behind"
    part="behind"
    src=${address}
    alt=""
    aria-hidden="true"
    referrerpolicy="no-referrer"
    @load=${show}
    @error=${hide}
  />`;
}

const show = ({ currentTarget }: Event) => (currentTarget as Element).classList.add("loaded");
const hide = ({ currentTarget }: Event) => (currentTarget as Element).classList.remove("loaded");

/**
 * Renders the other side's video. Audio elements play the sound, because muted video may play automatically, except in
 * power-saving mode.
 */
export function renderTheirs(scene: CallScene): TemplateResult | typeof nothing {
  const { tracks, layout, sound } = scene;
  const track = tracks.remoteScreen ?? tracks.remoteCamera;
  if (!track) return nothing;
  const isSmall = isSwapped(scene);
  // Without a picture yet: where it will be, below all that is seen.
  const isComing = !tracks.remoteScreen && backdropOf(scene) !== "remote";
  return html`<div class="frame theirs ${isComing ? "coming" : isSmall ? "small voice" : "large"}">
    <video
      class="picture ${tracks.remoteScreen ? "shared" : "remote"}"
      part="picture"
      aria-hidden="true"
      autoplay
      playsinline
      .muted=${true}
      @resize=${layout.fit.measure}
      ${freshPicture(track)}
      ${playTrack(track, sound)}
      @loadeddata=${layout.onTheirData}
    ></video>
    ${blurredCopy}
  </div>`;
}

function renderOwn(scene: CallScene) {
  const { snapshot, tracks, localize, layout, sound } = scene;
  const muted = snapshot.local.microphone.state === "off";
  const isLarge = backdropOf(scene) === "self" || isSwapped(scene);
  return html`<div
    class="frame self-view ${isLarge ? "large" : "small"}"
    part="self-view"
    role="img"
    aria-label=${localize(muted ? "selfViewMuted" : "selfView")}
  >
    ${icon("video")}
    <video
      class=${snapshot.local.facing === "environment" ? "" : "mirrored"}
      autoplay
      playsinline
      .muted=${true}
      @resize=${layout.fit.measure}
      ${freshPicture(tracks.localCamera)}
      ${playTrack(tracks.localCamera, sound)}
    ></video>
    ${blurredCopy} ${backdropOf(scene) === "screen" ? renderTileName(localize("textYou")) : nothing}
    ${muted ? html`<span class="badge">${icon("mic-off")}</span>` : nothing}
  </div>`;
}

/** Renders the other side's camera next to its shared screen. */
function renderPerson({ tracks, contact, language, layout, sound }: CallScene) {
  return html`<div class="frame person-tile voice" part="person">
    ${
      tracks.remoteCamera
        ? html`<video
            aria-hidden="true"
            autoplay
            playsinline
            .muted=${true}
            @resize=${layout.fit.measure}
            ${freshPicture(tracks.remoteCamera)}
            ${playTrack(tracks.remoteCamera, sound)}
          ></video>`
        : avatar(contact, language)
    }
    ${renderTileName(contact.name)}
  </div>`;
}

/** Renders the name on a picture beside a shared screen. The picture itself is named already, or the same as the call. */
const renderTileName = (name: string) =>
  html`<span class="tile-name" aria-hidden="true" dir="auto">${name}</span>`;

/** Renders a button over the small picture: it keeps the focus while pictures are swapped below it. */
function renderHandle(scene: CallScene) {
  const { contact, localize } = scene;
  const { small } = scene.layout;
  const picture = isSwapped(scene) ? localize("pictureOf", contact.name) : localize("selfView");
  return html`<button
    class="small handle"
    part="small-picture"
    type="button"
    aria-label=${`${picture}. ${localize(canSwap(scene) ? "swapPictures" : "movePicture")}`}
    title=${localize("movePicture")}
    @pointerdown=${small.onPointerDown}
    @pointermove=${small.onPointerMove}
    @pointerup=${small.onPointerUp}
    @pointercancel=${small.onPointerUp}
    @keydown=${small.onKeyDown}
    @click=${small.onClick}
  ></button>`;
}

/** Renders the button on the own small picture for its other camera. Not beside a shared screen, where there is little room. */
function renderFlip(scene: CallScene) {
  const { snapshot, localize, input } = scene;
  if (
    !snapshot.actions.includes("flip-camera") ||
    isSwapped(scene) ||
    backdropOf(scene) === "screen"
  )
    return nothing;
  return html`<div class="small on-picture">
    <button
      class="flip"
      part="self-view-flip"
      type="button"
      aria-label=${localize("flipCamera")}
      @click=${input.flip}
    >
      ${icon("switch-camera")}
    </button>
  </div>`;
}

/** Renders the placeholder of a call in a small window, with the button to bring it back. */
export function renderElsewhere({ localize, layout }: CallScene): TemplateResult {
  return html`<div class="waiting elsewhere">
    ${icon("picture-in-picture-2")}
    <span class="status">${localize("inOwnWindow")}</span>
    <button part="bring-back" type="button" @click=${() => layout.perform("picture-in-picture")}>
      ${localize("bringBack")}
    </button>
  </div>`;
}

/**
 * Sets `data-stale` on its `<video>` from a change of the track until the first picture of the new one, and while the track is
 * muted (W3C `muted`: the system has taken the camera). Styles then cover the outdated picture.
 */
class FreshPicture extends AsyncDirective {
  #video: HTMLVideoElement | undefined;
  #track: MediaStreamTrack | null = null;

  override update(part: ElementPart, [track]: [MediaStreamTrack | null]): unknown {
    if (this.#video === undefined) {
      // Guaranteed by the template of the directive.
      this.#video = part.element as HTMLVideoElement;
      this.#video.addEventListener("loadeddata", this.#onPicture);
    }
    if (track !== this.#track) this.#follow(track);
    return noChange;
  }

  render(_track: MediaStreamTrack | null): unknown {
    return noChange;
  }

  override disconnected(): void {
    this.#follow(null);
  }

  #follow(track: MediaStreamTrack | null): void {
    this.#track?.removeEventListener("mute", this.#onMute);
    this.#track?.removeEventListener("unmute", this.#onUnmute);
    this.#track = track;
    track?.addEventListener("mute", this.#onMute);
    track?.addEventListener("unmute", this.#onUnmute);
    this.#mark(true);
  }

  #mark(isStale: boolean): void {
    this.#video?.toggleAttribute("data-stale", isStale);
  }

  /** The element has loaded enough of the new stream to draw it. */
  readonly #onPicture = (): void =>
    this.#mark(this.#track?.muted === true && this.#video?.videoWidth === 0);

  readonly #onMute = (): void => this.#mark(true);

  /** Waits for the first picture after the pause. At once in browsers without `requestVideoFrameCallback`. */
  readonly #onUnmute = (): void => {
    const video = this.#video;
    if (video?.requestVideoFrameCallback) video.requestVideoFrameCallback(this.#onPicture);
    else this.#mark(false);
  };
}

/** Covers pictures of another track: `<video ${freshPicture(track)} ${playTrack(track)}>`. */
export const freshPicture = directive(FreshPicture);

/**
 * Follows the other side's picture from the track to the first picture out of the decoder. Until then it is nothing to look at, and the
 * own one, large while it rings, stays so.
 */
export class FirstPicture {
  readonly #onPicture: () => void;
  #track: MediaStreamTrack | null = null;
  #isDecoded = false;
  #isAwaited = false;

  /** @param onPicture - called once a picture of another track can be seen. */
  constructor(onPicture: () => void) {
    this.#onPicture = onPicture;
  }

  /** Takes the next moment of the call. */
  follow({
    snapshot,
    tracks,
  }: {
    readonly snapshot: CallSnapshot;
    readonly tracks: Pick<CallTracks, "remoteCamera" | "remoteScreen">;
  }): TheirPicture {
    if (tracks.remoteCamera !== this.#track) {
      this.#track = tracks.remoteCamera;
      this.#isDecoded = false;
    }
    const { state, remote, held } = snapshot;
    if (state === "inviting" || state === "ringing" || state === "connecting")
      this.#isAwaited = true;
    else
      this.#isAwaited &&=
        (state === "connected" || state === "reconnecting") &&
        !held.local &&
        !held.remote &&
        !tracks.remoteScreen &&
        mayCome(remote);
    this.#isAwaited &&= !this.#isDecoded;
    return { isDecoded: this.#isDecoded, isAwaited: this.#isAwaited };
  }

  /** Hears `loadeddata` of the video of the other side's camera. */
  readonly onData = ({ currentTarget }: Event): void => {
    const { srcObject, videoWidth } = currentTarget as HTMLVideoElement;
    const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
    if (this.#isDecoded || track !== this.#track || videoWidth === 0) return;
    this.#isDecoded = true;
    this.#onPicture();
  };
}

/** Until it is known the other side's camera may be on. */
const mayCome = ({ known, camera, starting }: CallSnapshot["remote"]): boolean =>
  !known || camera || starting?.includes("camera") === true;

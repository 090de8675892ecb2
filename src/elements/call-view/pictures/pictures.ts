import { html, nothing, type TemplateResult, type ElementPart } from "lit";
import { avatar, safeAvatarUrl } from "../../shared/contact.ts";
import { icon } from "../../shared/icons.ts";
import { playTrack } from "../../shared/play-track.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import type { CallTracks } from "../../../controller/call-source.ts";
import { backdropOf, canSwap, hasLock, type CallScene, type TheirPicture } from "../scene.ts";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { PartInfo } from "lit/directive.js";

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
  ${hasOwn && backdrop !== "self" && !isComing(scene) && hasButtons ? [renderHandle(scene), renderFlip(scene)] : nothing}`;
}

/** Behind a large picture that does not fill its area. */
const blurredCopy = html`<canvas class="blur" aria-hidden="true"></canvas>`;

/** The own picture before there is a call and before its first one: it comes large, and the person stays in front of it until then. */
const isComing = (scene: CallScene) => backdropOf(scene) === "none" && !hasLock(scene.snapshot);

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
 * Renders the other side's camera and shared screen. Audio elements play the sound, because muted video may play automatically,
 * except in power-saving mode.
 */
export const renderTheirs = (scene: CallScene) => [
  renderCamera(scene),
  scene.layout.shared.picture(scene),
];

/** One element wherever it is: large, small, beside the shared screen, and before its first picture. */
function renderCamera(scene: CallScene) {
  const { tracks, layout, sound, contact, language, pictures } = scene;
  const track = tracks.remoteCamera;
  const backdrop = backdropOf(scene);
  const isBeside = backdrop === "screen";
  if (isBeside ? pictures !== "all" : !track) return nothing;
  const place = isBeside
    ? "person-tile voice"
    : backdrop !== "remote"
      ? "theirs coming"
      : isSwapped(scene)
        ? "theirs small voice"
        : "theirs large";
  return html`<div class="frame ${place}" part=${isBeside ? "person" : nothing}>
    ${
      track
        ? html`<video
            class=${isBeside ? "" : "picture remote"}
            part=${isBeside ? nothing : "picture"}
            aria-hidden="true"
            autoplay
            playsinline
            .muted=${true}
            @resize=${layout.fit.measure}
            ${freshPicture(track)}
            ${playTrack(track, sound)}
            @loadeddata=${layout.onData}
          ></video>`
        : avatar(contact, language)
    }
    ${isBeside ? layout.shared.tileName(contact.name) : blurredCopy}
  </div>`;
}

function renderOwn(scene: CallScene) {
  const { snapshot, tracks, localize, layout, sound } = scene;
  const muted = snapshot.local.microphone.state === "off";
  const isLarge = backdropOf(scene) === "self" || isSwapped(scene) || isComing(scene);
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
      @loadeddata=${layout.onData}
    ></video>
    ${blurredCopy}
    ${backdropOf(scene) === "screen" ? layout.shared.tileName(localize("textYou")) : nothing}
    ${muted ? html`<span class="badge">${icon("mic-off")}</span>` : nothing}
  </div>`;
}

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
  readonly #video: HTMLVideoElement;
  #track: MediaStreamTrack | null = null;

  constructor(part: PartInfo) {
    super(part);
    // Guaranteed by the template of the directive.
    this.#video = (part as ElementPart).element as HTMLVideoElement;
    this.#video.addEventListener("loadeddata", this.#onPicture);
  }

  render(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    for (const name of ["mute", "unmute", "stop"]) {
      this.#track?.removeEventListener(name, this);
      track?.addEventListener(name, this);
    }
    this.#track = track;
    this.#mark(true);
  }

  override disconnected(): void {
    this.render(null);
  }

  #mark(isStale: boolean): void {
    this.#video.toggleAttribute("data-stale", isStale);
  }

  /** The element has loaded enough of the new stream to draw it. */
  readonly #onPicture = (): void => this.#mark(!!this.#track?.muted && !this.#video.videoWidth);

  handleEvent({ type }: Event): void {
    const video = this.#video;
    // Chromium draws black as soon as a track has stopped. The last picture stays until the screen is rendered.
    if (type === "stop") video.pause();
    // Waits for the first picture after the pause. At once in browsers without `requestVideoFrameCallback`.
    else if (type === "unmute" && "requestVideoFrameCallback" in video)
      video.requestVideoFrameCallback(this.#onPicture);
    else this.#mark(type === "mute");
  }
}

/** Covers pictures of another track: `<video ${freshPicture(track)} ${playTrack(track)}>`. */
export const freshPicture = directive(FreshPicture);

/**
 * Follows both pictures from the track to the first picture out of the decoder. Until then there is nothing to look at: the person stays
 * in front of the own one, and the own one, large while it rings, until the other side's.
 */
export class FirstPicture {
  readonly #onPicture: () => void;
  readonly #theirs = new Decoding();
  readonly #own = new Decoding();
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
    readonly tracks: Pick<CallTracks, "remoteCamera" | "remoteScreen" | "localCamera">;
  }): Omit<TheirPicture, "isScreenDecoded"> {
    const { state, remote, held } = snapshot;
    const isDecoded = this.#theirs.follow(tracks.remoteCamera);
    const isOwnDecoded = this.#own.follow(tracks.localCamera);
    if (state === "inviting" || state === "ringing" || state === "connecting")
      this.#isAwaited = true;
    else
      this.#isAwaited &&=
        hasLock(snapshot) &&
        // It would become large for a moment only.
        isOwnDecoded &&
        !held.local &&
        !held.remote &&
        !tracks.remoteScreen &&
        mayCome(remote);
    this.#isAwaited &&= !isDecoded;
    return { isDecoded, isAwaited: this.#isAwaited, isOwnDecoded };
  }

  /** Handles `loadeddata` of the videos of both cameras. */
  readonly onData = ({ currentTarget }: Event): void => {
    if (this.#theirs.isFirst(currentTarget) || this.#own.isFirst(currentTarget)) this.#onPicture();
  };
}

/** Knows whether a picture of the current track was decoded. */
export class Decoding {
  #track: MediaStreamTrack | null = null;
  #isDone = false;

  follow(track: MediaStreamTrack | null): boolean {
    if (track !== this.#track) {
      this.#track = track;
      this.#isDone = false;
    }
    return this.#isDone;
  }

  /** Returns `true` where a video has the first picture of the present track. */
  isFirst(video: EventTarget | null): boolean {
    const { srcObject, videoWidth } = video as HTMLVideoElement;
    const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
    if (this.#isDone || track !== this.#track || videoWidth === 0) return false;
    return (this.#isDone = true);
  }
}

/** Until it is known the other side's camera may be on. */
const mayCome = ({ known, camera, starting }: CallSnapshot["remote"]): boolean =>
  !known || camera || starting?.includes("camera") === true;

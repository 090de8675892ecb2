import { html, nothing, type CSSResultOrNative, type LitElement, type TemplateResult } from "lit";
import { Lazy } from "../../../controller/lazy.ts";
import { playTrack } from "../../shared/play-track.ts";
import { Decoding, freshPicture } from "../pictures/pictures.ts";
import { backdropOf, type CallScene } from "../scene.ts";
import { loadShareChunk } from "../load-late-chunks.ts";
import type { ShareChunk, SharedPicture } from "./shared-picture.ts";

/** Loads what the other side's shared screen has once there is one. Without it, the screen is shown all the same. */
export class ShareWatch {
  /** `true` where the person sees the screen alone. For the life of the element, because the person chose it. */
  isPeopleHidden = false;
  readonly #host: LitElement;
  readonly #adopt: (styles: CSSResultOrNative) => void;
  readonly #chunk = new Lazy<ShareChunk>(loadShareChunk);
  readonly #decoding = new Decoding();
  #isLoading = false;
  #hasFailed = false;
  #picture: SharedPicture | null = null;

  constructor(host: LitElement, adopt: (styles: CSSResultOrNative) => void) {
    this.#host = host;
    this.#adopt = adopt;
  }

  readonly hidePeople = (hide: boolean): void => {
    this.isPeopleHidden = hide;
    this.#host.requestUpdate();
  };

  /** `true` once the first picture of the screen can be seen, and its layout is there: loads that where there is a screen. */
  isSeen(track: MediaStreamTrack | null): boolean {
    const isDecoded = this.#decoding.follow(track);
    if (track !== null && this.#picture === null && !this.#isLoading) void this.#load();
    return isDecoded && (this.#picture !== null || this.#hasFailed);
  }

  /** Renders its video: above the present picture and unseen, until it takes its place. */
  readonly picture = (scene: CallScene): TemplateResult | typeof nothing => {
    const track = scene.tracks.remoteScreen;
    if (!track) return nothing;
    return html`<div class="frame theirs ${backdropOf(scene) === "screen" ? "large" : "coming"}">
      <video
        class="picture shared"
        part="picture"
        aria-hidden="true"
        autoplay
        playsinline
        .muted=${true}
        ${freshPicture(track)}
        ${playTrack(track, scene.sound)}
        @loadeddata=${this.#onData}
      ></video>
    </div>`;
  };

  /** Renders the name on a picture beside it. The picture itself is named already, or the same as the call. */
  readonly tileName = (name: string): TemplateResult | typeof nothing =>
    html`<span class="tile-name" aria-hidden="true" dir="auto">${name}</span>`;

  readonly #onData = ({ currentTarget }: Event): void => {
    if (this.#decoding.isFirst(currentTarget)) this.#host.requestUpdate();
  };

  readonly surface = (scene: CallScene): TemplateResult | typeof nothing =>
    this.#of(scene)?.renderSurface(scene) ?? nothing;

  readonly tools = (scene: CallScene): TemplateResult | typeof nothing =>
    this.#of(scene)?.renderTools(scene) ?? nothing;

  #of(scene: CallScene): SharedPicture | null {
    return backdropOf(scene) === "screen" && !scene.layout.isElsewhere ? this.#picture : null;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const { styles, open } = await this.#chunk.load();
      this.#adopt(styles);
      this.#picture = open(this.#host);
      this.#host.requestUpdate();
    } catch {
      // The next rendering tries again.
      this.#isLoading = false;
      if (!this.#hasFailed) this.#host.requestUpdate();
      this.#hasFailed = true;
    }
  }
}

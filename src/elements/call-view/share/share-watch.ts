import { nothing, type CSSResultOrNative, type LitElement, type TemplateResult } from "lit";
import { Lazy } from "../../../controller/lazy.ts";
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
  #isLoading = false;
  #picture: SharedPicture | null = null;

  constructor(host: LitElement, adopt: (styles: CSSResultOrNative) => void) {
    this.#host = host;
    this.#adopt = adopt;
  }

  readonly hidePeople = (hide: boolean): void => {
    this.isPeopleHidden = hide;
    this.#host.requestUpdate();
  };

  readonly surface = (scene: CallScene): TemplateResult | typeof nothing =>
    this.#of(scene)?.renderSurface(scene) ?? nothing;

  readonly tools = (scene: CallScene): TemplateResult | typeof nothing =>
    this.#of(scene)?.renderTools(scene) ?? nothing;

  #of(scene: CallScene): SharedPicture | null {
    if (backdropOf(scene) !== "screen" || scene.layout.isElsewhere) return null;
    if (this.#picture === null && !this.#isLoading) void this.#load();
    return this.#picture;
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
    }
  }
}

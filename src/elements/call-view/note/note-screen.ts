import { html, nothing, type LitElement, type TemplateResult, css } from "lit";
import { live } from "lit/directives/live.js";
import type { CallMedia } from "../../../call/terms.ts";
import {
  NoteRecorder,
  noteMilliseconds,
  type NoteDevices,
  type NoteState,
  type RecordedNote,
} from "../../../controller/note-recorder.ts";
import { showStyles, type StylesHost } from "../../shared/adopt-styles.ts";
import { clockDuration } from "../../shared/duration.ts";
import type { Localize } from "../../words/strings.ts";

export const noteStyles = css`
  .note-screen .reason {
    max-inline-size: min(24rem, 100%);
    margin-block-start: var(--_space-3);
  }
  .note-screen video {
    inline-size: min(100%, 20rem);
    aspect-ratio: 16 / 9;
    margin-block: var(--_space-2);
    border-radius: var(--_radius-l);
    background: var(--_picture, #000);
    object-fit: contain;
  }
  .note-screen video.mirrored {
    transform: scaleX(-1);
  }
  .note-sent {
    align-self: center;
  }
  .note-screen audio {
    display: none;
  }
`;

/** Properties of a note, and what becomes of it. */
interface NoteParts {
  readonly media: CallMedia;
  readonly devices: NoteDevices;
  readonly localize: Localize;
  readonly send: (note: RecordedNote) => void;
  readonly close: () => void;
}

/** Milliseconds between two renderings of the running time. */
const tick = 250;

/** Records a note, plays it, and sends or discards it. */
export class NoteScreen {
  readonly #host: LitElement & StylesHost;
  readonly #parts: NoteParts;
  #recorder!: NoteRecorder;
  #shown: NoteState["state"] | null = null;
  /** Address of the recording, for its player; revoked with it. */
  #address: string | null = null;
  #canPlay = true;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement & StylesHost, parts: NoteParts) {
    this.#host = host;
    this.#parts = parts;
    const { elementStyles } = host.constructor as typeof LitElement;
    showStyles(host, [...(host.shownStyles ?? elementStyles), noteStyles]);
    this.#begin();
  }

  /** Stops the recording, which is kept, and a playback. */
  interrupt(): void {
    this.#recorder.stop("interrupted");
    this.#player?.pause();
  }

  /** The view has gone: nothing may keep the recording in memory. It gets another address if it comes back. */
  forgetAddress(): void {
    if (this.#address !== null) URL.revokeObjectURL(this.#address);
    this.#address = null;
    clearInterval(this.#clock);
  }

  /** @param steps returns the steps to allow a device. */
  renderBody(language: string, steps: () => string): TemplateResult {
    const { state } = this.#recorder;
    const words = this.#statusOf(state);
    return html`<span class="reason" part="note-status" role="status">${words}</span>
      ${this.#renderPicture(state)}
      ${
        state.state === "recording" || state.state === "recorded"
          ? html`<span class="detail clock" dir="ltr" role="timer" aria-live="off" part="note-time"
              >${this.#timeOf(state, language)}</span
            >`
          : nothing
      }
      ${
        state.state === "failed" && state.problem === "permission-denied"
          ? html`<span class="detail" part="steps">${steps()}</span>`
          : nothing
      }
      ${this.#canPlay ? nothing : html`<span class="detail" role="status">${this.#parts.localize("noteNotPlayed")}</span>`}`;
  }

  renderButtons(): TemplateResult {
    const { localize } = this.#parts;
    const { state } = this.#recorder.state;
    const discard = html`<button part="note-discard" type="button" @click=${this.#discard}>
      ${localize(state === "failed" ? "close" : "noteDiscard")}
    </button>`;
    switch (state) {
      case "recording":
        return html`<button
            class="danger"
            part="note-stop"
            type="button"
            @click=${() => this.#recorder.stop("pressed")}
          >
            ${localize("noteStop")}
          </button>
          ${discard}`;
      case "recorded":
        return html`<button part="note-play" type="button" @click=${this.#togglePlayback}>
            ${localize(this.#isPlaying ? "notePause" : "notePlay")}
          </button>
          <button class="primary" part="note-send" type="button" @click=${this.#send}>
            ${localize("noteSend")}
          </button>
          <button part="note-again" type="button" @click=${this.#again}>
            ${localize("noteAgain")}
          </button>
          ${discard}`;
      case "failed":
        return html`<button class="primary" part="note-retry" type="button" @click=${this.#again}>
            ${localize("tryAgain")}
          </button>
          ${discard}`;
      default:
        return discard;
    }
  }

  #begin(): void {
    this.forgetAddress();
    this.#canPlay = true;
    this.#recorder = new NoteRecorder(
      this.#parts.media,
      this.#parts.devices,
      () => this.#onChange(),
      noteMilliseconds,
    );
    void this.#recorder.start();
  }

  #onChange(): void {
    const { state } = this.#recorder.state;
    clearInterval(this.#clock);
    if (state === "closed") {
      this.forgetAddress();
      this.#parts.close();
      return;
    }
    const host = this.#host;
    if (state === "recording") this.#clock = setInterval(() => host.requestUpdate(), tick);
    host.requestUpdate();
    if (state === this.#shown) return;
    this.#shown = state;
    void host.updateComplete.then(() => {
      // The pressed button has gone with its state.
      host.renderRoot.querySelector<HTMLElement>(".note-screen .after button")?.focus();
    });
  }

  #statusOf(state: NoteState): string {
    const { localize, media } = this.#parts;
    const device = media === "video" ? "camera" : "microphone";
    switch (state.state) {
      case "recording":
        return localize("noteRecording");
      case "recorded":
        return localize(
          (
            { pressed: "noteRecorded", limit: "noteLimit", interrupted: "noteInterrupted" } as const
          )[state.why],
        );
      case "failed":
        switch (state.problem) {
          case "permission-denied":
            return localize("deviceBlocked", device);
          case "device-not-found":
            return localize("deviceMissing", device);
          case "device-busy":
            return localize("deviceBusy", device);
          case "internal":
            return localize("noteFailed");
        }
      // falls through
      default:
        return localize("starting");
    }
  }

  /** Renders what is recorded, mirrored as in a mirror, or the player of what was. */
  #renderPicture(state: NoteState): TemplateResult | typeof nothing {
    const isVideo = this.#parts.media === "video";
    if (state.state === "recording")
      return isVideo
        ? html`<video
            class="mirrored"
            part="note-preview"
            aria-label=${this.#parts.localize("selfView")}
            autoplay
            playsinline
            .muted=${true}
            .srcObject=${live(state.stream)}
          ></video>`
        : nothing;
    if (state.state !== "recorded") return nothing;
    this.#address ??= URL.createObjectURL(state.note.blob);
    const changed = () => this.#host.requestUpdate();
    const failed = () => {
      this.#canPlay = false;
      changed();
    };
    return isVideo
      ? html`<video
          class="player"
          part="note-picture"
          aria-label=${this.#parts.localize("noteRecorded")}
          playsinline
          src=${this.#address}
          @play=${changed}
          @pause=${changed}
          @timeupdate=${changed}
          @error=${failed}
        ></video>`
      : html`<audio
          class="player"
          src=${this.#address}
          @play=${changed}
          @pause=${changed}
          @timeupdate=${changed}
          @error=${failed}
        ></audio>`;
  }

  /** So far, of at most: neither needs a word. */
  #timeOf(state: NoteState, language: string): string {
    const isRecorded = state.state === "recorded";
    const since = state.state === "recording" ? performance.now() - state.since : 0;
    const most = isRecorded ? state.note.durationMs : noteMilliseconds;
    const at = isRecorded ? 1000 * (this.#player?.currentTime ?? 0) : since;
    return `${clockDuration(Math.min(at, most), language)} / ${clockDuration(most, language)}`;
  }

  get #player(): HTMLMediaElement | null {
    return this.#host.renderRoot.querySelector<HTMLMediaElement>(".note-screen .player");
  }

  get #isPlaying(): boolean {
    return this.#player?.paused === false;
  }

  readonly #togglePlayback = (): void => {
    const player = this.#player;
    if (player === null) return;
    if (player.paused)
      player.play().catch(() => {
        this.#canPlay = player.error === null;
        this.#host.requestUpdate();
      });
    else player.pause();
  };

  readonly #again = (): void => {
    this.#shown = null;
    this.#begin();
    this.#host.requestUpdate();
  };

  readonly #discard = (): void => this.#recorder.close();

  readonly #send = (): void => {
    const { state } = this.#recorder;
    if (state.state !== "recorded") return;
    this.forgetAddress();
    this.#parts.send(state.note);
  };
}

import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { mayLeaveNote } from "../../../controller/after-end.ts";
import type { CallSource } from "../../../controller/call-source.ts";
import type { CallOptions } from "../../../controller/call-options.ts";
import { SxNoteEvent } from "../../../events/screen-events.ts";
import type { StylesHost } from "../../shared/adopt-styles.ts";
import { avatar, type ShownContact } from "../../shared/contact.ts";
import type { Localize } from "../../words/strings.ts";
import type { ViewScene } from "../scene.ts";
import { loadNoteChunk } from "../load-late-chunks.ts";
import type { NoteScreen } from "./note-screen.ts";

/** Requirements of notes on their view. */
export type NoteHost = LitElement &
  StylesHost & {
    readonly calls: CallSource;
    readonly notes: boolean;
    readonly mediaDevices: CallOptions["mediaDevices"];
    readonly trackProcessor: CallOptions["trackProcessor"];
    readonly effects: NonNullable<CallOptions["effects"]>;
  };

/** The offer to leave a note, and the note while it is recorded, checked or kept. */
export class NoteOffer implements ReactiveController {
  readonly #host: NoteHost;
  readonly #localize: Localize;
  #screen: NoteScreen | null = null;
  /** The contact that the note is for: the screen may show another one by now. */
  #contact: ShownContact | null = null;
  /** Id of the call after which the last note was left. */
  #sentAfter: string | null = null;

  constructor(host: NoteHost, localize: Localize) {
    this.#host = host;
    this.#localize = localize;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("pagehide", this.#interrupt);
  }

  hostDisconnected(): void {
    removeEventListener("pagehide", this.#interrupt);
    this.#interrupt();
    this.#screen?.forgetAddress();
  }

  /** A call needs the devices: the recording ends, and is kept for later. */
  hostUpdate(): void {
    if (!this.#isFree) this.#interrupt();
  }

  /** Renders the button of the offer, or that a note was left; nothing where there is no offer. */
  renderButton({ snapshot, contact }: ViewScene): TemplateResult | typeof nothing {
    const { callId, media } = snapshot;
    if (callId === null || !this.#host.notes || !mayLeaveNote(snapshot)) return nothing;
    if (callId === this.#sentAfter)
      return html`<span class="detail note-sent" role="status" part="note-sent"
        >${this.#localize("noteSent")}</span
      >`;
    if (typeof MediaRecorder !== "function") return nothing;
    const open = () => {
      this.#contact = contact;
      void this.#open(callId, media);
    };
    return html`<button part="leave-note" type="button" @click=${open}>
      ${this.#localize(media === "video" ? "noteVideo" : "noteVoice")}
    </button>`;
  }

  /** Renders the open note; `null` without one, and during a call. */
  renderOpen({ language, snapshot }: ViewScene, steps: () => string): TemplateResult | null {
    const contact = this.#contact;
    if (this.#screen === null || contact === null || !isFree(snapshot.state)) return null;
    return html`<div class="ended note-screen" part="note">
      <div class="person" tabindex="0">
        ${avatar(contact, language)}
        <span class="name" part="name" dir="auto">${contact.name}</span>
        ${this.#screen.renderBody(language, steps)}
      </div>
      <div class="after">${this.#screen.renderButtons()}</div>
    </div>`;
  }

  async #open(callId: string, media: "audio" | "video"): Promise<void> {
    const host = this.#host;
    const { mediaDevices, trackProcessor, effects, calls } = host;
    const { backgroundBlur, voiceIsolation } = calls.snapshot.voice;
    const Screen = await loadNoteChunk().catch(() => null);
    // Pressed twice, or a call has come in.
    if (Screen === null || this.#screen !== null || !this.#isFree || !host.isConnected) return;
    this.#screen = new Screen(host, {
      media,
      localize: this.#localize,
      devices: {
        mediaDevices: mediaDevices ?? ("mediaDevices" in navigator ? navigator.mediaDevices : null),
        processor: trackProcessor,
        effects,
        // A background that is hidden in the call is hidden in the note.
        chosen: {
          backgroundBlur: backgroundBlur === true,
          voiceIsolation: voiceIsolation === true,
        },
        open: calls.openNoteStream?.bind(calls),
      },
      close: () => {
        this.#screen = null;
        host.requestUpdate();
      },
      send: (note) => {
        this.#screen = null;
        this.#sentAfter = callId;
        host.requestUpdate();
        host.dispatchEvent(new SxNoteEvent({ callId, ...note }));
      },
    });
    host.requestUpdate();
  }

  get #isFree(): boolean {
    return isFree(this.#host.calls.snapshot.state);
  }

  readonly #interrupt = (): void => {
    this.#screen?.interrupt();
  };
}

/** A note has the screen before and after a call. */
const isFree = (state: string): boolean => state === "ended" || state === "idle";

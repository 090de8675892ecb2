import { css, html, type LitElement, type ReactiveController, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import type { CallIntent } from "../../../call/events.ts";
import { SxChangeScreenEvent, SxPauseScreenEvent } from "../../../events/screen-events.ts";
import { icon } from "../../shared/icons.ts";
import type { CallScene } from "../scene.ts";

/** `<usermedia>` of the WICG draft "The User Media HTML Elements", absent in TypeScript's DOM library. */
interface UserMediaElement extends HTMLElement {
  readonly stream: MediaStream | null;
  setConstraints(constraints: { audio?: object; video?: object }): void;
}

interface Host extends LitElement {
  readonly calls: { readonly snapshot: CallSnapshot };
  readonly mediaDevices: unknown;
  readonly permissionHelp: string;
  readonly hideControls: boolean;
}

/** Milliseconds for a call to open its devices. */
const patience = 15_000;

/** The device that is refused in a call, or `call` where the call has ended for it. */
export type Refused = "microphone" | "camera" | "call";

const hasElement = () => "HTMLUserMediaElement" in globalThis;

/**
 * The browser's own button by which a person allows what was refused, in the place of steps through its settings: Chromium 151 and
 * newer. A press of it is proof of the person's wish, so that the browser asks again where it would not for a script.
 *
 * What it opens is kept until the next call has opened its devices, so that a permission for one time still holds, and then stopped: every
 * track of a call goes through the choice of the device, the host's processor, and mute.
 * @see https://wicg.github.io/PEPC/usermedia-element-delta.html
 */
export class AllowDevices implements ReactiveController {
  readonly #host: Host;
  readonly #again: (refused: Refused) => void;
  #held: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The device that the person has refused again: the steps help more. */
  #refusedAgain = "";

  /** @param again opens the device again, or calls again, as the button of the screen does. */
  constructor(host: Host, again: (refused: Refused) => void) {
    this.#host = host;
    this.#again = again;
    host.addController(this);
  }

  /** @param steps the way through the settings, where the browser has no button, or as well where it has not helped. */
  render(
    { callId, media, actions }: CallSnapshot,
    refused: Refused,
    steps: string,
  ): string | TemplateResult {
    const action = refused === "call" ? "call-back" : (`toggle-${refused}` as const);
    const { mediaDevices, permissionHelp, hideControls } = this.#host;
    // A host's own devices are none of the browser's, and its own help comes first.
    const isOfBrowser = mediaDevices === null && permissionHelp === "";
    if (!hasElement() || !isOfBrowser || hideControls || !actions.includes(action)) return steps;
    const hasPicture = refused === "camera" || (refused === "call" && media === "video");
    const prepare = (element?: Element) => {
      (element as UserMediaElement | undefined)?.setConstraints({
        ...(refused !== "camera" && { audio: {} }),
        ...(hasPicture && { video: {} }),
      });
    };
    const about = `${callId ?? ""} ${refused}`;
    return html`<usermedia
        class="allow"
        part="allow-devices"
        @stream=${({ currentTarget }: Event) => {
          this.#hold((currentTarget as UserMediaElement).stream);
          this.#again(refused);
        }}
        @cancel=${() => {
          this.#refusedAgain = about;
          this.#host.requestUpdate();
        }}
        ${ref(prepare)}
      ></usermedia>
      ${this.#refusedAgain === about ? steps : ""}`;
  }

  hostUpdated(): void {
    const { local } = this.#host.calls.snapshot;
    const isOpen = ({ kind }: MediaStreamTrack) =>
      local[kind === "audio" ? "microphone" : "camera"].state === "on";
    if (this.#held?.getTracks().every(isOpen)) this.#release();
  }

  hostDisconnected(): void {
    this.#release();
  }

  #hold(stream: MediaStream | null): void {
    this.#release();
    this.#held = stream;
    this.#timer = setTimeout(() => {
      this.#release();
    }, patience);
  }

  #release(): void {
    clearTimeout(this.#timer);
    for (const track of this.#held?.getTracks() ?? []) track.stop();
    this.#held = null;
  }
}

/** Renders the buttons in the sign of one's own shared screen. A narrow one has room for two: the menu has the third. */
export function renderShareButtons({ localize, snapshot, input }: CallScene): TemplateResult {
  const isPaused = snapshot.local.screenPaused === true;
  const words = localize(isPaused ? "resumeSharing" : "pauseSharing");
  return html`<div class="choices">
    <button class="primary" part="stop-sharing" type="button" @click=${input.stopSharing}>
      ${localize("stopSharing")}
    </button>
    <button
      part="pause-sharing"
      type="button"
      title=${words}
      aria-label=${words}
      @click=${() => input.pauseSharing(!isPaused)}
    >
      ${icon(isPaused ? "play" : "pause")} <span>${words}</span>
    </button>
    <button class="other" part="share-other" type="button" @click=${input.shareOther}>
      ${localize("shareOther")}
    </button>
  </div>`;
}

/** Returns `true` while something else can be shared in place of one's own shared screen. */
export const canShareOther = ({ local, actions }: CallSnapshot): boolean =>
  local.screen.state === "on" && actions.includes("toggle-screen");

/** Actions of two of those buttons. */
export const sharingInput = (ask: (event: Event, intent: CallIntent) => void) => ({
  pauseSharing: (on: boolean): void => {
    ask(new SxPauseScreenEvent({ on }), { type: "pause-screen", on });
  },
  shareOther: (): void => {
    ask(new SxChangeScreenEvent(), { type: "change-screen" });
  },
});

/** Styles of those buttons. */
export const sharingStyles = css`
  .sharing .choices {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    justify-content: center;
  }
  .choices button {
    min-block-size: 2.75rem;
    padding: var(--_space-1) var(--_space-4);
    overflow-wrap: anywhere;
  }
  .choices button:not(.primary) {
    border-color: currentColor;
    background: none;
  }
  .choices .icon {
    display: none;
  }
  .sign.sharing {
    order: -1;
    max-inline-size: min(40rem, 100%);
  }
  /* Little room: two buttons in one row, under the words or after them */
  @container (max-width: 479.98px) or (max-height: 419.98px) {
    .sharing .choices {
      flex-wrap: nowrap;
    }
    .sharing .choices button {
      min-inline-size: 44px;
      padding-inline: min(var(--_space-3), 3 * var(--_cqi));
    }
    .choices .icon {
      display: block;
    }
    .choices :is(span, .other) {
      display: none;
    }
  }
  @container (max-height: 419.98px) and (min-width: 30em) {
    .sign.sharing {
      display: flex;
      padding-block: var(--_space-1);
    }
  }
  /* Hardly a button high: it says it all. */
  @container (max-height: 13.98rem) and (min-width: 240px) {
    .sign.sharing > :is(.icon, span) {
      display: none;
    }
    .sign.sharing,
    .signs {
      padding-block: 0;
    }
  }
`;

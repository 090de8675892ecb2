import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import type { CallMedia, CallSnapshot } from "../../call/snapshot.ts";
import { createCallCenter } from "../../controller/call-center.ts";
import type { CallNotice, CallSource } from "../../controller/call-source.ts";
import { readLastCall } from "../../controller/last-call.ts";
import { latePorts } from "../../controller/late-ports.ts";
import { SxCallBackEvent } from "../../events/sx-call-back.ts";
import { SxCloseEvent } from "../../events/sx-close.ts";
import { SxHideAddressEvent } from "../../events/sx-hide-address.ts";
import { SxResumeEvent } from "../../events/sx-resume.ts";
import { avatarStyles } from "../shared/avatar.ts";
import { Clock } from "../shared/clock.ts";
import { colourOf, type Contact } from "../shared/contact.ts";
import { CallProvider } from "../shared/context.ts";
import { addressChoice } from "../shared/hide-address.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { optionsOf } from "./call-options.ts";
import { announcement } from "./call-words.ts";
import { styles } from "./call-view.styles.ts";
import { renderComing, renderEnded, renderIdle } from "./ended.ts";
import { factsOf } from "./facts.ts";
import { renderIncoming } from "./incoming.ts";
import { layouts } from "./layouts.styles.ts";
import { OwnCalls } from "./own-calls.ts";
import { runningPart } from "./running-part.ts";
import type { RunningScreen } from "./running-screen.ts";
import { waitingOf, type CallBeside, type CallScene, type ViewScene } from "./scene.ts";
import { ViewOptions } from "./view-options.ts";

/**
 * A call with one contact, from the first ring to the chat item: the whole screen, and the calls behind it.
 *
 * The host hands every `sx-signal` to the other side over its own channel, and every message of the other side to
 * `receiveSignal()`. Removing the element for good ends the call; moving it in the document does not.
 *
 * @example
 * const view = document.querySelector("sx-call-view")!;
 * view.addEventListener("sx-signal", (event) => channel.send(event.detail.message));
 * channel.onmessage = (message) => view.receiveSignal(message);
 * await view.startCall({ media: "video" });
 *
 * @tagname sx-call-view
 *
 * @slot avatar - A picture of the contact instead of the kit's own.
 * @slot top-bar - Instead of name, clock and lock over a picture.
 * @slot details - Words of the host under the name, such as the state of its own connection.
 * @slot controls - More buttons for the toolbar.
 * @slot ended - Instead of the words of an ended call.
 *
 * @fires {SxSignalEvent} sx-signal - A message for the other side.
 * @fires {SxStateChangedEvent} sx-state-changed - The call went to another state.
 * @fires {SxProtectionChangedEvent} sx-protection-changed - What was measured of the encryption is another thing now.
 * @fires {SxSecurityCodeCheckedEvent} sx-security-code-checked - The person compared the security code; carries the result.
 * @fires {SxIncomingEvent} sx-incoming - Somebody calls.
 * @fires {SxCallWaitingEvent} sx-call-waiting - Somebody calls during a call.
 * @fires {SxCallHeldEvent} sx-call-held - A call was put on hold, or goes on.
 * @fires {SxCallEndedEvent} sx-call-ended - A call ended; carries its record.
 * @fires {SxErrorEvent} sx-error - Something failed, or a signal was refused.
 * @fires {SxHideAddressEvent} sx-hide-address - The person chooses whether the other side may learn this device's address. Cancelable.
 * @fires {SxCallBackEvent} sx-call-back - The person calls back after a call. Cancelable.
 * @fires {SxPictureInPictureEvent} sx-picture-in-picture - The person wants the call in a small window, or back. Cancelable.
 * @fires {SxResumeEvent} sx-resume - The person goes on with a call on hold, or with the last one. Cancelable.
 * @fires {SxCloseEvent} sx-close - The person closes the screen of an ended call. Cancelable.
 *
 * @csspart screen - All of it.
 * @csspart stage - The screen of a running call.
 * @csspart picture - The large picture.
 * @csspart self-view - One's own picture.
 * @csspart person - The other side, small, beside a shared screen.
 * @csspart small-picture - The button over the small picture, which moves it and swaps it with the large one.
 * @csspart behind - The contact's own picture, blurred, where there is no other.
 * @csspart bring-back - The button that brings the call back from a window of its own.
 * @csspart unmute - The button beside the words that one speaks while muted.
 * @csspart top-bar - Name, clock and lock over a picture.
 * @csspart name - The contact's name.
 * @csspart status - What the call is waiting for.
 * @csspart hide-address - The switch that hides this device's address while it rings.
 * @csspart timer - The clock.
 * @csspart bars - How good the call is.
 * @csspart stuck - Why connecting takes so long.
 * @csspart lock - What was measured of the encryption: the button that opens the panel.
 * @csspart panel - What is behind the lock.
 * @csspart panel-title - What the lock says, in the panel.
 * @csspart panel-close - The button that closes the panel.
 * @csspart about - What it means.
 * @csspart security-code - The security code element.
 * @csspart facts - The numbers behind the lock.
 * @csspart signs - Who is muted, whose camera is off, what does not work.
 * @csspart beside - The calls beside the one that is shown: room for a banner and rows.
 * @csspart waiting - The banner of a call that waits.
 * @csspart held - The row of a call on hold.
 * @csspart swap - The button that goes on with a call on hold beside the one that is shown.
 * @csspart resume - The button that goes on with the call that is shown, or with the last one.
 * @csspart not-now - The button that leaves the last call.
 * @csspart controls - The toolbar element.
 * @csspart avatar - The contact's picture or initials.
 * @csspart idle - The surface without a call.
 * @csspart ended - The screen of an ended call.
 * @csspart reason - How the call ended.
 * @csspart advice - What to do about it.
 * @csspart duration - How long the call was.
 * @csspart call-back - The button that calls back.
 * @csspart close - The button that closes the screen of an ended call.
 *
 * @cssprop [--sx-color-surface=#f5f6f8] - Behind everything, where there is no picture.
 * @cssprop [--sx-color-picture=#0b0c0f] - Behind a picture.
 * @cssprop [--sx-color-scrim] - Behind words and buttons over a picture.
 * @cssprop [--sx-color-accent=#3453cf] - Focus and the main button.
 * @cssprop [--sx-avatar-radius=50%] - How round the contact's picture is, and the ring around it.
 * @cssprop [--sx-safe-area-top=env(safe-area-inset-top)] - What nothing to read or press lies under, at the top.
 * @cssprop [--sx-safe-area-bottom=env(safe-area-inset-bottom)] - The same at the bottom.
 * @cssprop [--sx-safe-area-left=env(safe-area-inset-left)] - The same at the left.
 * @cssprop [--sx-safe-area-right=env(safe-area-inset-right)] - The same at the right.
 */
export class SxCallView extends ViewOptions {
  static readonly tagName = "sx-call-view";
  static override styles = [tokens, buttons, avatarStyles, styles, layouts, addressChoice];

  /** Whether the screen of the ended call was closed. A new call opens it again. */
  @state() private closed = false;

  @query("sx-call-controls, .after button, .answer button") private firstControl!:
    (HTMLElement & { updateComplete?: Promise<boolean> }) | null;

  #hadFocus = false;
  readonly #calls = new OwnCalls(
    () => createCallCenter(() => optionsOf(this), latePorts(runningPart)),
    (notice, calls) => this.#onNotice(notice, calls),
  );
  readonly #provider = new CallProvider(this, () => this.calls);

  /** All that a running call needs. */
  #running: RunningScreen | null = null;

  constructor() {
    super();
    new Clock(this, () => {
      const snapshot = this.#calls.current?.snapshot;
      // An offer that runs out goes by itself.
      if (this.#offered !== null) return this.#offered.until;
      return snapshot?.state === "connected"
        ? snapshot.connectedAt
        : (snapshot?.reconnection?.since ?? null);
    });
    if (runningPart.part !== null) this.#begin();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute("state", this.state);
    void this.#bring(runningPart.soon());
  }

  /** A move in the document disconnects, too. Only an element that is still out after the task has left for good. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setTimeout(() => {
      if (!this.isConnected) this.#calls.leave();
    });
  }

  /**
   * The calls behind the screen: the real ones, made when they are first needed. Stories and tests bring plain objects.
   * @internal
   */
  override get calls(): CallSource {
    return this.#calls.needed;
  }
  /** Takes other calls. Those made here are closed. */
  override set calls(calls: CallSource) {
    this.#calls.replace(calls);
    this.#provider.changed();
    if (this.isConnected) this.setAttribute("state", this.state);
    this.requestUpdate();
  }

  /**
   * Does what a person can ask of the screen: what the toolbar asks by `sx-screen-action`, for a host with buttons of its own. Full
   * screen and picture-in-picture need a press of a person just before (W3C transient activation). What is impossible now is not done.
   */
  performScreenAction(action: ScreenAction): void {
    this.#running?.perform(action);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
  }

  /** What a running call is drawn from belongs to the update that shows it. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.#running !== null || !this.#isNeeded) return isComplete;
    await this.#bring(runningPart.load());
    return super.getUpdateComplete();
  }

  /** The button that was pressed may be gone with the state it belonged to: the focus stays in the call. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#hadFocus && !this.shadowRoot?.activeElement) void this.#focusFirstControl();
  }

  protected override render(): TemplateResult {
    const { snapshot, tracks, others } = this.calls;
    const contact = this.#contactIn(snapshot);
    const { say, language, dir, pictures } = this;
    const seen: ViewScene = {
      ...{ snapshot, tracks, contact, language, dir, now: Date.now(), say, pictures },
      beside: others.map((other): CallBeside => ({
        snapshot: other,
        contact: this.#contactIn(other),
      })),
      resume: this.#onResume,
      hideAddress: this.#onHideAddress,
      hasButtons: !this.hideControls,
    };
    const scene = this.#running?.sceneOf(seen);
    const waiting = waitingOf(seen);
    const tapToHear = scene?.sound.isBlocked ? ` ${say("tapToHear")}` : "";
    return html`<div
      role="group"
      class="screen colour-${colourOf(contact)}"
      part="screen"
      tabindex="-1"
      aria-label=${this.say("callWith", contact.name)}
    >
      ${this.#renderState(seen, scene)}
      <p class="visually-hidden" role="status">${announcement(seen) + tapToHear}</p>
      <p class="visually-hidden" role="status">${scene?.hintLine}</p>
      <p class="visually-hidden" role="alert">
        ${waiting === null ? nothing : say("incomingFrom", waiting.snapshot.media, waiting.contact.name)}
      </p>
    </div>`;
  }

  #renderState(seen: ViewScene, scene: CallScene | undefined): TemplateResult {
    const { state } = seen.snapshot;
    if (state === "incoming")
      return renderIncoming(seen, this.querySelector(":scope > [slot=avatar]") !== null);
    if (state === "idle" || (state === "ended" && this.closed)) {
      return renderIdle(
        seen,
        this.#offered && { resume: this.#onResumeLast, leave: this.#onLeaveLast },
      );
    }
    if (state === "ended") return renderEnded(scene ?? seen, this.#onCallBack, this.#onClose);
    return scene && this.#running ? this.#running.render(scene) : renderComing(seen);
  }

  /** Who is on the other side of a call. What a host says of it is its own code: a fault in it must not take the screen away. */
  #contactIn({ callId }: CallSnapshot): Contact {
    try {
      const contact = callId === null ? null : (this.contactOf?.(callId) ?? null);
      return contact === null ? this.shownContact : this.readable(contact);
    } catch {
      return this.shownContact;
    }
  }

  /** The last call, where it can be gone on with now. */
  get #offered() {
    const state = this.#calls.current?.snapshot.state ?? "idle";
    const isFree = state === "idle" || (state === "ended" && this.closed);
    return isFree && this.lastCall !== null ? readLastCall(this.lastCall, Date.now()) : null;
  }

  /** Whether the call cannot be seen without what comes late, or not be heard. */
  get #isNeeded(): boolean {
    const state = this.#calls.current?.snapshot.state ?? "idle";
    return state === "incoming" ? this.ring : state !== "idle" && state !== "ended";
  }

  async #bring(part: Promise<unknown>): Promise<void> {
    try {
      await part;
      if (this.#running === null) this.#begin();
    } catch {
      // A call of the view's own ends by it, and says so. The next one tries again.
    }
  }

  #begin(): void {
    this.#running =
      runningPart.part &&
      new runningPart.part.RunningScreen(this, {
        about: () => ({ language: this.language, name: this.displayName }),
        intend: (event) => this.intend(event),
      });
    this.requestUpdate();
  }

  async #focusFirstControl(): Promise<void> {
    if (this.firstControl === null) await this.updateComplete;
    await this.firstControl?.updateComplete;
    this.firstControl?.focus();
  }

  #onNotice(notice: CallNotice, calls: CallSource): void {
    const { snapshot } = calls;
    const { state } = snapshot;
    if (notice.type === "changed" && calls === this.#calls.current) {
      this.requestUpdate();
      // Before the event, so that a listener finds the attribute as it finds the property.
      this.setAttribute("state", state);
      if (state !== "ended") this.closed = false;
      if (this.#running === null && this.#isNeeded) void this.#bring(runningPart.load());
    }
    for (const fact of factsOf(notice, calls)) this.dispatchEvent(fact);
  }

  /** Asked of the view itself, and not of the nearest call: it knows whom. */
  readonly #onCallBack = (media: CallMedia) => {
    if (this.dispatchEvent(new SxCallBackEvent({ media })))
      void this.startCall({ media }).catch(() => undefined);
  };

  readonly #onHideAddress = (on: boolean) => void this.intend(new SxHideAddressEvent({ on }));

  readonly #onResume = (callId: string) => void this.intend(new SxResumeEvent({ callId }));

  readonly #onResumeLast = () => {
    const { lastCall } = this;
    const callId = lastCall?.callId ?? null;
    if (callId === null || !this.dispatchEvent(new SxResumeEvent({ callId }))) return;
    this.lastCall = null;
    void this.resumeCall(lastCall).catch(() => undefined);
  };

  readonly #onLeaveLast = () => {
    void this.calls.perform({ type: "leave-call", last: this.lastCall }).catch(() => undefined);
    this.lastCall = null;
  };

  readonly #onClose = () => {
    if (this.intend(new SxCloseEvent())) this.closed = true;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-view": SxCallView;
  }
}

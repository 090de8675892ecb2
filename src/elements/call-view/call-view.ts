import type { TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import type { CallMedia, CallStateName } from "../../call/terms.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallNotice, CallSource } from "../../controller/call-source.ts";
import type { CallOptions } from "../../controller/ports.ts";
import { SxCallBackEvent } from "../../events/sx-call-back.ts";
import { SxCloseEvent } from "../../events/sx-close.ts";
import { SxHideAddressEvent } from "../../events/sx-hide-address.ts";
import { SxResumeEvent } from "../../events/sx-resume.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import type { AudioRoute } from "../device-menu/device-menu.ts";
import { avatarStyles } from "../shared/avatar.ts";
import { Clock } from "../shared/clock.ts";
import type { Contact } from "../shared/contact.ts";
import { addressChoice } from "../shared/hide-address.ts";
import { KeepFocus } from "../shared/keep-focus.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import {
  audioRoutes,
  callback,
  choice,
  number,
  record,
  text,
  unread,
  type PropertyReaders,
} from "../shared/read-property.ts";
import { dataRange, waitRange } from "../../host-values/call-settings.ts";
import { readSwitch, toText } from "../../host-values/host-value.ts";
import { SxContactElement } from "../shared/sx-contact-element.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { LastCallOffer } from "./behaviours/last-call-offer.ts";
import { OwnCalls } from "./behaviours/own-calls.ts";
import type { ShortcutScope } from "./behaviours/shortcuts.ts";
import type { SystemControlsChoice } from "./behaviours/system-integration.ts";
import { eventsOf } from "./call-events.ts";
import { layouts, styles } from "./call-view.styles.ts";
import { InCallLoader } from "./in-call/in-call-chunk.ts";
import { renderView } from "./view-template.ts";
import type { ShownPictures, ViewScene } from "./scene.ts";

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
 * @fires {SxPermissionNeededEvent} sx-permission-needed - A device was refused: a native host can offer its settings.
 * @fires {SxHangUpEvent} sx-hang-up - The person ends the call by a button of the system. Cancelable.
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The person switches the microphone by a key or a button of the system. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The person switches the camera by a key or a button of the system. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The person shares the screen by a key, or stops. Cancelable.
 * @fires {SxHoldEvent} sx-hold - The person puts the call on hold by a key. Cancelable.
 * @fires {SxScreenActionEvent} sx-screen-action - The person asks something of the screen, by the toolbar or a key. Cancelable.
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
 * @csspart help - The list of keys.
 * @csspart tap-to-hear - The button in a call whose sound the browser holds back until something is pressed.
 * @csspart steps - How a device is allowed in this browser.
 * @csspart try-again - The button that tries a device again that did not work.
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
export class SxCallView extends SxContactElement {
  static readonly tagName = "sx-call-view";
  static override styles = [tokens, buttons, avatarStyles, styles, layouts, addressChoice];
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxContactElement.readers,
    // The rules of calls say more of these, when a call needs them.
    iceServers: unread,
    hostSecret: unread,
    hostBinding: unread,
    mediaDevices: unread,
    trackProcessor: unread,
    // Whoever has set it to something wanted no address to be told.
    relayOnly: { read: (given: unknown) => readSwitch(given, true) },
    ringTimeout: number(waitRange),
    reconnectTimeout: number(waitRange),
    dataSaver: number(dataRange),
    whenBusy: choice("wait", "busy"),
    contactOf: callback,
    lastCall: record,
    workerUrl: {
      read: (given: unknown) => text.read(given instanceof URL ? given.href : given, null),
    },
    pictures: choice("all", "remote", "local"),
    smallWindow: choice("browser", "host", "off"),
    shortcuts: choice("view", "page", "off"),
    shortcutKeys: record,
    audioRoutes,
    permissionHelp: text,
    volume: number({ least: 0, most: 1 }),
    soundRegion: text,
    systemControls: choice("off", "buttons", "named"),
  };

  /** STUN and TURN servers, W3C `RTCIceServer[]`. None by default: nothing is contacted that the host has not named. */
  @property({ attribute: false }) iceServers: RTCIceServer[] = [];

  /** Whether media goes through a relay only, so that the other side never learns this device's IP address. */
  @property({ type: Boolean, attribute: "relay-only" }) relayOnly = false;

  /** How long a call rings before it counts as unanswered, in seconds. */
  @property({ type: Number, attribute: "ring-timeout" }) ringTimeout = 60;

  /** How long a call waits for a lost path to come back before it ends, in seconds. */
  @property({ type: Number, attribute: "reconnect-timeout" }) reconnectTimeout = 30;

  /** How much a call may cost in both directions, in megabytes an hour, 60 or more; without it as much as the network bears. */
  @property({ type: Number, attribute: "data-saver" }) dataSaver: number | null = null;

  /** Whether a second call waits beside the first, or its caller is told that this side is busy. */
  @property({ attribute: "when-busy" }) whenBusy: "wait" | "busy" = "wait";

  /** Who is on the other side of a call, for a view that gets calls of more than one person. `null` for the contact of the view. */
  @property({ attribute: false }) contactOf: ((callId: string) => Contact | null) | null = null;

  /** The last snapshot before the page was loaded anew in a call: it is offered to go on with it, for 60 s after that snapshot. */
  @property({ attribute: false }) lastCall: CallSnapshot | null = null;

  /** Where camera, microphone and screen come from instead of `navigator.mediaDevices`. */
  @property({ attribute: false }) mediaDevices: CallOptions["mediaDevices"] = null;

  /**
   * Changes what the camera or the microphone gives, before it is sent or shown: a blurred background, a noise model. Where it
   * fails the device fails: nobody is shown without the blur they asked for.
   */
  @property({ attribute: false }) trackProcessor: CallOptions["trackProcessor"] = null;

  /** 32 bytes that both hosts know and nobody else does: then the keys of a call rest on them, too. */
  @property({ attribute: false }) hostSecret: Uint8Array | null = null;

  /** Bytes that both hosts hold alike, such as both identity keys: a call is then bound to them. */
  @property({ attribute: false }) hostBinding: Uint8Array | null = null;

  /** The address of the frame encryption worker, where a bundler has moved it. */
  @property({ attribute: "worker-url" }) workerUrl: string | null = null;

  /** Whether frames are encrypted on the main thread: for a WebView whose workers are known to be faulty. */
  @property({ type: Boolean, attribute: "encrypt-on-main-thread" }) encryptOnMainThread = false;

  /** Whether the view shows no buttons of its own: for a host that draws them over it. The lock stays. */
  @property({ type: Boolean, attribute: "hide-controls" }) hideControls = false;

  /** Which pictures are shown: for a picture-in-picture window whose layout the host chooses. */
  @property({ reflect: true }) pictures: ShownPictures = "all";

  /** Whether the bars over a picture always stay. Without it they go after four seconds in which nobody touches anything. */
  @property({ type: Boolean, attribute: "keep-bars" }) keepBars = false;

  /** Who has a small window for the call: the browser where it can, or the host, which is told by `sx-picture-in-picture`. */
  @property({ attribute: "small-window" }) smallWindow: "browser" | "host" | "off" = "browser";

  /** Where the keys count: with the focus in the view, anywhere in the page, or nowhere. */
  @property() shortcuts: ShortcutScope = "view";

  /** Other keys than the kit's, as `KeyboardEvent.key` has them; `null` takes one away. */
  @property({ attribute: false }) shortcutKeys: ShortcutKeys = {};

  /** Ways for the sound that the host knows, instead of the browser's speakers. */
  @property({ attribute: false }) audioRoutes: readonly AudioRoute[] | null = null;

  /** How a device is allowed here, where the view would not know it: one of its own kinds of browser, or words of the host. */
  @property({ attribute: "permission-help" }) permissionHelp = "";

  /** How loud the sounds of the view are, 0 (none) to 1: ringback, busy, connected, ended and the like. Voices stay as they are. */
  @property({ type: Number }) volume = 0.5;

  /** Whose ringback and busy tone are played, an ISO 3166-1 region such as `GB`. `null` for the region of the language. */
  @property({ attribute: "sound-region" }) soundRegion: string | null = null;

  /** Whether an incoming call rings, and vibrates, in the view. Off by default: most hosts have a ring of their own. */
  @property({ type: Boolean }) ring = false;

  /** Whether nothing vibrates. */
  @property({ type: Boolean, attribute: "no-haptics" }) noHaptics = false;

  /** Whether the screen may go dark during a call. */
  @property({ type: Boolean, attribute: "no-wake-lock" }) noWakeLock = false;

  /** What the system may show of a call, on a lock screen or a headset: nothing, its buttons, or also the contact's name. */
  @property({ attribute: "system-controls" }) systemControls: SystemControlsChoice = "buttons";

  /** Whether the screen of the ended call was closed. A new call opens it again. */
  @state() private closed = false;

  @query("sx-call-controls, .after button, .answer button")
  private firstControl!: HTMLElement | null;

  readonly #calls = new OwnCalls(this, (notice, calls) => this.#onNotice(notice, calls));
  readonly #lastCall = new LastCallOffer(this, () => this.#isFree);
  readonly #inCall: InCallLoader;

  constructor() {
    super();
    new Clock(this, () => {
      const offer = this.#lastCall.current;
      // An offer that expires goes by itself.
      if (offer !== null) return offer.until;
      const snapshot = this.#calls.current?.snapshot;
      return snapshot?.state === "connected"
        ? snapshot.connectedAt
        : (snapshot?.reconnection?.since ?? null);
    });
    // The pressed button may be gone with the state that it belonged to.
    new KeepFocus(this, () => this.firstControl);
    this.#inCall = new InCallLoader(this, {
      about: () => ({ language: this.language, name: this.displayName }),
      intend: (event) => this.intend(event),
      localizeWith: (english) => this.localizeWith(english),
    });
  }

  /**
   * The calls behind the screen: the real ones, created when they are first needed. Stories and tests set plain objects.
   * @internal
   */
  get calls(): CallSource {
    return this.#calls.needed;
  }
  /** Takes other calls. Those created here are closed. */
  set calls(calls: CallSource) {
    this.#calls.replace(calls);
    if (this.isConnected) this.setAttribute("state", this.state);
    this.requestUpdate();
  }

  /** The call, at this moment: deeply frozen plain data. */
  get snapshot(): CallSnapshot {
    return this.calls.snapshot;
  }

  /** The calls beside it, the newest first: those that wait (`incoming`) and those on hold. */
  get others(): readonly CallSnapshot[] {
    return this.calls.others;
  }

  /** Where the call is. Also an attribute, for styles. */
  get state(): CallStateName {
    return this.snapshot.state;
  }

  /**
   * Calls the contact.
   * @throws {CallError} `not-possible` where there is a call already, else the code of what failed.
   */
  async startCall({ media }: { media: CallMedia }): Promise<void> {
    await this.calls.perform({ type: "start", media, ...this.#callee });
  }

  /**
   * Goes on with the call that the page was in before it was loaded anew.
   * @param last - the last `snapshot` before that, as an object: not older than 60 s.
   * @throws {CallError} `bad-argument` where it is none or too old, `not-possible` where there is a call already.
   */
  resumeCall(last: unknown): Promise<void> {
    return this.calls.perform({ type: "resume-call", last, ...this.#callee });
  }

  /**
   * Takes a message of the other side, as the host's channel delivered it. Never throws: a bad one is told by `sx-error`.
   * @param from - the `id` of the contact who has sent it, where the view gets messages of more than one.
   */
  receiveSignal(message: unknown, from?: string | number | null): void {
    // A sender that cannot be read is nobody whom this side knows: it must not count as the person who is called.
    const sender = from === undefined || from === null ? undefined : (toText(from) ?? "?");
    this.calls.receive(message, sender);
  }

  /**
   * Accepts the incoming call, with what it asks for unless told otherwise.
   * @throws {CallError} `not-possible` where none is incoming, else the code of what failed.
   */
  acceptCall({ media = this.snapshot.media }: { media?: CallMedia } = {}): Promise<void> {
    return this.calls.perform({ type: "accept", media });
  }

  /**
   * Declines the incoming call and tells the caller.
   * @throws {CallError} `not-possible` where none is incoming.
   */
  declineCall(): Promise<void> {
    return this.calls.perform({ type: "decline" });
  }

  /**
   * Stops the ringing without telling the caller.
   * @throws {CallError} `not-possible` where none is incoming.
   */
  ignoreCall(): Promise<void> {
    return this.calls.perform({ type: "ignore" });
  }

  /**
   * Ends the call, or cancels it while it rings.
   * @throws {CallError} `not-possible` where there is none.
   */
  hangUp(): Promise<void> {
    return this.calls.perform({ type: "hang-up" });
  }

  /**
   * Accepts a call that waits beside the one that is shown.
   * @param active - what becomes of the one that is shown.
   * @throws {CallError} `not-possible` where no such call waits or the other cannot be held now, else the code of what failed.
   */
  acceptWaitingCall({
    callId,
    media,
    active = "end",
  }: {
    callId: string;
    media: CallMedia;
    active?: "end" | "hold";
  }): Promise<void> {
    return this.calls.perform({ type: "accept-waiting", callId, media, active });
  }

  /**
   * Declines a call that waits beside the one that is shown, and tells its caller.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  declineWaitingCall(callId: string): Promise<void> {
    return this.calls.perform({ type: "decline-waiting", callId });
  }

  /**
   * Stops the ringing of a call that waits beside the one that is shown, without telling its caller.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  ignoreWaitingCall(callId: string): Promise<void> {
    return this.calls.perform({ type: "ignore-waiting", callId });
  }

  /**
   * Puts the call on hold: nothing of this side is sent, and nothing is played. The other side is told.
   * @throws {CallError} `not-possible` where it is not connected.
   */
  holdCall(): Promise<void> {
    return this.calls.perform({ type: "hold" });
  }

  /**
   * Goes on with the call, with the devices that were on before the hold.
   * @throws {CallError} `not-possible` where it is not on hold.
   */
  resumeHeldCall(): Promise<void> {
    return this.calls.perform({ type: "resume" });
  }

  /**
   * Goes on with a call that is on hold beside the one that is shown, and puts that one on hold.
   * @throws {CallError} `not-possible` where no such call is on hold, or the one that is shown cannot be held now.
   */
  swapCalls(callId: string): Promise<void> {
    return this.calls.perform({ type: "swap", callId });
  }

  /** Another device of the same person has taken the call: it stops ringing here, and its caller is not told. Never throws. */
  answeredElsewhere(callId: string): void {
    void this.calls.perform({ type: "answered-elsewhere", callId }).catch(() => undefined);
  }

  /** Another device of the same person has declined the call: it stops ringing here, and its caller is not told. Never throws. */
  declinedElsewhere(callId: string): void {
    void this.calls.perform({ type: "declined-elsewhere", callId }).catch(() => undefined);
  }

  /**
   * Switches the own microphone.
   * @throws {CallError} the code of what failed.
   */
  setMicrophone(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "microphone", on });
  }

  /**
   * Switches the own camera. Off releases it: its light goes out.
   * @throws {CallError} the code of what failed.
   */
  setCamera(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "camera", on });
  }

  /**
   * Changes to the camera that looks the other way.
   * @throws {CallError} the code of what failed.
   */
  flipCamera(): Promise<void> {
    return this.calls.perform({ type: "flip-camera" });
  }

  /**
   * Starts or stops sharing the own screen.
   * @throws {CallError} the code of what failed.
   */
  setScreenShare(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "screen", on });
  }

  /**
   * Does what a person can ask of the screen: what the toolbar asks by `sx-screen-action`, for a host with buttons of its own. Full
   * screen and picture-in-picture need a press of a person just before (W3C transient activation). What is impossible now is not done.
   */
  performScreenAction(action: ScreenAction): void {
    this.#inCall.screen?.perform(action);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute("state", this.state);
  }

  /** The chunk that shows a running call belongs to the update that needs it. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.#inCall.screen !== null || !this.#needsChunk) return isComplete;
    await this.#inCall.load();
    return super.getUpdateComplete();
  }

  protected override render(): TemplateResult {
    const { snapshot, tracks, others } = this.calls;
    const seen: ViewScene = {
      snapshot,
      tracks,
      contact: this.#contactIn(snapshot),
      language: this.language,
      dir: this.dir,
      now: Date.now(),
      localize: this.localize,
      pictures: this.pictures,
      otherCalls: others.map((other) => ({ snapshot: other, contact: this.#contactIn(other) })),
      resume: this.#onResume,
      hideAddress: this.#onHideAddress,
      hasButtons: !this.hideControls,
    };
    return renderView(seen, this.#inCall.screen, {
      isClosed: this.closed,
      hasAvatar: this.querySelector(":scope > [slot=avatar]") !== null,
      offer: this.#lastCall.current && this.#lastCall,
      callBack: this.#onCallBack,
      close: this.#onClose,
    });
  }

  /** Returns the other side of a call. `contactOf` is the host's code: an error in it must not take the screen away. */
  #contactIn({ callId }: CallSnapshot): Contact {
    try {
      const contact = callId === null ? null : (this.contactOf?.(callId) ?? null);
      return contact === null ? this.shownContact : this.readable(contact);
    } catch {
      return this.shownContact;
    }
  }

  /** The person called: only an invitation of theirs can cross it. */
  get #callee() {
    const { id } = this.shownContact;
    return id === "" ? {} : { to: id };
  }

  get #currentState(): CallStateName {
    return this.#calls.current?.snapshot.state ?? "idle";
  }

  /** Whether no call is shown: the last one can be offered. */
  get #isFree(): boolean {
    return this.#currentState === "idle" || (this.#currentState === "ended" && this.closed);
  }

  /** Whether the call cannot be seen, or not be heard, without the in-call chunk. */
  get #needsChunk(): boolean {
    const state = this.#currentState;
    return state === "incoming" ? this.ring : state !== "idle" && state !== "ended";
  }

  #onNotice(notice: CallNotice, calls: CallSource): void {
    if (notice.type === "changed" && calls === this.#calls.current) {
      const { state } = calls.snapshot;
      this.requestUpdate();
      // Before the event, so that a listener finds the attribute as it finds the property.
      this.setAttribute("state", state);
      if (state !== "ended") this.closed = false;
      if (this.#inCall.screen === null && this.#needsChunk) void this.#inCall.load();
    }
    for (const event of eventsOf(notice, calls)) this.dispatchEvent(event);
  }

  /** Asked of the view itself, and not of the nearest call: the view knows whom to call. */
  readonly #onCallBack = (media: CallMedia) => {
    if (this.dispatchEvent(new SxCallBackEvent({ media })))
      void this.startCall({ media }).catch(() => undefined);
  };

  readonly #onHideAddress = (on: boolean) => void this.intend(new SxHideAddressEvent({ on }));

  readonly #onResume = (callId: string) => void this.intend(new SxResumeEvent({ callId }));

  readonly #onClose = () => {
    if (this.intend(new SxCloseEvent())) this.closed = true;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "sx-call-view": SxCallView;
  }
}

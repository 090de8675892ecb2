import type { TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { property } from "../shared/property.ts";
import {
  audioRoutes,
  callback,
  choice,
  number,
  record,
  text,
  unread,
  type PropertyReaders,
} from "../shared/property-readers.ts";
import type { CallMedia, CallStateName } from "../../call/terms.ts";
import type { CallReport } from "../../call/report.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallNotice, CallSource } from "../../controller/call-source.ts";
import type { CallOptions } from "../../controller/call-options.ts";
import {
  SxCallBackEvent,
  SxCloseEvent,
  SxHideAddressEvent,
  SxResumeEvent,
} from "../../events/before-and-after-intents.ts";
import type { ScreenAction } from "../../events/screen-events.ts";
import type { AudioRoute } from "../shared/status-icons.ts";
import {
  withoutFarPicture,
  type Contact,
  type ShownContact,
  avatarStyles,
} from "../shared/contact.ts";
import { Clock, secondsSince } from "../shared/clock.ts";
import { addressChoice } from "../shared/hide-address.ts";
import { KeepFocus, SxContactElement } from "../shared/sx-element.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import { missingOfFloor } from "../../host-values/engine-floor.ts";
import {
  isTrustedAddress,
  readSender,
  readSwitch,
  dataRange,
  removalRange,
  waitRange,
} from "../../host-values/host-value.ts";
import { buttons, tokens } from "../shared/tokens.ts";
import { OwnCalls, LastCallOffer, eventsOf } from "./behaviours/own-calls.ts";
import type { ShortcutScope } from "./behaviours/shortcuts.ts";
import type { SystemControlsChoice } from "./behaviours/system-integration.ts";
import { layouts, styles } from "./call-view.styles.ts";
import type { InCallChunk } from "./in-call/in-call-chunk.ts";
import { InCallLoader } from "./in-call/in-call-loader.ts";
import { loadInCallChunk } from "./in-call/load-in-call-chunk.ts";
import { renderView } from "./view-template.ts";
import type { ShownPictures, ViewScene } from "./scene.ts";
import { wasTaken } from "./status-text.ts";

/**
 * The screen of a call with one contact, and the call itself, from ringing to its record.
 *
 * The host sends the message of every `sx-signal` to the other side over its own channel. It passes each message of the other
 * side to `receiveSignal()`. Removing the element from the document ends the call; moving it does not.
 *
 * @example
 * const view = document.querySelector("sx-call-view")!;
 * view.addEventListener("sx-signal", (event) => channel.send(event.detail.message));
 * channel.onmessage = (message) => view.receiveSignal(message);
 * await view.startCall({ media: "video" });
 *
 * @tagname sx-call-view
 *
 * @slot avatar - Replaces the contact's picture.
 * @slot top-bar - Replaces name, status or clock, and lock of a running call.
 * @slot details - Text of the host under the name, such as the state of its own connection.
 * @slot controls - More buttons for the toolbar.
 * @slot ended - Replaces the text of an ended call.
 *
 * @fires {SxSignalEvent} sx-signal - A message for the other side.
 * @fires {SxStateChangedEvent} sx-state-changed - The state of the call changed.
 * @fires {SxProtectionChangedEvent} sx-protection-changed - The measured protection changed.
 * @fires {SxSecurityCodeCheckedEvent} sx-security-code-checked - The person compared the security code.
 * @fires {SxIncomingEvent} sx-incoming - A call comes in.
 * @fires {SxCallWaitingEvent} sx-call-waiting - A second call arrived during a call.
 * @fires {SxCallHeldEvent} sx-call-held - A call was put on hold or resumed.
 * @fires {SxCallEndedEvent} sx-call-ended - A call ended. Carries its record.
 * @fires {SxTranscriptEvent} sx-transcript - What was written in a call that ends, where `transcript` is set.
 * @fires {SxNoteEvent} sx-note - The person leaves a note for the contact. The host sends it.
 * @fires {SxErrorEvent} sx-error - An operation failed or a signal was refused.
 * @fires {SxPermissionNeededEvent} sx-permission-needed - A device was refused. A native host can open its settings.
 * @fires {SxHangUpEvent} sx-hang-up - The person ends the call by a system control. Cancelable.
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The person turns the microphone on or off by a key or a system
 * control. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The person turns the camera on or off by a key or a system control.
 * Cancelable.
 * @fires {SxFlipCameraEvent} sx-flip-camera - The person changes to the other camera by the button on the own picture. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The person starts or stops sharing the screen by a key or by its
 * badge. Cancelable.
 * @fires {SxPauseScreenEvent} sx-pause-screen - The person pauses the shared screen, or goes on. Cancelable.
 * @fires {SxChangeScreenEvent} sx-change-screen - The person wants to share something else. Cancelable.
 * @fires {SxHoldEvent} sx-hold - The person puts the call on hold by a key. Cancelable.
 * @fires {SxScreenActionEvent} sx-screen-action - The person performs an action on the screen by the toolbar or a key.
 * Cancelable.
 * @fires {SxHideAddressEvent} sx-hide-address - The person chooses whether the other side may learn this device's address.
 * Cancelable.
 * @fires {SxCallBackEvent} sx-call-back - The person calls the contact of the ended call. Cancelable.
 * @fires {SxPictureInPictureEvent} sx-picture-in-picture - The person moves the call to a small window, or back to the page.
 * Cancelable.
 * @fires {SxResumeEvent} sx-resume - The person resumes a held call, or the call before a reload. Cancelable.
 * @fires {SxCloseEvent} sx-close - The screen of an ended call closes: the person has closed it, or needs no time to read it. Cancelable.
 *
 * @csspart surface - The whole element.
 * @csspart stage - The screen of a running call.
 * @csspart picture - The large video picture.
 * @csspart self-view - The own video.
 * @csspart person - The remote participant's video beside a shared screen.
 * @csspart small-picture - The button over the small video: drag it to move, press it to swap.
 * @csspart self-view-flip - The button on the own small video that changes to the other camera.
 * @csspart behind - The contact's picture, blurred, behind a call from ringing to its end, where there is no video.
 * @csspart bring-back - The button that moves the call from the small window back to the page.
 * @csspart stop-sharing - The button in the badge that stops sharing this side's screen.
 * @csspart pause-sharing - The button in the badge that pauses the shared screen, or goes on.
 * @csspart share-other - The button in the badge that shares something else.
 * @csspart unmute - The button in the hint for speaking while muted.
 * @csspart top-bar - Name, status or clock, and lock of a running call.
 * @csspart name - The contact's name.
 * @csspart status - The status of the call.
 * @csspart hide-address - The switch that hides this device's address while it rings.
 * @csspart timer - The clock.
 * @csspart bars - The signal strength icon.
 * @csspart stuck - The reason for slow connecting.
 * @csspart lock - The button that shows the measured protection and opens the panel.
 * @csspart panel - The security panel.
 * @csspart panel-title - The measured protection, as the heading of the panel.
 * @csspart panel-close - The button that closes the panel.
 * @csspart about - The explanation of the protection.
 * @csspart security-code - The security code element.
 * @csspart facts - The protection of each direction, and the path.
 * @csspart more-facts - The details of the protection, which a person opens: time, ciphers, counts.
 * @csspart more-facts-button - The button that opens them.
 * @csspart conversation - The text of the call, in its panel.
 * @csspart message - A message.
 * @csspart their-line - The line that the other side is writing.
 * @csspart text-input - The field for own text.
 * @csspart text-send - The button that sends it.
 * @csspart open-text - The badge with text that has arrived, which opens the panel.
 * @csspart help - The list of keyboard shortcuts.
 * @csspart tap-to-hear - The button that starts sound which the browser's autoplay policy blocks.
 * @csspart allow-devices - The browser’s own button to allow what was refused, where it has one (`<usermedia>`).
 * @csspart steps - The steps to allow a device in this browser.
 * @csspart try-again - The button that opens a failed device again.
 * @csspart signs - The badges: muted, camera off, device errors.
 * @csspart beside - The container of the banner and the rows of other calls.
 * @csspart waiting - The banner of a waiting call.
 * @csspart held - The row of a held call.
 * @csspart swap - The button that resumes another held call.
 * @csspart resume - The button that resumes the call on screen, or the call before a reload.
 * @csspart not-now - The button that dismisses the offer to resume.
 * @csspart shared-screen - The surface over the other side's shared screen, which zooms and moves it.
 * @csspart screen-tools - The name of the shared screen and its buttons.
 * @csspart screen-name - The name of the shared screen.
 * @csspart zoom-out - The button that makes the shared screen smaller.
 * @csspart zoom-level - The button that shows its scale and makes it whole again.
 * @csspart zoom-in - The button that makes the shared screen larger.
 * @csspart hide-people - The button that hides the pictures beside the shared screen.
 * @csspart controls - The toolbar element.
 * @csspart avatar - The contact's picture or initials.
 * @csspart idle - The surface without a call.
 * @csspart ended - The screen of an ended call.
 * @csspart reason - The outcome of the call.
 * @csspart text - The words with which the other side has declined.
 * @csspart advice - The advice for a failure.
 * @csspart duration - The duration of the call.
 * @csspart leave-note - The button that opens a note.
 * @csspart note - The screen of a note.
 * @csspart note-status - The state of a note.
 * @csspart note-preview - The own camera while a note is recorded.
 * @csspart note-picture - The video of a recorded note.
 * @csspart note-time - The time of a note.
 * @csspart note-stop - The button that stops the recording.
 * @csspart note-play - The button that plays or pauses the note.
 * @csspart note-send - The button that sends the note.
 * @csspart note-again - The button that records again.
 * @csspart note-retry - The button that tries again after a failure.
 * @csspart note-discard - The button that discards the note.
 * @csspart note-sent - The message that a note was left.
 * @csspart call-back - The call-back button.
 * @csspart close - The button that closes the screen of an ended call.
 *
 * @cssprop [--sx-color-surface=#f5f6f8] - The background without video.
 * @cssprop [--sx-color-picture=#0b0c0f] - The background of video.
 * @cssprop [--sx-color-scrim] - The background of text and buttons over video.
 * @cssprop [--sx-color-accent=#3453cf] - The focus ring and the main button.
 * @cssprop [--sx-avatar-color] - Background of the contact's initials and its tints; one of eight by the contact's id by default.
 * @cssprop [--sx-avatar-radius=50%] - The border radius of the contact's picture and the ring around it.
 * @cssprop [--sx-safe-area-top=env(safe-area-inset-top)] - The inset at the top that text and buttons keep clear.
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
    // The call rules read these when a call needs them, and report errors then.
    iceServers: unread,
    hostSecret: unread,
    hostBinding: unread,
    mediaDevices: unread,
    trackProcessor: unread,
    effects: unread,
    // An invalid value becomes `true`: a host that set the property intended to hide the address.
    relayOnly: { read: (given: unknown) => readSwitch(given, true) },
    ringTimeout: number(waitRange),
    reconnectTimeout: number(waitRange),
    connectTimeout: number(waitRange),
    removalTimeout: number(removalRange),
    dataSaver: number(dataRange),
    measureRelays: unread,
    whenBusy: choice("wait", "busy"),
    contactOf: callback,
    lastCall: record,
    workerUrl: {
      read: (given: unknown) =>
        isTrustedAddress(given)
          ? { value: given, isRefused: false }
          : text.read(given instanceof URL ? given.href : given, null),
    },
    pictures: choice("all", "remote", "local"),
    smallWindow: choice("browser", "host", "off"),
    shortcuts: choice("view", "page", "off"),
    shortcutKeys: record,
    audioRoutes,
    quickTexts: unread,
    permissionHelp: text,
    volume: number({ least: 0, most: 1 }),
    callVolume: number({ least: 0, most: 1 }),
    screenVolume: number({ least: 0, most: 1 }),
    soundRegion: text,
    systemControls: choice("off", "buttons", "named"),
  };

  /** STUN and TURN servers, W3C `RTCIceServer[]`. Empty by default: only servers named by the host are contacted. */
  @property({ attribute: false }) iceServers: RTCIceServer[] = [];

  /** `true` to send media through a relay only, so that the other side never learns this device's IP address. */
  @property({ type: Boolean, attribute: "relay-only" }) relayOnly = false;

  /**
   * Measures the round-trip time to each relay of `iceServers` while it rings, in a call through relays only, and begins with
   * the two fastest. `caller` measures on the caller's side. `both` also measures on the callee's side, whose address the
   * relays then see before it accepts.
   */
  @property({ attribute: "measure-relays" }) measureRelays: "off" | "caller" | "both" = "off";

  /** Seconds an unanswered call rings, more than 0 and at most 600. */
  @property({ type: Number, attribute: "ring-timeout" }) ringTimeout = 60;

  /** Seconds a call waits for a lost path before it ends, more than 0 and at most 600. */
  @property({ type: Number, attribute: "reconnect-timeout" }) reconnectTimeout = 30;

  /**
   * Seconds an accepted call may take to connect before it ends. Each message of the other side restarts the time, up to four
   * times. The accepting side waits half as much longer for the first one.
   */
  @property({ type: Number, attribute: "connect-timeout" }) connectTimeout = 30;

  /** Seconds a call continues while its view is out of the document, for frameworks that re-render a page. */
  @property({ type: Number, attribute: "removal-timeout" }) removalTimeout = 5;

  /** Data limit of a call in both directions, in MB per hour, at least 60. `null` for no limit. */
  @property({ type: Number, attribute: "data-saver" }) dataSaver: number | null = null;

  /** Reaction to a second call: `wait` shows it beside the first, `busy` rejects it. */
  @property({ attribute: "when-busy" }) whenBusy: "wait" | "busy" = "wait";

  /** Returns the contact of a call, in a view for several contacts. `null` for `contact`. */
  @property({ attribute: false }) contactOf: ((callId: string) => Contact | null) | null = null;

  /**
   * `true` to load a contact's picture from any origin before the person has dialled or accepted. Its server then learns that a call
   * rings, where and when. Otherwise only `data:`, `blob:` and the page's own origin are loaded before that.
   */
  @property({ type: Boolean, attribute: "avatar-before-accept" }) avatarBeforeAccept = false;

  /** The last snapshot before a page reload. The view offers to resume that call for 60 s after the snapshot. */
  @property({ attribute: false }) lastCall: CallSnapshot | null = null;

  /** Source of camera, microphone and screen. `null` for `navigator.mediaDevices`. */
  @property({ attribute: false }) mediaDevices: CallOptions["mediaDevices"] = null;

  /**
   * Processes the camera or microphone track before it is sent or shown, such as a blurred background. If the processor fails,
   * the device fails: the unprocessed track is never sent.
   */
  @property({ attribute: false }) trackProcessor: CallOptions["trackProcessor"] = null;

  /**
   * Processing that a person can turn on in the device menu, as of `sx-call-kit/effects/background` and `sx-call-kit/effects/noise`.
   * Off it costs nothing. Read when a call begins.
   */
  @property({ attribute: false }) effects: NonNullable<CallOptions["effects"]> = [];

  /** 32 bytes that only the two hosts know. The keys of a call then also depend on them. */
  @property({ attribute: false }) hostSecret: Uint8Array | null = null;

  /** Bytes that both hosts share, such as both identity keys. The key agreement of a call is then bound to them. */
  @property({ attribute: false }) hostBinding: Uint8Array | null = null;

  /** The address of the frame encryption worker, where a bundler has moved it; in a page with Trusted Types also a `TrustedScriptURL`. */
  @property({ attribute: "worker-url" }) workerUrl: CallOptions["workerUrl"] = null;

  /** `true` to encrypt frames on the main thread, for a WebView with faulty workers. */
  @property({ type: Boolean, attribute: "encrypt-on-main-thread" }) encryptOnMainThread = false;

  /** `true` to hide the buttons, for a host that has its own. The lock stays. */
  @property({ type: Boolean, attribute: "hide-controls" }) hideControls = false;

  /** Pictures to show in a small window whose layout the host chooses. */
  @property({ reflect: true }) pictures: ShownPictures = "all";

  /**
   * Short texts to decline a call with, at most 12 of at most 200 characters; others are not shown. The person may also write own words, so that an empty
   * list offers those only. `null` offers neither.
   */
  @property({ attribute: false }) quickTexts: readonly string[] | null = null;

  /**
   * `true` to offer a voice or video note after a call that nobody answered, was declined or found the line busy. Off by default:
   * the kit only records, and a note is lost where no listener of `sx-note` sends it.
   */
  @property({ type: Boolean }) notes = false;

  /** `true` to keep the bars over video visible. Otherwise they hide after four seconds without input. */
  @property({ type: Boolean, attribute: "keep-bars" }) keepBars = false;

  /**
   * `true` to keep the screen of an ended call until the person closes it. Otherwise it closes itself two seconds after the person has
   * ended or declined the call, or answered it on another device.
   */
  @property({ type: Boolean, attribute: "keep-ended" }) keepEnded = false;

  /**
   * Owner of the small window. `browser`: it opens by its button, and by itself as the person leaves the tab where the browser can and
   * `systemControls` is not `off`. `host`: the view fires `sx-picture-in-picture` and opens none itself.
   */
  @property({ attribute: "small-window" }) smallWindow: "browser" | "host" | "off" = "browser";

  /** `true` to fire `sx-transcript` at the end of a call in which somebody wrote. A note on the screen informs the person. */
  @property({ type: Boolean }) transcript = false;

  /** Scope of the keyboard shortcuts: focus in the view, anywhere in the page, or off. */
  @property() shortcuts: ShortcutScope = "view";

  /** Overrides of the keyboard shortcuts, as `KeyboardEvent.key` values. `null` removes one. */
  @property({ attribute: false }) shortcutKeys: ShortcutKeys = {};

  /** Audio routes of the host, shown instead of the browser's speakers. `null` for the speakers. */
  @property({ attribute: false }) audioRoutes: readonly AudioRoute[] | null = null;

  /** Steps to allow a device: one of the kit's `PermissionKind`s, or text of the host. Empty to detect the browser. */
  @property({ attribute: "permission-help" }) permissionHelp = "";

  /** Volume of the call tones, 0 (off) to 1. Voices are not affected. */
  @property({ type: Number }) volume = 0.5;

  /**
   * Volume of the other side's voice, 0 (silent) to 1. `sx-set-volume` reports what a person sets, for a host that keeps it for each contact.
   * Without effect where the system alone sets the volume, as on iPhones.
   */
  @property({ type: Number, attribute: "call-volume" }) callVolume = 1;

  /** Volume of the sound of the other side's shared screen, 0 to 1. As `callVolume`. */
  @property({ type: Number, attribute: "screen-volume" }) screenVolume = 1;

  /** ISO 3166-1 region of the ringback and busy tone, such as `GB`. `null` for the region of the language. */
  @property({ attribute: "sound-region" }) soundRegion: string | null = null;

  /** `true` to play a ringtone and vibrate for an incoming call. Off by default: most hosts ring themselves. */
  @property({ type: Boolean }) ring = false;

  /** `true` to disable vibration. */
  @property({ type: Boolean, attribute: "no-haptics" }) noHaptics = false;

  /** `true` to let the screen turn off during a call. */
  @property({ type: Boolean, attribute: "no-wake-lock" }) noWakeLock = false;

  /** Controls on a lock screen or a headset: `off`, `buttons`, or `named` with the contact's name. */
  @property({ attribute: "system-controls" }) systemControls: SystemControlsChoice = "buttons";

  /** `true` after the screen of an ended call was closed. A new call resets it. */
  @state() private closed = false;

  @query("sx-call-controls, [part=close], .offer button")
  private firstControl!: HTMLElement | null;

  readonly #inCall = new InCallLoader(
    this,
    {
      close: () => {
        if (!this.keepEnded && !this.closed) this.#onClose();
      },
      about: () => ({ language: this.language, name: this.displayName }),
      intend: (event) => this.intend(event),
      localizeWith: (english) => this.localizeWith(english),
    },
    () => this.loadInCallChunk(),
  );
  readonly #calls = new OwnCalls(this, this.#inCall.chunk, (notice, calls) =>
    this.#onNotice(notice, calls),
  );
  readonly #lastCall = new LastCallOffer(this, () => this.#isFree);

  constructor() {
    super();
    new Clock(this, () => {
      const offer = this.#lastCall.current;
      // An expired offer disappears without a new event.
      if (offer !== null) return offer.until;
      const snapshot = this.#calls.current?.snapshot;
      return snapshot?.state === "connected"
        ? secondsSince(snapshot)
        : (snapshot?.reconnection?.since ?? null);
    });
    // The pressed button may disappear with its state.
    new KeepFocus(this, () => this.firstControl);
  }

  /**
   * The source of calls, created when first needed. Stories and tests set plain objects.
   * @internal
   */
  get calls(): CallSource {
    return this.#calls.needed;
  }
  /** Replaces the source of calls. A source created here is closed. */
  set calls(calls: CallSource) {
    this.#calls.replace(calls);
    if (this.isConnected) this.setAttribute("state", this.state);
    this.requestUpdate();
  }

  /**
   * Returns the report of the call on screen, or of the last one, for support. It has figures and events, but no address,
   * name, key or id. `null` where there was none. Show it to the person before it is sent.
   */
  report(): CallReport | null {
    return this.calls.report?.() ?? null;
  }

  /** The snapshot of the call on screen. Deeply frozen plain data. */
  get snapshot(): CallSnapshot {
    return this.calls.snapshot;
  }

  /** Snapshots of the other calls, the newest first: waiting (`incoming`) and held ones. */
  get others(): readonly CallSnapshot[] {
    return this.calls.others;
  }

  /** The state of the call. Reflected as an attribute for styles. */
  get state(): CallStateName {
    return this.snapshot.state;
  }

  /**
   * Calls the contact.
   * @throws {CallError} `not-possible` during a call, or the code of the failure.
   */
  async startCall({ media }: { media: CallMedia }): Promise<void> {
    await this.calls.perform({ type: "start", media, ...this.#callee });
  }

  /**
   * Resumes the call of the page before a reload.
   * @param last - the last `snapshot` before the reload, at most 60 s old.
   * @throws {CallError} `bad-argument` for an invalid or older snapshot, `not-possible` during a call.
   */
  resumeCall(last: unknown): Promise<void> {
    return this.calls.perform({ type: "resume-call", last, ...this.#callee });
  }

  /**
   * Receives a message of the other side from the host's channel. Never throws: an invalid message fires `sx-error`.
   * @param from - the `id` of the sending contact, in a view for several contacts.
   */
  receiveSignal(message: unknown, from?: string | number | null): void {
    this.calls.receive(message, readSender(from));
  }

  /**
   * Accepts the incoming call, with the media of the invitation by default.
   * @throws {CallError} `not-possible` without an incoming call, or the code of the failure.
   */
  acceptCall({ media = this.snapshot.media }: { media?: CallMedia } = {}): Promise<void> {
    return this.calls.perform({ type: "accept", media });
  }

  /**
   * Declines the incoming call and notifies the caller.
   * @param text - words for the caller, at most 200 characters; a longer text is cut.
   * @throws {CallError} `not-possible` without an incoming call.
   */
  declineCall({ text }: { text?: string } = {}): Promise<void> {
    return this.calls.perform({ type: "decline", ...(text && { text }) });
  }

  /**
   * Stops the ringing without notifying the caller.
   * @throws {CallError} `not-possible` without an incoming call.
   */
  ignoreCall(): Promise<void> {
    return this.calls.perform({ type: "ignore" });
  }

  /**
   * Ends the call, or cancels it while it rings.
   * @throws {CallError} `not-possible` without a call.
   */
  hangUp(): Promise<void> {
    return this.calls.perform({ type: "hang-up" });
  }

  /**
   * Accepts a waiting call.
   * @param active - action on the call on screen.
   * @throws {CallError} `not-possible` where no such call waits or the call on screen cannot be held, or the code of the
   * failure.
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
   * Declines a waiting call and notifies its caller.
   * @param text - words for the caller, at most 200 characters; a longer text is cut.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  declineWaitingCall(callId: string, { text }: { text?: string } = {}): Promise<void> {
    return this.calls.perform({ type: "decline-waiting", callId, ...(text && { text }) });
  }

  /**
   * Stops the ringing of a waiting call without notifying its caller.
   * @throws {CallError} `not-possible` where no such call waits.
   */
  ignoreWaitingCall(callId: string): Promise<void> {
    return this.calls.perform({ type: "ignore-waiting", callId });
  }

  /**
   * Puts the call on hold: this side sends no media and plays none. The other side is notified.
   * @throws {CallError} `not-possible` where the call is not connected.
   */
  holdCall(): Promise<void> {
    return this.calls.perform({ type: "hold" });
  }

  /**
   * Resumes the held call with the devices that were on before.
   * @throws {CallError} `not-possible` where the call is not on hold.
   */
  resumeHeldCall(): Promise<void> {
    return this.calls.perform({ type: "resume" });
  }

  /**
   * Resumes another held call, and holds the one on screen.
   * @throws {CallError} `not-possible` where no such call is on hold, or the one on screen cannot be held.
   */
  swapCalls(callId: string): Promise<void> {
    return this.calls.perform({ type: "swap", callId });
  }

  /** Stops the ringing because another device of the same person answered. The caller is not notified. Never throws. */
  answeredElsewhere(callId: string): void {
    void this.calls.perform({ type: "answered-elsewhere", callId }).catch(() => undefined);
  }

  /** Stops the ringing because another device of the same person declined. The caller is not notified. Never throws. */
  declinedElsewhere(callId: string): void {
    void this.calls.perform({ type: "declined-elsewhere", callId }).catch(() => undefined);
  }

  /**
   * Turns this side's microphone on or off.
   * @throws {CallError} the code of the failure.
   */
  setMicrophone(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "microphone", on });
  }

  /**
   * Turns this side's camera on or off. Off releases the camera.
   * @throws {CallError} the code of the failure.
   */
  setCamera(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "camera", on });
  }

  /**
   * Switches between the front and the back camera.
   * @throws {CallError} the code of the failure.
   */
  flipCamera(): Promise<void> {
    return this.calls.perform({ type: "flip-camera" });
  }

  /**
   * Starts or stops sharing this side's screen.
   * @throws {CallError} the code of the failure.
   */
  setScreenShare(on: boolean): Promise<void> {
    return this.calls.perform({ type: "set-device", device: "screen", on });
  }

  /**
   * Performs an action on the screen, for a host with its own buttons. Full screen and picture-in-picture require transient
   * activation (HTML Standard). Impossible actions are ignored.
   */
  performScreenAction(action: ScreenAction): void {
    this.#inCall.screen?.perform(action);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (missingOfFloor() === "") this.setAttribute("state", this.state);
  }

  /** @internal */
  protected loadInCallChunk(): Promise<InCallChunk> {
    return loadInCallChunk();
  }

  /** The update that shows a running call includes loading its chunk. */
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
      quickTexts: this.quickTexts,
      hasButtons: !this.hideControls,
    };
    return renderView(seen, this.#inCall.screen, {
      isClosed: this.closed,
      hasAvatar: this.querySelector(":scope > [slot=avatar]") !== null,
      offer: (scene) => this.#lastCall.render(scene),
      callBack: this.#onCallBack,
      close: this.#onClose,
    });
  }

  /**
   * Returns the contact of a call as it may be shown. Decided here, so that no part of the screen can load a picture too
   * early.
   */
  #contactIn(snapshot: CallSnapshot): ShownContact {
    const contact = this.#namedIn(snapshot);
    return this.avatarBeforeAccept || wasTaken(snapshot) ? contact : withoutFarPicture(contact);
  }

  /** `contactOf` is the host's code: an error in it must not take the screen away. */
  #namedIn({ callId }: CallSnapshot): ShownContact {
    try {
      const contact = callId === null ? null : (this.contactOf?.(callId) ?? null);
      return contact === null ? this.shownContact : this.readable(contact);
    } catch {
      return this.shownContact;
    }
  }

  /** The callee, so that only an invitation of the same contact counts as glare. */
  get #callee() {
    const { id } = this.shownContact;
    return id === "" ? {} : { to: id };
  }

  get #currentState(): CallStateName {
    return this.#calls.current?.snapshot.state ?? "idle";
  }

  /** `true` without a call on screen: an offer to resume can be shown. */
  get #isFree(): boolean {
    return this.#currentState === "idle" || (this.#currentState === "ended" && this.closed);
  }

  /** `true` where the call needs the in-call chunk to be seen or heard, or for what follows its end. */
  get #needsChunk(): boolean {
    return this.#currentState === "incoming" ? this.ring : !this.#isFree;
  }

  /**
   * Renders each state before the connection a moment later (`in-call-screen.ts`). A new view without a call renders when the page
   * is idle. On a page that was opened for a call the invitation follows at once: it is then rendered first.
   */
  protected override async scheduleUpdate(): Promise<unknown> {
    await (this.#calls.called ?? this.#inCall.screen?.later);
    return super.scheduleUpdate();
  }

  #onNotice(notice: CallNotice, calls: CallSource): void {
    if (notice.type === "changed" && calls === this.#calls.current) {
      const { state } = calls.snapshot;
      this.requestUpdate();
      // Set before the event, so that listeners find attribute and property equal.
      this.setAttribute("state", state);
      if (state !== "ended") this.closed = false;
      // An incoming call is seen first, and heard a moment later.
      if (this.#inCall.screen === null && this.#needsChunk)
        void this.#inCall.load(state === "incoming" ? "idle" : "now");
    }
    this.#inCall.screen?.handleNotice(notice);
    for (const event of eventsOf(notice, calls)) this.dispatchEvent(event);
  }

  /** Handled by the view instead of the nearest call: the view knows the contact. */
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

import {
  nothing,
  type CSSResultOrNative,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
} from "lit";
import type { CallMedia, CallStateName } from "../../../call/terms.ts";
import { Dismissal, helpsToCall } from "../../../controller/after-end.ts";
import type { CallNotice, CallSource } from "../../../controller/call-source.ts";
import { painted } from "../../../controller/lazy.ts";
import { SxCallBackEvent } from "../../../events/before-and-after-intents.ts";
import {
  SxHangUpEvent,
  SxFlipCameraEvent,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
  type SxIntent,
} from "../../../events/call-intents.ts";
import {
  SxPictureInPictureEvent,
  type ScreenAction,
  SxToggleScreenEvent,
} from "../../../events/screen-events.ts";
import { type AudioRoute, settling } from "../../shared/status-icons.ts";
import { showStyles } from "../../shared/adopt-styles.ts";
import { clockDuration, spokenDuration } from "../../shared/duration.ts";
import { sheetStyles } from "../../shared/sheet.ts";
import { english } from "../../words/english.ts";
import type { Localize, Words } from "../../words/strings.ts";
import { HidingBars, isOnlyWatched } from "../behaviours/hiding-bars.ts";
import { Shortcuts, type ShortcutHost } from "../behaviours/shortcuts.ts";
import { SystemIntegration, type SystemHost } from "../behaviours/system-integration.ts";
import { VoiceRing } from "../behaviours/voice-ring.ts";
import { layouts } from "../call-view.styles.ts";
import { hasPanel, OpenPanel } from "../panel/panel.ts";
import { panelStyles } from "../panel/panel.styles.ts";
import { glide, SmallPicture } from "../pictures/small-picture.ts";
import { PictureFit } from "../pictures/picture-fit.ts";
import { FirstPicture, renderBehind } from "../pictures/pictures.ts";
import { picturesStyles } from "../pictures/pictures.styles.ts";
import { cssOf, renderSmallWindow, SmallWindow } from "../pictures/small-window.ts";
import { ShareWatch } from "../share/share-watch.ts";
import {
  arrivedTextStyles,
  renderDeclineText,
  declineTextStyles,
  TextWatch,
  type TextHost,
} from "../text/text-watch.ts";
import { backdropOf, canSwap } from "../scene.ts";
import type { CallScene, LaterButton, PictureLayout, ViewScene } from "../scene.ts";
import {
  AllowDevices,
  canShareOther,
  sharingInput,
  sharingStyles,
  type Refused,
} from "./browser-buttons.ts";
import { hintLineOf, permissionWords } from "./badges.ts";
import { canSetVolume } from "../../shared/play-track.ts";
import { NoteOffer, type NoteHost } from "../note/note-offer.ts";
import { otherCallsStyles, renderControls, renderInCall } from "./in-call.ts";
import { littleRoom } from "./little-room.styles.ts";
import { inCallLayouts, materialStyles, stageStyles } from "./in-call.styles.ts";
import { OutliveWindow } from "../../shared/outlive-window.ts";

/**
 * Milliseconds between a change of state before the connection and its render. An engine opens devices and connects in several
 * steps, and each waits for the main thread. A render meanwhile delays the dial and the first picture by its whole time. Nobody
 * notices less than 100 ms.
 */
const stepMilliseconds = 50;
const isSettingUp = (state: CallStateName) => ["inviting", "ringing", "connecting"].includes(state);

/** Requirements of the in-call screen on its view. */
export type InCallHost = SystemHost &
  ShortcutHost &
  TextHost &
  NoteHost & {
    readonly calls: CallSource;
    readonly keepBars: boolean;
    readonly smallWindow: "browser" | "host" | "off";
    readonly audioRoutes: readonly AudioRoute[] | null;
    readonly hideControls: boolean;
    readonly permissionHelp: string;
    readonly mediaDevices: unknown;
    startCall(given: { media: CallMedia }): Promise<void>;
    callVolume: number;
    screenVolume: number;
    shownStyles: readonly CSSResultOrNative[] | null;
    adoptedCallback(): void;
  };

/** Functions of the view for its in-call screen. */
export interface InCallParts {
  /** Language of the view, BCP 47, and name of the contact on screen. */
  readonly about: () => { readonly language: string; readonly name: string };
  readonly intend: (event: SxIntent) => boolean;
  /** Closes the screen of an ended call, unless the host keeps it. */
  readonly close: () => void;
  /** Returns a function that translates to the view's language, with a fallback dictionary. */
  readonly localizeWith: (english: Words) => Localize;
}

/** Inserts the styles of a running call at their place in the view's own styles. */
export const withInCallStyles = (own: readonly CSSResultOrNative[]): CSSResultOrNative[] =>
  own.flatMap((style) => (style === layouts ? inCallStyles : [style]));

const inCallStyles = [
  stageStyles,
  declineTextStyles,
  picturesStyles,
  layouts,
  inCallLayouts,
  littleRoom,
  materialStyles,
  sheetStyles,
  panelStyles,
  sharingStyles,
  otherCallsStyles,
  arrivedTextStyles,
];

/**
 * The in-call screen with its behaviours: panels, shortcuts, video layout, small window, and system integration. It holds state
 * of the screen that is not part of the call, such as the position of a picture.
 */
export class InCallScreen {
  readonly #host: InCallHost;
  readonly #intend: InCallParts["intend"];
  readonly #localize: Localize;
  readonly #keys: Shortcuts;
  readonly #system: SystemIntegration;
  readonly #panel: OpenPanel;
  readonly #small: SmallPicture;
  readonly #fit: PictureFit;
  readonly #shared: ShareWatch;
  readonly #first: FirstPicture;
  readonly #window: SmallWindow;
  readonly #allow: AllowDevices;
  readonly #text: TextWatch;
  readonly #notes: NoteOffer;
  /** The view does not render before. */
  later?: Promise<unknown>;
  #endWait?: () => void;
  /** The last rendered scene; `null` without a running call. */
  #scene: CallScene | null = null;

  constructor(host: InCallHost, { about, intend, close, localizeWith }: InCallParts) {
    this.#host = host;
    this.#intend = intend;
    this.#localize = localizeWith(english);
    this.#keys = new Shortcuts(host, intend);
    this.#system = new SystemIntegration(host, about, (event) => void intend(event));
    this.#panel = new OpenPanel(
      host,
      (panel) =>
        hasPanel(panel, host.calls.snapshot) &&
        (panel !== "text" || this.#text.conversation !== null),
    );
    // The root exists before the first update, with the styles of the class.
    const styles = withInCallStyles((host.constructor as typeof LitElement).elementStyles);
    const adoptLate = (style: CSSResultOrNative) => {
      styles.push(style);
      showStyles(host, styles);
    };
    this.#shared = new ShareWatch(host, adoptLate);
    this.#text = new TextWatch(host, {
      isOpen: () => this.#panel.shown === "text",
      open: (): void => this.#panel.show("text"),
      adopt: adoptLate,
    });
    const css = cssOf(styles.filter((style) => "cssText" in style));
    this.#small = new SmallPicture(host, () => this.#is(canSwap));
    this.#fit = new PictureFit(host);
    this.#first = new FirstPicture(() => host.requestUpdate());
    this.#allow = new AllowDevices(host, (refused) => {
      if (refused === "call") this.#callBack();
      else this.#tryAgain(refused);
    });
    this.#window = new SmallWindow(host, () => {
      const scene = this.#scene;
      const toggleMicrophone = () => void this.#intend(new SxToggleMicrophoneEvent());
      const presses = { toggleMicrophone, hangUp: () => void this.#intend(new SxHangUpEvent()) };
      if (scene === null) return null;
      return { template: renderSmallWindow(scene, presses), css, title: scene.contact.name };
    });
    host.addEventListener("fullscreenchange", () => host.requestUpdate());
    host.addEventListener("sx-screen-action", (event) => {
      // Microtask: runs after every listener could call `preventDefault()`, still within the user activation.
      const { action, device } = event.detail;
      queueMicrotask(() => event.defaultPrevented || this.perform(action, device));
    });
    this.#system.performVolumes(host);
    new HidingBars(host, () => !host.keepBars && !isMenuOpen(host) && this.#is(isOnlyWatched));
    new VoiceRing(host, () => (this.#is(isAudible) ? host.calls.levels.remote() : null));
    const adopt: ReactiveController = {
      hostConnected: () => {
        host.removeController(adopt);
        showStyles(host, styles);
      },
    };
    host.addController(adopt);
    this.#notes = new NoteOffer(host, this.#localize);
    new OutliveWindow(host);
    const dismissal = new Dismissal((calls) => {
      if (calls === host.calls) close();
    });
    const check = () => {
      // An update may come after the view has gone.
      if (host.isConnected) dismissal.check(host.calls);
    };
    host.addController({
      hostConnected: () => {
        // A rule of the page for every element (`* { all: unset }`) has taken its box.
        if (getComputedStyle(host).display === "inline") host.style.display = "block";
        check();
      },
      hostUpdated: () => {
        check();
        this.#window.openOnLeave(this.#opensOnLeave ? this.#toggleWindow : null);
      },
      hostDisconnected: () => {
        dismissal.stop();
      },
    });
    // The first number format of a language takes up to 50 ms: created before a call connects.
    void painted().then(() => clockDuration(0, about().language));
  }

  /** Completes a scene for the in-call screen. Scenes of other states are not kept. */
  sceneOf(seen: ViewScene): CallScene {
    const { audioRoutes, permissionHelp, callVolume, screenVolume } = this.#host;
    const localize = this.#localize;
    const drawn = {
      ...seen,
      localize,
      helpsToCall: helpsToCall(seen.snapshot),
      declineText: () => renderDeclineText({ ...seen, localize }),
      behind: () => renderBehind(seen),
      noteOffer: () => this.#notes.renderButton(seen),
      note: () =>
        this.#notes.renderOpen(seen, () => permissionWords(permissionHelp, navigator, localize)),
      panel: this.#panel,
      text: this.#text.scene(),
      hintLine: hintLineOf({ ...seen, localize }),
      spokenDuration: (seconds: number) => spokenDuration(seconds, seen.language),
      permissionSteps: (refused: Refused) =>
        this.#allow.render(
          seen.snapshot,
          refused,
          permissionWords(permissionHelp, navigator, localize),
        ),
      sound: this.#system.sound,
      theirs: {
        ...this.#first.follow(seen),
        isScreenDecoded: this.#shared.isSeen(seen.tracks.remoteScreen),
      },
      input: {
        keys: this.#keys.hints,
        audioRoutes,
        volumes: canSetVolume() ? { call: callVolume, screen: screenVolume } : null,
        tryAgain: this.#tryAgain,
        flip: () => void this.#intend(new SxFlipCameraEvent()),
        stopSharing: () => void this.#intend(new SxToggleScreenEvent()),
        ...this.#sharing,
      },
    };
    const scene: CallScene = { ...drawn, layout: this.#layoutOf(drawn) };
    this.#glideFrom(scene);
    this.#scene = hasPanel("help", seen.snapshot) ? scene : null;
    return scene;
  }

  render(scene: CallScene): TemplateResult {
    return renderInCall(scene, this.#host.hideControls ? nothing : renderControls(scene));
  }

  handleNotice(notice: CallNotice): void {
    const { state } = this.#host.calls.snapshot;
    if (notice.type === "written") this.#text.handOver(notice);
    else if (notice.type === "changed" && notice.previous.state !== state) {
      if (state === "connected") this.#endWait?.();
      else if (isSettingUp(state))
        this.later = new Promise<void>((resolve) => {
          setTimeout((this.#endWait = resolve), stepMilliseconds);
        });
    }
  }

  readonly perform = (action: ScreenAction, device?: "microphone" | "camera"): void => {
    switch (action) {
      case "fit":
        this.#fit.toggle();
        break;
      case "swap-pictures":
        this.#small.swap();
        break;
      case "full-screen":
        toggleFullScreen(this.#host);
        break;
      case "picture-in-picture":
        this.#toggleWindow();
        break;
      case "pause-screen":
        this.#sharing.pauseSharing(this.#host.calls.snapshot.local.screenPaused !== true);
        break;
      case "change-screen":
        this.#sharing.shareOther();
        break;
      case "devices":
        this.#panel.toggleDevices(device ?? null);
        break;
      case "security":
      case "text":
      case "help":
        this.#panel.toggle(action);
    }
  };

  /** The own picture glides into its corner. Before the rendering, which moves it. */
  #glideFrom(next: CallScene): void {
    if (this.#scene === null || next.snapshot.state !== "connected") return;
    if (backdropOf(this.#scene) !== "self" || backdropOf(next) === "self") return;
    const own = this.#host.renderRoot.querySelectorAll<HTMLElement>(".self-view");
    void glide([...own], () => this.#host.updateComplete);
  }

  #is(question: (scene: CallScene) => boolean): boolean {
    return this.#scene !== null && question(this.#scene);
  }

  #layoutOf(scene: Omit<CallScene, "layout">): PictureLayout {
    return {
      small: this.#small,
      fit: this.#fit,
      shared: this.#shared,
      onData: this.#first.onData,
      isElsewhere: this.#window.isOpen,
      extras: this.#extrasOf(scene),
      later: this.#laterOf(scene),
      perform: this.perform,
    };
  }

  #extrasOf(scene: Omit<CallScene, "layout">): ScreenAction[] {
    const { smallWindow, ownerDocument } = this.#host;
    const { snapshot, input } = scene;
    const hasWindow =
      smallWindow === "host" || (smallWindow === "browser" && this.#window.isPossible);
    const possible: readonly (readonly [ScreenAction, boolean])[] = [
      ["change-screen", canShareOther(snapshot)],
      ["fit", backdropOf(scene) === "remote"],
      ["swap-pictures", canSwap(scene)],
      ["picture-in-picture", hasWindow],
      ["full-screen", ownerDocument.fullscreenEnabled],
      ["security", hasPanel("security", snapshot)],
      ["devices", hasPanel("devices", snapshot)],
      ["text", scene.text !== null],
      ["help", hasPanel("help", snapshot) && Object.keys(input.keys).length > 0],
    ];
    return possible.flatMap(([action, isPossible]) => (isPossible ? [action] : []));
  }

  #laterOf({ snapshot, now }: Omit<CallScene, "layout">): LaterButton[] {
    const { state, connectedAt } = snapshot;
    const isEarly = isSettingUp(state);
    // The capabilities of the other side arrive a moment after the connection.
    if (!isEarly && (connectedAt === null || now - connectedAt > settling)) return [];
    const { smallWindow, calls, mediaDevices } = this.#host;
    const devices = (mediaDevices ?? navigator.mediaDevices) as MediaDevices | undefined;
    const possible: readonly (readonly [LaterButton, boolean])[] = [
      ["text", Boolean(calls.text)],
      ["screen", isEarly && typeof devices?.getDisplayMedia === "function"],
      [
        "picture-in-picture",
        isEarly &&
          (smallWindow === "host" ||
            (smallWindow === "browser" && this.#window.willBePossible(snapshot.media))),
      ],
      ["security", isEarly],
    ];
    return possible.flatMap(([name, isPossible]) => (isPossible ? [name] : []));
  }

  /** A host with its own window calls `preventDefault()`. */
  readonly #toggleWindow = (): void => {
    const on = !this.#window.isOpen;
    const isAllowed = this.#host.dispatchEvent(new SxPictureInPictureEvent({ on }));
    if (isAllowed && this.#host.smallWindow === "browser") void this.#window.toggle();
  };

  /** A call that runs, in a view that may open a window and use the system's controls. */
  get #opensOnLeave(): boolean {
    const { smallWindow, systemControls, isConnected, calls } = this.#host;
    const { state } = calls.snapshot;
    return (
      isConnected &&
      smallWindow === "browser" &&
      systemControls !== "off" &&
      (state === "connected" || state === "reconnecting")
    );
  }

  #callBack(): void {
    const { media } = this.#host.calls.snapshot;
    if (this.#host.dispatchEvent(new SxCallBackEvent({ media })))
      void this.#host.startCall({ media }).catch(() => undefined);
  }

  /** In the task of the press, which a browser demands before it asks what to share. */
  readonly #sharing = sharingInput((event, intent) => {
    // The source reports failures.
    if (this.#host.dispatchEvent(event))
      void this.#host.calls.perform(intent).catch(() => undefined);
  });

  readonly #tryAgain = (device: "microphone" | "camera") =>
    void this.#intend(
      device === "camera"
        ? new SxToggleCameraEvent({ on: true })
        : new SxToggleMicrophoneEvent({ on: true }),
    );
}

/**
 * Enters or leaves full screen (WHATWG Fullscreen), which iPhones and most WebViews do not support. Rejected without user
 * activation, and then ignored.
 */
function toggleFullScreen(host: LitElement): void {
  const done = host.matches(":fullscreen")
    ? host.ownerDocument.exitFullscreen()
    : host.requestFullscreen({ navigationUI: "hide" });
  done.catch(() => undefined);
}

/** The toolbar reflects it as an attribute. */
const isMenuOpen = (host: LitElement) =>
  host.renderRoot.querySelector("sx-call-controls[menu-open]") !== null;

function isAudible({ snapshot, tracks }: CallScene): boolean {
  return snapshot.state === "connected" && tracks.remoteMicrophone !== null && !snapshot.held.local;
}

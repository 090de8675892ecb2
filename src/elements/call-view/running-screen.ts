import {
  adoptStyles,
  nothing,
  supportsAdoptingStyleSheets,
  type CSSResultOrNative,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
} from "lit";
import type { SxIntent } from "../../events/sx-intent.ts";
import { SxToggleCameraEvent } from "../../events/sx-toggle-camera.ts";
import { SxToggleMicrophoneEvent } from "../../events/sx-toggle-microphone.ts";
import type { AudioRoute } from "../device-menu/device-menu.ts";
import { painted } from "../../controller/late.ts";
import { sheetStyles } from "../shared/sheet.ts";
import { clockDuration } from "../shared/duration.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import { Attention, type AttentionHost } from "./attention.ts";
import { besideStyles } from "./beside.styles.ts";
import { CallScreen, type ScreenHost } from "./call-screen.ts";
import { renderControls } from "./controls.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import { renderInCall } from "./in-call.ts";
import { layouts } from "./layouts.styles.ts";
import { hasPanel, OpenPanel } from "./open-panel.ts";
import { panelStyles } from "./panel.styles.ts";
import { picturesStyles } from "./pictures.styles.ts";
import type { CallScene, ViewScene } from "./scene.ts";
import { Shortcuts, type ShortcutHost } from "./shortcuts.ts";
import { cssOf } from "./small-window.ts";
import { runningLayouts } from "./running-layouts.styles.ts";
import { hintWords } from "./sign-words.ts";
import { stageStyles } from "./stage.styles.ts";
import { permissionWords } from "./permission-help.ts";
import { renderSurface } from "./surface.ts";
import { learnAll } from "../shared/all-known.ts";

learnAll();

/** What of keys and devices the screen is drawn from. */
export interface InputScene {
  readonly keys: ShortcutKeys;
  readonly audioRoutes: readonly AudioRoute[] | null;
  readonly tryAgain: (device: "microphone" | "camera") => void;
}

/** The view, as the screen of a running call needs it. */
export type RunningHost = ScreenHost &
  AttentionHost &
  ShortcutHost & {
    readonly audioRoutes: readonly AudioRoute[] | null;
    readonly hideControls: boolean;
    readonly permissionHelp: string;
  };

/** What the view does for it. */
export interface RunningParts {
  /** The view's language, BCP 47, and the name of the contact that it shows. */
  readonly about: () => { readonly language: string; readonly name: string };
  readonly intend: (event: SxIntent) => boolean;
}

/** The styles of a running call, where they belong among those that the view has from the beginning. */
export const withRunning = (own: readonly CSSResultOrNative[]): CSSResultOrNative[] =>
  own.flatMap((style) =>
    style === layouts
      ? [
          stageStyles,
          picturesStyles,
          layouts,
          runningLayouts,
          sheetStyles,
          panelStyles,
          besideStyles,
        ]
      : [style],
  );

/** What a host has added to the root by hand stays, behind the kit's own. */
function addStyles(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  // Safari before 16.4 has style elements instead, and those stay by themselves.
  const before = supportsAdoptingStyleSheets ? [...root.adoptedStyleSheets] : [];
  adoptStyles(root, styles);
  if (before.length === 0) return;
  const own = root.adoptedStyleSheets;
  root.adoptedStyleSheets = [...own, ...before.filter((sheet) => !own.includes(sheet))];
}

/** All that a view needs once a call runs: its screen, its keys, and what it does beyond its picture. */
export class RunningScreen {
  readonly #host: RunningHost;
  readonly #attention: Attention;
  readonly #keys: Shortcuts;
  readonly #panel: OpenPanel;
  readonly #screen: CallScreen;
  readonly #intend: RunningParts["intend"];
  /** What was drawn last of a running call. */
  #scene: CallScene | null = null;

  constructor(host: RunningHost, { about, intend }: RunningParts) {
    this.#host = host;
    this.#intend = intend;
    this.#keys = new Shortcuts(host, intend);
    this.#attention = new Attention(host, about, (event) => void intend(event));
    this.#panel = new OpenPanel(host, (panel) => hasPanel(panel, host.calls.snapshot));
    // The root is made before the first update, with the styles of the class.
    const styles = withRunning((host.constructor as typeof LitElement).elementStyles);
    const css = cssOf(styles.filter((style) => "cssText" in style));
    this.#screen = new CallScreen(host, {
      scene: () => this.#scene,
      surface: (scene) => ({ template: renderSurface(scene), css, title: scene.contact.name }),
      toggle: this.#panel.toggle,
    });
    const adopt: ReactiveController = {
      hostConnected: () => {
        host.removeController(adopt);
        // A class of a host's own may draw somewhere else.
        if (host.renderRoot instanceof ShadowRoot) addStyles(host.renderRoot, styles);
      },
    };
    host.addController(adopt);
    // The first number in a language takes an engine up to 50 ms: not in the moment in which a call is connected.
    void painted().then(() => clockDuration(0, about().language));
  }

  /** The scene of a running call; of every other state it takes notice only. */
  sceneOf(seen: ViewScene): CallScene {
    const { audioRoutes } = this.#host;
    const drawn = {
      ...seen,
      panel: this.#panel,
      hintLine: seen.snapshot.hints.map((hint) => hintWords(hint, seen.say)).join(". "),
      permissionSteps: () => permissionWords(this.#host.permissionHelp, navigator, seen.say),
      sound: this.#attention.sound,
      input: { keys: this.#keys.keys, audioRoutes, tryAgain: this.#tryAgain },
    };
    const scene: CallScene = { ...drawn, layout: this.#screen.layoutOf(drawn) };
    this.#scene = hasPanel("help", seen.snapshot) ? scene : null;
    return scene;
  }

  render(scene: CallScene): TemplateResult {
    return renderInCall(scene, this.#host.hideControls ? nothing : renderControls(scene));
  }

  perform(action: ScreenAction): void {
    this.#screen.perform(action);
  }

  readonly #tryAgain = (device: "microphone" | "camera") =>
    void this.#intend(
      device === "camera"
        ? new SxToggleCameraEvent({ on: true })
        : new SxToggleMicrophoneEvent({ on: true }),
    );
}

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { CallStateName } from "../../../call/terms.ts";
import { Alerts } from "../../../controller/alerts.ts";
import type { CallSource } from "../../../controller/call-source.ts";
import type { SxIntent } from "../../../events/sx-intent.ts";
import { BlockedSound } from "./blocked-sound.ts";
import { ScreenWakeLock } from "./screen-wake-lock.ts";
import { MediaSessionControls } from "./media-session.ts";

/** What the system is shown of a call: nothing, its buttons, or also the contact's name. */
export type SystemControlsChoice = "off" | "buttons" | "named";

/** The view, as its attention needs it. */
export interface SystemHost extends ReactiveControllerHost, HTMLElement {
  readonly calls: Pick<CallSource, "snapshot" | "others">;
  readonly volume: number;
  readonly soundRegion: string | null;
  readonly ring: boolean;
  readonly noHaptics: boolean;
  readonly noWakeLock: boolean;
  readonly systemControls: SystemControlsChoice;
}

/** What is outside the page. */
export interface SystemParts {
  readonly alerts: Pick<Alerts, "follow" | "hush" | "resume" | "release">;
  readonly screen: Pick<ScreenWakeLock, "set">;
  readonly system: Pick<MediaSessionControls, "show" | "release">;
}

const running: readonly CallStateName[] = [
  "inviting",
  "ringing",
  "connecting",
  "connected",
  "reconnecting",
];

/**
 * What a call does beyond its picture, for as long as its view is in the document: sounds, vibration, a screen that stays on, the
 * system's own buttons, and sound that the browser holds back. One lifetime: nothing of it outlives the view or the call.
 */
export class SystemIntegration implements ReactiveController {
  /** The sounds that the browser holds back. */
  readonly sound: BlockedSound;
  readonly #host: SystemHost;
  readonly #about: () => { readonly language: string; readonly name: string };
  readonly #parts: SystemParts;

  /** @param about the view's language, BCP 47, and the name of the contact that it shows. */
  constructor(
    host: SystemHost,
    about: () => { readonly language: string; readonly name: string },
    press: (event: SxIntent) => void,
    parts: SystemParts = {
      alerts: new Alerts(),
      screen: new ScreenWakeLock(),
      system: new MediaSessionControls(press),
    },
  ) {
    this.#host = host;
    this.#about = about;
    this.#parts = parts;
    // In a step of its own: an element that goes away says so while the view is being drawn.
    this.sound = new BlockedSound(() => queueMicrotask(() => host.requestUpdate()));
    host.addController(this);
    // Those that count as a person's press, of a finger, a mouse, a keyboard or a screen reader. On the host: they live with it.
    for (const name of ["pointerup", "keydown", "click"] as const)
      host.addEventListener(name, this.#onPress);
    host.addEventListener("sx-close", () => parts.alerts.hush());
  }

  /** A move in the document disconnects and connects: what was let go of is taken up again. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    const { alerts, screen, system } = this.#parts;
    alerts.release();
    screen.set(false);
    system.release();
  }

  hostUpdated(): void {
    const { calls, volume, soundRegion, ring, noHaptics, noWakeLock, systemControls, isConnected } =
      this.#host;
    // An element outside a document is updated, too.
    if (!isConnected) return;
    const { language, name } = this.#about();
    const { alerts, screen, system } = this.#parts;
    const isRunning = running.includes(calls.snapshot.state);
    alerts.follow(calls, { volume, ring, haptics: !noHaptics, region: soundRegion, language });
    // Sound alone, too: a browser on a phone stops the microphone of a page whose screen went dark.
    screen.set(isRunning && !noWakeLock);
    if (isRunning && systemControls !== "off")
      system.show(calls.snapshot, systemControls === "named" ? name : "");
    else system.release();
  }

  readonly #onPress = (): void => {
    this.sound.retry();
    this.#parts.alerts.resume();
  };
}

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { CallStateName } from "../../../call/terms.ts";
import { Alerts } from "../../../controller/alerts.ts";
import type { CallSource } from "../../../controller/call-source.ts";
import type { SxIntent } from "../../../events/sx-intent.ts";
import { BlockedSound } from "./blocked-sound.ts";
import { ScreenWakeLock } from "./screen-wake-lock.ts";
import { MediaSessionControls } from "./media-session.ts";

/** System controls of a call: none, buttons, or buttons with the contact's name. */
export type SystemControlsChoice = "off" | "buttons" | "named";

/** The required part of the view. */
export interface SystemHost extends ReactiveControllerHost, HTMLElement {
  readonly calls: Pick<CallSource, "snapshot" | "others">;
  readonly volume: number;
  readonly soundRegion: string | null;
  readonly ring: boolean;
  readonly noHaptics: boolean;
  readonly noWakeLock: boolean;
  readonly systemControls: SystemControlsChoice;
}

/** Parts outside of the page, replaced in tests. */
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
 * Effects of a call outside its screen, while its view is connected: sounds, vibration, wake lock, system controls, and blocked
 * audio. Everything is released with the view or the call.
 */
export class SystemIntegration implements ReactiveController {
  /** Audio that the browser blocks. */
  readonly sound: BlockedSound;
  readonly #host: SystemHost;
  readonly #about: () => { readonly language: string; readonly name: string };
  readonly #parts: SystemParts;

  /** @param about returns the view's language, BCP 47, and the name of its contact. */
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
    // In a microtask: an element is removed while the view renders.
    this.sound = new BlockedSound(() => queueMicrotask(() => host.requestUpdate()));
    host.addController(this);
    // Events of a user activation by finger, mouse, keyboard or screen reader. On the host: the listeners live as long as it.
    for (const name of ["pointerup", "keydown", "click"] as const)
      host.addEventListener(name, this.#onPress);
    host.addEventListener("sx-close", () => parts.alerts.hush());
  }

  /** A move in the document disconnects and connects: everything is acquired again. */
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
    // Elements outside a document are updated, too.
    if (!isConnected) return;
    const { language, name } = this.#about();
    const { alerts, screen, system } = this.#parts;
    const isRunning = running.includes(calls.snapshot.state);
    alerts.follow(calls, { volume, ring, haptics: !noHaptics, region: soundRegion, language });
    // Also for audio calls: phone browsers mute the microphone of a page when the screen turns off.
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

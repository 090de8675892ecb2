import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import { Alerts } from "../../../controller/alerts.ts";
import type { CallSource } from "../../../controller/call-source.ts";
import {
  SxHangUpEvent,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
  type SxIntent,
} from "../../../events/call-intents.ts";
import type { PlayWatch } from "../../shared/play-track.ts";

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

/** The part of the view that knows the volume of the other side. */
interface LoudHost extends HTMLElement {
  callVolume: number;
  screenVolume: number;
}

/** Parts outside of the page, replaced in tests. */
export interface SystemParts {
  readonly alerts: Pick<Alerts, "follow" | "hush" | "resume" | "release" | "test">;
  readonly screen: Pick<ScreenWakeLock, "set">;
  readonly system: Pick<MediaSessionControls, "show" | "release">;
}

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
    // From dialling to the end.
    const isRunning = calls.snapshot.actions.includes("hang-up");
    alerts.follow(calls, { volume, ring, haptics: !noHaptics, region: soundRegion, language });
    // Also for audio calls: phone browsers mute the microphone of a page when the screen turns off.
    screen.set(isRunning && !noWakeLock);
    if (isRunning && systemControls !== "off")
      system.show(calls.snapshot, systemControls === "named" ? name : "");
    else system.release();
  }

  /** Plays a tone on the chosen speaker. Call it in the handler of a press. @param volume 0 to 1. */
  testSpeaker(volume: number): void {
    this.#parts.alerts.test(volume);
  }

  /** Performs what a person asks of the speaker, once every listener could call `preventDefault()`: still within the press. */
  performVolumes(host: LoudHost): void {
    host.addEventListener("sx-set-volume", (event) => {
      queueMicrotask(() => {
        const { of, volume } = event.detail;
        if (!event.defaultPrevented) host[`${of}Volume`] = volume;
      });
    });
    host.addEventListener("sx-test-speaker", (event) => {
      queueMicrotask(() => {
        if (!event.defaultPrevented) this.testSpeaker(host.callVolume);
      });
    });
  }

  readonly #onPress = (): void => {
    this.sound.retry();
    this.#parts.alerts.resume();
  };
}

/** Media elements whose playback the browser's autoplay policy blocks. */
export class BlockedSound implements PlayWatch {
  readonly #elements = new Set<HTMLMediaElement>();
  readonly #changed: () => void;

  /** @param changed called when the first one is added, and when none is left. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isBlocked(): boolean {
    return this.#elements.size > 0;
  }

  refused(element: HTMLMediaElement): void {
    this.#elements.add(element);
    if (this.#elements.size === 1) this.#changed();
  }

  settled(element: HTMLMediaElement): void {
    if (this.#elements.delete(element) && this.#elements.size === 0) this.#changed();
  }

  /** Plays all of them. Call it in the handler of a press: otherwise it is refused again. */
  retry(): void {
    for (const element of this.#elements) {
      void element.play().catch(() => undefined);
      // The promise would wait for the first sound, which may be late.
      if (!element.paused) this.settled(element);
    }
  }
}

/** The required part of W3C Screen Wake Lock: `navigator.wakeLock`. */
export type ScreenLocks = {
  request(type: "screen"): Promise<Pick<WakeLockSentinel, "released" | "release">>;
};

/**
 * Keeps the screen on. A refusal of the system, such as for a low battery, is ignored.
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export class ScreenWakeLock {
  readonly #locks: ScreenLocks | undefined;
  #wanted = false;
  #asking = false;
  #lock: Awaited<ReturnType<ScreenLocks["request"]>> | null = null;

  // Absent in some engines, contrary to TypeScript's DOM library.
  constructor(locks: ScreenLocks | undefined = (navigator as Partial<Navigator>).wakeLock) {
    this.#locks = locks;
  }

  /** Sets whether the screen has to stay on. */
  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      // Browsers release the lock of a hidden page, which has to request it again.
      document.addEventListener("visibilitychange", this.#take);
      this.#take();
    } else {
      document.removeEventListener("visibilitychange", this.#take);
      release(this.#lock);
      this.#lock = null;
    }
  }

  readonly #take = (): void => void this.#ask();

  async #ask(): Promise<void> {
    if (document.hidden || this.#asking || this.#lock?.released === false) return;
    this.#asking = true;
    try {
      const lock = await this.#locks?.request("screen");
      // The call may have ended during the request.
      if (this.#wanted) this.#lock = lock ?? null;
      else release(lock);
    } catch {
      // Refused now: requested again when the page becomes visible.
    } finally {
      this.#asking = false;
    }
  }
}

function release(lock: Pick<WakeLockSentinel, "release"> | null | undefined): void {
  void lock?.release().catch(() => undefined);
}

/** The required part of W3C Media Session, with call actions that TypeScript's DOM library lacks. */
export interface CallSession {
  metadata: MediaMetadata | null;
  setActionHandler(action: (typeof buttons)[number][0], handler: (() => void) | null): void;
  setMicrophoneActive?(active: boolean): unknown;
  setCameraActive?(active: boolean): unknown;
}

const buttons = [
  ["hangup", "hang-up", () => new SxHangUpEvent()],
  ["togglemicrophone", "toggle-microphone", () => new SxToggleMicrophoneEvent()],
  ["togglecamera", "toggle-camera", () => new SxToggleCameraEvent()],
] as const;

/** A page has one session: of several views, that of the first running call uses it. */
const page: { holder: MediaSessionControls | null } = { holder: null };

/**
 * System controls of a call: on the lock screen, a headset, or a picture-in-picture window. They fire the same events as the
 * toolbar.
 * @see https://www.w3.org/TR/mediasession/
 */
export class MediaSessionControls {
  readonly #press: (event: SxIntent) => void;
  readonly #session: CallSession | undefined;
  /** Last state set on the session, to skip equal ones. */
  #published = "";
  /** `true` where the metadata of the session was set here. */
  #isNamed = false;

  constructor(
    press: (event: SxIntent) => void,
    // Cast for three actions that the library lacks, and for engines without a session.
    session = (navigator as { readonly mediaSession?: unknown }).mediaSession as
      | CallSession
      | undefined,
  ) {
    this.#press = press;
    this.#session = session;
  }

  /**
   * Shows a running call to the system.
   * @param name the contact's name for the system; "" for none.
   */
  show({ actions, local }: CallSnapshot, name: string): void {
    if ((page.holder ?? this) !== this || this.#session === undefined) return;
    page.holder = this;
    const possible = buttons.map(([, action]) => actions.includes(action));
    const active = [local.microphone.state === "on", local.camera.state === "on"] as const;
    const published = JSON.stringify([possible, active, name]);
    if (published === this.#published) return;
    this.#published = published;
    this.#publish(possible, active, name);
  }

  /** Clears the session. */
  release(): void {
    if (page.holder !== this) return;
    page.holder = null;
    this.#published = "";
    this.#publish([], [false, false], "");
  }

  #publish(
    possible: readonly boolean[],
    [microphone, camera]: readonly [boolean, boolean],
    name: string,
  ): void {
    const session = this.#session;
    if (session === undefined) return;
    for (const [index, [action, , intent]] of buttons.entries()) {
      const handler = possible[index] ? () => this.#press(intent()) : null;
      quietly(() => session.setActionHandler(action, handler));
    }
    quietly(() => session.setMicrophoneActive?.(microphone));
    quietly(() => session.setCameraActive?.(camera));
    // Without a name the metadata belongs to the host, and is left alone.
    if (name !== "" || this.#isNamed)
      session.metadata = name === "" ? null : new MediaMetadata({ title: name });
    this.#isNamed = name !== "";
  }
}

/** Engines throw or reject for an unknown action: the system then has one control less. */
function quietly(publish: () => unknown): void {
  try {
    void Promise.resolve(publish()).catch(() => undefined);
  } catch {
    // As above.
  }
}

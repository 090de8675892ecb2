import type { CallSnapshot } from "../../../call/snapshot.ts";
import { SxHangUpEvent } from "../../../events/sx-hang-up.ts";
import type { SxIntent } from "../../../events/sx-intent.ts";
import { SxToggleCameraEvent } from "../../../events/sx-toggle-camera.ts";
import { SxToggleMicrophoneEvent } from "../../../events/sx-toggle-microphone.ts";

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
  #told = "";
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
    const told = JSON.stringify([possible, active, name]);
    if (told === this.#told) return;
    this.#told = told;
    this.#tell(possible, active, name);
  }

  /** Clears the session. */
  release(): void {
    if (page.holder !== this) return;
    page.holder = null;
    this.#told = "";
    this.#tell([], [false, false], "");
  }

  #tell(
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
function quietly(tell: () => unknown): void {
  try {
    void Promise.resolve(tell()).catch(() => undefined);
  } catch {
    // As above.
  }
}

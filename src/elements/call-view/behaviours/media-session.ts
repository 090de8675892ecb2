import type { CallSnapshot } from "../../../call/snapshot.ts";
import { SxHangUpEvent } from "../../../events/sx-hang-up.ts";
import type { SxIntent } from "../../../events/sx-intent.ts";
import { SxToggleCameraEvent } from "../../../events/sx-toggle-camera.ts";
import { SxToggleMicrophoneEvent } from "../../../events/sx-toggle-microphone.ts";

/** What is needed of W3C Media Session, with the actions of a call that TypeScript's DOM library does not have. */
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

/** A page has one session: of several views, the one whose call began first has it. */
const page: { holder: MediaSessionControls | null } = { holder: null };

/**
 * The buttons that the system itself shows for a call: on the lock screen, a headset, or a picture-in-picture window. They ask
 * by the same events as those of the toolbar.
 * @see https://www.w3.org/TR/mediasession/
 */
export class MediaSessionControls {
  readonly #press: (event: SxIntent) => void;
  readonly #session: CallSession | undefined;
  /** What the system was told last: a snapshot a second must not become three messages to it. */
  #told = "";
  /** Whether the name that stands in the session is ours to take away. */
  #isNamed = false;

  constructor(
    press: (event: SxIntent) => void,
    // The cast: three actions that the library lacks; and not every engine has a session.
    session = (navigator as { readonly mediaSession?: unknown }).mediaSession as
      CallSession | undefined,
  ) {
    this.#press = press;
    this.#session = session;
  }

  /**
   * Shows a running call to the system.
   * @param name the contact's, where the system may show it; "" where not.
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

  /** Takes everything back. */
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
    // Without a name it is left alone: what stands there is the host's.
    if (name !== "" || this.#isNamed)
      session.metadata = name === "" ? null : new MediaMetadata({ title: name });
    this.#isNamed = name !== "";
  }
}

/** An engine throws, or rejects, for an action that it does not know: then the system has one button less. */
function quietly(tell: () => unknown): void {
  try {
    void Promise.resolve(tell()).catch(() => undefined);
  } catch {
    // As above.
  }
}

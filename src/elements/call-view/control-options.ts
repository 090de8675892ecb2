import { property } from "lit/decorators.js";
import type { AudioRoute } from "../device-menu/device-menu.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import { CallCommands } from "./call-commands.ts";
import type { ShortcutScope } from "./shortcuts.ts";

/**
 * What a host chooses of keys, devices and the help with them.
 *
 * @fires {SxToggleMicrophoneEvent} sx-toggle-microphone - The person switches the microphone by a key. Cancelable.
 * @fires {SxToggleCameraEvent} sx-toggle-camera - The person switches the camera by a key. Cancelable.
 * @fires {SxToggleScreenEvent} sx-toggle-screen - The person shares the screen by a key, or stops. Cancelable.
 * @fires {SxHoldEvent} sx-hold - The person puts the call on hold by a key. Cancelable.
 * @fires {SxScreenActionEvent} sx-screen-action - The person asks something of the screen, by the toolbar or a key. Cancelable.
 * @fires {SxPermissionNeededEvent} sx-permission-needed - A device was refused: a native host can offer its settings.
 *
 * @csspart help - The list of keys.
 * @csspart steps - How a device is allowed in this browser.
 * @csspart try-again - The button that tries a device again that did not work.
 */
export abstract class ControlOptions extends CallCommands {
  /** Where the keys count: with the focus in the view, anywhere in the page, or nowhere. */
  @property() shortcuts: ShortcutScope = "view";

  /** Other keys than the kit's, as `KeyboardEvent.key` has them; `null` takes one away. */
  @property({ attribute: false }) shortcutKeys: ShortcutKeys = {};

  /** Ways for the sound that the host knows, instead of the browser's speakers. */
  @property({ attribute: false }) audioRoutes: readonly AudioRoute[] | null = null;

  /** How a device is allowed here, where the view would not know it: one of its own kinds of browser, or words of the host. */
  @property({ attribute: "permission-help" }) permissionHelp = "";
}

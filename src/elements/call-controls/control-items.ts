import type { CallSnapshot } from "../../call/snapshot.ts";
import type { DeviceStatus } from "../../call/state/devices.ts";
import type { CallAction } from "../../call/terms.ts";
import {
  SxChooseRouteEvent,
  SxFlipCameraEvent,
  SxToggleCameraEvent,
  SxToggleMicrophoneEvent,
  SxHoldEvent,
  type SxIntent,
} from "../../events/call-intents.ts";
import { SxResumeEvent } from "../../events/before-and-after-intents.ts";
import {
  SxScreenActionEvent,
  type ScreenAction,
  SxToggleScreenEvent,
} from "../../events/screen-events.ts";
import { routeIcons, type AudioRoute } from "../shared/status-icons.ts";
import type { IconName } from "../shared/icons.ts";
import type { ShortcutAction } from "../shared/shortcut-keys.ts";
import type { Localize } from "../words/strings.ts";

/** Actions without a known call: those of every call. */
export const always: readonly CallAction[] = ["toggle-microphone", "toggle-camera", "hang-up"];

/** A button of the toolbar, or an item of its menu. */
export interface ControlItem {
  /** Also the name of its part. */
  readonly name: "microphone" | "camera" | "flip" | "screen" | "hold" | "speaker" | ScreenAction;
  /** Label, independent of its state. */
  readonly label: string;
  /** Label of the present action, if it differs. */
  readonly does?: string;
  readonly iconName: IconName;
  readonly shortcut?: ShortcutAction;
  /** The device that it turns on and off. */
  readonly device?: DeviceStatus | null;
  /** `true` to highlight it: a device that is off in this call, or a shared screen. */
  readonly marked?: boolean;
  /** Number of messages that were not seen. */
  readonly unread?: number;
  /** `true` where it comes later in the call: its place is kept, so that no button moves. */
  readonly isLater?: boolean;
  /** Name of the button beside it that opens the choice of this device; without it there is nothing to choose from. */
  readonly choose?: string;
  /** `true` for what is on, of a button that turns something other than a device on and off. */
  readonly isOn?: boolean;
  readonly intent: () => SxIntent | SxChooseRouteEvent;
}

/** All buttons and items except hang-up. */
export interface ControlItems {
  /** Always buttons. */
  readonly fixed: readonly ControlItem[];
  /** Buttons where they fit, the most important first; otherwise items of the menu. */
  readonly row: readonly ControlItem[];
  /** Always items of the menu. */
  readonly menu: readonly ControlItem[];
}

/**
 * @param extras - actions of the surrounding screen.
 * @param showsWholePicture - `true` where the whole picture is shown.
 * @param unread - number of messages that were not seen.
 * @param later - buttons that come later in the call.
 * @param routes - audio routes of the host.
 */
export function controlItems(
  call: CallSnapshot | null,
  extras: readonly ScreenAction[],
  showsWholePicture: boolean,
  unread: number,
  localize: Localize,
  later: readonly (ScreenAction | "screen")[],
  routes: readonly AudioRoute[],
): ControlItems {
  const can = (action: CallAction) => (call?.actions ?? always).includes(action);
  const isLater = (name: ControlItem["name"]) => later.some((other) => other === name);
  const extra = (
    name: ScreenAction,
    label: string,
    iconName: IconName,
    more?: Partial<ControlItem>,
  ) =>
    (extras.includes(name) || isLater(name)) && {
      name,
      label,
      iconName,
      ...(!extras.includes(name) && { isLater: true }),
      intent: () => new SxScreenActionEvent({ action: name }),
      ...more,
    };
  const callId = call?.callId ?? null;
  // Whatever there is to choose from, so that no button moves once that is known.
  const canChoose = extras.includes("devices");
  return {
    fixed: present(
      can("toggle-microphone") && {
        ...microphone(call, localize),
        ...(canChoose && { choose: localize("chooseMicrophone") }),
      },
      can("toggle-camera") && {
        ...camera(call, localize),
        ...(canChoose && { choose: localize("chooseCamera") }),
      },
    ),
    row: present(
      can("flip-camera") && {
        ...{
          name: "flip",
          label: localize("flipCamera"),
          iconName: "switch-camera",
          intent: () => new SxFlipCameraEvent(),
        },
      },
      ...devices(extra, routes, localize),
      extra("text", localize("text"), "message-square-text", {
        shortcut: "text",
        ...(unread > 0 && {
          does: `${localize("text")}, ${localize("textUnread", unread)}`,
          unread,
        }),
      }),
      can("toggle-screen")
        ? screen(call, localize)
        : isLater("screen") && { ...screen(call, localize), isLater: true },
      extra("picture-in-picture", localize("pictureInPicture"), "picture-in-picture-2"),
      extra("security", localize("securityCode"), "shield-check"),
    ),
    menu: present(
      extra("change-screen", localize("shareOther"), "monitor-up"),
      extra("swap-pictures", localize("swapPictures"), "arrow-left-right"),
      extra("fit", localize(showsWholePicture ? "fillScreen" : "wholePicture"), "expand"),
      extra("full-screen", localize("fullScreen"), "maximize"),
      can("hold") && {
        ...{
          name: "hold",
          label: localize("holdCall"),
          iconName: "pause",
          shortcut: "hold",
          intent: () => new SxHoldEvent(),
        },
      },
      can("resume") &&
        callId !== null && {
          ...{ name: "hold", label: localize("resumeCall"), iconName: "play", shortcut: "hold" },
          intent: () => new SxResumeEvent({ callId }),
        },
      extra("help", localize("shortcuts"), "keyboard", { shortcut: "help" }),
    ),
  };
}

const present = (...items: (ControlItem | false)[]) => items.filter((item) => item !== false);

/** Returns `true` if a press turns the device on. An opening device is not off: a press turns it off at once. */
const isOff = (device: DeviceStatus | undefined) =>
  device?.state === "off" || device?.state === "failed";

/**
 * The button for the audio route. It toggles between two routes, or opens the sheet with all of them, and shows the icon of
 * the current one.
 */
function devices(
  extra: (
    name: "devices",
    label: string,
    iconName: IconName,
    more?: Partial<ControlItem>,
  ) => ControlItem | false,
  routes: readonly AudioRoute[],
  localize: Localize,
): (ControlItem | false)[] {
  const inUse = routes.find(({ selected }) => selected);
  const sheet = extra("devices", localize("devices"), routeIcons[inUse?.kind ?? "speaker"]);
  const other = routes.find(({ selected }) => !selected);
  const speaker = routes.find(({ kind }) => kind === "speaker");
  // Only between a speaker and one other route is it clear what a press does.
  if (routes.length !== 2 || !inUse || !other || !speaker) return [sheet];
  const isOn = inUse === speaker;
  return [
    {
      name: "speaker",
      label: localize("speaker"),
      iconName: "volume-2",
      isOn,
      marked: isOn,
      intent: () => new SxChooseRouteEvent({ id: other.id }),
    },
    sheet,
  ];
}

function microphone(call: CallSnapshot | null, localize: Localize): ControlItem {
  const device = call?.local.microphone;
  const off = isOff(device);
  return {
    name: "microphone",
    label: localize("microphone"),
    does: localize(off ? "unmuteMicrophone" : "muteMicrophone"),
    iconName: off ? "mic-off" : "mic",
    shortcut: "microphone",
    device: device ?? null,
    marked: off,
    intent: () => new SxToggleMicrophoneEvent(),
  };
}

function camera(call: CallSnapshot | null, localize: Localize): ControlItem {
  const device = call?.local.camera;
  const off = isOff(device);
  return {
    name: "camera",
    label: localize("camera"),
    does: localize(off ? "cameraOn" : "cameraOff"),
    // In an audio call a camera that is off is normal, and not highlighted.
    iconName: off && call?.media === "video" ? "video-off" : "video",
    shortcut: "camera",
    device: device ?? null,
    marked: off && call?.media === "video",
    intent: () => new SxToggleCameraEvent(),
  };
}

function screen(call: CallSnapshot | null, localize: Localize): ControlItem {
  const device = call?.local.screen;
  const on = device !== undefined && !isOff(device);
  return {
    name: "screen",
    label: localize("screen"),
    does: localize(on ? "screenStop" : "screenStart"),
    iconName: "monitor-up",
    shortcut: "screen",
    device: device ?? null,
    marked: on,
    intent: () => new SxToggleScreenEvent(),
  };
}

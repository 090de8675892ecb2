import type { PermissionKind } from "../call-view/in-call/permission-help.ts";
import type { ShortcutAction } from "../shared/shortcut-keys.ts";

/** The words of the toolbar, its menu, the devices, the keys and the help with permissions. */
export type ControlWords = {
  /** A person can do without the numbers of devices that have no name; they are told apart by them. From 1 on. */
  deviceNumber: (number: number) => string;
  devices: string;
  fitOrFill: string;
  fullScreen: string;
  holdCall: string;
  keySpace: string;
  microphoneLevel: string;
  more: string;
  noDevices: string;
  noiseSuppression: string;
  pictureInPicture: string;
  shortcuts: string;
  speaker: string;
  swapPictures: string;
  systemSpeaker: string;
  tryAgain: string;
  voiceIsolation: string;
} & { [Action in ShortcutAction | "close" as `shortcut.${Action}`]: string } & {
  [Kind in PermissionKind as `permission.${Kind}`]: string;
};

export const controlWords: ControlWords = {
  deviceNumber: (number) => `Device ${number}`,
  devices: "Speaker and devices",
  fitOrFill: "Fit or fill the picture",
  fullScreen: "Full screen",
  holdCall: "Hold call",
  keySpace: "Space",
  microphoneLevel: "Microphone level",
  more: "More",
  noDevices: "There is nothing to choose from yet.",
  noiseSuppression: "Noise suppression",
  pictureInPicture: "Picture in picture",
  shortcuts: "Keyboard shortcuts",
  speaker: "Speaker",
  swapPictures: "Swap pictures",
  systemSpeaker: "As the system",
  tryAgain: "Try again",
  voiceIsolation: "Voice isolation",

  "shortcut.microphone": "Mute or unmute",
  "shortcut.camera": "Camera on or off",
  "shortcut.screen": "Share the screen, or stop",
  "shortcut.hold": "Hold or resume",
  "shortcut.talk": "Hold down to talk while muted",
  "shortcut.help": "Show these shortcuts",
  "shortcut.close": "Close what is open",

  "permission.chrome-desktop":
    "Click the icon left of the address and allow microphone and camera. If they are allowed there, look in the privacy settings of your system.",
  "permission.chrome-android":
    "Tap the icon left of the address, then Permissions, and allow microphone and camera. The browser itself needs both in the settings of Android, too.",
  "permission.safari-ios":
    "Tap the page menu beside the address, then the settings of the website, and allow microphone and camera. If they are allowed there, look for Safari in the Settings app.",
  "permission.safari-mac":
    "Open the menu Safari, then Settings for This Website, and allow microphone and camera. If they are allowed there, look in System Settings, Privacy & Security.",
  "permission.firefox":
    "Click the crossed-out sign beside the address and take the block away. If there is none, look in the privacy settings of your system.",
  "permission.edge":
    "Click the lock left of the address and allow microphone and camera. If they are allowed there, look in the privacy settings of your system.",
  "permission.webview-android":
    "Open the settings of Android, Apps, this app, Permissions. Allow microphone and camera there.",
  "permission.webview-ios":
    "Open the Settings app and choose this app. Switch microphone and camera on there.",
  "permission.other":
    "Allow microphone and camera in the settings of this app or browser. Look in the privacy settings of your system, too.",
};

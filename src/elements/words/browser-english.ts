import type { Words } from "./strings.ts";

/** English strings of what a browser has: steps to allow a device, and the buttons of an own shared screen. */
export const browserEnglish = {
  "permission.chrome-desktop":
    "Click the icon left of the address and allow microphone and camera. If they are allowed there, look in the privacy settings of your system.",
  "permission.chrome-android":
    "Tap the icon left of the address, then Permissions, and allow microphone and camera. The browser itself needs both in the settings of Android, too.",
  "permission.safari-ios":
    "Tap the page menu beside the address, then the settings of the website, and allow microphone and camera. If they are allowed there, look for Safari in the Settings app.",
  "permission.safari-mac":
    "Open the menu Safari, then Settings for This Website, and allow microphone and camera. If they are allowed there, look in System Settings, Privacy & Security.",
  "permission.firefox":
    "Click the crossed-out sign beside the address and remove the block. If there is none, look in the privacy settings of your system.",
  "permission.edge":
    "Click the lock left of the address and allow microphone and camera. If they are allowed there, look in the privacy settings of your system.",
  pauseSharing: "Pause sharing",
  resumeSharing: "Resume sharing",
  sharingPaused: "Sharing is paused",
  shareOther: "Share something else",
} satisfies Partial<Words>;

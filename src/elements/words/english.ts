import { browserEnglish } from "./browser-english.ts";
import { checkEnglish } from "./check-english.ts";
import { declineEnglish } from "./decline-english.ts";
import { firstEnglish } from "./first-english.ts";
import { historyEnglish } from "./history-english.ts";
import { textEnglish } from "./text-english.ts";
import { noteEnglish } from "./note-english.ts";
import { shareEnglish } from "./share-english.ts";
import type { DeviceName, Words } from "./strings.ts";

const the = (device: DeviceName) => (device === "screen" ? "Screen sharing" : `Your ${device}`);

/** Names of the emoji of the security code, in the order of `codeEmoji`. Every language may have such a list. */
/* prettier-ignore */
export const englishEmoji: readonly string[] = [
  "Elephant", "Turtle", "Octopus", "Snail", "Honeybee", "Butterfly", "Dolphin", "Camel",
  "Duck", "Crab", "Snake", "Cactus", "Mushroom", "Sunflower", "Pine tree", "Rose",
  "Leaf", "Apple", "Banana", "Grapes", "Cherries", "Lemon", "Carrot", "Burger",
  "Bread", "Egg", "Pizza", "Birthday cake", "Doughnut", "Lollipop", "Coffee", "Rainbow",
  "Lightning", "Moon", "Star", "Fire", "Volcano", "Umbrella", "Sailboat", "Key",
  "Hammer", "Anchor", "Bell", "Balloon", "Gift", "Hat", "Crown", "Glasses",
  "Shoe", "Book", "Clock", "Lamp", "Guitar", "Trumpet", "Drum", "Dice",
  "Football", "Bicycle", "Bus", "Train", "Rocket", "Tent", "House", "Diamond",
];

/**
 * Built-in English strings: plain, short, without blame, first the event and then the advice. Not registered, so that importing
 * an element has no side effects. Used where no dictionary has a string.
 */
export const english: Words = {
  ...firstEnglish,
  ...declineEnglish,
  ...checkEnglish,
  ...historyEnglish,
  ...textEnglish,
  ...noteEnglish,
  ...shareEnglish,
  "error.bad-argument": "The call could not start",
  connected: "Connected",
  heldByThem: (name) => `${name} put you on hold`,
  onHold: "On hold",
  reconnecting: "Reconnecting…",
  refusedCode: (name) => `${name} said that the security codes do not match`,
  ringing: "Ringing…",
  "about.tampered": "Altered audio or video was blocked. If it continues, end the call.",
  "step.path": () => "Connecting…",
  "step.security": () => "Checking the encryption…",
  "ended.hung-up.local": () => "You ended the call",
  "ended.hung-up.remote": (name) => `${name} ended the call`,
  "ended.cancelled.none": () => "The call was cancelled",
  "ended.declined.remote": (name) => `${name} declined the call`,
  "ended.declined.none": () => "The call was declined",
  "ended.busy.local": () => "You were in another call",
  "ended.busy.remote": (name) => `${name} is in another call`,
  "ended.busy.none": () => "The line was busy",
  "error.bad-signal": "Something unexpected was received",
  "error.unsupported-version": "The two apps do not match",
  "error.unknown-call": "This call has ended",
  "error.insecure": "The call was not secure",
  "error.permission-denied": "The microphone or camera is blocked",
  "error.device-not-found": "No microphone or camera was found",
  "error.device-busy": "The microphone or camera doesn’t start",
  connectionLost: "The connection was lost",
  "error.connection-failed": "No connection was possible",
  duration: (spoken) => `Duration: ${spoken}`,
  addressMayBeKnown: (name) => `${name} may know your IP address all the same.`,
  addressShown: (name) => `${name} can see your IP address.`,
  deviceBusy: (device) => `${the(device)} doesn’t start. Another app may be using it.`,
  callBackTo: (name) => `Call back ${name}`,
  deviceBlocked: (device) =>
    `${the(device)} is blocked. Allow it in the settings of this app or browser.`,
  chooseCamera: "Choose camera",
  chooseMicrophone: "Choose microphone",
  cipher: "Cipher",
  codeLong: "Show the long code",
  codeMatch: "They match",
  codeNoMatch: "They don’t match",
  codeNoMatchTip: "Ends the call",
  codeShort: "Show the short code",
  controls: "Call controls",
  deviceFailed: (device) => `${the(device)} did not start. Try again.`,
  deviceMissing: (device) =>
    device === "screen" ? "There is no screen to share." : `No ${device} was found. Connect one.`,
  emojiName: (number) => englishEmoji[number] ?? "",
  encrypted: "Encrypted",
  endsIn: (seconds) =>
    seconds === 1 ? "The call ends in 1 second." : `The call ends in ${seconds} seconds.`,
  endCall: "End call",
  flipCamera: "Flip camera",
  fromThem: (name) => `From ${name}`,
  fromYou: "From you",
  heldCall: (name) => `${name} on hold`,
  microphone: "Microphone",
  camera: "Camera",
  screen: "Share screen",
  muteMicrophone: "Mute microphone",
  unmuteMicrophone: "Unmute microphone",
  cameraOff: "Turn camera off",
  cameraOn: "Turn camera on",
  screenStart: "Share your screen",
  screenStop: "Stop sharing your screen",
  stopSharing: "Stop sharing",
  pageBadCall: "This call could not be read. Call again, or ask the other side to.",
  pageNoApp: "This page belongs to a messenger, which is not there. Open the call from it.",
  pageNoCall: "There is no call here. Start one in your messenger.",
  path: "Path",
  pathDirect: "Direct",
  pictureReduced: "Your picture is smaller, to save data",
  picturePaused: "Your picture is paused: the connection is too weak",
  pathUnknown: "Not known yet",
  receipt: "Details",
  relayed: "Through a relay",
  remoteCameraOff: () => "Camera is off",
  remoteMuted: (name) => `${name} is muted`,
  resume: "Resume",
  returnToCall: "Return to call",
  security: "Security of this call",
  securityCode: "Security code",
  selfView: "Your camera",
  selfViewMuted: "Your camera. You are muted",
  sharing: "You are sharing your screen",
  since: "Since",
  stalledReceiving: (name) => `No sound or picture from ${name} right now`,
  stalledSending: (name) => `${name} can’t hear or see you right now`,
  swap: "Swap",
  swapTo: (name) => `Swap to the call with ${name}`,
  bringBack: "Bring it back",
  cameraBlack: "Your camera shows nothing. Is it covered?",
  inOwnWindow: "The call is in its own window",
  microphoneSilent: "We cannot hear your microphone",
  movePicture: "Move it with the arrow keys",
  pictureOf: (name) => `Picture of ${name}`,
  tapToHear: "Tap to hear",
  transportCipher: "Transport encryption",
  youAreMuted: "You are muted",
  deviceInterrupted: (device) =>
    device === "camera"
      ? "Your camera is paused by the system. It comes back by itself."
      : "Your microphone is paused by the system. It comes back by itself.",
  remoteInterrupted: (device, name) =>
    device === "camera" ? `${name}’s camera is interrupted` : `${name}’s microphone is interrupted`,
  remoteElsewhere: (name) => `${name} may be on another call`,
  callVolume: "Call volume",
  screenVolume: "Volume of the shared screen",
  chooseSpeaker: "Choose speaker…",
  testSpeaker: "Play a test tone",
  pauseSharing: "Pause sharing",
  resumeSharing: "Resume sharing",
  sharingPaused: "Sharing is paused",
  sharingSilent: "Shared without sound: it would echo on the other side",
  remoteSharingPaused: (name) => `${name} has paused sharing`,
  shareOther: "Share something else",

  "reconnecting.wait": () => "The connection was lost. It may come back by itself.",
  "reconnecting.ask": (name) => `The connection was lost. Asking ${name} for a new path.`,
  "reconnecting.check": () => "The connection was lost. Trying new paths.",
  "stuck.no-proof": (name) => `${name}’s app has not proved its keys yet.`,
  "stuck.no-answer": (name) => `Nothing has come from ${name} yet. Their app may be offline.`,
  "stuck.no-remote-addresses": (name) => `${name} has answered, but not said where to find them.`,
  "stuck.no-addresses": () =>
    "This device has no network address to offer. Check that you are online.",
  "stuck.server-password": (_name, server) =>
    `The server ${server} refused its password. Update it in the app.`,
  "stuck.server-unreachable": (_name, server) =>
    `The server ${server} does not answer. Try another network.`,
  "stuck.needs-relay": (name) => `No direct path to ${name} was found, and the app names no relay.`,
  "stuck.no-path": (name) => `No path to ${name} was found, not even through the relay.`,
  "quality.0": "Nothing arrives",
  "quality.1": "Very weak connection",
  "quality.2": "Weak connection",
  "quality.3": "Fair connection",
  "quality.4": "Good connection",

  "protection.none": "Waiting for encrypted media",
  "protection.protected": "End-to-end encrypted",
  "protection.verified": "Encrypted and verified",
  "protection.one-way": "Encrypted in one direction so far",
  "protection.stalled": "Encrypted media has stalled",
  "protection.tampered": "Someone may be tampering with this call",
  "protection.compatible": "Encrypted, compatibility mode",
  "protection.transport": "Encrypted between the devices",
  "protection.unencrypted": "Not end-to-end encrypted",

  "about.none": "Nothing has been measured yet.",
  "about.protected": "Compare the security code to make sure nobody is listening in.",
  "about.verified": "Sealed on one device, opened on the other.",
  "about.one-way": "Nothing encrypted has been counted in the other direction yet.",
  "about.stalled":
    "It was encrypted both ways. Right now nothing flows in one direction or in both.",
  "about.compatible":
    "Encrypted as the other app does it. That protects less, and has no code to compare.",
  "about.transport":
    "Nobody on the way can listen, as far as the keys that your messenger carried are right. There is no code to compare.",
  "about.unencrypted":
    "Your app gave this call no key. Whoever runs its relay could listen. It stays so until the call ends.",

  "direction.none": "Nothing yet",
  "direction.protected": "Encrypted",
  "direction.stalled": "Nothing right now",
  "direction.tampered": "Changed on the way",
  "direction.compatible": "Compatibility mode",
  "direction.transport": "Encrypted between the devices",
  "direction.unencrypted": "Not end-to-end encrypted",

  "frames.sealed": "Frames sealed",
  "frames.opened": "Frames opened",
  "frames.duplicate": "Received twice",
  "frames.forged": "Forged, dropped",

  "code.none": "It appears once both sides have proved that they hold the same keys.",
  "code.compare":
    "Read it aloud to each other. It must be the same on both screens, in the same order.",
  "code.waiting": "You said that it matches. Waiting for the other side.",
  "code.verified": "Verified: you both said that it matches.",
  "code.mismatch": "You said that it does not match. Someone may be listening in.",
  "code.refused": "The other side said that it does not match. End the call.",

  deviceNumber: (number) => `Device ${number}`,
  devices: "Speaker and devices",
  wholePicture: "Show whole picture",
  fillScreen: "Fill screen",
  fullScreen: "Full screen",
  holdCall: "Hold call",
  keySpace: "Space",
  microphoneLevel: "Microphone level",
  more: "More",
  noDevices: "No devices found. Allow microphone access first.",
  noiseSuppression: "Noise suppression",
  pictureInPicture: "Picture in picture",
  shortcuts: "Keyboard shortcuts",
  speaker: "Speaker",
  swapPictures: "Swap pictures",
  systemSpeaker: "System default",
  tryAgain: "Try again",
  voiceIsolation: "Voice isolation",
  backgroundBlur: "Blur background",

  "shortcut.microphone": "Mute or unmute",
  "shortcut.camera": "Camera on or off",
  "shortcut.screen": "Share the screen, or stop",
  "shortcut.hold": "Hold or resume",
  "shortcut.talk": "Hold down to talk while muted",
  "shortcut.help": "Show these shortcuts",
  "shortcut.close": "Close what is open",

  "permission.webview-android":
    "Open the settings of Android, Apps, this app, Permissions. Allow microphone and camera there.",
  "permission.webview-ios":
    "Open the Settings app and choose this app. Switch microphone and camera on there.",
  "permission.other":
    "Allow microphone and camera in the settings of this app or browser. Look in the privacy settings of your system, too.",
  ...browserEnglish,
  "advice.bad-signal": "The other app sent something unexpected. Update both apps and call again.",
  "advice.unsupported-version": "Their versions differ. Update both apps and call again.",
  "advice.too-large": "The other app sent more than a call needs. Update both apps and call again.",
  "advice.unknown-call": "It may have ended on the other side. Call again.",
  "advice.insecure":
    "Its encryption could not be verified, so it was ended. Call again, if possible on another network.",
  "advice.flooded":
    "The other app sent far more than a call needs. Call again, or ask them to update their app.",
  "advice.bad-frame": "It was dropped. If it happens again, call again.",
  "advice.code-mismatch":
    "Someone may be listening in. Do not rely on what was said, and ask them in another way before you call again.",
  "advice.unprotected":
    "Sound or picture was seen that was not encrypted as it must be. Update the app and call again.",
  "advice.encryption-lost":
    "The call was ended before anything could leave without it. Call again.",
  "advice.permission-denied": "Allow both in the settings of this app or browser, then call again.",
  "advice.device-not-found": "Connect one and call again.",
  "advice.device-busy": "Another app may be using it. Close it, then call again.",
  "advice.connection-failed": "Call again.",
  "advice.not-possible": "End the other call first, then call again.",
  "advice.bad-argument":
    "This app asked for something that calls do not have. Update the app and call again.",
  "error.flooded": "Too many messages arrived",
  "error.bad-frame": "Part of the call could not be decrypted",
  "error.unprotected": "The call was stopped to protect you",
  "error.encryption-lost": "The encryption stopped working",
  "error.code-mismatch": "The security codes did not match",
  "error.not-possible": "This is not possible right now",
};

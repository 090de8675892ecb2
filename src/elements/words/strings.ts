import { registerTranslation, type Translation } from "@shoelace-style/localize";
import type { Reconnection, StuckReason } from "../../call/state/path.ts";
import type { CallEnding, CallOutcome } from "../../call/record.ts";
import type { CallDirection, CallMedia, ConnectingStep, EndReason } from "../../call/terms.ts";
import type { QualityBars, WeakDirection } from "../../call/state/quality.ts";
import type {
  DirectionProtection,
  ProtectionReport,
  ProtectionStatus,
} from "../../call/state/protection.ts";
import type {
  LoopReport,
  OverallVerdict,
  ServerTransport,
  ServerVerdict,
  UdpStatus,
} from "../../call/state/connection-report.ts";
import type { ErrorCode } from "../../events/call-facts.ts";
import type { ShortcutAction } from "../shared/shortcut-keys.ts";

/** A device of this side, as named in strings. */
export type DeviceName = "microphone" | "camera" | "screen";

/** A browser or WebView with its own steps to allow a microphone. */
export type PermissionKind =
  | "chrome-desktop"
  | "chrome-android"
  | "safari-ios"
  | "safari-mac"
  | "firefox"
  | "edge"
  | "webview-android"
  | "webview-ios"
  | "other";

type Name = (name: string) => string;

/** States of the lock: the measured protection, or `verified` by both people. */
export type LockState = ProtectionStatus | "verified";

/**
 * Every string that a person can see or hear, by key. Key families (`error.*`, `ended.*`, ...) are derived from the unions of
 * the call: a new code without a string does not compile.
 */
export type Words = {
  accept: string;
  acceptAudio: string;
  acceptVideo: string;
  acceptEndsCall: string;
  addressHidden: Name;
  addressMayBeKnown: Name;
  addressShown: Name;
  addressWarning: Name;
  audio: string;
  back: string;
  deviceBusy: (device: DeviceName) => string;
  callAgain: string;
  callBack: string;
  callBackTo: Name;
  callWith: Name;
  calling: string;
  deviceBlocked: (device: DeviceName) => string;
  cipher: string;
  close: string;
  codeLong: string;
  codeMatch: string;
  codeNoMatch: string;
  codeNoMatchTip: string;
  codeShort: string;
  connected: string;
  connecting: string;
  controls: string;
  callVolume: string;
  screenVolume: string;
  chooseSpeaker: string;
  testSpeaker: string;
  pauseSharing: string;
  resumeSharing: string;
  /** The own share is paused. */
  sharingPaused: string;
  /** The sound is left out of the own share. */
  sharingSilent: string;
  remoteSharingPaused: Name;
  shareOther: string;
  decline: string;
  declineWithText: string;
  deviceFailed: (device: DeviceName) => string;
  deviceMissing: (device: DeviceName) => string;
  duration: (spoken: string) => string;
  /** Name of an emoji of the security code, numbered 0 to 63. */
  emojiName: (number: number) => string;
  /** Whole seconds left for a lost path to recover. */
  endsIn: (seconds: number) => string;
  encrypted: string;
  endAndAccept: string;
  endAndAcceptAudio: string;
  endAndAcceptVideo: string;
  endCall: string;
  flipCamera: string;
  fromThem: Name;
  fromYou: string;
  heldCall: Name;
  heldByThem: Name;
  hideAddress: string;
  historyAll: string;
  historyEmpty: string;
  historyFilter: string;
  historyMissed: string;
  historyNoDate: string;
  historyNoneMissed: string;
  historyOngoing: (media: CallMedia) => string;
  holdAndAccept: string;
  holdAndAcceptAudio: string;
  holdAndAcceptVideo: string;
  ignore: string;
  ignoreTip: string;
  incoming: (media: CallMedia) => string;
  incomingFrom: (media: CallMedia, name: string) => string;
  lastCallLost: string;
  connectionLost: string;
  microphone: string;
  camera: string;
  screen: string;
  muteMicrophone: string;
  unmuteMicrophone: string;
  cameraOff: string;
  cameraOn: string;
  screenStart: string;
  screenStop: string;
  stopSharing: string;
  notNow: string;
  noteAgain: string;
  noteDiscard: string;
  noteFailed: string;
  noteInterrupted: string;
  noteLimit: string;
  noteNotPlayed: string;
  notePause: string;
  notePlay: string;
  noteRecorded: string;
  noteRecording: string;
  noteSend: string;
  noteSent: string;
  noteStop: string;
  noteVideo: string;
  noteVoice: string;
  onHold: string;
  ownText: string;
  pageBadCall: string;
  pageNoApp: string;
  pageNoCall: string;
  path: string;
  pathDirect: string;
  pathUnknown: string;
  pictureReduced: string;
  picturePaused: string;
  reconnecting: string;
  refusedCode: Name;
  relayed: string;
  remoteCameraOff: Name;
  remoteMuted: Name;
  receipt: string;
  receiptByNone: string;
  receiptByThem: string;
  receiptByYou: string;
  receiptData: string;
  receiptDuration: string;
  receiptEnd: string;
  receiptGaps: string;
  receiptNotVerified: string;
  receiptProtected: string;
  resume: string;
  resumeCall: string;
  resumeCallWith: Name;
  returnToCall: string;
  ringing: string;
  secondCall: (media: CallMedia) => string;
  security: string;
  sendAndDecline: string;
  /** Author of the text that follows. */
  says: Name;
  securityCode: string;
  selfView: string;
  selfViewMuted: string;
  sharing: string;
  since: string;
  stalledReceiving: Name;
  stalledSending: Name;
  starting: string;
  swap: string;
  swapTo: Name;
  bringBack: string;
  cameraBlack: string;
  inOwnWindow: string;
  microphoneSilent: string;
  movePicture: string;
  pictureOf: Name;
  tapToHear: string;
  transportCipher: string;
  unknownContact: string;
  video: string;
  youAreMuted: string;
  /** The system has taken an own device that was on. */
  deviceInterrupted: (device: DeviceName) => string;
  remoteInterrupted: (device: DeviceName, name: string) => string;
  /** Where the system of the other side has taken microphone and camera at once. */
  remoteElsewhere: Name;
} & CheckWords &
  ControlWords &
  TextWords & { [Step in ConnectingStep as `step.${Step}`]: Name } & {
    /** Reason for slow connecting. `server` is "" where no server is responsible. */
    [Reason in StuckReason as `stuck.${Reason}`]: (name: string, server: string) => string;
  } & { [Bars in QualityBars as `quality.${Bars}`]: string } & {
    /** A connection that is weak in one direction only. */
    [Direction in WeakDirection as `weak.${Direction}`]: Name;
  } & {
    [Trying in Reconnection["trying"] as `reconnecting.${Trying}`]: Name;
  } & {
    [Status in LockState as `protection.${Status}`]: string;
  } & { [Status in LockState as `about.${Status}`]: string } & {
    [State in DirectionProtection as `direction.${State}`]: string;
  } & {
    [
      Count in keyof ProtectionReport as ProtectionReport[Count] extends number
        ? `frames.${Count}`
        : never
    ]: string;
  } & {
    [
      State in
        | "none"
        | "compare"
        | "waiting"
        | "verified"
        | "mismatch"
        | "refused" as `code.${State}`
    ]: string;
  } & {
    [Reason in EndReason as `ended.${Reason}.${CallEnding["by"]}`]: Name;
  } & {
    // Too large input has the message of unreadable input.
    [Code in Exclude<ErrorCode, "too-large"> as `error.${Code}`]: string;
  } & {
    // After either of the two a person can only call again.
    [Code in Exclude<ErrorCode, "timed-out"> as `advice.${Code}`]: string;
  } & {
    [Outcome in CallOutcome as `history.${Outcome}.${CallDirection}`]: (media: CallMedia) => string;
  };

/** Strings of the text in a call. */
interface TextWords {
  text: string;
  textCut: string;
  textGap: string;
  textInput: string;
  textKept: string;
  textLarge: string;
  textLive: string;
  textNew: Name;
  textNotKept: string;
  textSend: string;
  textUnread: (count: number) => string;
  textUnsent: string;
  textWith: Name;
  textWriting: Name;
  textYou: string;
}

/** Strings of the toolbar, its menu, the devices, the shortcuts and the permission help. */
type ControlWords = {
  /** Name of a device without a label, numbered from 1. */
  deviceNumber: (number: number) => string;
  devices: string;
  wholePicture: string;
  chooseMicrophone: string;
  chooseCamera: string;
  hidePeople: string;
  screenOf: Name;
  zoomIn: string;
  zoomOut: string;
  fillScreen: string;
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
  backgroundBlur: string;
} & {
  [Action in Exclude<ShortcutAction, "text"> | "close" as `shortcut.${Action}`]: string;
} & {
  [Kind in PermissionKind as `permission.${Kind}`]: string;
};

/** Strings of the connection check. Key families are derived from the unions of the report. */
type CheckWords = {
  check: string;
  checkAgain: string;
  checkFailed: string;
  checkFailedAdvice: string;
  checkIdle: string;
  checkRunning: string;
  checkServers: string;
  checkStop: string;
  checkTitle: string;
  checkUnnamed: string;
} & { [Verdict in OverallVerdict as `check.overall.${Verdict}`]: string } & {
  [Verdict in OverallVerdict as `check.advice.${Verdict}`]: string;
} & { [Verdict in ServerVerdict as `check.server.${Verdict}`]: string } & {
  [Transport in ServerTransport as `check.transport.${Transport}`]: string;
} & { [Status in UdpStatus as `check.udp.${Status}`]: string } & {
  [Verdict in LoopReport["verdict"] as `check.loop.${Verdict}`]: string;
};

/** In English: what happened, then what to do. */

/** Arguments of a string. */
export type WordArguments<Key extends keyof Words> = Words[Key] extends (
  ...given: infer Given
) => string
  ? Given
  : [];

/** Translates a string to the language of an element. */
export type Localize = <Key extends keyof Words>(key: Key, ...given: WordArguments<Key>) => string;

/** Dictionary of one language. A missing string falls back to English. */
export interface Dictionary extends Partial<Words> {
  /** BCP 47, lower case: `fr`, `pt-br`. */
  $code: string;
  /** Name of the language in that language. */
  $name: string;
  $dir: "ltr" | "rtl";
}

/**
 * The localizer keeps one dictionary per language for the whole page, shared with other libraries. The prefix avoids
 * collisions.
 */
export const wordPrefix = "sx-call-kit.";

/**
 * Adds a language, or replaces strings of one. Elements on the page update at once.
 * @example registerWords({ $code: "fr", $name: "Français", $dir: "ltr", endCall: "Raccrocher" });
 */
export function registerWords({ $code, $name, $dir, ...words }: Dictionary): void {
  const prefixed = Object.entries(words).map(([key, word]) => [wordPrefix + key, word] as const);
  const translation: Translation = { $code, $name, $dir, ...Object.fromEntries<unknown>(prefixed) };
  registerTranslation(translation);
}

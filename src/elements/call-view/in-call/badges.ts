import { html, nothing, type TemplateResult } from "lit";
import { icon, type IconName } from "../../shared/icons.ts";
import { protectionIcon } from "../../shared/status-icons.ts";
import type { DeviceName, Localize, PermissionKind } from "../../words/strings.ts";
import { hasLock, type CallScene } from "../scene.ts";
import type { RemoteMediaStatus } from "../../../call/state/devices.ts";
import { renderArrivedText } from "../text/text-watch.ts";
import { renderShareButtons } from "./browser-buttons.ts";
import type { CaptureHint } from "../../../call/terms.ts";
import type { ErrorCode } from "../../../events/call-facts.ts";
import type { StatusContext } from "../status-text.ts";

/** A badge. */
export interface Badge {
  readonly iconName: IconName;
  readonly words: string;
  /** CSS class. */
  readonly variant: string;
  /** `true` for a problem that must be seen, `false` for information, such as a muted side. */
  readonly isTrouble: boolean;
}

/** Returns the badges: devices of the other side as reported, own devices as measured. */
export function badgesOf({ snapshot, tracks, contact, localize }: CallScene): readonly Badge[] {
  const { local, remote, held, hints } = snapshot;
  // A hold turns everything off, which the center shows once.
  const running = hasLock(snapshot) && !held.local && !held.remote;
  const badges: Badge[] = [];
  const add = (iconName: IconName, words: string, variant: string, isTrouble = false) =>
    badges.push({ iconName, words, variant, isTrouble });
  // In addition to the lock, which a host's own top bar may replace.
  const { status } = snapshot.protection;
  for (const words of protectionBadges({ snapshot, contact, localize }))
    add(protectionIcon[status], words, status, true);
  const { bars = null, weak } = snapshot.quality ?? {};
  // A lost path, and frames that do not come, have words of their own.
  if (
    running &&
    snapshot.state === "connected" &&
    bars !== null &&
    bars <= 2 &&
    badges.length === 0
  ) {
    const words = weak ? localize(`weak.${weak}`, contact.name) : localize(`quality.${bars}`);
    add("wifi-off", words, "weak");
  }
  if (running)
    for (const hint of hints) add(hintIcons[hint], hintWords(hint, localize), `hint ${hint}`, true);
  if (running && remote.known) {
    for (const [device, words] of interruptionsOf(remote, contact.name, localize))
      add("triangle-alert", words, `remote-interrupted ${device}`);
    // One that is being opened, or that their system has taken, is neither muted nor off.
    const isOff = (device: "microphone" | "camera") => isSwitchedOff(remote, device);
    if (isOff("microphone")) add("mic-off", localize("remoteMuted", contact.name), "remote-muted");
    if (isOff("camera") && snapshot.media === "video")
      add("video-off", localize("remoteCameraOff", contact.name), "camera-off");
  }
  // The own video has a badge already, and the hint for speaking while muted is more prominent.
  const isMuted = local.microphone.state === "off" && !hints.includes("speaking-while-muted");
  if (running && isMuted && !tracks.localCamera) add("mic-off", localize("youAreMuted"), "muted");
  if (local.camera.state === "on" && snapshot.quality?.reason) {
    const { reason, sending } = snapshot.quality;
    if (sending === "audio-only") add("video-off", localize("picturePaused"), "paused", true);
    else if (reason === "data-saver") add("video", localize("pictureReduced"), "reduced");
  }
  if (remote.screen && remote.screenPaused === true)
    add("pause", localize("remoteSharingPaused", contact.name), "remote-paused", true);
  if (local.screen.state === "on") {
    const isPaused = local.screenPaused === true;
    add(
      isPaused ? "pause" : "monitor-up",
      localize(isPaused ? "sharingPaused" : local.screen.isSilenced ? "sharingSilent" : "sharing"),
      "sharing",
      isPaused,
    );
  }
  for (const device of devices) {
    const { state, problem } = local[device];
    if (state === "failed")
      add("triangle-alert", deviceWords(device, problem, localize), `problem ${device}`, true);
    // Where there is no sound or picture anyway, it is no news.
    if (state === "interrupted" && running)
      add("triangle-alert", localize("deviceInterrupted", device), `problem ${device}`, true);
  }
  return badges;
}

/** Returns `true` for a device of the other side that a person has switched off. */
export const isSwitchedOff = (
  remote: RemoteMediaStatus,
  device: "microphone" | "camera",
): boolean =>
  remote.known &&
  !remote[device] &&
  remote.starting?.includes(device) !== true &&
  remote.interrupted?.includes(device) !== true;

/**
 * Returns what the system of the other side has taken, each with words that claim no more than is known: that it took both at once
 * suggests another call, one alone does not.
 */
export function interruptionsOf(
  { interrupted = [] }: RemoteMediaStatus,
  name: string,
  localize: Localize,
): (readonly [DeviceName, string])[] {
  return interrupted.includes("microphone") && interrupted.includes("camera")
    ? [["microphone", localize("remoteElsewhere", name)]]
    : interrupted.map((device) => [device, localize("remoteInterrupted", device, name)] as const);
}

/** Returns `true` with a problem among the badges. */
export const hasTrouble = (scene: CallScene): boolean =>
  badgesOf(scene).some(({ isTrouble }) => isTrouble);

const devices = ["microphone", "camera", "screen"] as const;

const hintIcons = {
  "speaking-while-muted": "mic-off",
  "microphone-silent": "triangle-alert",
  "camera-black": "video-off",
} as const;

/** Renders the badges with their actions. */
export function renderBadges(scene: CallScene): TemplateResult {
  const { localize, sound, snapshot, hasButtons, input } = scene;
  const badges = badgesOf(scene);
  // Without badges it would be an empty list to a screen reader.
  const text = renderArrivedText(scene);
  if (badges.length === 0 && !sound.isBlocked && text === nothing)
    return html`<div class="signs"></div>`;
  const canUnmute =
    hasButtons &&
    snapshot.hints.includes("speaking-while-muted") &&
    snapshot.actions.includes("toggle-microphone");
  return html`<ul class="signs" part="signs">
    ${sound.isBlocked ? renderTapToHear(localize) : nothing} ${text}
    ${badges.map(({ iconName, words, variant }) => {
      const device = devices.find((each) => variant === `problem ${each}`);
      const help = renderDeviceHelp(device, scene);
      const shares =
        variant === "sharing" && hasButtons && snapshot.actions.includes("toggle-screen");
      return html`<li class="sign ${variant} ${help === nothing && !shares ? "" : "helped"}">
        ${icon(iconName)} <span>${words}</span>
        ${
          canUnmute && variant.includes("speaking-while-muted")
            ? html`<button
                class="primary"
                part="unmute"
                type="button"
                @click=${() => input.tryAgain("microphone")}
              >
                ${localize("unmuteMicrophone")}
              </button>`
            : nothing
        }
        ${help} ${shares ? renderShareButtons(scene) : nothing}
      </li>`;
    })}
  </ul>`;
}

/** The view itself handles any press. This is the visible button for it. */
function renderTapToHear(localize: CallScene["localize"]) {
  return html`<li>
    <button class="primary" part="tap-to-hear" type="button">${localize("tapToHear")}</button>
  </li>`;
}

/** Renders help for a failed device: the steps to allow it, and a button to retry. */
function renderDeviceHelp(
  device: DeviceName | undefined,
  { snapshot, localize, hasButtons, permissionSteps, input }: CallScene,
) {
  // A screen needs no permission: it is selected each time.
  if (device === undefined || device === "screen") return nothing;
  const isBlocked = snapshot.local[device].problem === "permission-denied";
  const canTry = hasButtons && snapshot.actions.includes(`toggle-${device}`);
  if (!isBlocked && !canTry) return nothing;
  return html`${isBlocked ? html`<span class="steps" part="steps">${permissionSteps(device)}</span>` : nothing}
  ${
    canTry
      ? html`<button
          class="primary"
          part="try-again"
          type="button"
          @click=${() => input.tryAgain(device)}
        >
          ${localize("tryAgain")}
        </button>`
      : nothing
  }`;
}

/**
 * Returns warnings about the encryption that must be visible: modified frames, or no frames from a device that is on. No frames
 * are expected during a reconnection, or with all devices off.
 */
function protectionBadges({ snapshot, contact, localize }: StatusContext): string[] {
  const { status, sending, receiving } = snapshot.protection;
  // For the whole call, from its first moment.
  if (status === "unencrypted" && snapshot.state !== "ended")
    return [localize("protection.unencrypted")];
  if (snapshot.state !== "connected" && snapshot.state !== "reconnecting") return [];
  if (status === "tampered") return [localize("about.tampered")];
  if (status !== "stalled" || snapshot.state === "reconnecting") return [];
  const { local, remote, held } = snapshot;
  // A held call has no media.
  if (held.local || held.remote) return [];
  const sends = [local.microphone, local.camera, local.screen].some(({ state }) => state === "on");
  const badges: string[] = [];
  if (sending === "stalled" && sends) badges.push(localize("stalledSending", contact.name));
  if (receiving === "stalled" && (remote.microphone || remote.camera || remote.screen)) {
    badges.push(localize("stalledReceiving", contact.name));
  }
  return badges;
}

/** Returns error and advice for an own device. */
export function deviceWords(
  device: DeviceName,
  problem: ErrorCode | null,
  localize: Localize,
): string {
  if (problem === "permission-denied") return localize("deviceBlocked", device);
  if (problem === "device-not-found") return localize("deviceMissing", device);
  if (problem === "device-busy") return localize("deviceBusy", device);
  return localize("deviceFailed", device);
}

/** Returns the announcement about own devices, and about those that a system has taken. */
export function hintLineOf({ snapshot, contact, localize }: StatusContext): string {
  const { hints, local, remote } = snapshot;
  const own = devices
    .filter((device) => local[device].state === "interrupted")
    .map((device) => localize("deviceInterrupted", device));
  const theirs = interruptionsOf(remote, contact.name, localize).map(([, words]) => words);
  const ownHints = hints.map((hint) => hintWords(hint, localize));
  return hasLock(snapshot) ? [...ownHints, ...own, ...theirs].join(". ") : ownHints.join(". ");
}

/** Returns text and advice of a hint for an own device. */
export function hintWords(hint: CaptureHint, localize: Localize): string {
  switch (hint) {
    case "speaking-while-muted":
      return localize("youAreMuted");
    case "microphone-silent":
      return localize("microphoneSilent");
    case "camera-black":
      return localize("cameraBlack");
  }
}

const kinds: readonly PermissionKind[] = [
  "chrome-desktop",
  "chrome-android",
  "safari-ios",
  "safari-mac",
  "firefox",
  "edge",
  "webview-android",
  "webview-ios",
  "other",
];

/** Identification of a browser. */
export interface BrowserTraits {
  readonly userAgent: string;
  /** User agent client hints, if available. */
  readonly userAgentData?: { readonly brands?: readonly { readonly brand: string }[] };
  readonly maxTouchPoints?: number;
}

/**
 * Returns the kind of browser or WebView for its permission steps. For permission help only: it says nothing about features.
 */
export function permissionKind({
  userAgent,
  userAgentData,
  maxTouchPoints = 0,
}: BrowserTraits): PermissionKind {
  const has = (pattern: RegExp) => pattern.test(userAgent);
  if (has(/Android/)) {
    const isWebView =
      has(/; wv\)/) ||
      (userAgentData?.brands ?? []).some(({ brand }) => brand === "Android WebView");
    if (isWebView) return "webview-android";
    return has(/Firefox\//) ? "firefox" : has(/Chrome\//) ? "chrome-android" : "other";
  }
  // iPads identify as Macs. Other browsers are apps there, listed by name in the Settings app.
  if (has(/iPhone|iPad|iPod/) || (has(/Macintosh/) && maxTouchPoints > 1)) {
    return has(/Safari\//) && !has(/CriOS|FxiOS|EdgiOS|OPT\//) ? "safari-ios" : "webview-ios";
  }
  if (has(/Electron\//)) return "other";
  if (has(/Firefox\//)) return "firefox";
  if (has(/Edg\//)) return "edge";
  if (has(/Chrome\//)) return "chrome-desktop";
  return has(/Macintosh/) && has(/Safari\//) ? "safari-mac" : "other";
}

/**
 * Returns the steps to allow a device, in two sentences.
 * @param given - one of the kinds, or text of the host; "" to detect the browser.
 */
export function permissionWords(given: string, traits: BrowserTraits, localize: Localize): string {
  const known = kinds.find((kind) => kind === given);
  if (given !== "" && known === undefined) return given;
  return localize(`permission.${known ?? permissionKind(traits)}`);
}

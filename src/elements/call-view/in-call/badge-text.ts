import type { CaptureHint } from "../../../call/terms.ts";
import type { ErrorCode } from "../../../events/sx-error.ts";
import type { DeviceName, Localize } from "../../words/strings.ts";
import type { Telling } from "../status-text.ts";

/**
 * Returns warnings about the encryption that must be visible: modified frames, or no frames from a device that is on. No frames
 * are expected during a reconnection, or with all devices off.
 */
export function protectionSigns({ snapshot, contact, localize }: Telling): string[] {
  const { status, sending, receiving } = snapshot.protection;
  // For the whole call, from its first moment.
  if (status === "unencrypted" && snapshot.state !== "ended")
    return [localize("protection.unencrypted")];
  if (snapshot.state !== "connected" && snapshot.state !== "reconnecting") return [];
  if (status === "tampered") return [localize("tamperedSign")];
  if (status !== "stalled" || snapshot.state === "reconnecting") return [];
  const { local, remote, held } = snapshot;
  // A held call has no media.
  if (held.local || held.remote) return [];
  const sends = [local.microphone, local.camera, local.screen].some(({ state }) => state === "on");
  const signs: string[] = [];
  if (sending === "stalled" && sends) signs.push(localize("stalledSending", contact.name));
  if (receiving === "stalled" && (remote.microphone || remote.camera || remote.screen)) {
    signs.push(localize("stalledReceiving", contact.name));
  }
  return signs;
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

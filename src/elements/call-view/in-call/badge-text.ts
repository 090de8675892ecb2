import type { CaptureHint } from "../../../call/terms.ts";
import type { ErrorCode } from "../../../events/sx-error.ts";
import type { DeviceName, Localize } from "../../words/strings.ts";
import type { Telling } from "../status-text.ts";

/**
 * What the encryption measured that must be seen without opening anything: changed frames, or silence from a device that is on.
 * Silence while a path is searched, or while everything is switched off, is as one would expect.
 */
export function protectionSigns({ snapshot, contact, localize }: Telling): string[] {
  const { status, sending, receiving } = snapshot.protection;
  // From the first moment on, and for as long as the call lasts.
  if (status === "unencrypted" && snapshot.state !== "ended")
    return [localize("protection.unencrypted")];
  if (snapshot.state !== "connected" && snapshot.state !== "reconnecting") return [];
  if (status === "tampered") return [localize("tamperedSign")];
  if (status !== "stalled" || snapshot.state === "reconnecting") return [];
  const { local, remote, held } = snapshot;
  // Silence is what a hold is.
  if (held.local || held.remote) return [];
  const sends = [local.microphone, local.camera, local.screen].some(({ state }) => state === "on");
  const signs: string[] = [];
  if (sending === "stalled" && sends) signs.push(localize("stalledSending"));
  if (receiving === "stalled" && (remote.microphone || remote.camera || remote.screen)) {
    signs.push(localize("stalledReceiving", contact.name));
  }
  return signs;
}

/** Why a device of one's own does not work, and what to do. */
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

/** What is odd about a device of one's own, and what to do. */
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

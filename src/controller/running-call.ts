import { runningIntents } from "../call/rules/running-intents.ts";
import { runningParts } from "../call/to-snapshot.ts";
import type { RunningMessages, RunningRules } from "./call-machine.ts";
import type { CallModel } from "../call/state/model.ts";
import type { CallResources } from "./call-resources.ts";
import type { CallTracks } from "./call-source.ts";

/** Messages for developers by code. Screens have their own strings in the user's language. */
const messages: RunningMessages = {
  "bad-signal": "A message of the other side is not an sx-call message, or the engine refuses it.",
  "unsupported-version": "The other side uses another version of the protocol.",
  "too-large": "A message of the other side exceeds its size limit.",
  "unknown-call": "A signal names an unknown call.",
  insecure: "The key agreement of the two sides failed. The call was ended.",
  flooded: "The other side flooded the data channel. The call was ended.",
  "bad-frame": "A frame does not authenticate.",
  "code-mismatch":
    "The two people saw different security codes: a machine in the middle. The call was ended.",
  unprotected: "Media bypassed the encryption. The call was ended.",
  "encryption-lost": "The worker that encrypts frames stopped working. The call was ended.",
  "permission-denied": "The use of a device was refused, or the page is not secure.",
  "device-not-found": "A device was not found, or was unplugged.",
  "device-busy": "A device is in use by another program, or does not start.",
  "connection-failed": "The path to the other side was lost and did not recover.",
};

export const runningRules: RunningRules = {
  partsOf: runningParts,
  intents: runningIntents,
  messages,
};

/** Returns the tracks to play: none of a call that this side holds, and remote ones only after their first decrypted frame. */
export function tracksOf(
  { hold, devices, remote, protection, state }: CallModel,
  resources: Pick<CallResources, "connection" | "localTrack">,
): CallTracks {
  const isPlayed = state !== "ended" && !hold.local;
  const isOn = (device: "camera" | "screen") => isPlayed && devices.local[device].state === "on";
  const remoteTrack = (index: 0 | 1 | 2 | 3) =>
    isPlayed && protection.openedTracks.includes(index)
      ? (resources.connection?.remoteTrack(index) ?? null)
      : null;
  return {
    localCamera: isOn("camera") ? resources.localTrack("camera") : null,
    localScreen: isOn("screen") ? resources.localTrack("screen") : null,
    remoteMicrophone: remoteTrack(0),
    remoteCamera: remote.camera ? remoteTrack(1) : null,
    remoteScreenAudio: remote.screen ? remoteTrack(2) : null,
    remoteScreen: remote.screen ? remoteTrack(3) : null,
  };
}

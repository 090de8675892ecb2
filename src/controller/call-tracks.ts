import type { CallModel } from "../call/state/model.ts";
import type { CallResources } from "./call-resources.ts";
import type { CallTracks } from "./call-source.ts";

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

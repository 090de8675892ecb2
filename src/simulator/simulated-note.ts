import type { CallMedia, DeviceName } from "../call/terms.ts";
import type { CallTracks } from "../controller/call-source.ts";
import type { CallErrorCode } from "../errors.ts";

/** Opens what a note is recorded from: silence, and the given own camera. Fails as the script wants its devices to. */
export function simulatedNote(
  media: CallMedia,
  { localCamera }: Partial<CallTracks>,
  problems: ReadonlyMap<DeviceName, CallErrorCode>,
): Promise<MediaStream> {
  const problem =
    problems.get("microphone") ?? (media === "video" ? problems.get("camera") : undefined);
  if (problem !== undefined)
    return Promise.reject(Object.assign(new Error("Simulated."), { name: problem }));
  // A source of silence keeps a recorder going. Its context ends with the page: it uses no device.
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(destination);
  silence.start();
  if (media === "video" && localCamera) destination.stream.addTrack(localCamera.clone());
  return Promise.resolve(destination.stream);
}

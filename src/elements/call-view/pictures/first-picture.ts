import type { CallTracks } from "../../../controller/call-source.ts";
import type { CallSnapshot } from "../../../call/snapshot.ts";
import type { TheirPicture } from "../scene.ts";

/**
 * Follows the other side's picture from the track to the first picture out of the decoder. Until then it is nothing to look at, and the
 * own one, large while it rings, stays so.
 */
export class FirstPicture {
  readonly #onPicture: () => void;
  #track: MediaStreamTrack | null = null;
  #isDecoded = false;
  #isAwaited = false;

  /** @param onPicture - called once a picture of another track can be seen. */
  constructor(onPicture: () => void) {
    this.#onPicture = onPicture;
  }

  /** Takes the next moment of the call. */
  follow({
    snapshot,
    tracks,
  }: {
    readonly snapshot: CallSnapshot;
    readonly tracks: Pick<CallTracks, "remoteCamera" | "remoteScreen">;
  }): TheirPicture {
    if (tracks.remoteCamera !== this.#track) {
      this.#track = tracks.remoteCamera;
      this.#isDecoded = false;
    }
    const { state, remote, held } = snapshot;
    if (state === "inviting" || state === "ringing" || state === "connecting")
      this.#isAwaited = true;
    else
      this.#isAwaited &&=
        (state === "connected" || state === "reconnecting") &&
        !held.local &&
        !held.remote &&
        !tracks.remoteScreen &&
        mayCome(remote);
    this.#isAwaited &&= !this.#isDecoded;
    return { isDecoded: this.#isDecoded, isAwaited: this.#isAwaited };
  }

  /** Hears `loadeddata` of the video of the other side's camera. */
  readonly onData = ({ currentTarget }: Event): void => {
    const { srcObject, videoWidth } = currentTarget as HTMLVideoElement;
    const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
    if (this.#isDecoded || track !== this.#track || videoWidth === 0) return;
    this.#isDecoded = true;
    this.#onPicture();
  };
}

/** Until it is known the other side's camera may be on. */
const mayCome = ({ known, camera, starting }: CallSnapshot["remote"]): boolean =>
  !known || camera || starting?.includes("camera") === true;

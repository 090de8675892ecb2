/** The part of W3C `MediaDevices` that a call uses. A host may bring its own, to capture what it likes. */
export type CallMediaDevices = Pick<MediaDevices, "getUserMedia" | "enumerateDevices"> &
  Partial<Pick<MediaDevices, "getDisplayMedia" | "addEventListener">>;

/** What is asked for: a microphone or a camera. */
export type DeviceConstraints =
  { readonly audio: MediaTrackConstraints } | { readonly video: MediaTrackConstraints };

interface Waiting {
  readonly constraints: DeviceConstraints;
  readonly resolve: (track: MediaStreamTrack) => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * Asks for microphones and cameras, those of one turn in one request, so that the user gets one question. Where one of them is
 * missing or refused, each is asked for alone, so that the other one still works.
 */
export class DeviceRequests {
  readonly #devices: CallMediaDevices | null;
  #waiting: Waiting[] = [];

  constructor(devices: CallMediaDevices | null) {
    this.#devices = devices;
  }

  /** @throws {DOMException} as `getUserMedia` does. */
  ask(constraints: DeviceConstraints): Promise<MediaStreamTrack> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ constraints, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 1 && (await this.#askTogether(waiting))) return;
    await Promise.all(
      waiting.map(async ({ constraints, resolve, reject }) => {
        try {
          const [track] = await this.#request(constraints);
          resolve(track);
        } catch (thrown) {
          reject(thrown);
        }
      }),
    );
  }

  async #askTogether(waiting: readonly Waiting[]): Promise<boolean> {
    const constraints = waiting.reduce<MediaStreamConstraints>(
      (all, one) => ({ ...all, ...one.constraints }),
      {},
    );
    try {
      const tracks = await this.#request(constraints);
      for (const { constraints: own, resolve } of waiting)
        resolve(tracks.find(({ kind }) => kind in own) ?? tracks[0]);
      return true;
    } catch {
      return false;
    }
  }

  /** @returns one track for each kind that was asked for. */
  async #request(
    constraints: MediaStreamConstraints,
  ): Promise<[MediaStreamTrack, ...MediaStreamTrack[]]> {
    // Where a page is not secure, browsers have no `mediaDevices`: to the user it is a permission that cannot be given.
    if (this.#devices === null) throw new DOMException("No devices.", "NotAllowedError");
    const tracks = (await this.#devices.getUserMedia(constraints)).getTracks();
    const [first, ...others] = tracks;
    if (first === undefined || tracks.length < Object.keys(constraints).length) {
      for (const track of tracks) track.stop();
      throw new DOMException("A track is missing.", "NotFoundError");
    }
    return [first, ...others];
  }
}

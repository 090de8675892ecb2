import type { CallMediaDevices } from "../../src/media/device-requests.ts";

/** A track without a device behind it. */
export class FakeTrack extends EventTarget {
  readonly kind: "audio" | "video";
  readonly #settings: MediaTrackSettings;
  enabled = true;
  contentHint = "";
  readyState: MediaStreamTrackState = "live";

  constructor(kind: "audio" | "video", settings: MediaTrackSettings = {}) {
    super();
    this.kind = kind;
    this.#settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return this.#settings;
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** What the platform does when a device is unplugged: unlike `stop`, it tells. */
  unplug(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }

  /** What the code under test takes it for. It uses no more of a track than is here. */
  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

interface Held {
  readonly answer: () => void;
}

/** Devices that the test owns: what was asked for, in which order, and with what result. */
export class FakeDevices implements CallMediaDevices {
  /** What was asked for. */
  readonly requests: MediaStreamConstraints[] = [];
  /** Every track that was handed out, in order. */
  readonly tracks: FakeTrack[] = [];
  /** The name of the `DOMException` with which a request for such a track fails; `screen` for the screen. */
  readonly failures = new Map<"audio" | "video" | "screen", string>();
  cameras: readonly { readonly deviceId: string; readonly facingMode?: string }[] = [{ deviceId: "one" }];
  hasScreenSound = true;
  /** Whether requests wait for `answer`. */
  isHeld = false;
  readonly #held: Held[] = [];

  /** The open tracks of a kind. */
  live(kind?: "audio" | "video"): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === "live" && (kind === undefined || track.kind === kind));
  }

  get waiting(): number {
    return this.#held.length;
  }

  /** Lets the requests that wait go on. */
  answer(): void {
    this.isHeld = false;
    for (const { answer } of this.#held.splice(0)) answer();
  }

  getUserMedia = async (constraints: MediaStreamConstraints = {}): Promise<MediaStream> => {
    this.requests.push(constraints);
    await this.#gate();
    for (const kind of ["audio", "video"] as const) if (constraints[kind] !== undefined) this.#failFor(kind);
    const audio = constraints.audio === undefined ? [] : [this.#track("audio", { deviceId: "microphone" })];
    return streamOf([...audio, ...(constraints.video === undefined ? [] : [this.#camera(constraints.video)])]);
  };

  getDisplayMedia = async (): Promise<MediaStream> => {
    await this.#gate();
    this.#failFor("screen");
    const sound = this.hasScreenSound ? [this.#track("audio")] : [];
    return streamOf([...sound, this.#track("video")]);
  };

  enumerateDevices = (): Promise<MediaDeviceInfo[]> => {
    const cameras = this.cameras.map(({ deviceId }) => ({
      kind: "videoinput",
      deviceId,
      groupId: "",
      label: "",
      toJSON: () => ({}),
    }));
    return Promise.resolve([...cameras, { ...cameras[0]!, kind: "audioinput" }] as MediaDeviceInfo[]);
  };

  #failFor(kind: "audio" | "video" | "screen"): void {
    const name = this.failures.get(kind);
    if (name !== undefined) throw new DOMException("Refused by the test.", name);
  }

  #gate(): Promise<void> {
    if (!this.isHeld) return Promise.resolve();
    return new Promise((answer) => this.#held.push({ answer }));
  }

  /** The camera that the constraints name, by id or direction; else the first. */
  #camera(constraints: boolean | MediaTrackConstraints): FakeTrack {
    const wanted = typeof constraints === "boolean" ? {} : constraints;
    const exact = (constraint: ConstrainDOMString | undefined) =>
      typeof constraint === "object" && "exact" in constraint ? constraint.exact : undefined;
    const [id, direction] = [exact(wanted.deviceId), exact(wanted.facingMode)];
    const camera = this.cameras.find(
      ({ deviceId, facingMode }) =>
        (id === undefined || deviceId === id) && (direction === undefined || facingMode === direction),
    );
    if (camera === undefined) throw new DOMException("None.", "OverconstrainedError");
    return this.#track("video", camera);
  }

  #track(kind: "audio" | "video", settings: MediaTrackSettings = {}): FakeTrack {
    const track = new FakeTrack(kind, settings);
    this.tracks.push(track);
    return track;
  }
}

/** A `MediaStream` takes real tracks only; the code under test uses no more of one than this. */
function streamOf(tracks: readonly FakeTrack[]): MediaStream {
  const of = (kind: string) => tracks.filter((track) => track.kind === kind);
  const stream = { getTracks: () => tracks, getAudioTracks: () => of("audio"), getVideoTracks: () => of("video") };
  return stream as unknown as MediaStream;
}

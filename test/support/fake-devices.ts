import type { CallMediaDevices } from "../../src/media/devices/device-requests.ts";

/** A track without a device behind it. */
export class FakeTrack extends EventTarget {
  readonly kind: "audio" | "video";
  readonly #settings: MediaTrackSettings;
  readonly #capabilities: object;
  /** `true` if constraints of a live track have an effect: not in Chromium. */
  appliesLive = true;
  muted = false;
  enabled = true;
  contentHint = "";
  readyState: MediaStreamTrackState = "live";

  constructor(
    kind: "audio" | "video",
    settings: MediaTrackSettings = {},
    capabilities: object = {},
  ) {
    super();
    this.kind = kind;
    this.#settings = settings;
    this.#capabilities = capabilities;
  }

  getCapabilities(): object {
    return this.#capabilities;
  }

  applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    if (this.appliesLive)
      Object.assign(this.#settings, { noiseSuppression: constraints.noiseSuppression });
    return Promise.resolve();
  }

  /** Nothing where it has ended, as in Firefox. */
  getSettings(): MediaTrackSettings {
    return this.readyState === "live" ? this.#settings : {};
  }

  /** Copies of this track, in order. */
  readonly clones: FakeTrack[] = [];

  clone(): FakeTrack {
    const clone = new FakeTrack(this.kind, { ...this.#settings }, this.#capabilities);
    this.clones.push(clone);
    return clone;
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** Simulates unplugging a device, which fires an event, unlike `stop`. */
  unplug(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }

  /** The type that the code under test expects. It uses no other members of a track. */
  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

interface Held {
  readonly answer: () => void;
}

/** Devices that the test owns: what was asked for, in which order, and with what result. */
export class FakeDevices extends EventTarget implements CallMediaDevices {
  /** Requests so far. */
  readonly requests: MediaStreamConstraints[] = [];
  readonly screenRequests: DisplayMediaStreamOptions[] = [];
  /** Every track that was handed out, in order. */
  readonly tracks: FakeTrack[] = [];
  /** The name of the `DOMException` with which a request for such a track fails; `screen` for the screen. */
  readonly failures = new Map<"audio" | "video" | "screen", string>();
  cameras: readonly { readonly deviceId: string; readonly facingMode?: string }[] = [
    { deviceId: "one" },
  ];
  microphones: readonly { readonly deviceId: string }[] = [{ deviceId: "microphone" }];
  speakers: readonly { readonly deviceId: string }[] = [];
  /** The ids of devices that another program holds. */
  readonly busy = new Set<string>();
  /** Capabilities that a microphone can turn off. */
  voice: object = { noiseSuppression: [true, false] };
  /** `true` if constraints of a live track have an effect: not in Chromium. */
  appliesLive = true;
  hasScreenSound = true;
  /** What the tracks of a screen tell of themselves. */
  screenSettings: { readonly picture?: MediaTrackSettings | undefined; readonly sound?: object } =
    {};
  /** `true` if requests wait for `answer`. */
  isHeld = false;
  readonly #held: Held[] = [];

  /** The open tracks of a kind. */
  live(kind?: "audio" | "video"): FakeTrack[] {
    return this.tracks.filter(
      (track) => track.readyState === "live" && (kind === undefined || track.kind === kind),
    );
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
    for (const kind of ["audio", "video"] as const)
      if (constraints[kind] !== undefined) this.#failFor(kind);
    const audio = constraints.audio === undefined ? [] : [this.#microphone(constraints.audio)];
    return streamOf([
      ...audio,
      ...(constraints.video === undefined ? [] : [this.#camera(constraints.video)]),
    ]);
  };

  getDisplayMedia = async (options: DisplayMediaStreamOptions = {}): Promise<MediaStream> => {
    this.screenRequests.push(options);
    await this.#gate();
    this.#failFor("screen");
    const { picture, sound: ofSound } = this.screenSettings;
    const sound = this.hasScreenSound ? [this.#track("audio", ofSound)] : [];
    return streamOf([...sound, this.#track("video", picture)]);
  };

  enumerateDevices = (): Promise<MediaDeviceInfo[]> => {
    const named = (kind: MediaDeviceKind, devices: readonly { readonly deviceId: string }[]) =>
      devices.map(({ deviceId }) => ({
        kind,
        deviceId,
        groupId: "",
        label: `${deviceId}'s name`,
        toJSON: () => ({}),
      }));
    return Promise.resolve([
      ...named("audioinput", this.microphones),
      ...named("videoinput", this.cameras),
      ...named("audiooutput", this.speakers),
    ]);
  };

  #failFor(kind: "audio" | "video" | "screen"): void {
    const name = this.failures.get(kind);
    if (name !== undefined) throw new DOMException("Refused by the test.", name);
  }

  #gate(): Promise<void> {
    if (!this.isHeld) return Promise.resolve();
    return new Promise((answer) => this.#held.push({ answer }));
  }

  /** A device was plugged in or out: the lists are as they are now. */
  plug(): void {
    this.dispatchEvent(new Event("devicechange"));
  }

  #microphone(constraints: boolean | MediaTrackConstraints): FakeTrack {
    const { deviceId, noiseSuppression } = typeof constraints === "boolean" ? {} : constraints;
    const id = exactly(deviceId);
    const microphone = this.microphones.find((one) => id === undefined || one.deviceId === id);
    this.#demand(microphone?.deviceId);
    // Chromium keeps the treatment of a device that is open, unless another one is demanded.
    const kept = this.appliesLive
      ? undefined
      : this.live("audio").find((one) => one.getSettings().deviceId === microphone?.deviceId);
    const wishes = [
      exactly(noiseSuppression),
      kept?.getSettings().noiseSuppression,
      noiseSuppression,
    ];
    const suppresses = wishes.find((one) => typeof one === "boolean") ?? true;
    const track = this.#track("audio", { ...microphone, noiseSuppression: suppresses }, this.voice);
    track.appliesLive = this.appliesLive;
    return track;
  }

  #demand(deviceId: string | undefined): void {
    if (deviceId === undefined) throw new DOMException("None.", "OverconstrainedError");
    if (this.busy.has(deviceId)) throw new DOMException("Busy.", "NotReadableError");
  }

  /** The camera that the constraints name, by id or direction; else the first. */
  #camera(constraints: boolean | MediaTrackConstraints): FakeTrack {
    const wanted = typeof constraints === "boolean" ? {} : constraints;
    const [id, direction] = [exactly(wanted.deviceId), exactly(wanted.facingMode)];
    const camera = this.cameras.find(
      ({ deviceId, facingMode }) =>
        (id === undefined || deviceId === id) &&
        (direction === undefined || facingMode === direction),
    );
    this.#demand(camera?.deviceId);
    return this.#track("video", camera);
  }

  #track(
    kind: "audio" | "video",
    settings: MediaTrackSettings = {},
    capabilities: object = {},
  ): FakeTrack {
    const track = new FakeTrack(kind, settings, capabilities);
    this.tracks.push(track);
    return track;
  }
}

/** Returns the exact value of a constraint, if any. */
function exactly(constraint: unknown): unknown {
  return typeof constraint === "object" && constraint !== null && "exact" in constraint
    ? constraint.exact
    : undefined;
}

/** A `MediaStream` takes real tracks only; the code under test uses no more of one than this. */
function streamOf(tracks: readonly FakeTrack[]): MediaStream {
  const of = (kind: string) => tracks.filter((track) => track.kind === kind);
  const stream = {
    getTracks: () => tracks,
    getAudioTracks: () => of("audio"),
    getVideoTracks: () => of("video"),
  };
  return stream as unknown as MediaStream;
}

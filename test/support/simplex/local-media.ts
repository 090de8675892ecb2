import type { CallMedia, Facing, Source } from "./protocol.ts";

/** Where a page's own tracks come from. A test gives its own to see what is asked for, or to refuse it. */
export interface PageDevices {
  microphone(): Promise<MediaStreamTrack>;
  /** `null` where there is no camera. */
  camera(facing: Facing): Promise<MediaStreamTrack | null>;
  screen(): Promise<MediaStreamTrack>;
}

/** Section 4: 24 frames a second, width 480/720/1280, aspect ratio 1.33. */
export function cameraConstraints(facing: Facing): MediaTrackConstraints {
  return {
    frameRate: 24,
    width: { min: 480, ideal: 720, max: 1280 },
    aspectRatio: 1.33,
    facingMode: facing,
  };
}

/** The browser's devices (fake ones, in a test browser), and a screen that the page draws: headless browsers have no picker. */
export const browserDevices: PageDevices = {
  async microphone() {
    return (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!;
  },
  async camera(facing) {
    const devices = await navigator.mediaDevices.enumerateDevices();
    if (!devices.some(({ kind }) => kind === "videoinput")) return null;
    return (
      await navigator.mediaDevices.getUserMedia({ video: cameraConstraints(facing) })
    ).getVideoTracks()[0]!;
  },
  async screen() {
    return drawnScreen();
  },
};

/** A moving picture of 640 × 360. */
export function drawnScreen(): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext("2d")!;
  const track = canvas.captureStream().getVideoTracks()[0]!;
  let pictures = 0;
  const timer = setInterval(() => {
    if (track.readyState === "ended") clearInterval(timer);
    context.fillStyle = `hsl(${(pictures * 40) % 360} 90% 50%)`;
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = "black";
    context.fillRect((pictures++ * 20) % 600, 160, 40, 40);
  }, 40);
  return track;
}

/** The page's own microphone, camera and screen, of one call. */
export class LocalMedia {
  facing: Facing = "user";
  readonly #devices: PageDevices;
  readonly #tracks: Record<Source, MediaStreamTrack | null> = {
    mic: null,
    camera: null,
    screenAudio: null,
    screenVideo: null,
  };
  #isMicrophoneOn = true;
  #hasStopped = false;

  constructor(devices: PageDevices) {
    this.#devices = devices;
  }

  /** Returns the track for a sender. Screen audio is negotiated and never sent. */
  track(source: Source): MediaStreamTrack | null {
    return source === "mic" && !this.#isMicrophoneOn ? null : this.#tracks[source];
  }

  /** The microphone, and the camera for a video call where there is one. Throws where one of them is refused. */
  async capture(media: CallMedia): Promise<void> {
    await Promise.all([
      this.#keep("mic", this.#devices.microphone()),
      media === "video" ? this.#keep("camera", this.#devices.camera(this.facing)) : undefined,
    ]);
  }

  async enable(source: Source, enable: boolean): Promise<void> {
    if (source === "mic") {
      this.#isMicrophoneOn = enable;
    } else if (!enable) {
      this.#drop(source);
    } else if (source === "camera") {
      await this.#keep("camera", this.#devices.camera(this.facing));
      if (this.#tracks.camera === null) throw new Error("there is no camera");
    } else if (source === "screenVideo") {
      await this.#keep("screenVideo", this.#devices.screen());
    }
  }

  /** The old track is stopped before the new one is asked for: many phones open one camera at a time. */
  async flip(facing: Facing): Promise<void> {
    this.facing = facing;
    if (this.#tracks.camera === null) return;
    this.#drop("camera");
    await this.#keep("camera", this.#devices.camera(facing));
  }

  stop(): void {
    this.#hasStopped = true;
    for (const source of ["mic", "camera", "screenAudio", "screenVideo"] as const)
      this.#drop(source);
  }

  async #keep(source: Source, asked: Promise<MediaStreamTrack | null>): Promise<void> {
    const track = await asked;
    if (this.#hasStopped) {
      track?.stop();
      throw new Error("the call has ended");
    }
    this.#drop(source);
    this.#tracks[source] = track;
  }

  #drop(source: Source): void {
    this.#tracks[source]?.stop();
    this.#tracks[source] = null;
  }
}

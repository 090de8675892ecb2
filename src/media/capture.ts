import type { DeviceName } from "../call/events.ts";
import type { TrackIndex } from "../call/measurement.ts";
import type { DeviceStatus } from "../call/snapshot.ts";
import { captureError } from "./capture-error.ts";
import { DeviceRequests } from "./device-requests.ts";
import type { CallMediaDevices, DeviceConstraints } from "./device-requests.ts";

/** Which way a camera looks. */
export type Facing = "user" | "environment";

/** What capture tells. */
export interface CaptureListener {
  deviceChanged(device: DeviceName, status: DeviceStatus, facing: Facing | null): void;
  camerasCounted(count: number): void;
  /** Puts a track on the wire, or takes it off. The device counts as on only after this. */
  place(index: TrackIndex, track: MediaStreamTrack | null): Promise<void>;
}

const sound: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const picture: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/** Where a device's tracks go: the media sections of a call. */
const sections = { microphone: 0, camera: 1, screen: 3 } as const;
const screenSound = 2;

/**
 * This side's microphone, camera and screen. Each is brought to what was last asked for, one step after another, and reported
 * as it then really is. Nothing is opened that was not asked for, and a camera that is off is released: its light goes out.
 */
export class Capture {
  readonly #devices: CallMediaDevices | null;
  readonly #requests: DeviceRequests;
  readonly #listener: CaptureListener;
  readonly #tracks = new Map<DeviceName | "screenSound", MediaStreamTrack>();
  readonly #wanted = new Map<DeviceName, boolean>();
  readonly #working = new Map<DeviceName, Promise<void>>();
  readonly #listening = new AbortController();
  #facing: Facing | null = null;
  #isClosed = false;

  /** @param devices where tracks come from; `null` where the page has no such thing (no secure context). */
  constructor(devices: CallMediaDevices | null, listener: CaptureListener) {
    this.#devices = devices;
    this.#requests = new DeviceRequests(devices);
    this.#listener = listener;
  }

  /** The track of a device that is open; a muted microphone is. */
  track(device: DeviceName): MediaStreamTrack | null {
    return this.#tracks.get(device) ?? null;
  }

  /** Asks for a device to be on or off. */
  switch(device: DeviceName, on: boolean): void {
    if (this.#isClosed) return;
    this.#wanted.set(device, on);
    // Muting takes effect at once, also on a track that still waits to be placed.
    const microphone = device === "microphone" ? this.#tracks.get(device) : undefined;
    if (microphone !== undefined && !on) microphone.enabled = false;
    if (on && !this.#tracks.has(device)) this.#report(device, { state: "starting", problem: null });
    if (this.#working.has(device)) return;
    this.#working.set(device, this.#settle(device));
  }

  /**
   * Changes to the next camera: `starting` at once, then on or failed. The old one is released first: phones open only one.
   *
   * @param to which way the camera is to look, for hosts with a switch of their own. A camera that is off opens that way later.
   */
  async flipCamera(to?: Facing): Promise<void> {
    if (to !== undefined && this.#wanted.get("camera") !== true) this.#facing = to;
    if (!this.#tracks.has("camera") || this.#devices === null || this.#isClosed) return;
    this.#report("camera", { state: "starting", problem: null });
    // Whoever waits for the same work goes on one after the other.
    while (this.#working.has("camera")) await this.#working.get("camera");
    // Gone where it was switched off meanwhile, or the call has ended.
    const old = this.#tracks.get("camera");
    if (old === undefined) return;
    const work = this.#flip(old, this.#devices, to);
    this.#working.set("camera", work);
    await work;
    // Somebody may have switched it off meanwhile.
    if (this.#wanted.get("camera") === false) this.switch("camera", false);
  }

  /** Releases every device, also those that are still opening. */
  close(): void {
    this.#isClosed = true;
    this.#listening.abort();
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }

  /** Brings a device to what is wanted of it, as often as that changes meanwhile. */
  async #settle(device: DeviceName): Promise<void> {
    let isAgain = false;
    for (;;) {
      const wanted = this.#wanted.get(device) ?? false;
      if (this.#isClosed) return;
      if (wanted && isAgain && !this.#tracks.has(device)) this.#report(device, { state: "starting", problem: null });
      isAgain = true;
      if (wanted) await this.#open(device);
      else await this.#shut(device);
      if (this.#wanted.get(device) === wanted) {
        // In the same turn as the look: a wish of the turn after it begins work of its own.
        this.#working.delete(device);
        return;
      }
    }
  }

  async #open(device: DeviceName): Promise<void> {
    const open = this.#tracks.get(device);
    if (open?.readyState === "live") {
      open.enabled = true;
      this.#report(device, { state: "on", problem: null });
      return;
    }
    try {
      const tracks = device === "screen" ? await this.#captureScreen() : [await this.#requests.ask(this.#constraints(device))];
      for (const [index, track] of tracks.entries()) {
        await this.#hold(index === 0 ? device : "screenSound", track);
      }
      // Switched off, unplugged or closed while it opened: it was never on.
      const track = this.#tracks.get(device);
      if (this.#isClosed || this.#wanted.get(device) === false || track === undefined) return;
      track.enabled = true;
      this.#report(device, { state: "on", problem: null });
      if (device === "camera") await this.#countCameras();
    } catch (thrown) {
      if (this.#isClosed) return;
      this.#report(device, { state: "failed", problem: captureError(thrown) });
    }
  }

  async #shut(device: DeviceName): Promise<void> {
    const track = this.#tracks.get(device);
    if (device === "microphone" && track !== undefined) {
      // Silence goes on being sent: when somebody mutes cannot be read from the traffic, and unmuting is immediate.
      track.enabled = false;
    } else {
      await this.#release(device);
      if (device === "screen") await this.#release("screenSound");
    }
    this.#report(device, { state: "off", problem: null });
  }

  async #release(name: DeviceName | "screenSound"): Promise<void> {
    const track = this.#tracks.get(name);
    if (track === undefined) return;
    this.#tracks.delete(name);
    track.stop();
    await this.#listener.place(name === "screenSound" ? screenSound : sections[name], null);
  }

  async #hold(name: DeviceName | "screenSound", track: MediaStreamTrack): Promise<void> {
    if (this.#isClosed) {
      track.stop();
      return;
    }
    this.#tracks.set(name, track);
    // Chromium never lets go of what `getUserMedia` has given (seen in 156): nothing of the call may hang on it afterwards.
    const ended = () => {
      this.#lost(name, track);
    };
    track.addEventListener("ended", ended, { signal: this.#listening.signal });
    if (name === "camera") this.#facing = facingOf(track);
    // Muted while it opened: then it is never heard.
    if (name === "microphone") track.enabled = this.#wanted.get(name) === true;
    if (name === "screen") track.contentHint = "detail";
    await this.#listener.place(name === "screenSound" ? screenSound : sections[name], track);
  }

  /** A device was unplugged, or the browser's own bar has ended the sharing of the screen. */
  #lost(name: DeviceName | "screenSound", track: MediaStreamTrack): void {
    if (this.#isClosed || this.#tracks.get(name) !== track || name === "screenSound") return;
    if (name === "screen") {
      this.switch("screen", false);
      return;
    }
    void this.#release(name);
    this.#report(name, { state: "failed", problem: "device-not-found" });
  }

  async #captureScreen(): Promise<MediaStreamTrack[]> {
    if (this.#devices?.getDisplayMedia === undefined) throw new DOMException("No screen capture.", "NotFoundError");
    const stream = await this.#devices.getDisplayMedia({ video: true, audio: true });
    const [video] = stream.getVideoTracks();
    if (video === undefined) throw new DOMException("No track.", "NotFoundError");
    return [video, ...stream.getAudioTracks().slice(0, 1)];
  }

  async #flip(old: MediaStreamTrack, devices: CallMediaDevices, to?: Facing): Promise<void> {
    const next = to === undefined ? await this.#nextCamera(old, devices) : { ...picture, facingMode: to };
    const back: MediaTrackConstraints = { ...picture, deviceId: { exact: old.getSettings().deviceId ?? "" } };
    await this.#release("camera");
    try {
      const track = await this.#requests.ask({ video: next }).catch((thrown: unknown) => {
        // After the end of the call no camera is opened again.
        if (this.#isClosed) throw thrown;
        return this.#requests.ask({ video: back });
      });
      await this.#hold("camera", track);
      if (this.#tracks.has("camera")) this.#report("camera", { state: "on", problem: null });
    } catch (thrown) {
      if (!this.#isClosed) this.#report("camera", { state: "failed", problem: captureError(thrown) });
    }
    this.#working.delete("camera");
  }

  /** By direction where the camera tells one (phones), else the next in the list (desks). */
  async #nextCamera(old: MediaStreamTrack, devices: CallMediaDevices): Promise<MediaTrackConstraints> {
    const facing = facingOf(old);
    if (facing !== null) return { ...picture, facingMode: { exact: facing === "user" ? "environment" : "user" } };
    const cameras = (await devices.enumerateDevices().catch(() => [])).filter(({ kind }) => kind === "videoinput");
    const at = cameras.findIndex(({ deviceId }) => deviceId === old.getSettings().deviceId);
    return { ...picture, deviceId: { exact: cameras[(at + 1) % cameras.length]?.deviceId ?? "" } };
  }

  async #countCameras(): Promise<void> {
    const devices = (await this.#devices?.enumerateDevices().catch(() => [])) ?? [];
    if (!this.#isClosed) this.#listener.camerasCounted(devices.filter(({ kind }) => kind === "videoinput").length);
  }

  #constraints(device: "microphone" | "camera"): DeviceConstraints {
    return device === "microphone" ? { audio: sound } : { video: { ...picture, facingMode: this.#facing ?? "user" } };
  }

  #report(device: DeviceName, status: DeviceStatus): void {
    this.#listener.deviceChanged(device, status, this.#tracks.has("camera") ? this.#facing : null);
  }
}

function facingOf(track: MediaStreamTrack): Facing | null {
  const { facingMode } = track.getSettings();
  return facingMode === "user" || facingMode === "environment" ? facingMode : null;
}

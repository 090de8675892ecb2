import type { DeviceKind, DeviceName } from "../../call/terms.ts";
import type { DeviceList, DeviceStatus, VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import type { CaptureListener, CaptureOptions } from "./capture-contract.ts";
import { captureError } from "./capture-error.ts";
import { toDevice, toOtherCamera, toVoice } from "./device-change.ts";
import type { DeviceChange } from "./device-change.ts";
import type { ChosenDevices, DeviceConstraint, Facing } from "./device-constraints.ts";
import { DeviceDirectory } from "./device-directory.ts";
import { unknownPermission } from "./device-permission.ts";
import type { DevicePermission } from "./device-permission.ts";
import { DeviceOpener } from "./device-opener.ts";
import { isOfSystem, isRefusal } from "./device-requests.ts";
import type { CallMediaDevices } from "./device-requests.ts";
import { Abandoned } from "./open-track.ts";
import type { OpenTrack } from "./open-track.ts";

export type { CaptureListener, CaptureOptions, ChosenDevices, Facing };

type Chooseable = "microphone" | "camera";
type TrackName = DeviceName | "screenSound";

/** Where a device's tracks go: the media sections of a call. */
const sections = { microphone: 0, camera: 1, screenSound: 2, screen: 3 } as const;

/** How often a device that ends by itself is replaced, before a person does something or a device is plugged in. */
const mostRescues = 3;

/**
 * This side's microphone, camera and screen. Each is brought to what was last asked for, one step after another, and reported
 * as it then really is. Nothing is opened that was not asked for, and a camera that is off is released: its light goes out.
 */
export class Capture {
  readonly #listener: CaptureListener;
  readonly #chosen: ChosenDevices;
  readonly #opener: DeviceOpener;
  readonly #directory: DeviceDirectory;
  readonly #open = new Map<TrackName, OpenTrack>();
  /** A new object for every wish: a wish that comes while another is worked on is not taken for it. */
  readonly #wishes = new Map<DeviceName, { readonly on: boolean }>();
  readonly #changes: Record<DeviceName, DeviceChange[]> = {
    microphone: [],
    camera: [],
    screen: [],
  };
  readonly #working = new Map<DeviceName, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #permission: DevicePermission;
  /** What was told last of each device. */
  readonly #told = new Map<DeviceName, DeviceStatus["state"]>();
  #rescues = 0;
  /** Whether a microphone that is muted has to be opened again, since it ended. */
  #reopensMuted = false;

  /** @param devices where tracks come from; `null` where the page has no such thing (no secure context). */
  constructor(
    devices: CallMediaDevices | null,
    listener: CaptureListener,
    options: CaptureOptions = { processor: null, chosen: {} },
  ) {
    const { processor, chosen, canChooseSpeaker = false, permission, limits } = options;
    this.#permission = permission ?? unknownPermission;
    this.#listener = listener;
    this.#chosen = chosen;
    const isWanted = (device: Chooseable) => this.#isWanted(device);
    this.#opener = new DeviceOpener(devices, processor, chosen, isWanted, { limits, permission });
    const sources = {
      ...{ devices, chosen, canChooseSpeaker },
      open: (device: Chooseable) => this.#open.get(device),
      tell: (list: DeviceList, voice: VoiceProcessing) => {
        listener.devicesChanged(list, voice);
      },
    };
    this.#directory = new DeviceDirectory(sources, this.#closing.signal, () => {
      this.#rescues = 0;
    });
  }

  /** The track of a device that is open; a muted microphone is. */
  track(device: DeviceName): MediaStreamTrack | null {
    return this.#open.get(device)?.track ?? null;
  }

  /** The device's own track, before a host has worked on it. */
  source(device: DeviceName): MediaStreamTrack | null {
    return this.#open.get(device)?.source ?? null;
  }

  /** Asks for a device to be on or off. */
  setDevice(device: DeviceName, on: boolean): void {
    if (this.#isClosed) return;
    this.#rescues = 0;
    this.#wishes.set(device, { on });
    const open = this.#open.get(device);
    if (!on) this.#switchOff(device, open);
    else if (open === undefined) this.#report(device, { state: "starting", problem: null });
    void this.#work(device);
  }

  /**
   * Changes to another device; one that is off is chosen for later. A microphone is heard until the next one has its place.
   *
   * @param id of `DeviceList`; the empty one of a speaker means the system's own.
   */
  chooseDevice(device: DeviceKind, id: string): void {
    const isOn = device !== "speaker" && this.#wishes.get(device)?.on === true;
    if (device === "speaker" || !(isOn || (device === "microphone" && this.#isThere(device)))) {
      this.#chosen[device] = id;
      if (device !== "speaker") this.#opener.remember(device, id);
      this.#directory.tell();
      return;
    }
    this.#opener.remember(device, id);
    // The one of before has failed.
    if (!this.#isThere(device)) this.setDevice(device, true);
    void this.#change(device, toDevice(device, id, this.#chosen));
  }

  /** Switches what the microphone does to the voice: on the open track, else by opening it anew. */
  setVoice(feature: keyof VoiceProcessing, on: boolean): void {
    void this.#change("microphone", toVoice(feature, on, this.#chosen));
  }

  /**
   * Changes to the next camera: `starting` at once, then on or failed. The old one is released first: phones open only one.
   *
   * @param to which way the camera is to look, for hosts with a switch of their own. A camera that is off opens that way later.
   */
  async flipCamera(to?: Facing): Promise<void> {
    if (to !== undefined && this.#wishes.get("camera")?.on !== true) {
      this.#opener.facing = to;
      this.#opener.remember("camera", null);
    }
    await this.#change("camera", toOtherCamera(to, this.#directory));
  }

  /** Releases every device, also those that are still opening. */
  close(): void {
    this.#closing.abort();
    this.#opener.abandon();
    for (const open of this.#open.values()) open.stop();
    this.#open.clear();
  }

  /** Takes effect at once: neither a device that does not answer nor one that waits for its place may keep a person on the air. */
  #switchOff(device: DeviceName, open: OpenTrack | undefined): void {
    if (device === "microphone") {
      // Silence goes on being sent: when somebody mutes cannot be read from the traffic, and unmuting is immediate.
      if (open !== undefined) open.enabled = false;
    } else {
      this.#opener.abandon(device);
      void this.#release(device);
      if (device === "screen") void this.#release("screenSound");
    }
    this.#report(device, { state: "off", problem: null });
  }

  /** Whether a device is open, or on its way there. */
  #isThere(device: Chooseable): boolean {
    return this.#open.has(device) || this.#working.has(device);
  }

  async #change(device: Chooseable, change: DeviceChange): Promise<void> {
    if (this.#isClosed || !this.#isThere(device) || !this.#isWanted(device)) return;
    this.#rescues = 0;
    this.#changes[device].push(change);
    if (device === "camera" && this.#open.has(device))
      this.#report(device, { state: "starting", problem: null });
    await this.#work(device);
  }

  #work(device: DeviceName): Promise<void> {
    const work = this.#working.get(device) ?? this.#settle(device);
    this.#working.set(device, work);
    return work;
  }

  /** Brings a device to what is wanted of it, as often as that changes meanwhile. */
  async #settle(device: DeviceName): Promise<void> {
    const changes = this.#changes[device];
    for (let isAgain = false; !this.#isClosed; isAgain = true) {
      const wish = this.#wishes.get(device);
      const on = wish?.on ?? false;
      const open = this.#open.get(device);
      const change =
        open !== undefined && (on || device === "microphone") ? changes.shift() : undefined;
      if (on && isAgain && open === undefined)
        this.#report(device, { state: "starting", problem: null });
      // Only microphone and camera have changes.
      if (change !== undefined && open !== undefined)
        await this.#replace(device as Chooseable, open, change);
      else if (on || (device === "microphone" && this.#reopensMuted)) await this.#start(device);
      else {
        this.#switchOff(device, this.#open.get(device));
        // `#work` notes this promise as under way when it has it: not before the next turn is it over.
        await Promise.resolve();
      }
      if (!this.#open.has(device)) changes.length = 0;
      if (this.#wishes.get(device) === wish && changes.length === 0) {
        // In the same turn as the look: a wish of the turn after it begins work of its own.
        this.#working.delete(device);
        return;
      }
    }
  }

  async #start(device: DeviceName): Promise<void> {
    this.#reopensMuted = false;
    const open = this.#open.get(device);
    if (open?.isLive === true) {
      open.enabled = true;
      this.#reportOpen(device);
      return;
    }
    try {
      if (device === "screen") await this.#startScreen();
      else await this.#hold(device, await this.#opener.openLast(device));
      this.#reportOpen(device);
    } catch (thrown) {
      this.#failed(device, thrown);
    }
  }

  async #replace(device: Chooseable, old: OpenTrack, change: DeviceChange): Promise<void> {
    const back: DeviceConstraint = { deviceId: { exact: old.id ?? "" } };
    const wanted = await change.wanted(old);
    try {
      if (wanted !== null && device === "camera") await this.#release(device);
      const { next, problem } =
        wanted === null ? { next: null, problem: null } : await this.#attempt(device, wanted, back);
      // `null`: the one of before has not been let go of.
      if (next !== null) await this.#hold(device, next);
      const failure = problem ?? change.done(next ?? old);
      if (failure !== null) this.#listener.choiceFailed(failure);
      this.#directory.tell();
      this.#reportOpen(device);
    } catch (thrown) {
      this.#failed(device, thrown);
    }
  }

  /** Opens another device, or the one of before again. */
  async #attempt(
    device: Chooseable,
    wanted: DeviceConstraint,
    back: DeviceConstraint,
  ): Promise<{ readonly next: OpenTrack | null; readonly problem: CallErrorCode | null }> {
    try {
      return { next: await this.#opener.open(device, wanted), problem: null };
    } catch (thrown) {
      // After the end of the call no camera is opened again.
      if (this.#isClosed || thrown instanceof Abandoned) throw thrown;
      return {
        next: device === "camera" ? await this.#opener.open(device, back) : null,
        problem: captureError(thrown),
      };
    }
  }

  async #startScreen(): Promise<void> {
    const [picture, sound] = await this.#opener.openScreen();
    if (picture !== undefined) await this.#hold("screen", picture);
    if (sound !== undefined) await this.#hold("screenSound", sound);
  }

  async #release(name: TrackName): Promise<void> {
    const open = this.#open.get(name);
    if (open === undefined) return;
    this.#open.delete(name);
    open.stop();
    this.#directory.tell();
    // What is stopped sends nothing: nobody waits for a connection that does not take it off.
    await this.#listener.place(sections[name], null).catch(() => undefined);
  }

  async #hold(name: TrackName, open: OpenTrack): Promise<void> {
    if (name === "screenSound" ? this.#isClosed : !this.#isWanted(name)) {
      open.stop();
      return;
    }
    const old = this.#open.get(name);
    this.#open.set(name, open);
    // Chromium never lets go of what `getUserMedia` has given (seen in 156): nothing of the call may hang on it afterwards.
    open.whenLost(() => {
      this.#lost(name, open);
    }, this.#closing.signal);
    if (name !== "screenSound") {
      open.whenTaken(() => {
        if (this.#open.get(name) === open) this.#reportOpen(name);
      }, this.#closing.signal);
    }
    // Muted while it opened: then it is never heard.
    if (name === "microphone") open.enabled = this.#wishes.get(name)?.on === true;
    if (name === "microphone" || name === "camera") {
      this.#opener.opened(name, open);
      this.#directory.opened();
    }
    const placed = this.#listener.place(sections[name], open.track);
    old?.stop();
    await placed;
  }

  /** A device was unplugged, or the browser's own bar has ended the sharing of the screen. */
  #lost(name: TrackName, open: OpenTrack): void {
    if (this.#isClosed || this.#open.get(name) !== open || name === "screenSound") return;
    if (name === "screen") {
      this.setDevice("screen", false);
      return;
    }
    this.#opener.remember(name, null);
    void this.#release(name);
    this.#rescues += 1;
    if (this.#rescues > mostRescues) {
      this.#report(name, { state: "failed", problem: "device-not-found" });
      return;
    }
    void this.#rescue(name);
  }

  async #rescue(name: Chooseable): Promise<void> {
    const wish = this.#wishes.get(name);
    const state = await this.#permission(name);
    // A person has done something meanwhile.
    if (this.#isClosed || this.#wishes.get(name) !== wish || this.#open.has(name)) return;
    const isOn = wish?.on === true;
    if (state === "denied" || state === "prompt") {
      // The permission was taken back: asking again by itself would argue with whoever did so.
      this.#wishes.set(name, { on: false });
      this.#report(name, { state: "failed", problem: "permission-denied" });
      return;
    }
    // Another one takes its place, as the system chooses; only where there is none has it failed.
    if (isOn) this.#report(name, { state: "starting", problem: null });
    this.#reopensMuted = name === "microphone" && !isOn;
    this.#wishes.set(name, { on: isOn });
    void this.#work(name);
  }

  /** Whether a device that has opened is still wanted: a microphone also while it is muted. */
  #isWanted(device: DeviceName): boolean {
    return !this.#isClosed && (device === "microphone" || this.#wishes.get(device)?.on === true);
  }

  /** A method's worth: TypeScript takes a field for unchanged over an `await`. */
  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #failed(device: DeviceName, thrown: unknown): void {
    if (this.#isClosed || thrown instanceof Abandoned) return;
    const isOn = this.#wishes.get(device)?.on === true;
    // Whoever closes the list of screens has chosen, and nothing is wrong.
    const isCancelled = device === "screen" && isRefusal(thrown) && !isOfSystem(thrown);
    if (isCancelled) this.#wishes.set(device, { on: false });
    this.#report(
      device,
      isOn && !isCancelled
        ? { state: "failed", problem: captureError(thrown) }
        : { state: "off", problem: null },
    );
  }

  #reportOpen(device: DeviceName): void {
    // Switched off, unplugged or closed while it opened: it was never on.
    const open = this.#open.get(device);
    if (open === undefined || this.#isClosed) return;
    const isOn = this.#wishes.get(device)?.on === true;
    if (isOn && open.isTaken) this.#report(device, { state: "failed", problem: "device-busy" });
    else this.#report(device, { state: isOn ? "on" : "off", problem: null });
  }

  #report(device: DeviceName, status: DeviceStatus): void {
    if (status.state === "off" && this.#told.get(device) === "off") return;
    this.#told.set(device, status.state);
    this.#listener.deviceChanged(
      device,
      status,
      this.#open.has("camera") ? this.#opener.facing : null,
    );
  }
}

import type { DeviceKind, DeviceName } from "../../call/terms.ts";
import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import type { CaptureListener, CaptureOptions } from "./capture-listener.ts";
import { DeviceOpener, captureError } from "./device-opener.ts";
import {
  type ChosenDevices,
  type Facing,
  DeviceDirectory,
  deviceOf,
  toDevice,
  toOtherCamera,
  toVoice,
  again,
  type DeviceChange,
} from "./device-choices.ts";
import { DeviceReports } from "./device-reports.ts";
import {
  isOfSystem,
  isRefusal,
  type CallMediaDevices,
  unknownPermission,
  type DevicePermission,
} from "./device-requests.ts";
import { Abandoned, type OpenTrack, type TrackEffect } from "./open-track.ts";

type Chooseable = "microphone" | "camera";
type TrackName = DeviceName | "screenSound";

/** Media sections of the tracks. */
const sections = { microphone: 0, camera: 1, screenSound: 2, screen: 3 } as const;

/** Number of automatic replacements of a device that ended, before a person acts or a device is plugged in. */
const mostRescues = 3;

/**
 * Microphone, camera and screen of this side. Brings each to its last requested state, one step after another, and reports the
 * measured state. Opens nothing without a request. A camera that is off is released.
 */
export class Capture {
  readonly #listener: CaptureListener;
  readonly #chosen: ChosenDevices;
  readonly #opener: DeviceOpener;
  readonly #directory: DeviceDirectory;
  readonly #open = new Map<TrackName, OpenTrack>();
  /** A new object for each request, to distinguish a request that arrives during another one. */
  readonly #wishes = new Map<DeviceName, { readonly on: boolean }>();
  readonly #changes: Record<DeviceName, DeviceChange[]> = {
    microphone: [],
    camera: [],
    screen: [],
  };
  readonly #working = new Map<DeviceName, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #permission: DevicePermission;
  readonly #reports: DeviceReports;
  readonly #effects: readonly TrackEffect[];
  /** Devices that were lost in use, until a person chooses another one or they come back. */
  readonly #missing = new Map<TrackName, string>();
  #rescues = 0;
  /** `true` where a muted microphone ended and must be opened again. */
  #reopensMuted = false;

  /** @param devices source of tracks; `null` in an insecure context. */
  constructor(
    devices: CallMediaDevices | null,
    listener: CaptureListener,
    options: CaptureOptions = { processor: null, chosen: {} },
  ) {
    const { processor, chosen, canChooseSpeaker = false, limits } = options;
    const { permission = unknownPermission, effects = [] } = options;
    this.#permission = permission;
    this.#effects = effects;
    this.#listener = listener;
    this.#chosen = chosen;
    this.#reports = new DeviceReports((device, status) => {
      listener.deviceChanged(device, status, this.#open.has("camera") ? this.#opener.facing : null);
    });
    const isWanted = (device: Chooseable) => this.#isWanted(device);
    const opening = { limits, permission, effects };
    this.#opener = new DeviceOpener(devices, processor, chosen, isWanted, opening);
    const sources = {
      ...{ devices, chosen, canChooseSpeaker, effects },
      open: (device: Chooseable) => this.#open.get(device),
      tell: (list: DeviceList, voice: VoiceProcessing) => {
        listener.devicesChanged(list, voice);
      },
    };
    this.#directory = new DeviceDirectory(sources, this.#closing.signal, () => {
      this.#rescues = 0;
      void this.#comeBack("microphone");
      void this.#comeBack("camera");
    });
  }

  /** Returns the track of an open device; a muted microphone is open. */
  track(device: DeviceName): MediaStreamTrack | null {
    return this.#open.get(device)?.track ?? null;
  }

  /** Returns the device's own track, before a track processor. */
  source(device: DeviceName): MediaStreamTrack | null {
    return this.#open.get(device)?.source ?? null;
  }

  /** Requests a device to be on or off. */
  setDevice(device: DeviceName, on: boolean): void {
    if (this.#isClosed) return;
    this.#rescues = 0;
    this.#wishes.set(device, { on });
    const open = this.#open.get(device);
    if (!on) this.#switchOff(device);
    else if (open === undefined) this.#reports.report(device, "starting");
    else if (open.isTaken && device !== "screen") {
      this.#reports.report(device, "starting");
      this.#changes[device].push(again);
    }
    void this.#work(device);
  }

  /**
   * Opens a device again that the system has taken, if it has it still. What was taken stays where the system gives nothing else.
   *
   * @param mayPrompt `false` where nobody expects a prompt of the browser.
   */
  async reopen(device: DeviceName, mayPrompt: boolean): Promise<void> {
    if (device === "screen") return;
    const open = this.#open.get(device);
    const state = await this.#permission(device);
    const mayAsk = state !== "denied" && (state !== "prompt" || mayPrompt);
    const isSame = open !== undefined && this.#open.get(device) === open;
    if (!mayAsk || this.#isClosed || !isSame || !open.isTaken || !this.#isOn(device)) return;
    this.#changes[device].push(again);
    await this.#work(device);
  }

  /**
   * Selects another device. A device that is off is remembered for later. The microphone stays open until the next one replaces
   * it.
   *
   * @param id id in `DeviceList`; `""` selects the system's default speaker, `null` lets the person choose one in a window of the browser.
   */
  chooseDevice(device: DeviceKind, id: string | null): void {
    if (id === null) {
      void this.#directory.askForSpeaker((speaker) => {
        this.#listener.choiceMade({ speaker });
      });
      return;
    }
    const choice = { [device]: id };
    if (device !== "speaker") {
      this.#missing.delete(device);
      this.#opener.remember(device, id);
      if (this.#isOn(device) || (device === "microphone" && this.#isThere(device))) {
        // The previous device has failed.
        if (!this.#isThere(device)) this.setDevice(device, true);
        void this.#change(device, { ...toDevice(id), choice });
        return;
      }
    }
    this.#listener.choiceMade(choice);
    this.#directory.tell();
  }

  /**
   * Changes processing on the open track, by an effect of the host, or by opening the device again. For a camera that is off it is
   * remembered.
   */
  setVoice(feature: keyof VoiceProcessing, on: boolean): void {
    const device = deviceOf(feature);
    if (device === "camera" && !this.#isOn(device)) {
      this.#listener.choiceMade({ [feature]: on });
      this.#directory.tell();
      return;
    }
    void this.#change(device, toVoice(feature, on, this.#chosen, this.#effects));
  }

  /**
   * Switches to the next camera: `starting` at once, then on or failed. The old camera is released first, because phones open
   * only one.
   *
   * @param to desired direction, for hosts with their own switch. A camera that is off opens in this direction later.
   */
  async flipCamera(to?: Facing): Promise<void> {
    this.#missing.delete("camera");
    if (to !== undefined && !this.#isOn("camera")) {
      this.#opener.facing = to;
      this.#opener.remember("camera", null);
    }
    await this.#change("camera", toOtherCamera(to, this.#directory));
  }

  /** Releases every device, including those that are still opening. */
  close(): void {
    this.#closing.abort();
    this.#opener.abandon();
    for (const open of this.#open.values()) open.stop();
    this.#open.clear();
  }

  /** Takes effect at once: neither an unresponsive device nor a waiting one may keep a person audible or visible. */
  #switchOff(device: DeviceName): void {
    if (device === "microphone") {
      const open = this.#open.get(device);
      // Silence is still sent: traffic does not reveal muting, and unmuting is immediate.
      if (open !== undefined) open.enabled = false;
    } else {
      this.#opener.abandon(device);
      void this.#release(device);
      if (device === "screen") void this.#release("screenSound");
    }
    this.#reports.report(device, "off");
  }

  /** Returns `true` for a device that is open or opening. */
  #isThere(device: Chooseable): boolean {
    return this.#open.has(device) || this.#working.has(device);
  }

  async #change(device: Chooseable, change: DeviceChange): Promise<void> {
    if (this.#isClosed || !this.#isThere(device) || !this.#isWanted(device)) return;
    this.#rescues = 0;
    this.#changes[device].push(change);
    if (device === "camera" && change.stays !== true && this.#open.has(device))
      this.#reports.report(device, "starting");
    await this.#work(device);
  }

  #work(device: DeviceName): Promise<void> {
    const work = this.#working.get(device) ?? this.#settle(device);
    this.#working.set(device, work);
    return work;
  }

  /** Brings a device to its requested state, repeatedly if the request changes. */
  async #settle(device: DeviceName): Promise<void> {
    const changes = this.#changes[device];
    for (let isAgain = false; !this.#isClosed; isAgain = true) {
      const wish = this.#wishes.get(device);
      const on = wish?.on ?? false;
      const open = this.#open.get(device);
      const change =
        open !== undefined && (on || device === "microphone") ? changes.shift() : undefined;
      if (on && isAgain && open === undefined) this.#reports.report(device, "starting");
      // Only microphone and camera have changes.
      if (change !== undefined && open !== undefined)
        await this.#replace(device as Chooseable, open, change);
      else if (on || (device === "microphone" && this.#reopensMuted)) await this.#start(device);
      else {
        this.#switchOff(device);
        // `#work` registers this promise as pending after it returns, so it must not settle in the same task.
        await Promise.resolve();
      }
      if (!this.#open.has(device)) changes.length = 0;
      if (this.#wishes.get(device) === wish && changes.length === 0) {
        // In the same task as the check: a later request starts new work.
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
    if (change === again) {
      await this.#replaceTaken(device, old);
      return;
    }
    try {
      const wanted = await change.wanted(old);
      let next: OpenTrack | null = null;
      let problem: CallErrorCode | null = null;
      if (wanted !== null) {
        const isSame = wanted === "reprocess";
        if (device === "camera" && !isSame) {
          if (change.stays === true) this.#reports.report(device, "starting");
          await this.#release(device);
        }
        try {
          next = isSame
            ? await this.#opener.reprocess(device, old, change.choice ?? {})
            : await this.#opener.open(device, wanted);
        } catch (thrown) {
          // No camera is opened after the end of the call.
          if (this.#isClosed || thrown instanceof Abandoned) throw thrown;
          problem = isSame ? "not-possible" : captureError(thrown);
          // The previous microphone was not released.
          if (device === "camera" && !isSame)
            next = await this.#opener.open(device, { deviceId: { exact: old.id ?? "" } });
        }
      }
      // Before the track is placed: a call that ends meanwhile must not lose the selection.
      const failure = problem ?? change.done(next ?? old);
      if (failure === null && change.choice) this.#listener.choiceMade(change.choice);
      if (next !== null) await this.#hold(device, next);
      if (failure !== null) this.#listener.choiceFailed(failure);
      this.#directory.tell();
      this.#reportOpen(device);
    } catch (thrown) {
      this.#failed(device, thrown);
    }
  }

  /** The system may have given the device back, or end the next one as it ended this: what cannot be opened changes nothing. */
  async #replaceTaken(device: Chooseable, old: OpenTrack): Promise<void> {
    try {
      if (old.isTaken) await this.#hold(device, await this.#opener.openLast(device));
    } catch (thrown) {
      if (this.#isClosed || thrown instanceof Abandoned) return;
    }
    this.#reportOpen(device);
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
    // A stopped track sends nothing: do not wait for a connection that does not remove it.
    await this.#listener.place(sections[name], null).catch(() => undefined);
  }

  async #hold(name: TrackName, open: OpenTrack): Promise<void> {
    if (name === "screenSound" ? this.#isClosed : !this.#isWanted(name)) {
      open.stop();
      return;
    }
    const old = this.#open.get(name);
    this.#open.set(name, open);
    // Chromium never frees what `getUserMedia` returned (seen in 156): it must not reference the call.
    open.whenLost(() => {
      this.#lost(name, open);
    }, this.#closing.signal);
    // Muted while it opened: it is never audible.
    if (name === "microphone") open.enabled = this.#isOn(name);
    if (name === "microphone" || name === "camera") {
      open.whenTaken(() => {
        if (this.#open.get(name) === open) this.#reportOpen(name);
      }, this.#closing.signal);
      this.#opener.opened(name, open);
      this.#directory.opened();
    }
    const placed = this.#listener.place(sections[name], open.track);
    old?.stop();
    await placed;
  }

  /** A device was unplugged, or the browser's own controls ended the screen share. */
  #lost(name: TrackName, open: OpenTrack): void {
    if (this.#isClosed || this.#open.get(name) !== open || name === "screenSound") return;
    if (name === "screen") {
      this.setDevice("screen", false);
      return;
    }
    this.#opener.remember(name, null);
    if (!this.#missing.has(name)) this.#missing.set(name, open.id ?? "");
    void this.#release(name);
    this.#rescues += 1;
    if (this.#rescues > mostRescues) {
      this.#reports.report(name, "failed", "device-not-found");
      return;
    }
    void this.#rescue(name, open.id);
  }

  async #rescue(name: Chooseable, lost: string | null): Promise<void> {
    const wish = this.#wishes.get(name);
    const isOn = this.#isOn(name);
    // It is not on while a browser takes its time to say why.
    if (isOn) this.#reports.report(name, "starting");
    const state = await this.#permission(name);
    const isRevoked =
      state === "denied" || (state === "prompt" && !(await this.#directory.isGone(name, lost)));
    // A person has acted in the meantime.
    if (this.#isClosed || this.#wishes.get(name) !== wish || this.#open.has(name)) return;
    this.#wishes.set(name, { on: isOn && !isRevoked });
    if (isRevoked) {
      // Do not request it again automatically.
      this.#reports.report(name, "failed", "permission-denied");
      return;
    }
    // The system's next device replaces it. It has failed only without another one.
    this.#reopensMuted = name === "microphone" && !isOn;
    void this.#work(name);
  }

  /**
   * A lost device may be there again, as a headset whose radio was away: the call goes back to it. Without a device meanwhile the
   * microphone opens again; a camera waits for a person.
   */
  async #comeBack(name: Chooseable): Promise<void> {
    const list = this.#directory.choices[`${name}s`];
    const state = await this.#permission(name);
    const id = this.#missing.get(name);
    if (this.#isClosed || id === undefined || state === "prompt" || state === "denied") return;
    if (list.some((one) => one.id === id)) {
      this.#missing.delete(name);
      this.#opener.remember(name, id);
      void this.#change(name, toDevice(id));
    }
    const isNotFound = this.#reports.problem(name) === "device-not-found";
    // Nobody who is muted.
    if (isNotFound && name === "microphone" && this.#isOn(name) && list.length > 0)
      this.setDevice(name, true);
  }

  #isOn(device: DeviceName): boolean {
    return this.#wishes.get(device)?.on === true;
  }

  /** Returns `true` where an opened device is still wanted: a microphone also while muted. */
  #isWanted(device: DeviceName): boolean {
    return !this.#isClosed && (device === "microphone" || this.#isOn(device));
  }

  /** A getter, because TypeScript assumes that a field does not change across an `await`. */
  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #failed(device: DeviceName, thrown: unknown): void {
    if (this.#isClosed || thrown instanceof Abandoned) return;
    const isOn = this.#isOn(device);
    // Closing the screen picker is a choice, not an error.
    const isCancelled = device === "screen" && isRefusal(thrown) && !isOfSystem(thrown);
    if (isCancelled) this.#wishes.set(device, { on: false });
    if (isOn && !isCancelled) this.#reports.report(device, "failed", captureError(thrown));
    else this.#reports.report(device, "off");
  }

  #reportOpen(device: DeviceName): void {
    // Turned off, unplugged or closed while it opened: it was never on.
    const open = this.#open.get(device);
    if (open === undefined || this.#isClosed) return;
    const isOn = this.#isOn(device);
    // Chromium mutes a shared window that is minimised, which is no fault.
    if (isOn && open.isTaken && device !== "screen") this.#reports.taken(device);
    else this.#reports.report(device, isOn ? "on" : "off");
  }
}

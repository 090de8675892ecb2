import type { DeviceKind, DeviceName } from "../../call/terms.ts";
import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import {
  type CaptureListener,
  type CaptureOptions,
  type Chooseable,
  sections,
  type TrackName,
  DeviceReports,
} from "./capture-listener.ts";
import { DeviceOpener, captureError, isChoice } from "./device-opener.ts";
import {
  type ChosenDevices,
  type Facing,
  DeviceDirectory,
  toDevice,
  toOtherCamera,
  toVoice,
  again,
  type DeviceChange,
} from "./device-choices.ts";
import { ScreenPause } from "./screen-pause.ts";
import { DeviceRescue } from "./device-rescue.ts";
import { deviceOf, Abandoned, type OpenTrack, type TrackEffect } from "./open-track.ts";
import {
  type CallMediaDevices,
  unknownPermission,
  type DevicePermission,
} from "./device-requests.ts";

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
  readonly #pause = new ScreenPause(
    (name) => this.#open.get(name)?.track ?? null,
    (index, track) => this.#listener.place(index, track),
  );
  readonly #rescue: DeviceRescue;

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
      report: (list: DeviceList, voice: VoiceProcessing) => {
        listener.devicesChanged(list, voice);
      },
    };
    this.#directory = new DeviceDirectory(sources, this.#closing.signal, () => {
      this.#rescue.plugged();
    });
    this.#rescue = new DeviceRescue({
      ...{ permission, reports: this.#reports, opener: this.#opener, directory: this.#directory },
      ...{ open: this.#open, wishes: this.#wishes, closing: this.#closing.signal },
      setDevice: (name, on) => {
        this.setDevice(name, on);
      },
      change: (name, change) => void this.#change(name, change),
      work: (name) => void this.#work(name),
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
    this.#rescue.begin();
    this.#wishes.set(device, { on });
    const open = this.#open.get(device);
    const isTaken = open?.isTaken === true && device !== "screen";
    if (!on) this.#switchOff(device);
    else if (open === undefined || isTaken) this.#reports.report(device, "starting");
    if (on && isTaken) this.#changes[device].push(again);
    void this.#work(device);
  }

  /** Opens a device again that the system still has. @param mayPrompt `false` where nobody expects a prompt of the browser. */
  async reopen(device: DeviceName, mayPrompt: boolean): Promise<void> {
    if (device === "screen") return;
    const open = this.#open.get(device);
    const state = await this.#permission(device);
    if (state === "denied" || (state === "prompt" && !mayPrompt) || this.#isClosed) return;
    if (open?.isTaken !== true || this.#open.get(device) !== open || !this.#isOn(device)) return;
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
      void this.#directory.askForSpeaker(this.#listener);
      return;
    }
    const choice = { [device]: id };
    if (device !== "speaker") {
      this.#rescue.forget(device);
      this.#opener.remember(device, id);
      if (this.#isOn(device) || (device === "microphone" && this.#isThere(device))) {
        // The previous device has failed.
        if (!this.#isThere(device)) this.setDevice(device, true);
        void this.#change(device, { ...toDevice(id), choice });
        return;
      }
    }
    this.#listener.choiceMade(choice);
    this.#directory.report();
  }

  /**
   * Changes processing on the open track, by an effect of the host, or by opening the device again. For a camera that is off it is
   * remembered.
   */
  setVoice(feature: keyof VoiceProcessing, on: boolean): void {
    const device = deviceOf(feature);
    if (device === "camera" && !this.#isOn(device)) {
      this.#listener.choiceMade({ [feature]: on });
      this.#directory.report();
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
    this.#rescue.forget("camera");
    if (to !== undefined && !this.#isOn("camera")) {
      this.#opener.facing = to;
      this.#opener.remember("camera", null);
    }
    await this.#change("camera", toOtherCamera(to, this.#directory));
  }

  /** Sends a still of the shared screen and nothing of its sound, or both again. */
  pauseScreen(on: boolean): Promise<void> {
    return this.#pause.set(on);
  }

  /** Lets a person choose what to share instead. What is shared stays until then, and where the person closes the list. */
  async changeScreen(): Promise<void> {
    if (!this.#open.has("screen") || !this.#isOn("screen")) return;
    const isDone = await this.#startScreen().then(
      () => true,
      () => false,
    );
    if (isDone) this.#reportOpen("screen");
  }

  /** Releases every device, including those that are still opening. */
  close(): void {
    this.#closing.abort();
    this.#opener.abandon();
    this.#pause.end();
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
    this.#rescue.begin();
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
      else if (on || (device === "microphone" && this.#rescue.reopensMuted))
        await this.#start(device);
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
    this.#rescue.reopensMuted = false;
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
      // After that: an invitation waits for the microphone, and not for a list.
      if (device !== "screen") this.#directory.opened();
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
      this.#reportOpen(device);
      this.#directory.opened();
    } catch (thrown) {
      this.#failed(device, thrown);
    }
  }

  /** The system may have given the device back, or end the next one as it ended this: what cannot be opened changes nothing. */
  async #replaceTaken(device: Chooseable, old: OpenTrack): Promise<void> {
    try {
      if (old.isTaken) {
        await this.#hold(device, await this.#opener.openLast(device));
        this.#directory.opened();
      }
    } catch (thrown) {
      if (this.#isClosed || thrown instanceof Abandoned) return;
    }
    this.#reportOpen(device);
  }

  async #startScreen(): Promise<void> {
    const [picture, sound] = await this.#opener.openScreen();
    this.#pause.end();
    if (picture !== undefined) await this.#hold("screen", picture);
    if (sound === undefined) await this.#release("screenSound");
    else await this.#hold("screenSound", sound);
  }

  async #release(name: TrackName): Promise<void> {
    const open = this.#open.get(name);
    if (open === undefined) return;
    this.#open.delete(name);
    if (name === "screen") this.#pause.end();
    open.stop();
    this.#directory.report();
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
    void this.#release(name);
    this.#rescue.lost(name, open.id);
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
    if (isChoice(device, thrown)) this.#wishes.set(device, { on: false });
    if (this.#isOn(device)) this.#reports.report(device, "failed", captureError(thrown));
    else this.#reports.report(device, "off");
  }

  #reportOpen(device: DeviceName): void {
    // Turned off, unplugged or closed while it opened: it was never on.
    const open = this.#open.get(device);
    if (open === undefined || this.#isClosed) return;
    const isOn = this.#isOn(device);
    // Chromium mutes a shared window that is minimised, which is no fault.
    if (isOn && open.isTaken && device !== "screen") this.#reports.taken(device);
    else this.#reports.report(device, isOn ? "on" : "off", null, isOn && open.isSilenced);
  }
}

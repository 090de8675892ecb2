import type { CallEffect, CallEvent } from "../../src/call/events.ts";
import type { DeviceName, PathState } from "../../src/call/terms.ts";
import type { CallErrorCode } from "../../src/errors.ts";
import type { SignalCandidate } from "../../src/signalling/messages.ts";
import { say } from "./call-script.ts";
import type { Work } from "./schedule.ts";

/** Requirements of a call's simulated engine on its world. */
export interface EngineWorld {
  readonly now: number;
  after(milliseconds: number, run: () => void): void;
  /** The other side's engine of the same call, while it lives. */
  peer(): Engine | null;
  /** `true` if packets pass. */
  readonly isUp: boolean;
  /** Number of changes of this side's address. */
  readonly address: number;
  readonly slowness: number;
  /** Additional milliseconds before this side notices a change of its path. */
  readonly lag: number;
  refuses(work: Work): boolean;
  problem(device: DeviceName): CallErrorCode | "never" | null;
  dispatch(event: CallEvent): void;
}

/** Milliseconds from the moment that a path works, or stops working, to the state that the transport tells. */
const toConnected = 100;
const patience: Readonly<Record<PathState, number>> = {
  new: 15_000,
  connecting: 15_000,
  connected: 3_000,
  disconnected: 12_000,
  failed: Number.POSITIVE_INFINITY,
};

const keys = { x25519: "x", mlkem768: "m" };
const securityCode = [1, 2, 3, 4, 5, 6, 7];

interface Device {
  wanted: boolean;
  isHeld: boolean;
  isBusy: boolean;
}

let generations = 0;

/**
 * The connection and the devices of one call, as an engine would have them. Descriptions are names of ICE generations (RFC
 * 8445's username fragments). A path exists if both sides have the same two generations and have received a candidate.
 */
export class Engine {
  readonly #world: EngineWorld;
  readonly devices: Readonly<Record<DeviceName, Device>> = {
    microphone: { wanted: false, isHeld: false, isBusy: false },
    camera: { wanted: false, isHeld: false, isBusy: false },
    screen: { wanted: false, isHeld: false, isBusy: false },
  };
  isClosed = false;
  path: PathState = "new";
  isControlOpen = false;
  #local: string | null = null;
  #remote: string | null = null;
  /** This side's offer that has no answer yet. */
  #pending: string | null = null;
  /** The generation that carries packets: it goes on until a newer one does. */
  #inUse: readonly [string, string] | null = null;
  /** The generation that was given up. */
  #failed: string | null = null;
  readonly #heard = new Set<string>();
  readonly #addresses = new Map<string, number>();
  #worked = false;
  #since = 0;
  #isPrepared = false;
  #onPrepared: (() => void)[] = [];
  #hasOpened = false;
  #hasTimer = new Map<string, number>();
  #timerCount = 0;

  constructor(world: EngineWorld) {
    this.#world = world;
  }

  /** The names of the timers that wait. */
  get timers(): string[] {
    return [...this.#hasTimer.keys()];
  }

  /** @returns whether this engine knows the effect. A future one is nobody's business here. */
  run(effect: CallEffect): boolean {
    switch (effect.type) {
      case "prepare-offer":
        this.#work("offer", () => {
          this.#pending = this.#describe();
          this.#dispatch({ type: "offer-ready", offer: this.#pending, keys, commitment: "c" });
        });
        return true;
      case "prepare-answer":
        this.#work("prepare", () => {
          this.#isPrepared = true;
          for (const go of this.#onPrepared.splice(0)) go();
        });
        return true;
      case "answer": {
        const go = () =>
          this.#work("answer", () => {
            this.#apply(this.#describe(), effect.invite.offer);
            const body = { answer: this.#local ?? "", keys, nonce: "n", mac: "m" };
            this.#dispatch({ type: "answer-ready", media: effect.media, body });
          });
        if (this.#isPrepared) go();
        else this.#onPrepared.push(go);
        return true;
      }
      case "apply-answer":
        this.#work("apply", () => {
          this.#apply(this.#pending, effect.accept.answer);
          this.#dispatch({ type: "answer-verified", nonce: "n", mac: "m", securityCode });
        });
        return true;
      case "check-confirm":
        this.#work("confirm", () => this.#dispatch({ type: "confirmed", securityCode }));
        return true;
      case "add-candidates":
        for (const { usernameFragment } of effect.candidates)
          this.#heard.add(usernameFragment ?? "");
        this.#lookBoth();
        return true;
      case "restart-path":
        this.#work("restart", () => {
          this.#pending = this.#describe();
          this.#dispatch({
            type: "restart-ready",
            message: { type: "restart", attempt: effect.attempt, offer: this.#pending },
          });
        });
        return true;
      case "answer-restart":
        this.#work("answer-restart", () => {
          // Perfect negotiation: its own offer is taken back.
          this.#apply(this.#describe(), effect.offer);
          const message = {
            type: "restart-answer",
            attempt: effect.attempt,
            answer: this.#local ?? "",
          } as const;
          this.#dispatch({ type: "restart-ready", message });
        });
        return true;
      case "apply-restart-answer":
        // An engine takes any answer while an offer waits: whose answer it is, the rules have to know.
        this.#work(
          "apply-restart",
          () => this.#pending !== null && this.#apply(this.#pending, effect.answer),
        );
        return true;
      case "set-device":
        this.#switch(effect.device, effect.on);
        return true;
      case "flip-camera":
        this.#flip();
        return true;
      case "start-timer":
        this.#startTimer(effect.name, effect.milliseconds);
        return true;
      case "stop-timer":
        this.#hasTimer.delete(effect.name);
        return true;
      default:
        return false;
    }
  }

  /** Returns `true` if a packet of this side reaches the other one now. */
  get works(): boolean {
    const peer = this.#world.peer();
    return peer !== null && this.#reaches(peer) && peer.#reaches(this);
  }

  /** Something around it has changed. */
  look(): void {
    if (this.isClosed || this.#remote === null) return;
    const works = this.works;
    if (works !== this.#worked) [this.#worked, this.#since] = [works, this.#world.now];
    if (works && this.path === "connected") return;
    const due = this.#since + this.#world.lag + (works ? toConnected : patience[this.path]);
    if (due > this.#world.now) {
      if (due < Number.POSITIVE_INFINITY)
        this.#world.after(due - this.#world.now, () => this.look());
      return;
    }
    this.#become(works ? "connected" : this.path === "connected" ? "disconnected" : "failed");
    this.look();
  }

  /** The track of a device has ended by itself. */
  unplug(device: "microphone" | "camera"): void {
    if (this.isClosed || !this.devices[device].isHeld) return;
    this.devices[device].isHeld = false;
    this.#reported(device, "failed", "device-not-found");
  }

  close(): void {
    this.isClosed = true;
    this.#hasTimer.clear();
    for (const device of Object.values(this.devices)) device.isHeld = false;
    this.#world.peer()?.look();
  }

  #dispatch(event: CallEvent): void {
    if (!this.isClosed) this.#world.dispatch(event);
  }

  #work(work: Work, done: () => void): void {
    this.#world.after(this.#world.slowness, () => {
      if (this.isClosed) return;
      if (!this.#world.refuses(work)) done();
      else if (work.includes("restart"))
        this.#dispatch({ type: "restart-failed", code: "bad-signal" });
      else
        this.#dispatch({
          type: "failed",
          code: work === "confirm" || work === "prepare" ? "insecure" : "bad-signal",
        });
    });
  }

  /** A new generation; its candidates are found a moment later. */
  #describe(): string {
    const name = `generation ${++generations}`;
    this.#addresses.set(name, this.#world.address);
    const candidate: SignalCandidate = {
      candidate: "candidate:1",
      sdpMid: "0",
      sdpMLineIndex: 0,
      usernameFragment: name,
    };
    this.#world.after(30, () =>
      this.#dispatch({ type: "candidates-found", candidates: [candidate], end: false }),
    );
    this.#world.after(60, () =>
      this.#dispatch({ type: "candidates-found", candidates: [], end: true }),
    );
    return name;
  }

  #apply(local: string | null, remote: string): void {
    [this.#local, this.#remote, this.#pending] = [local, remote, null];
    if (this.path !== "connected") this.#become("connecting");
    this.#lookBoth();
  }

  #lookBoth(): void {
    const peer = this.#world.peer();
    if (peer !== null && this.#isSettledWith(peer)) {
      this.#inUse = [this.#local ?? "", this.#remote ?? ""];
      peer.#inUse = [peer.#local ?? "", peer.#remote ?? ""];
    }
    this.look();
    peer?.look();
  }

  /**
   * Returns `true` if both sides mean the same two generations, one of them has heard where the other is, and neither has given
   * up.
   */
  #isSettledWith(peer: Engine): boolean {
    if (this.#local === null || this.#local !== peer.#remote || peer.#local !== this.#remote)
      return false;
    return this.#heard.has(peer.#local ?? "") || peer.#heard.has(this.#local);
  }

  #reaches(peer: Engine): boolean {
    if (this.isClosed || !this.#world.isUp || this.#inUse === null || peer.#inUse === null)
      return false;
    const [local, remote] = this.#inUse;
    const isSame = local === peer.#inUse[1] && remote === peer.#inUse[0];
    return isSame && local !== this.#failed && this.#addresses.get(local) === this.#world.address;
  }

  #become(path: PathState): void {
    if (path === this.path) return;
    this.path = path;
    this.#since = this.#world.now;
    if (path === "failed") this.#failed = this.#inUse?.[0] ?? null;
    this.#dispatch({ type: "path-changed", path });
    if (path !== "connected") return;
    this.#world.after(50, () => {
      const isFirst = !this.isControlOpen;
      this.isControlOpen = true;
      if (isFirst) this.#dispatch({ type: "control-opened" });
      if (!this.#hasOpened) this.#dispatch({ type: "frame-opened", track: 0 });
      this.#hasOpened = true;
    });
  }

  #switch(name: DeviceName, on: boolean): void {
    const device = this.devices[name];
    device.wanted = on;
    if (on && !device.isHeld) this.#reported(name, "starting");
    if (device.isBusy) return;
    device.isBusy = true;
    this.#settle(name);
  }

  /** Brings a device to what is wanted of it. A muted microphone stays open. */
  #settle(name: DeviceName): void {
    const device = this.devices[name];
    const wanted = device.wanted;
    this.#world.after(this.#world.slowness, () => {
      if (this.isClosed) return;
      const problem = this.#world.problem(name);
      if (problem === "never") return;
      if (!wanted) {
        if (name !== "microphone") device.isHeld = false;
        this.#reported(name, "off");
      } else if (problem !== null && !device.isHeld) {
        this.#reported(name, "failed", problem);
      } else {
        device.isHeld = true;
        if (device.wanted) this.#reported(name, "on");
        if (name === "camera") this.#dispatch(say.listed(2));
      }
      device.isBusy = device.wanted !== wanted;
      if (device.isBusy) this.#settle(name);
    });
  }

  #flip(): void {
    const camera = this.devices.camera;
    if (!camera.isHeld || camera.isBusy) return;
    camera.isBusy = true;
    this.#reported("camera", "starting");
    this.#settle("camera");
  }

  #reported(
    device: DeviceName,
    state: "off" | "starting" | "on" | "failed",
    problem: CallErrorCode | null = null,
  ): void {
    this.#dispatch({ type: "device-changed", device, status: { state, problem }, facing: null });
  }

  #startTimer(
    name: Extract<CallEffect, { type: "start-timer" }>["name"],
    milliseconds: number,
  ): void {
    const own = ++this.#timerCount;
    this.#hasTimer.set(name, own);
    this.#world.after(milliseconds, () => {
      if (this.#hasTimer.get(name) !== own) return;
      this.#hasTimer.delete(name);
      this.#dispatch({ type: "timer", name });
    });
  }
}

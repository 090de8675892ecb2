import type { CallRecord } from "../../src/call/record.ts";
import type { CallCenter } from "../../src/controller/call-center.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { CallNotice } from "../../src/controller/call-source.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { callCenterOver } from "./call-pair.ts";
import { FakePorts } from "./fake-ports.ts";
import type { FakeConnection } from "./fake-resources.ts";
import { VirtualClock } from "./virtual-clock.ts";

/*
 * Two people, of whom one has two devices, their hosts, and a time that only this moves. Devices sleep. Their clocks are wrong
 * and are set. Their pages freeze, close and reload. A host repeats every message that it has ever received. The calls are
 * real, the engines are fakes. In these everything works at once, so only the path between two people can fail.
 */

export type DeviceName = "ann" | "phone" | "tablet";
export const deviceNames = ["ann", "phone", "tablet"] as const satisfies readonly DeviceName[];
const personOf = (name: DeviceName) => (name === "ann" ? "ann" : "bob");

/** How long it rings. Milliseconds. */
export const ringMilliseconds = 60_000;
/** Milliseconds until a path is there, and until an engine knows that it is not there any more. */
const toConnected = 200;
const toFailed = 15_000;

/** The ports of a page whose device may sleep: its timers stand then, and its steady clock with them. */
class SleepyPorts extends FakePorts {
  isAsleep = false;
  isFrozen = false;
  isGone = false;
  #held: (() => void)[] = [];

  override readonly setTimer = (milliseconds: number, ring: () => void): (() => void) => {
    const due = this.ticks() + milliseconds;
    let stop = () => {};
    let isStopped = false;
    const arm = (left: number) => {
      stop = this.clock.setTimer(left, () => {
        const go = () => {
          const rest = due - this.ticks();
          if (isStopped || this.isGone) return;
          if (rest > 0) arm(rest);
          else ring();
        };
        if (this.isAsleep || this.isFrozen) this.#held.push(go);
        else go();
      });
    };
    arm(milliseconds);
    return () => {
      isStopped = true;
      stop();
    };
  };

  goOn(): void {
    for (const go of this.#held.splice(0)) go();
    for (const check of this.clockChecks) check();
  }
}

interface Heard {
  readonly message: SignalMessage;
  readonly from: string;
}

/** One device, with the page that it shows at the moment. */
export class Device {
  readonly name: DeviceName;
  readonly storage = new Map<string, string>();
  readonly records: CallRecord[] = [];
  readonly errors: string[] = [];
  /** Everything that was ever delivered to it, for a host that says it again. */
  readonly heard: Heard[] = [];
  /** What came while it slept, or had no page. */
  queue: Heard[] = [];
  /** How long each call rang while the device was awake. Milliseconds. */
  readonly rang = new Map<string, number>();
  reloads = 0;
  ports!: SleepyPorts;
  center!: CallCenter;
  #skew: number;
  #asleep = 0;
  readonly #world: SleepyWorld;
  readonly #id: string;

  constructor(world: SleepyWorld, name: DeviceName, skew: number) {
    this.#world = world;
    this.name = name;
    this.#skew = skew;
    this.#id = `${name.padEnd(21, "0")}A`;
    this.open();
  }

  get isAwake(): boolean {
    return !this.ports.isAsleep && !this.ports.isFrozen;
  }

  open(): void {
    const ports = new SleepyPorts();
    ports.clock = this.#world.clock;
    ports.skew = this.#skew;
    ports.asleep = this.#asleep;
    const page = this.reloads;
    Object.assign(ports, {
      newDevice: () => `${this.#id.slice(0, 20)}${String(page % 10)}A`,
      newCallId: () => `${this.name}${String(this.#world.calls++)}`.padEnd(21, "-").concat("A"),
      callStorage: () => ({
        getItem: (name: string) => this.storage.get(name) ?? null,
        setItem: (name: string, value: string) => this.storage.set(name, value),
      }),
    });
    const { createConnection } = ports;
    Object.assign(ports, {
      createConnection: (...given: Parameters<typeof createConnection>) => {
        const connection = createConnection(...given) as FakeConnection;
        connection.sendControl = (text) => this.#world.control(this, connection, text);
        return connection;
      },
    });
    this.ports = ports;
    const center = callCenterOver(this.#world.options, ports);
    this.center = center;
    center.subscribe((notice) => {
      if (this.center === center) this.#hear(notice);
    });
  }

  /** The page goes, and with it everything that it had. */
  reload(): void {
    this.center.leavePage();
    this.ports.isGone = true;
    for (const connection of this.ports.connections) connection.isClosed = true;
    this.reloads += 1;
    this.open();
  }

  sleep(): void {
    if (this.isAwake) this.ports.isAsleep = true;
  }

  freeze(): void {
    if (this.isAwake) this.ports.isFrozen = true;
  }

  /** @param slept how long the device has slept, in milliseconds; a page that was only frozen has a clock that went on. */
  wake(slept: number): void {
    if (this.ports.isAsleep) {
      this.#asleep += slept;
      this.ports.asleep = this.#asleep;
    }
    this.ports.isAsleep = this.ports.isFrozen = false;
    this.ports.goOn();
    for (const each of this.queue.splice(0)) this.deliver(each);
  }

  setClock(milliseconds: number): void {
    this.#skew += milliseconds;
    this.ports.skew = this.#skew;
  }

  deliver(heard: Heard): void {
    if (!this.isAwake) {
      this.queue.push(heard);
      return;
    }
    this.heard.push(heard);
    this.center.receive(structuredClone(heard.message), heard.from);
  }

  /** The host says again all that it has. */
  replay(): void {
    if (this.isAwake)
      for (const { message, from } of this.heard)
        this.center.receive(structuredClone(message), from);
  }

  #hear(notice: CallNotice): void {
    if (notice.type === "ended") this.records.push(notice.record);
    if (notice.type === "error") this.errors.push(notice.error.code);
    if (notice.type === "signal") this.#world.send(this, notice.message);
  }
}

export interface WorldOptions {
  /** Of each message in their order, in milliseconds; used again from the first one on. */
  readonly delays: readonly number[];
  /** By how much each wall clock is ahead. Milliseconds. */
  readonly skews: Readonly<Record<DeviceName, number>>;
  /** Of every device. */
  readonly options?: Partial<CallOptions>;
}

export class SleepyWorld {
  readonly clock = new VirtualClock(1_800_000_000_000);
  readonly devices: Readonly<Record<DeviceName, Device>>;
  readonly options: Partial<CallOptions>;
  calls = 0;
  #sent = 0;
  readonly #delays: readonly number[];
  readonly #joined = new Set<string>();

  constructor({ delays, skews, options = {} }: WorldOptions) {
    this.#delays = delays;
    this.options = options;
    const make = (name: DeviceName) => new Device(this, name, skews[name]);
    this.devices = { ann: make("ann"), phone: make("phone"), tablet: make("tablet") };
  }

  get all(): readonly Device[] {
    return Object.values(this.devices);
  }

  send(from: Device, message: SignalMessage): void {
    const person = personOf(from.name);
    for (const device of this.all) {
      if (personOf(device.name) === person) continue;
      const delay = this.#delays[this.#sent++ % this.#delays.length] ?? 50;
      this.clock.setTimer(delay, () => device.deliver({ message, from: person }));
    }
  }

  /** Lets time pass in steps, looks at what rings, and joins those who have agreed. */
  async pass(milliseconds: number, step = 250): Promise<void> {
    for (let left = milliseconds; left > 0; left -= step) {
      const one = Math.min(step, left);
      await this.clock.advance(one);
      for (const device of this.all) this.#look(device, one);
    }
  }

  control(from: Device, connection: FakeConnection, text: string): void {
    const other = this.#otherEnd(from, connection);
    if (other === null) return;
    this.clock.setTimer(20, () => {
      if (!other.connection.isClosed && other.device.isAwake)
        other.connection.listener.controlReceived(text);
    });
  }

  #look(device: Device, passed: number): void {
    const { snapshot, others } = device.center;
    for (const { state, callId } of [snapshot, ...others]) {
      if (callId === null) continue;
      if (state === "incoming" && device.isAwake)
        device.rang.set(callId, (device.rang.get(callId) ?? 0) + passed);
    }
    if (snapshot.callId !== null) this.#join(device, snapshot.callId, snapshot.state);
  }

  /** A path is there once both have described themselves, and goes with either side. */
  #join(device: Device, callId: string, state: string): void {
    const connection = device.ports.connections.at(-1);
    if (connection === undefined || connection.isClosed || state === "ended") return;
    const other = this.#otherEnd(device, connection);
    const key = `${callId} ${device.name} ${String(device.reloads)}`;
    const isThere =
      other !== null &&
      (connection.appliedAnswers > 0 || other.connection.appliedAnswers > 0) &&
      device.isAwake &&
      other.device.isAwake;
    if (isThere && !this.#joined.has(key)) {
      this.#joined.add(key);
      this.clock.setTimer(toConnected, () => {
        if (connection.isClosed) return;
        connection.listener.pathChanged("connected");
        connection.listener.controlOpened();
      });
    }
    if (!isThere && this.#joined.delete(key))
      this.clock.setTimer(toFailed, () => {
        if (!connection.isClosed && !this.#joined.has(key))
          connection.listener.pathChanged("failed");
      });
  }

  /** The connection of the other side's device that has the same call, while it is open. */
  #otherEnd(device: Device, connection: FakeConnection) {
    if (connection.isClosed) return null;
    const { callId } = device.center.snapshot;
    for (const other of this.all) {
      if (personOf(other.name) === personOf(device.name)) continue;
      const theirs = other.ports.connections.at(-1);
      const { snapshot } = other.center;
      const isIn = ["connecting", "connected", "reconnecting"].includes(snapshot.state);
      const isMine = ["connecting", "connected", "reconnecting"].includes(
        device.center.snapshot.state,
      );
      if (snapshot.callId === callId && isIn && isMine && theirs && !theirs.isClosed)
        return { device: other, connection: theirs };
    }
    return null;
  }

  close(): void {
    for (const { center } of this.all) center.close();
  }
}

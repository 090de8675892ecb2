import type { CallErrorCode } from "../../src/errors.ts";
import type { Resumption } from "../../src/crypto/agreement/resumption.ts";
import type { CallStorage } from "../../src/controller/known-calls.ts";
import type { CallPorts, TextCipherPort } from "../../src/controller/ports.ts";
import { FakeCapture } from "./fake-capture.ts";
import { FakeSenses } from "./fake-senses.ts";
import { FakeCipher, FakeConnection, FakeInitiator, FakeResponder } from "./fake-resources.ts";
import { zeros } from "./signals.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The ports of a controller, with everything that was made through them, in order. */
export class FakePorts implements CallPorts {
  /** Several sides may have one: the time of the world. */
  clock = new VirtualClock();
  /** By how much this side's wall clock is ahead of the world's. */
  skew = 0;
  /** By how much its steady clock is behind: most stand while a device sleeps. */
  asleep = 0;
  readonly ciphers: FakeCipher[] = [];
  readonly connections: FakeConnection[] = [];
  readonly captures: FakeCapture[] = [];
  readonly initiators: FakeInitiator[] = [];
  readonly responders: FakeResponder[] = [];
  /** The ids that the next calls get. */
  callIds: string[] = [];
  obstacle: Promise<CallErrorCode | null> = Promise.resolve(null);
  /** Delays and failures of new resources. */
  readonly set: {
    cipherReady?: Promise<void>;
    agreement?: Promise<void>;
    offer?: Promise<void>;
    answer?: Promise<void>;
    appliedOffer?: Promise<void>;
    apply?: Promise<void>;
    confirm?: Promise<void>;
  } = {};
  /** Behaviour of the next capture. */
  capture: "at once" | "on request" = "at once";
  /** The problems with which devices fail. */
  readonly problems = new Map<"microphone" | "camera" | "screen", CallErrorCode>();
  readonly now = () => this.clock.now() + this.skew;
  readonly ticks = () => this.clock.now() - this.asleep;
  readonly setTimer = (milliseconds: number, ring: () => void) =>
    this.clock.setTimer(milliseconds, ring);
  /** The checks of the clock that a page would make when it is seen again. */
  readonly clockChecks = new Set<() => void>();
  readonly watchClock = (check: () => void) => {
    this.clockChecks.add(check);
    return () => {
      this.clockChecks.delete(check);
    };
  };
  /** What a page of this side leaves to the next one; `undefined` where it has no storage. */
  callStorage: (() => CallStorage) | undefined = undefined;
  canShare = true;
  #ids = 0;

  /** Notified that this device's network has changed. */
  readonly networkChanges = new Set<() => void>();
  readonly watchNetwork = (changed: () => void) => {
    this.networkChanges.add(changed);
    return () => {
      this.networkChanges.delete(changed);
    };
  };
  readonly newCallId = () =>
    this.callIds.shift() ?? `call-number-${String(this.#ids++).padStart(10, "0")}`;
  readonly newDevice = () => `device-${"0".repeat(14)}A`;
  /** The nonce of every {@link FakeInitiator}. */
  readonly isAuthorOf = (_callId: string, _commitment: string, nonce: string) =>
    Promise.resolve(nonce === zeros(32));
  /** Data left by earlier pages of this test. */
  readonly left = new Map<string, Resumption>();
  readonly resumptions: CallPorts["resumptions"] = {
    save: (resumption) => {
      this.left.set(resumption.callId, resumption);
      return Promise.resolve();
    },
    take: (callId) => {
      const found = this.left.get(callId) ?? null;
      this.left.delete(callId);
      return Promise.resolve(found);
    },
    remove: (callId) => {
      this.left.delete(callId);
      return Promise.resolve();
    },
  };
  readonly findObstacle = () => this.obstacle;
  readonly canShareScreen = () => this.canShare;

  readonly createCipher: CallPorts["createCipher"] = (listener) => {
    const cipher = new FakeCipher(listener, this.set.cipherReady);
    this.ciphers.push(cipher);
    return cipher;
  };

  readonly createInitiator: CallPorts["createInitiator"] = async () => {
    await this.set.agreement;
    const initiator = new FakeInitiator();
    this.initiators.push(initiator);
    return initiator;
  };

  /** Seals texts; by default no call has any. */
  textCipher: TextCipherPort | null = null;
  readonly createTextCipher = () => this.textCipher;

  readonly createResponder: CallPorts["createResponder"] = async () => {
    await this.set.agreement;
    const responder = new FakeResponder(this.set.confirm);
    this.responders.push(responder);
    return responder;
  };

  /** Like an engine that does not tell a certificate's fingerprint. */
  readonly createCertificate: CallPorts["createCertificate"] = () => Promise.resolve(null);

  /** Options of each connection. */
  readonly connectionOptions: Parameters<CallPorts["createConnection"]>[0][] = [];

  readonly createConnection: CallPorts["createConnection"] = (options, _hooks, listener) => {
    this.connectionOptions.push(options);
    const connection = new FakeConnection(listener, this.set);
    this.connections.push(connection);
    return connection;
  };

  readonly createCapture: CallPorts["createCapture"] = (_devices, listener) => {
    const capture = new FakeCapture(listener, this.capture, this.problems);
    this.captures.push(capture);
    return capture;
  };

  readonly senses: FakeSenses[] = [];
  readonly createSenses: CallPorts["createSenses"] = (_taps, report) => {
    const senses = new FakeSenses(report);
    this.senses.push(senses);
    return senses;
  };

  get cipher(): FakeCipher {
    return this.ciphers.at(-1)!;
  }

  get connection(): FakeConnection {
    return this.connections.at(-1)!;
  }

  get devices(): FakeCapture {
    return this.captures.at(-1)!;
  }

  /** Returns `true` if everything that was ever made is closed, and no timer waits. */
  get isAllReleased(): boolean {
    return this.unreleased.length === 0;
  }

  /** What is still open, in words: for the message of a test. */
  get unreleased(): string[] {
    const { ciphers, connections, captures, senses, clock, networkChanges, clockChecks } = this;
    const openOf = (all: readonly { isClosed: boolean }[]) =>
      all.filter(({ isClosed }) => !isClosed).length;
    const counts = {
      ciphers: openOf(ciphers),
      connections: openOf(connections),
      captures: openOf(captures),
      senses: openOf(senses),
      timers: clock.pending,
      networkChanges: networkChanges.size,
      clockChecks: clockChecks.size,
    };
    return Object.entries(counts).flatMap(([name, count]) =>
      count > 0 ? [`${name}: ${String(count)}`] : [],
    );
  }
}

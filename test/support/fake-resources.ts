import type { Agreed } from "../../src/crypto/agreement/key-agreement.ts";
import type { ResumptionSecret, Successors } from "../../src/crypto/agreement/resumption.ts";
import type { FrameCipherListener } from "../../src/crypto/worker/frame-cipher.ts";
import type { TrackCounts } from "../../src/crypto/worker/worker-protocol.ts";
import type {
  CipherPort,
  ConnectionPort,
  InitiatorPort,
  ResponderPort,
} from "../../src/controller/ports.ts";
import type { ConnectionListener } from "../../src/media/connection/connection.ts";
import type { TransportCounts } from "../../src/media/connection/counts.ts";
import { FakeTrack } from "./fake-devices.ts";
import { description, zeros } from "./signals.ts";

const tracks = [0, 1, 2, 3] as const;

/** A cipher without a worker. */
export class FakeCipher implements CipherPort {
  readonly ready: Promise<void>;
  readonly mode = null;
  readonly listener: FrameCipherListener;
  /** The roles for which keys were given. */
  readonly keys: string[] = [];
  counted: Partial<TrackCounts> = {};
  /** `true` if it still answers. */
  isAlive = true;
  isClosed = false;

  constructor(listener: FrameCipherListener, ready: Promise<void> = Promise.resolve()) {
    this.listener = listener;
    this.ready = ready;
  }

  attachSender = () => Promise.resolve();
  attachReceiver = () => Promise.resolve();
  setPayloadTypes = () => {};

  setKeys(_secret: CryptoKey, role: string): Promise<void> {
    this.keys.push(role);
    return Promise.resolve();
  }

  setCompatibleKey(): void {
    this.keys.push("compatible");
  }

  counts(): Promise<readonly TrackCounts[]> {
    if (!this.isAlive) return new Promise(() => {});
    const none = { sealed: 0, unsealed: 0, opened: 0, duplicate: 0, forged: 0, keyless: 0 };
    return Promise.resolve([{ track: 0, ...none, ...this.counted }]);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Delays of a connection's work; a rejected promise makes it fail. */
export interface ConnectionWaits {
  readonly offer?: Promise<void> | undefined;
  readonly answer?: Promise<void> | undefined;
  /** Of the offer, ahead of the answer. */
  readonly appliedOffer?: Promise<void> | undefined;
  readonly apply?: Promise<void> | undefined;
}

/** A connection without a network. */
export class FakeConnection implements ConnectionPort {
  readonly listener: ConnectionListener;
  readonly added: RTCIceCandidateInit[] = [];
  readonly said: unknown[] = [];
  readonly placed: (MediaStreamTrack | null)[] = [null, null, null, null];
  readonly remote = tracks.map((track) => new FakeTrack(track % 2 === 0 ? "audio" : "video"));
  counted: Partial<TransportCounts> = {};
  relayed: boolean | null = null;
  isClosed = false;
  /** `true` once it has an own description, with which an engine begins to gather addresses. */
  isDescribed = false;
  /** Offers that were applied ahead of the answer. */
  readonly appliedOffers: string[] = [];
  appliedAnswers = 0;
  readonly #waits: ConnectionWaits;

  constructor(listener: ConnectionListener, waits: ConnectionWaits = {}) {
    this.listener = listener;
    this.#waits = waits;
  }

  async createOffer(): Promise<string> {
    this.isDescribed = true;
    await this.#waits.offer;
    return description();
  }

  applyOffer(offer: string): Promise<void> {
    this.appliedOffers.push(offer);
    return this.#waits.appliedOffer ?? Promise.resolve();
  }

  async answerOffer(): Promise<string> {
    this.isDescribed = true;
    await this.#waits.answer;
    return description();
  }

  async applyAnswer(): Promise<void> {
    await this.#waits.apply;
    this.appliedAnswers += 1;
  }

  /** Numbers of restarts offered, answered and applied. */
  readonly restarts = { offered: 0, answered: 0, applied: 0 };

  restart(): Promise<string> {
    this.restarts.offered += 1;
    return Promise.resolve(description());
  }

  answerRestart(): Promise<string> {
    this.restarts.answered += 1;
    return Promise.resolve(description());
  }

  applyRestartAnswer(): Promise<void> {
    this.restarts.applied += 1;
    return Promise.resolve();
  }

  readonly states = {
    connectionState: "new",
    iceConnectionState: "new",
    iceGatheringState: "new",
    signalingState: "stable",
  } as const;

  remoteSections() {
    return [];
  }

  /** Last limits of the senders. */
  limits: unknown = null;

  limitSenders(limits: unknown): Promise<void> {
    this.limits = limits;
    return Promise.resolve();
  }

  quality() {
    return Promise.resolve({ tracks: [], path: null });
  }

  receivedBytes(): Promise<(number | null)[]> {
    return Promise.resolve([null, null, null, null]);
  }

  selectedPair(): Promise<null> {
    return Promise.resolve(null);
  }

  fingerprints() {
    return { local: new Uint8Array(32).fill(1), remote: new Uint8Array(32).fill(2) };
  }

  mimeTypes(): ReadonlyMap<number, string> {
    return new Map([[111, "audio/opus"]]);
  }

  addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    this.added.push(...candidates);
    return Promise.resolve();
  }

  setTrack(index: 0 | 1 | 2 | 3, track: MediaStreamTrack | null): Promise<void> {
    this.placed[index] = track;
    return Promise.resolve();
  }

  remoteTrack(index: 0 | 1 | 2 | 3): MediaStreamTrack | null {
    return this.remote[index]?.asTrack ?? null;
  }

  sound() {
    return null;
  }

  sendControl(text: string): void {
    if (!this.isClosed) this.said.push(JSON.parse(text));
  }

  /** Messages on the other channels. */
  readonly saidOn: (readonly [id: number, message: unknown])[] = [];

  sendOn(id: number, text: string): void {
    if (!this.isClosed) this.saidOn.push([id, JSON.parse(text)]);
  }

  measure() {
    const counts = tracks.map((track) => ({
      track,
      left: 0,
      arrived: 0,
      ...(track === 0 ? this.counted : {}),
    }));
    return Promise.resolve({ counts, relayed: this.relayed, searching: false });
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Stands for a secret in code that only passes it on. */
const secret = {} as CryptoKey;
/** Proves every invitation by the same text, as the secret of each fake call does. */
const resumption: ResumptionSecret = {
  key: secret,
  prove: () => Promise.resolve(zeros(64)),
  isProof: (_invite, proof) => Promise.resolve(proof === zeros(64)),
  inputFor: () => Promise.resolve(new Uint8Array(64)),
};
const successors: Pick<Successors, keyof Successors> = {
  resumption,
  text: secret,
  exportContinuity: () => Promise.resolve(new Uint8Array(32).fill(7)),
};
const agreed: Agreed = {
  securityCode: [1, 2, 3, 4, 5, 6, 7],
  // The class has private fields, which nothing here has a use for.
  successors: successors as Successors,
};

export class FakeInitiator implements InitiatorPort {
  readonly share = { keys: { x25519: zeros(32), mlkem768: zeros(1184) }, commitment: zeros(64) };
  agreements = 0;
  isReleased = false;

  agree() {
    this.agreements += 1;
    return Promise.resolve({ secret, confirm: { nonce: zeros(32), mac: zeros(64) }, ...agreed });
  }

  giveUp() {
    this.release();
    return zeros(32);
  }

  release(): void {
    this.isReleased = true;
  }
}

export class FakeResponder implements ResponderPort {
  confirms = 0;
  isReleased = false;
  readonly #wait: Promise<void> | undefined;

  constructor(wait?: Promise<void>) {
    this.#wait = wait;
  }

  agree() {
    const keys = { x25519: zeros(32), mlkem768: zeros(1088) };
    return Promise.resolve({ secret, accept: { keys, nonce: zeros(32), mac: zeros(64) } });
  }

  async confirm() {
    await this.#wait;
    this.confirms += 1;
    return agreed;
  }

  release(): void {
    this.isReleased = true;
  }
}

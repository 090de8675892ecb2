import type { TrackIndex } from "../../src/call/terms.ts";
import { MediaConnection } from "../../src/media/connection/connection.ts";
import type {
  ConnectionListener,
  ConnectionOptions,
  FrameHooks,
} from "../../src/media/connection/connection.ts";

export const connectionOptions: ConnectionOptions = {
  iceServers: [],
  relayOnly: false,
  control: { label: "sx-control", id: 0 },
};

/** Records the events and hooks of one side's connection. */
export class ConnectionWatch implements ConnectionListener, FrameHooks {
  readonly candidates: RTCIceCandidateInit[] = [];
  readonly paths: string[] = [];
  readonly received: unknown[] = [];
  readonly attached: string[] = [];
  hasFoundAll = false;
  isOpen = false;
  /** Awaited before attaching. */
  gate: Promise<void> = Promise.resolve();
  onCandidates: (candidates: RTCIceCandidateInit[]) => void = () => {};
  readonly #watchers = new Set<() => void>();

  candidatesFound(candidates: RTCIceCandidateInit[], end: boolean): void {
    this.candidates.push(...candidates);
    this.hasFoundAll ||= end;
    this.onCandidates(candidates);
    this.#look();
  }

  pathChanged(path: string): void {
    this.paths.push(path);
    this.#look();
  }

  controlOpened(): void {
    this.isOpen = true;
    this.#look();
  }

  controlReceived(data: unknown): void {
    this.received.push(data);
    this.#look();
  }

  attachSender(sender: RTCRtpSender, track: TrackIndex): Promise<void> {
    this.attached.push(
      `sender ${track} ${sender.track === null ? "without a track" : "with a track"}`,
    );
    return this.#taken();
  }

  attachReceiver(receiver: RTCRtpReceiver, track: TrackIndex): Promise<void> {
    this.attached.push(`receiver ${track} ${receiver.track.kind}`);
    return this.#taken();
  }

  /** Waits until what was reported meets the condition. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** These tests are of the wire, not of the lock: the frames go through as they are, once the gate is open. */
  async #taken(): Promise<void> {
    await this.gate;
  }
}

/** Two connections in this page. Candidates go from one to the other as they are found. */
export class ConnectionPair {
  readonly watchA = new ConnectionWatch();
  readonly watchB = new ConnectionWatch();
  readonly a: MediaConnection;
  readonly b: MediaConnection;

  /** @param isHeld `false` lets media through: the hooks of this pair attach nothing, and Chromium holds frames for them. */
  constructor(options: Partial<ConnectionOptions> = {}, isHeld = true) {
    const side = (watch: ConnectionWatch) =>
      new MediaConnection({ ...connectionOptions, ...options }, isHeld ? watch : null, watch);
    this.a = side(this.watchA);
    this.b = side(this.watchB);
    this.watchA.onCandidates = (candidates) => void this.b.addCandidates(candidates);
    this.watchB.onCandidates = (candidates) => void this.a.addCandidates(candidates);
  }

  async connect(): Promise<{ offer: string; answer: string }> {
    const offer = await this.a.createOffer();
    const answer = await this.b.answerOffer(offer);
    await this.a.applyAnswer(answer);
    await Promise.all([
      this.watchA.until(() => this.watchA.isOpen),
      this.watchB.until(() => this.watchB.isOpen),
    ]);
    return { offer, answer };
  }

  close(): void {
    this.a.close();
    this.b.close();
  }
}

/** A track of a picture that this page draws. */
export function drawnTrack(): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d")?.fillRect(0, 0, 4, 4);
  return canvas.captureStream(5).getVideoTracks()[0]!;
}

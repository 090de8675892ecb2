import type { SenderLimits } from "../../call/state/adaptation.ts";
import type { TrackIndex } from "../../call/terms.ts";
import type { QualityCounts } from "../../call/state/quality.ts";
import { CallError } from "../../errors.ts";
import { limited } from "../limited.ts";
import { preferCodecs, videoCodecs } from "./codecs.ts";
import type { VideoCodec } from "./codecs.ts";
import type {
  ConnectionListener,
  ConnectionOptions,
  ConnectionStates,
  FrameHooks,
} from "./connection-contract.ts";
import { fingerprintOf, fromWire, mimeTypesOf, sectionsOf, toWire } from "./description.ts";
import type { MediaSection } from "./description.ts";
import { EarlyCandidates } from "./early-candidates.ts";
import { FoundCandidates } from "./found-candidates.ts";
import { KeyFrames } from "./key-frames.ts";
import { PathSearch } from "./path-search.ts";
import { readQuality } from "./quality-counts.ts";
import { readSelectedPair } from "./selected-pair.ts";
import type { SelectedPair } from "./selected-pair.ts";
import { limitSenders } from "./sender-limits.ts";
import { synchronisedStreams } from "./synchronised-streams.ts";
import { readCounts, readReceivedBytes } from "./transport-counts.ts";

export type { ConnectionListener, ConnectionOptions, ConnectionStates, FrameHooks };

const stateEvents = [
  "connectionstatechange",
  "iceconnectionstatechange",
  "icegatheringstatechange",
  "signalingstatechange",
] as const;

const kinds = ["audio", "video", "audio", "video"] as const;

/** How long a step of a call waits for the engine's counters. Milliseconds. */
const statsPatience = 1000;

/** In what order the tracks are offered. */
const offered: Record<NonNullable<ConnectionOptions["sections"]>, readonly TrackIndex[]> = {
  four: [0, 1, 2, 3],
  "by-mid": [0, 1, 2, 3],
  "by-kind": [1, 0],
};

/** Time for the farewell on the data channel to leave before the connection goes. Milliseconds. */
const lingerMilliseconds = 250;

/**
 * One `RTCPeerConnection` with the four fixed transceivers and the control channel. Microphone, camera and screen join and leave
 * by `replaceTrack`: nothing in a call needs a second negotiation.
 */
export class MediaConnection {
  readonly #connection: RTCPeerConnection;
  readonly #control: RTCDataChannel;
  readonly #channels = new Map<number, RTCDataChannel>();
  readonly #hooks: FrameHooks | null;
  readonly #listener: ConnectionListener;
  readonly #videoCodecs: readonly VideoCodec[];
  readonly #sections: NonNullable<ConnectionOptions["sections"]>;
  readonly #attached: Promise<void>[] = [];
  /** Settles once the transceivers exist and the cipher holds all of them: no track is set before. */
  readonly #held: Promise<void>;
  #hold: () => void = () => undefined;
  /** By their index among the four; `undefined` where a foreign side has none. */
  #transceivers: readonly (RTCRtpTransceiver | undefined)[] = [];
  /** What was last put on each of the four. */
  readonly #tracks: (MediaStreamTrack | null | undefined)[] = [];
  readonly #early = new EarlyCandidates();
  readonly #keyFrames = new KeyFrames();
  readonly #search = new PathSearch();
  /** Negotiations one after another: an engine refuses the second of two at a time. */
  #negotiation: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * @param hooks `null` where nobody takes hold of the frames: then they pass as the engine makes them.
   * @throws {CallError} `bad-argument` where the engine refuses the server list.
   */
  constructor(options: ConnectionOptions, hooks: FrameHooks | null, listener: ConnectionListener) {
    this.#hooks = hooks;
    this.#listener = listener;
    this.#videoCodecs = options.videoCodecs ?? videoCodecs;
    this.#sections = options.sections ?? "four";
    this.#held = new Promise((resolve) => {
      this.#hold = () => {
        void Promise.all(this.#attached).then(() => {
          resolve();
        });
      };
    });
    try {
      this.#connection = new RTCPeerConnection({
        iceServers: options.iceServers,
        iceTransportPolicy: options.relayOnly ? "relay" : "all",
        ...(options.certificate && { certificates: [options.certificate] }),
        bundlePolicy: "max-bundle",
        rtcpMuxPolicy: "require",
        // Chromium: frames wait for a transform instead of passing without one. Not in TypeScript's DOM library because it
        // is not in the specification; it can go when Chromium stops bypassing late transforms (crbug.com/40240892).
        encodedInsertableStreams: hooks !== null,
      } as RTCConfiguration);
    } catch {
      // Without the cause: engines quote the server's address in it.
      throw new CallError("bad-argument", "The list of ICE servers was refused by the engine.");
    }
    const opened = () => {
      listener.controlOpened();
    };
    this.#control = this.#openChannel(options.control, opened, (data) => {
      listener.controlReceived(data);
    });
    for (const channel of options.channels ?? []) {
      const { id } = channel;
      const made = this.#openChannel(
        channel,
        () => listener.channelOpened?.(id),
        (data) => listener.channelReceived?.(id, data),
      );
      this.#channels.set(id, made);
    }
    const found = new FoundCandidates(options.relayOnly, (candidates, end) => {
      if (!this.#isClosed) listener.candidatesFound(candidates, end);
    });
    this.#connection.addEventListener("icecandidate", ({ candidate }) => {
      found.add(candidate);
    });
    this.#connection.addEventListener("icecandidateerror", ({ url, errorCode }) => {
      // Without its parameters, and without the engine's words, which may hold more than a code.
      listener.serverFailed?.({ server: url.split("?", 1)[0] ?? "", code: errorCode });
    });
    this.#connection.addEventListener("connectionstatechange", () => {
      const path = this.#connection.connectionState;
      if (path !== "closed") listener.pathChanged(path);
    });
    for (const name of stateEvents) {
      this.#connection.addEventListener(name, () => {
        listener.statesChanged?.();
      });
    }
  }

  get states(): ConnectionStates {
    const { connectionState, iceConnectionState, iceGatheringState, signalingState } =
      this.#connection;
    return { connectionState, iceConnectionState, iceGatheringState, signalingState };
  }

  /** The caller's: makes the transceivers and the offer. Gathering begins. @returns the offer as it may leave. */
  async createOffer(): Promise<string> {
    const streamOf = synchronisedStreams();
    const made: (RTCRtpTransceiver | undefined)[] = [];
    for (const index of offered[this.#sections]) {
      const kind = kinds[index];
      const transceiver = this.#connection.addTransceiver(kind, {
        direction: "sendrecv",
        streams: [streamOf(index)],
      });
      this.#attach(transceiver, index);
      preferCodecs(transceiver, kind, this.#videoCodecs);
      made[index] = transceiver;
    }
    this.#transceivers = made;
    this.#hold();
    await this.#connection.setLocalDescription();
    return toWire(this.#localSdp());
  }

  /** The caller's: applies the answer. @throws {CallError} `bad-signal` where the engine refuses it. */
  async applyAnswer(answer: string): Promise<void> {
    await this.#applyRemote("answer", answer);
  }

  /**
   * The callee's: applies the offer and makes the answer. Gathering begins.
   *
   * @returns the answer as it may leave.
   * @throws {CallError} `bad-signal` where the engine refuses the offer.
   */
  async answerOffer(offer: string): Promise<string> {
    // The transceivers come to be inside setRemoteDescription: `track` is fired in that same turn, later would be too late.
    const found: (RTCRtpTransceiver | undefined)[] = [];
    const attach = ({ transceiver }: RTCTrackEvent) => {
      const index = this.#indexOf(transceiver);
      if (index === null || found[index] !== undefined) return;
      found[index] = transceiver;
      this.#attach(transceiver, index);
    };
    this.#connection.addEventListener("track", attach);
    await this.#applyRemote("offer", offer);
    this.#connection.removeEventListener("track", attach);
    // A section without media of the other side fires no `track`: what this side may send in it is attached here, later than
    // its making, and with `encodedInsertableStreams` nothing passes before.
    for (const transceiver of this.#connection.getTransceivers()) {
      const index = this.#indexOf(transceiver);
      if (index === null || found[index] !== undefined) continue;
      found[index] = transceiver;
      this.#attach(transceiver, index);
    }
    this.#transceivers = found;
    if (
      found[0] === undefined ||
      (this.#sections === "four" && kinds.some((_, index) => found[index] === undefined))
    ) {
      throw new CallError("bad-signal", "An offer does not have the media sections of a call.");
    }
    const streamOf = synchronisedStreams();
    found.forEach((transceiver, index) => {
      if (transceiver === undefined) return;
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams(streamOf(index));
      preferCodecs(transceiver, kinds[index] ?? "audio", this.#videoCodecs);
    });
    this.#hold();
    await this.#connection.setLocalDescription();
    return toWire(this.#localSdp());
  }

  /** Looks for a new path (RFC 8445 section 9), or goes on with the last one. Keys and tracks stay. @returns the offer. */
  restart(): Promise<string> {
    return this.#negotiate(async () => {
      const iceRestart = this.#control.readyState !== "open" || !(await this.#isSearching());
      if (iceRestart || this.#connection.signalingState === "stable")
        await this.#connection.setLocalDescription(
          await this.#connection.createOffer({ iceRestart }),
        );
      return toWire(this.#localSdp());
    });
  }

  /**
   * Takes the other side's offer of a new path. Not beside an offer of this side's own: the engine would take that back, and what
   * receives its picture with it.
   *
   * @returns the answer.
   * @throws {CallError} `insecure` where it comes from another engine than the call's, `bad-signal` where the engine refuses it.
   */
  answerRestart(offer: string): Promise<string> {
    return this.#negotiate(async () => {
      this.#checkSameSide(offer);
      await this.#applyRemote("offer", offer);
      await this.#connection.setLocalDescription();
      return toWire(this.#localSdp());
    });
  }

  /** Takes the answer to the last offer of a new path. @throws {CallError} as {@link answerRestart}. */
  applyRestartAnswer(answer: string): Promise<void> {
    return this.#negotiate(async () => {
      this.#checkSameSide(answer);
      if (this.#connection.signalingState === "have-local-offer")
        await this.#applyRemote("answer", answer);
    });
  }

  /** The media sections of the other side, as it described them. */
  remoteSections(): MediaSection[] {
    return sectionsOf(this.#connection.remoteDescription?.sdp ?? "");
  }

  /** The two ends of the path in use; `null` while there is none. */
  async selectedPair(): Promise<SelectedPair | null> {
    return readSelectedPair(await this.#connection.getStats());
  }

  /** The fingerprints of both sides, as read back from the descriptions that are really applied. */
  fingerprints(): { readonly local: Uint8Array; readonly remote: Uint8Array } {
    return {
      local: fingerprintOf(this.#localSdp()),
      remote: fingerprintOf(this.#connection.remoteDescription?.sdp ?? ""),
    };
  }

  /** What the payload types of the session mean. */
  mimeTypes(): ReadonlyMap<number, string> {
    return mimeTypesOf(this.#localSdp());
  }

  /** Adds the other side's candidates; those that come before its description wait for it. A bad one is passed over. */
  async addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const now = this.#early.sort(candidates, this.#connection.remoteDescription?.sdp ?? null);
    // One that the engine refuses (an unknown transport, say) is not worth the call: the others may do.
    await Promise.allSettled(now.map((candidate) => this.#connection.addIceCandidate(candidate)));
  }

  /** Puts a track on one of the four, or takes it off. Waits until the track's frames are in the cipher's hands. */
  async setTrack(index: TrackIndex, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[index] = track;
    await this.#held;
    if (this.#isClosed) return;
    const [, camera, , screen] = this.#tracks;
    const isPicture = this.#sections === "by-kind" && (index === 1 || index === 3);
    await this.#transceiverOf(index)?.sender.replaceTrack(
      (isPicture ? (screen ?? camera) : this.#tracks[index]) ?? null,
    );
  }

  /** The track on which the other side's frames arrive. */
  remoteTrack(index: TrackIndex): MediaStreamTrack | null {
    return this.#transceiverOf(index)?.receiver.track ?? null;
  }

  /** What carries the two voices; `null` before the call is described. */
  sound(): Pick<RTCRtpTransceiver, "sender" | "receiver"> | null {
    return this.#transceivers[0] ?? null;
  }

  sendControl(text: string): void {
    if (this.#control.readyState === "open") this.#control.send(text);
  }

  /** Says something on one of `ConnectionOptions.channels`, where it is open. */
  sendOn(id: number, text: string): void {
    const channel = this.#channels.get(id);
    if (channel?.readyState === "open") channel.send(text);
  }

  /** What has left and arrived on each track, whether through a relay, and whether another path is awaited meanwhile. */
  async measure(): Promise<ReturnType<typeof readCounts> & { searching: boolean }> {
    const stats = await this.#connection.getStats();
    const read = readCounts(stats, this.#mids);
    const pictures = [1, 3].map((index) => this.#transceivers[index]?.sender);
    this.#keyFrames.look(read.counts, pictures);
    return { ...read, searching: this.#search.isAwaited(this.#localSdp(), stats) };
  }

  /** What was counted of the quality of this path and these tracks, in total. */
  async quality(): Promise<QualityCounts> {
    return readQuality(await this.#connection.getStats(), this.#mids);
  }

  /** Holds the senders to their limits. */
  async limitSenders(limits: SenderLimits): Promise<void> {
    const [microphone, picture, screenSound, screen] = kinds.map(
      (_, index) => this.#transceivers[index]?.sender,
    );
    const isScreen = this.#sections === "by-kind" && Boolean(this.#tracks[3]);
    const pictures = isScreen ? { screen: picture } : { camera: picture, screen };
    await limitSenders({ microphone, screenSound, camera: undefined, ...pictures }, limits);
  }

  /** What was received on each of the four tracks so far, in bytes; `null` where nothing was. */
  async receivedBytes(): Promise<(number | null)[]> {
    return readReceivedBytes(await this.#connection.getStats(), this.#mids);
  }

  /** A new path must not wait for an engine that takes its time to count: then it looks anew. */
  async #isSearching(): Promise<boolean> {
    try {
      const stats = await limited(this.#connection.getStats(), statsPatience);
      return this.#search.isAwaited(this.#localSdp(), stats);
    } catch {
      return false;
    }
  }

  /** What carries a track: camera and screen share one where there is one picture. */
  #transceiverOf(index: TrackIndex): RTCRtpTransceiver | undefined {
    return this.#transceivers[this.#sections === "by-kind" && index === 3 ? 1 : index];
  }

  get #mids(): (string | null)[] {
    return kinds.map((_, index) => this.#transceivers[index]?.mid ?? null);
  }

  /** Closes the connection, after what was said last on the control channel has left. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const transceiver of this.#transceivers)
      void transceiver?.sender.replaceTrack(null).catch(() => undefined);
    // An empty buffer only means that SCTP has the message: it is given the time of one more packet.
    setTimeout(
      () => this.#connection.close(),
      this.#control.readyState === "open" ? lingerMilliseconds : 0,
    );
  }

  /** Which of the four a transceiver is; `null` for one too many. */
  #indexOf(transceiver: RTCRtpTransceiver): TrackIndex | null {
    const { kind } = transceiver.receiver.track;
    const transceivers = this.#connection.getTransceivers();
    const index = {
      four: () => transceivers.indexOf(transceiver),
      "by-mid": () => ["0", "1", "2", "3"].indexOf(transceiver.mid ?? ""),
      "by-kind": () =>
        transceivers.find(({ receiver }) => receiver.track.kind === kind) === transceiver
          ? kinds.findIndex((one) => one === kind)
          : -1,
    }[this.#sections]();
    return index >= 0 && kind === kinds[index] ? (index as TrackIndex) : null;
  }

  /** Keys rest on the fingerprints of both engines: whoever offers a new path must be the same one. */
  #checkSameSide(sdp: string): void {
    const known = fingerprintOf(this.#connection.remoteDescription?.sdp ?? "");
    if (fingerprintOf(sdp).some((byte, at) => byte !== known[at])) {
      throw new CallError("insecure", "A new path was offered by another engine than the call's.");
    }
  }

  #negotiate<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#negotiation.then(work);
    this.#negotiation = next.catch(() => undefined);
    return next;
  }

  #openChannel(
    { label, id }: ConnectionOptions["control"],
    opened: () => void,
    received: (data: unknown) => void,
  ): RTCDataChannel {
    const channel = this.#connection.createDataChannel(label, { negotiated: true, id });
    channel.addEventListener("open", opened);
    channel.addEventListener("message", ({ data }) => {
      received(data);
    });
    return channel;
  }

  #attach(transceiver: RTCRtpTransceiver, index: TrackIndex): void {
    transceiver.receiver.track.addEventListener("unmute", () => {
      this.#listener.mediaArrived?.(index);
    });
    if (this.#hooks === null) return;
    const { sender, receiver } = transceiver;
    this.#attached.push(
      this.#hooks.attachSender(sender, index),
      this.#hooks.attachReceiver(receiver, index),
    );
  }

  async #applyRemote(type: "offer" | "answer", sdp: string): Promise<void> {
    this.#search.heard = sdp;
    try {
      await this.#connection.setRemoteDescription({ type, sdp: fromWire(sdp) });
    } catch {
      // Without the cause: engines quote the description in it.
      throw new CallError("bad-signal", `The other side's ${type} was refused by the engine.`);
    }
    await this.addCandidates(this.#early.take(this.#connection.remoteDescription?.sdp ?? ""));
  }

  #localSdp(): string {
    return this.#connection.localDescription?.sdp ?? "";
  }
}

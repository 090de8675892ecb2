import type { SenderLimits } from "../../call/state/adaptation.ts";
import type { TrackIndex } from "../../call/terms.ts";
import type { QualityCounts } from "../../call/state/quality.ts";
import { CallError } from "../../errors.ts";
import { limited } from "../limited.ts";
import { preferCodecs, videoCodecs, type VideoCodec } from "./codecs.ts";
import type {
  ConnectionListener,
  ConnectionOptions,
  ConnectionStates,
  FrameHooks,
} from "./connection-contract.ts";
import { fingerprintOf } from "./certificate.ts";
import { fromWire, mimeTypesOf, sectionsOf, toWire, type MediaSection } from "./description.ts";
import { EarlyCandidates, FoundCandidates } from "./candidates.ts";
import { KeyFrames } from "./key-frames.ts";
import { PathSearch } from "./path-search.ts";
import { readQuality, readCounts, readReceivedBytes, readSelectedPair } from "./counts.ts";
import { limitSenders } from "./sender-limits.ts";
import { synchronisedStreams } from "./synchronised-streams.ts";

export type { ConnectionListener, ConnectionOptions, ConnectionStates, FrameHooks };

const stateEvents = [
  "connectionstatechange",
  "iceconnectionstatechange",
  "icegatheringstatechange",
  "signalingstatechange",
] as const;

const kinds = ["audio", "video", "audio", "video"] as const;

/** Milliseconds for which a step of a call waits for the engine's statistics. */
const statsPatience = 1000;

/** Order of the offered tracks. */
const offered: Record<NonNullable<ConnectionOptions["sections"]>, readonly TrackIndex[]> = {
  four: [0, 1, 2, 3],
  "by-mid": [0, 1, 2, 3],
  "by-kind": [1, 0],
};

/** Milliseconds for the last message on the data channel before the connection is closed. */
const lingerMilliseconds = 250;

/**
 * An `RTCPeerConnection` with the four fixed transceivers and the control channel. Tracks are added and removed by
 * `replaceTrack`: no operation of a call needs renegotiation.
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
  /** Resolves once the cipher is attached to all transceivers. No track is set before. */
  readonly #held: Promise<void>;
  #hold: () => void = () => undefined;
  /** By track index; `undefined` where a foreign side lacks one. */
  #transceivers: readonly (RTCRtpTransceiver | undefined)[] = [];
  /** Last requested track of each section. */
  readonly #tracks: (MediaStreamTrack | null | undefined)[] = [];
  readonly #early = new EarlyCandidates();
  readonly #keyFrames = new KeyFrames();
  readonly #search = new PathSearch();
  /** Serialises negotiations: engines refuse concurrent ones. */
  #negotiation: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * @param hooks `null` without a cipher: frames pass unchanged.
   * @throws {CallError} `bad-argument` where the engine refuses the server list.
   */
  constructor(options: ConnectionOptions, hooks: FrameHooks | null, listener: ConnectionListener) {
    this.#hooks = hooks;
    this.#listener = listener;
    this.#videoCodecs = options.videoCodecs ?? videoCodecs;
    this.#sections = options.sections ?? "four";
    this.#held = new Promise((resolve) => {
      this.#hold = () => {
        resolve(Promise.all(this.#attached).then(() => undefined));
      };
    });
    try {
      this.#connection = new RTCPeerConnection({
        iceServers: options.iceServers,
        iceTransportPolicy: options.relayOnly ? "relay" : "all",
        ...(options.certificate && { certificates: [options.certificate] }),
        bundlePolicy: "max-bundle",
        rtcpMuxPolicy: "require",
        // Chromium: frames wait for a transform instead of bypassing it. Not in the specification, therefore absent in
        // TypeScript's DOM library. Remove it when Chromium no longer bypasses late transforms (crbug.com/40240892).
        encodedInsertableStreams: hooks !== null,
      } as RTCConfiguration);
    } catch {
      // Without a cause: engines quote the server's URL in it.
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
      // Without URL parameters, and without the engine's text, which may contain more than a code.
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

  /** Caller: creates the transceivers and the offer, and starts gathering. @returns the offer to send. */
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

  /** Caller: applies the answer. @throws {CallError} `bad-signal` where the engine refuses it. */
  async applyAnswer(answer: string): Promise<void> {
    await this.#applyRemote("answer", answer);
    this.#addEarly();
  }

  /**
   * Callee: applies the offer, creates the answer, and starts gathering.
   *
   * @returns the answer to send.
   * @throws {CallError} `bad-signal` where the engine refuses the offer.
   */
  async answerOffer(offer: string): Promise<string> {
    // `setRemoteDescription` creates the transceivers and fires `track` in the same task. A later transform would be bypassed.
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
    // A section without media of the other side fires no `track`: its sender is attached here. `encodedInsertableStreams` holds
    // frames until then.
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
    const described = this.#connection.setLocalDescription();
    // After it in the engine's queue: the answer does not wait for them.
    this.#addEarly();
    await described;
    return toWire(this.#localSdp());
  }

  /**
   * Starts an ICE restart (RFC 8445 section 9), or continues the last one. Keys and tracks remain.
   * @returns the offer.
   */
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
   * Applies the other side's restart offer. Never during an own offer: a rollback would recreate the video receiver.
   *
   * @returns the answer.
   * @throws {CallError} `insecure` for the offer of another engine, `bad-signal` where the engine refuses it.
   */
  answerRestart(offer: string): Promise<string> {
    return this.#negotiate(async () => {
      this.#checkSameSide(offer);
      await this.#applyRemote("offer", offer);
      this.#addEarly();
      await this.#connection.setLocalDescription();
      return toWire(this.#localSdp());
    });
  }

  /** Applies the answer to the last restart offer. @throws {CallError} as {@link answerRestart}. */
  applyRestartAnswer(answer: string): Promise<void> {
    return this.#negotiate(async () => {
      this.#checkSameSide(answer);
      if (this.#connection.signalingState !== "have-local-offer") return;
      await this.#applyRemote("answer", answer);
      this.#addEarly();
    });
  }

  /** Returns the media sections of the other side's description. */
  remoteSections(): MediaSection[] {
    return sectionsOf(this.#connection.remoteDescription?.sdp ?? "");
  }

  /** Returns both ends of the path in use; `null` without one. */
  async selectedPair(): Promise<ReturnType<typeof readSelectedPair>> {
    return readSelectedPair(await this.#connection.getStats());
  }

  /**
   * Returns the fingerprints of both sides.
   *
   * @param remote a description that is still to be applied.
   * @throws {CallError} `insecure` where one is missing.
   */
  fingerprints(remote = this.#connection.remoteDescription?.sdp ?? "") {
    return { local: fingerprintOf(this.#localSdp()), remote: fingerprintOf(remote) };
  }

  /** Returns the codecs of the payload types. */
  mimeTypes(): ReadonlyMap<number, string> {
    return mimeTypesOf(this.#localSdp());
  }

  /** Adds candidates of the other side. Candidates before its description wait; invalid ones are skipped. */
  async addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const now = this.#early.sort(candidates, this.#connection.remoteDescription?.sdp ?? null);
    // A refused candidate, such as one with an unknown transport, must not end the call.
    await Promise.allSettled(now.map((candidate) => this.#connection.addIceCandidate(candidate)));
  }

  /** Sets or removes a track. Resolves once the cipher processes its frames. */
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

  /** Returns the track of the other side's media. */
  remoteTrack(index: TrackIndex): MediaStreamTrack | null {
    return this.#transceiverOf(index)?.receiver.track ?? null;
  }

  /** Returns the audio transceiver of both voices; `null` before the first description. */
  sound(): Pick<RTCRtpTransceiver, "sender" | "receiver"> | null {
    return this.#transceivers[0] ?? null;
  }

  sendControl(text: string): void {
    if (this.#control.readyState === "open") this.#control.send(text);
  }

  /** Sends a text on a channel of `ConnectionOptions.channels`, if it is open. */
  sendOn(id: number, text: string): void {
    const channel = this.#channels.get(id);
    if (channel?.readyState === "open") channel.send(text);
  }

  /** Returns the sent and received units of each track, use of a relay, and whether another path is awaited. */
  async measure(): Promise<ReturnType<typeof readCounts> & { searching: boolean }> {
    const stats = await this.#connection.getStats();
    const read = readCounts(stats, this.#mids);
    const pictures = [1, 3].map((index) => this.#transceivers[index]?.sender);
    this.#keyFrames.look(read.counts, pictures);
    return { ...read, searching: this.#search.isAwaited(this.#localSdp(), stats) };
  }

  /** Returns the quality counts of this path and its tracks. */
  async quality(): Promise<QualityCounts> {
    return readQuality(await this.#connection.getStats(), this.#mids);
  }

  /** Applies the limits of the senders. */
  async limitSenders(limits: SenderLimits): Promise<void> {
    const [microphone, picture, screenSound, screen] = kinds.map(
      (_, index) => this.#transceivers[index]?.sender,
    );
    const isScreen = this.#sections === "by-kind" && Boolean(this.#tracks[3]);
    const pictures = isScreen ? { screen: picture } : { camera: picture, screen };
    await limitSenders({ microphone, screenSound, camera: undefined, ...pictures }, limits);
  }

  /** Returns the received bytes of each track; `null` for none. */
  async receivedBytes(): Promise<(number | null)[]> {
    return readReceivedBytes(await this.#connection.getStats(), this.#mids);
  }

  /** A restart must not wait for slow statistics: without them it is a new search. */
  async #isSearching(): Promise<boolean> {
    try {
      const stats = await limited(this.#connection.getStats(), statsPatience);
      return this.#search.isAwaited(this.#localSdp(), stats);
    } catch {
      return false;
    }
  }

  /** Returns the transceiver of a track. Camera and screen share it where there is one video section. */
  #transceiverOf(index: TrackIndex): RTCRtpTransceiver | undefined {
    return this.#transceivers[this.#sections === "by-kind" && index === 3 ? 1 : index];
  }

  get #mids(): (string | null)[] {
    return kinds.map((_, index) => this.#transceivers[index]?.mid ?? null);
  }

  /** Closes the connection after the last message on the control channel was sent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const transceiver of this.#transceivers)
      void transceiver?.sender.replaceTrack(null).catch(() => undefined);
    // An empty buffer means only that SCTP has the message: allow time for a packet.
    setTimeout(
      () => this.#connection.close(),
      this.#control.readyState === "open" ? lingerMilliseconds : 0,
    );
  }

  /** Returns the track index of a transceiver; `null` for a surplus one. */
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

  /** The keys depend on both engines' fingerprints: a restart must come from the same engine. */
  #checkSameSide(sdp: string): void {
    const known = fingerprintOf(this.#connection.remoteDescription?.sdp ?? "");
    if (fingerprintOf(sdp).some((byte, at) => byte !== known[at])) {
      throw new CallError("insecure", "An ICE restart came from another engine than the call's.");
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
      // Without a cause: engines quote the description in it.
      throw new CallError("bad-signal", `The other side's ${type} was refused by the engine.`);
    }
  }

  /** Adds the candidates that waited for the applied description. */
  #addEarly(): void {
    void this.addCandidates(this.#early.take(this.#connection.remoteDescription?.sdp ?? ""));
  }

  #localSdp(): string {
    return this.#connection.localDescription?.sdp ?? "";
  }
}

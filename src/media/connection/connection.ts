import type { SenderLimits } from "../../call/state/adaptation.ts";
import type { PathState, TrackIndex } from "../../call/terms.ts";
import type { QualityCounts } from "../../call/state/quality.ts";
import { CallError } from "../../errors.ts";
import { limited } from "../limited.ts";
import { Transceivers, type TransceiverOptions } from "./transceivers.ts";
import { checkSameEngine, fingerprintOf } from "./certificate.ts";
import {
  setOwnDescription,
  fromWire,
  mimeTypesOf,
  sectionsOf,
  toWire,
  type MediaSection,
} from "./description.ts";
import { EarlyCandidates, FoundCandidates, PathSearch } from "./ice.ts";
import { watchPath, Gathering, type RelayChoice } from "./relay-choice.ts";
import { KeyFrames } from "./senders.ts";
import {
  readQuality,
  readCounts,
  readReceivedBytes,
  readSelectedPair,
  type SelectedPair,
} from "./counts.ts";

/** Options of a connection. */
export interface ConnectionOptions extends TransceiverOptions {
  readonly iceServers: RTCIceServer[];
  readonly relayOnly: boolean;
  /** Which of the servers to begin with, where that is measured. */
  readonly relays?: RelayChoice | undefined;
  /** DTLS certificate, where it was created before. */
  readonly certificate?: RTCCertificate;
  /** Label and id of the negotiated data channel. */
  readonly control: { readonly label: string; readonly id: number };
  /** Further negotiated data channels of a foreign protocol. */
  readonly channels?: readonly { readonly label: string; readonly id: number }[];
}

/** Attaches the cipher to a sender or receiver. Called in the task that created it; resolves once no frame passes in clear. */
export interface FrameHooks {
  attachSender(sender: RTCRtpSender, track: TrackIndex): Promise<void>;
  attachReceiver(receiver: RTCRtpReceiver, track: TrackIndex): Promise<void>;
}

/** Receives events of a connection. */
export interface ConnectionListener {
  candidatesFound(candidates: RTCIceCandidateInit[], end: boolean): void;
  pathChanged(path: PathState): void;
  /** A STUN or TURN server failed. `server`: scheme, host and port. */
  serverFailed?(failure: { readonly server: string; readonly code: number }): void;
  controlOpened(): void;
  controlReceived(data: unknown): void;
  /** A channel of `ConnectionOptions.channels` opened. */
  channelOpened?(id: number): void;
  channelReceived?(id: number, data: unknown): void;
  /** Media arrives on a track for the first time, or after a pause. */
  mediaArrived?(track: TrackIndex): void;
  /** Fired when any connection state changes. */
  statesChanged?(): void;
}

/** States of a connection, by their W3C WebRTC names. */
export type ConnectionStates = Readonly<
  Pick<
    RTCPeerConnection,
    "connectionState" | "iceConnectionState" | "iceGatheringState" | "signalingState"
  >
>;

const stateEvents = [
  "connectionstatechange",
  "iceconnectionstatechange",
  "icegatheringstatechange",
  "signalingstatechange",
] as const;

/** An offer of the other side with its answer. */
interface Applied {
  readonly offer: string;
  readonly created: Promise<RTCSessionDescriptionInit>;
  /** The created answer. */
  answer: RTCSessionDescriptionInit | null;
}

/** Milliseconds for which a step of a call waits for the engine's statistics. */
const statsPatience = 1000;

/** Milliseconds for the last message on the data channel before the connection is closed. */
const lingerMilliseconds = 250;

/**
 * An `RTCPeerConnection` with the four fixed transceivers and the control channel. Tracks are added and removed by
 * `replaceTrack`: no operation of a call needs renegotiation.
 */
export class MediaConnection {
  /** Work that may be done before a call. */
  readonly gathering: Gathering;
  readonly #connection: RTCPeerConnection;
  readonly #control: RTCDataChannel;
  readonly #channels = new Map<number, RTCDataChannel>();
  readonly #hooks: FrameHooks | null;
  readonly #listener: ConnectionListener;
  readonly #attached: Promise<void>[] = [];
  /** Resolves once the cipher is attached to all transceivers. No track is set before. */
  readonly #held: Promise<unknown>;
  #hold: () => void = () => undefined;
  readonly #transceivers: Transceivers;
  readonly #early = new EarlyCandidates();
  readonly #keyFrames = new KeyFrames();
  readonly #search = new PathSearch();
  /** Serialises negotiations: engines refuse concurrent ones. */
  #negotiation: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  /** The applied offer of the other side, and the answer once it is created; `null` for none. */
  #applied: Applied | null = null;

  /**
   * @param hooks `null` without a cipher: frames pass unchanged.
   * @throws {CallError} `bad-argument` where the engine refuses the server list.
   */
  constructor(options: ConnectionOptions, hooks: FrameHooks | null, listener: ConnectionListener) {
    this.#hooks = hooks;
    this.#listener = listener;
    this.#held = new Promise((resolve) => {
      this.#hold = () => {
        resolve(Promise.all(this.#attached));
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
      throw new CallError("bad-argument", "The engine refused the servers.");
    }
    this.gathering = new Gathering(this.#connection, options.relays, () => {
      this.#transceivers.create();
      this.#hold();
      return this.#connection.createOffer();
    });
    this.#transceivers = new Transceivers(this.#connection, options, (transceiver, index) => {
      this.#attach(transceiver, index);
    });
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
    watchPath(this.#connection, (path) => {
      listener.pathChanged(path);
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
    await this.gathering.offer();
    return toWire(this.#localSdp());
  }

  /** Caller: applies the answer. @throws {CallError} `bad-signal` where the engine refuses it. */
  async applyAnswer(answer: string): Promise<void> {
    await this.gathering.begun();
    await this.#applyRemote("answer", answer);
    this.#addEarly();
  }

  /**
   * Callee: applies the offer and creates the answer, which may be done while it rings. It contacts nobody. An engine gathers
   * nothing before a local description is applied (RFC 9429 section 3.5.1), and the offer has no candidates to resolve.
   *
   * @throws {CallError} `bad-signal` where the engine refuses the offer.
   */
  async applyOffer(offer: string): Promise<void> {
    await this.#apply(offer).created;
  }

  /**
   * Callee: applies the offer where it is not yet, applies the answer, and starts gathering.
   *
   * @returns the answer to send.
   * @throws {CallError} `bad-signal` where the engine refuses the offer.
   */
  async answerOffer(offer: string): Promise<string> {
    const applied = this.#apply(offer);
    this.gathering.choose();
    // No `await` if everything is ready: the screen would render before the engine gets to work.
    const described = setOwnDescription(
      this.#connection,
      applied.answer ?? (await applied.created),
    );
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
      if (iceRestart) this.gathering.choose(Infinity);
      if (iceRestart || this.#connection.signalingState === "stable")
        await setOwnDescription(
          this.#connection,
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
      checkSameEngine(this.#remoteSdp(), offer);
      this.gathering.choose(Infinity);
      await this.#applyRemote("offer", offer);
      this.#addEarly();
      await setOwnDescription(this.#connection, await this.#connection.createAnswer());
      return toWire(this.#localSdp());
    });
  }

  /** Applies the answer to the last restart offer. @throws {CallError} as {@link answerRestart}. */
  applyRestartAnswer(answer: string): Promise<void> {
    return this.#negotiate(async () => {
      checkSameEngine(this.#remoteSdp(), answer);
      if (this.#connection.signalingState !== "have-local-offer") return;
      await this.#applyRemote("answer", answer);
      this.#addEarly();
    });
  }

  /** Returns the media sections of the other side's description. */
  remoteSections(): MediaSection[] {
    return sectionsOf(this.#remoteSdp());
  }

  /** Returns both ends of the path in use; `null` without one. */
  async selectedPair(): Promise<SelectedPair | null> {
    return readSelectedPair(await this.#connection.getStats());
  }

  /**
   * Returns the fingerprints of both sides.
   *
   * @param remote a description that is still to be applied.
   * @throws {CallError} `insecure` where one is missing.
   */
  fingerprints(remote = this.#remoteSdp()) {
    return { local: fingerprintOf(this.#localSdp()), remote: fingerprintOf(remote) };
  }

  /** Returns the codecs of the payload types. */
  mimeTypes(): ReadonlyMap<number, string> {
    return mimeTypesOf(this.#localSdp());
  }

  /** Adds candidates of the other side, one a task: each blocks the page. Early ones wait; refused ones, as of an unknown transport, are skipped. */
  async addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const now = this.#early.sort(candidates, this.#connection.remoteDescription?.sdp ?? null);
    for (const candidate of now)
      await this.#connection.addIceCandidate(candidate).catch(() => undefined);
  }

  /** Sets or removes a track. Resolves once the cipher processes its frames. */
  async setTrack(index: TrackIndex, track: MediaStreamTrack | null): Promise<void> {
    await this.#transceivers.setTrack(index, track, () => this.#held.then(() => !this.#isClosed));
  }

  /** Returns the track of the other side's media. */
  remoteTrack(index: TrackIndex): MediaStreamTrack | null {
    return this.#transceivers.at(index)?.receiver.track ?? null;
  }

  /** Returns the audio transceiver of both voices; `null` before the first description. */
  sound(): Pick<RTCRtpTransceiver, "sender" | "receiver"> | null {
    return this.#transceivers.at(0) ?? null;
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
  async measure(): Promise<
    Omit<ReturnType<typeof readCounts>, "available"> & { searching: boolean }
  > {
    const stats = await this.#connection.getStats();
    const { available, ...read } = readCounts(stats, this.#transceivers.mids);
    const [, camera, , screen] = this.#transceivers.senders;
    this.#keyFrames.check(read.counts, [camera, screen]);
    void this.#transceivers.read({ left: read.counts[1]?.left ?? 0, available });
    return { ...read, searching: this.#search.isAwaited(this.#localSdp(), stats) };
  }

  /** Returns the quality counts of this path and its tracks. */
  async quality(): Promise<QualityCounts> {
    return readQuality(await this.#connection.getStats(), this.#transceivers.mids);
  }

  /** Applies the limits of the senders. */
  async limitSenders(limits: SenderLimits): Promise<void> {
    await this.#transceivers.limitSenders(limits);
  }

  /** Returns the received bytes of each track; `null` for none. */
  async receivedBytes(): Promise<(number | null)[]> {
    return readReceivedBytes(await this.#connection.getStats(), this.#transceivers.mids);
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

  /** Closes the connection after the last message on the control channel was sent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const sender of this.#transceivers.senders)
      void sender?.replaceTrack(null).catch(() => undefined);
    // An empty buffer means only that SCTP has the message: allow time for a packet.
    if (this.#control.readyState !== "open") this.#connection.close();
    else setTimeout(() => this.#connection.close(), lingerMilliseconds);
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
    this.#attached.push(
      this.#hooks.attachSender(transceiver.sender, index),
      this.#hooks.attachReceiver(transceiver.receiver, index),
    );
  }

  #apply(offer: string): Applied {
    if (this.#applied?.offer === offer) return this.#applied;
    const create = async () => {
      await this.#transceivers.find(() => this.#applyRemote("offer", offer));
      this.#hold();
      return (applied.answer = await this.#connection.createAnswer());
    };
    const applied: Applied = { offer, answer: null, created: create() };
    return (this.#applied = applied);
  }

  async #applyRemote(type: "offer" | "answer", sdp: string): Promise<void> {
    this.#search.received = sdp;
    try {
      await this.#connection.setRemoteDescription({ type, sdp: fromWire(sdp) });
    } catch {
      // Without a cause: engines quote the description in it.
      throw new CallError("bad-signal", `The engine refused the other side's ${type}.`);
    }
  }

  /** Adds the candidates that waited for the applied description. */
  #addEarly(): void {
    void this.addCandidates(this.#early.take(this.#remoteSdp()));
  }

  #remoteSdp(): string {
    return this.#connection.remoteDescription?.sdp ?? "";
  }

  #localSdp(): string {
    return this.#connection.localDescription?.sdp ?? this.gathering.offered;
  }
}

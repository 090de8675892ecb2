import type { PathState } from "../call/model.ts";
import type { TrackIndex } from "../call/measurement.ts";
import { CallError } from "../errors.ts";
import { preferCodecs, videoCodecs } from "./codecs.ts";
import type { VideoCodec } from "./codecs.ts";
import { candidateForWire, fingerprintOf, fromWire, mimeTypesOf, toWire } from "./description.ts";
import { readCounts } from "./transport-counts.ts";

/** How a connection is made. */
export interface ConnectionOptions {
  readonly iceServers: RTCIceServer[];
  readonly relayOnly: boolean;
  /** The DTLS certificate, where it was made before. */
  readonly certificate?: RTCCertificate;
  /** The order in which codecs of the picture are offered. */
  readonly videoCodecs?: readonly VideoCodec[];
  /** Label and id of the negotiated data channel. */
  readonly control: { readonly label: string; readonly id: number };
}

/** Takes hold of the frames of a sender or receiver. Called in the turn that made it; resolves once nothing passes in clear. */
export interface FrameHooks {
  attachSender(sender: RTCRtpSender, track: TrackIndex): Promise<void>;
  attachReceiver(receiver: RTCRtpReceiver, track: TrackIndex): Promise<void>;
}

/** What a connection tells. */
export interface ConnectionListener {
  candidatesFound(candidates: RTCIceCandidateInit[], end: boolean): void;
  pathChanged(path: PathState): void;
  controlOpened(): void;
  controlReceived(data: unknown): void;
}

const kinds = ["audio", "video", "audio", "video"] as const;

/** Time for the farewell on the data channel to leave before the connection goes. Milliseconds. */
const lingerMilliseconds = 250;

/**
 * One `RTCPeerConnection` with the four fixed transceivers and the control channel. Microphone, camera and screen join and leave
 * by `replaceTrack`: nothing in a call needs a second negotiation.
 */
export class MediaConnection {
  readonly #connection: RTCPeerConnection;
  readonly #control: RTCDataChannel;
  readonly #hooks: FrameHooks;
  readonly #listener: ConnectionListener;
  readonly #relayOnly: boolean;
  readonly #videoCodecs: readonly VideoCodec[];
  readonly #attached: Promise<void>[] = [];
  /** Settles once the transceivers exist and the cipher holds all of them: no track is set before. */
  readonly #held: Promise<void>;
  #hold: () => void = () => undefined;
  #transceivers: readonly RTCRtpTransceiver[] = [];
  #found: RTCIceCandidateInit[] = [];
  #early: RTCIceCandidateInit[] = [];
  #isClosed = false;

  /** @throws {CallError} `bad-argument` where the engine refuses the server list. */
  constructor(options: ConnectionOptions, hooks: FrameHooks, listener: ConnectionListener) {
    this.#hooks = hooks;
    this.#listener = listener;
    this.#relayOnly = options.relayOnly;
    this.#videoCodecs = options.videoCodecs ?? videoCodecs;
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
        encodedInsertableStreams: true,
      } as RTCConfiguration);
    } catch {
      // Without the cause: engines quote the server's address in it.
      throw new CallError("bad-argument", "The list of ICE servers was refused by the engine.");
    }
    this.#control = this.#connection.createDataChannel(options.control.label, { negotiated: true, id: options.control.id });
    this.#control.addEventListener("open", () => {
      listener.controlOpened();
    });
    this.#control.addEventListener("message", ({ data }) => {
      listener.controlReceived(data);
    });
    this.#connection.addEventListener("icecandidate", ({ candidate }) => {
      this.#find(candidate);
    });
    this.#connection.addEventListener("connectionstatechange", () => {
      const path = this.#connection.connectionState;
      if (path !== "closed") listener.pathChanged(path);
    });
  }

  /** The caller's: makes the transceivers and the offer. Gathering begins. @returns the offer as it may leave. */
  async createOffer(): Promise<string> {
    const streamOf = synchronisedStreams();
    this.#transceivers = kinds.map((kind, index) => {
      const transceiver = this.#connection.addTransceiver(kind, { direction: "sendrecv", streams: [streamOf(index)] });
      this.#attach(transceiver, index as TrackIndex);
      preferCodecs(transceiver, kind, this.#videoCodecs);
      return transceiver;
    });
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
    const attach = ({ transceiver }: RTCTrackEvent) => {
      this.#attach(transceiver, this.#connection.getTransceivers().indexOf(transceiver) as TrackIndex);
    };
    this.#connection.addEventListener("track", attach);
    await this.#applyRemote("offer", offer);
    this.#connection.removeEventListener("track", attach);
    this.#transceivers = this.#connection.getTransceivers();
    if (this.#transceivers.length !== kinds.length || this.#attached.length !== 2 * kinds.length) {
      throw new CallError("bad-signal", "An offer does not have the four media sections of a call.");
    }
    const streamOf = synchronisedStreams();
    this.#transceivers.forEach((transceiver, index) => {
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams(streamOf(index));
      preferCodecs(transceiver, kinds[index] ?? "audio", this.#videoCodecs);
    });
    this.#hold();
    await this.#connection.setLocalDescription();
    return toWire(this.#localSdp());
  }

  /** The fingerprints of both sides, as read back from the descriptions that are really applied. */
  fingerprints(): { readonly local: Uint8Array; readonly remote: Uint8Array } {
    const remote = this.#connection.remoteDescription?.sdp ?? "";
    return { local: fingerprintOf(this.#localSdp()), remote: fingerprintOf(remote) };
  }

  /** What the payload types of the session mean. */
  mimeTypes(): ReadonlyMap<number, string> {
    return mimeTypesOf(this.#localSdp());
  }

  /** Adds the other side's candidates; those that come before its description wait for it. A bad one is passed over. */
  async addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    if (this.#connection.remoteDescription === null) {
      this.#early.push(...candidates);
      return;
    }
    // One that the engine refuses (an unknown transport, say) is not worth the call: the others may do.
    await Promise.allSettled(candidates.map((candidate) => this.#connection.addIceCandidate(candidate)));
  }

  /** Puts a track on one of the four, or takes it off. Waits until the track's frames are in the cipher's hands. */
  async setTrack(index: TrackIndex, track: MediaStreamTrack | null): Promise<void> {
    await this.#held;
    if (this.#isClosed) return;
    await this.#transceivers[index]?.sender.replaceTrack(track);
  }

  /** The track on which the other side's frames arrive. */
  remoteTrack(index: TrackIndex): MediaStreamTrack | null {
    return this.#transceivers[index]?.receiver.track ?? null;
  }

  sendControl(text: string): void {
    if (this.#control.readyState === "open") this.#control.send(text);
  }

  /** What has left and arrived on each track, and whether through a relay. */
  async measure(): Promise<ReturnType<typeof readCounts>> {
    const mids = this.#transceivers.map(({ mid }) => mid);
    return readCounts(await this.#connection.getStats(), mids);
  }

  /** Closes the connection, after what was said last on the control channel has left. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { sender } of this.#transceivers) void sender.replaceTrack(null).catch(() => undefined);
    // An empty buffer only means that SCTP has the message: it is given the time of one more packet.
    setTimeout(() => this.#connection.close(), this.#control.readyState === "open" ? lingerMilliseconds : 0);
  }

  #attach(transceiver: RTCRtpTransceiver, index: TrackIndex): void {
    this.#attached.push(
      this.#hooks.attachSender(transceiver.sender, index),
      this.#hooks.attachReceiver(transceiver.receiver, index),
    );
  }

  async #applyRemote(type: "offer" | "answer", sdp: string): Promise<void> {
    try {
      await this.#connection.setRemoteDescription({ type, sdp: fromWire(sdp) });
    } catch {
      // Without the cause: engines quote the description in it.
      throw new CallError("bad-signal", `The other side's ${type} was refused by the engine.`);
    }
    await this.addCandidates(this.#early.splice(0));
  }

  #localSdp(): string {
    return this.#connection.localDescription?.sdp ?? "";
  }

  /** Candidates found in one turn leave together. */
  #find(candidate: RTCIceCandidate | null): void {
    const isFirst = this.#found.length === 0;
    if (candidate === null) {
      this.#flush(true);
      return;
    }
    const text = candidateForWire(candidate.candidate, this.#relayOnly);
    if (text === null || text === "") return;
    this.#found.push({
      candidate: text,
      sdpMid: candidate.sdpMid,
      sdpMLineIndex: candidate.sdpMLineIndex,
      usernameFragment: candidate.usernameFragment,
    });
    if (isFirst)
      queueMicrotask(() => {
        this.#flush(false);
      });
  }

  #flush(end: boolean): void {
    const found = this.#found.splice(0);
    if (!this.#isClosed && (found.length > 0 || end)) this.#listener.candidatesFound(found, end);
  }
}

/** Microphone and camera are one stream, the screen's sound and picture another: an engine keeps a stream's tracks in step. */
function synchronisedStreams(): (index: number) => MediaStream {
  const person = new MediaStream();
  const screen = new MediaStream();
  return (index) => (index < 2 ? person : screen);
}

import { CandidateBatches } from "./candidate-batches.ts";
import { transformFrames } from "./frames.ts";
import type { FrameCounts } from "./frames.ts";
import type { LocalMedia } from "./local-media.ts";
import { pack, unpackCandidates, unpackDescription } from "./packing.ts";
import type { SentCandidate } from "./packing.ts";
import { sources } from "./protocol.ts";
import type { CallSetup, ConnectionInfo, Response, Source, Timings } from "./protocol.ts";
import { RemoteGrowth, RemoteView, sourceOf, transceiverOf } from "./remote-media.ts";

export interface PageCallOptions {
  readonly setup: CallSetup;
  /** `null`: no frame encryption. */
  readonly key: CryptoKey | null;
  readonly local: LocalMedia;
  readonly isOld: boolean;
  readonly isIos: boolean;
  readonly timings: Timings;
  /** `ended` also closes this call. */
  readonly send: (resp: Response) => void;
  /** The old peer that cannot take a camera that is on: the page switches it off. */
  readonly dropCamera: () => void;
}

/** One connection of SimpleX's page, in either role. Section 4 of the document. */
export class PageCall {
  readonly connection: RTCPeerConnection;
  readonly view = new RemoteView();
  readonly counts: Record<Source, FrameCounts> = {
    mic: { sealed: 0, opened: 0, dropped: 0 },
    camera: { sealed: 0, opened: 0, dropped: 0 },
    screenAudio: { sealed: 0, opened: 0, dropped: 0 },
    screenVideo: { sealed: 0, opened: 0, dropped: 0 },
  };
  /** The peer speaks the version before screens: two tracks only. */
  isOldPeer = false;
  readonly #options: PageCallOptions;
  readonly #batches: CandidateBatches;
  readonly #growth: RemoteGrowth;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #hasConnected = false;
  /** Runs while a lost path is waited for. */
  #patience: ReturnType<typeof setTimeout> | null = null;

  constructor(options: PageCallOptions) {
    const { timings, send } = options;
    this.#options = options;
    this.connection = makeConnection(options.setup, options.key !== null);
    this.#growth = new RemoteGrowth((source, enabled) =>
      send({ type: "peerMedia", source, enabled }),
    );
    this.#batches = new CandidateBatches(this.connection, timings, (batch) => {
      void this.packCandidates(batch).then((iceCandidates) => send({ type: "ice", iceCandidates }));
    });
    this.connection.addEventListener("connectionstatechange", () => this.#stateChanged());
    this.connection.addEventListener("track", ({ transceiver, track }) => {
      const source = sourceOf(transceiver.mid);
      if (source === null) return;
      this.#transform(transceiver.receiver, source);
      this.view.show(source, track);
    });
    this.#timers.push(
      setInterval(() => void this.#growth.poll(this.connection), timings.poll),
      setTimeout(() => {
        if (!this.#hasConnected) this.#reportState();
      }, timings.unconnected),
    );
  }

  /** B's. The description is packed as it was made, before any candidate is in it. */
  async offer(): Promise<{ offer: string; iceCandidates: RTCIceCandidateInit[] }> {
    const { connection } = this;
    if (this.#options.isOld) this.#addTracks();
    else await this.#makeTransceivers();
    this.#preferVp8();
    const description = await connection.createOffer();
    await connection.setLocalDescription(description);
    this.#transformSenders();
    return { offer: await pack(plain(description)), iceCandidates: await this.#batches.first };
  }

  /** A's. */
  async answer(
    offer: string,
    candidates: string,
    kept: string[],
  ): Promise<{ answer: string; iceCandidates: RTCIceCandidateInit[] }> {
    const { connection } = this;
    await connection.setRemoteDescription(await unpackDescription(offer));
    this.isOldPeer = connection.getTransceivers().length <= 2;
    if (this.#options.isOld) this.#addTracks();
    else await this.#fillTransceivers();
    this.#preferVp8();
    this.#transformSenders();
    const description = await connection.createAnswer();
    await connection.setLocalDescription(description);
    for (const packed of [candidates, ...kept]) await this.addCandidates(packed);
    if (this.isOldPeer) this.#heedOldPeer();
    return { answer: await pack(plain(description)), iceCandidates: await this.#batches.first };
  }

  /** B's, once. */
  async takeAnswer(answer: string, candidates: string, kept: string[]): Promise<void> {
    const { connection } = this;
    if (connection.localDescription === null) throw new Error("no local description");
    if (connection.currentRemoteDescription !== null)
      throw new Error("remote description already set");
    await connection.setRemoteDescription(await unpackDescription(answer));
    for (const packed of [candidates, ...kept]) await this.addCandidates(packed);
    const third = connection.getTransceivers()[2];
    // From this side it reads `sendonly`: the old page took the third and sends nothing there.
    this.isOldPeer = third !== undefined && third.currentDirection !== "sendrecv";
    if (this.isOldPeer) this.#heedOldPeer();
  }

  async addCandidates(packed: string): Promise<void> {
    for (const candidate of await unpackCandidates(packed))
      await this.connection.addIceCandidate(candidate);
  }

  packCandidates(candidates: RTCIceCandidateInit[]): Promise<string> {
    const sent: SentCandidate[] = this.#options.isIos
      ? candidates.map(({ candidate, sdpMid, sdpMLineIndex }) => ({
          ...{
            candidate: candidate ?? "",
            sdpMid: sdpMid ?? null,
            sdpMLineIndex: sdpMLineIndex ?? null,
          },
          ...{ type: null, protocol: null },
        }))
      : candidates;
    return pack(sent);
  }

  /** Returns `true` if the peer takes a camera at any time, or is an old one that only has it in video calls. */
  get takesCamera(): boolean {
    if (!this.isOldPeer) return true;
    const direction = transceiverOf(this.connection, "camera")?.currentDirection;
    return direction === "sendrecv" || direction === "recvonly";
  }

  /** Puts on the wire what this side now has of a source. */
  async place(source: Source): Promise<void> {
    await transceiverOf(this.connection, source)?.sender.replaceTrack(
      this.#options.local.track(source),
    );
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#batches.stop();
    this.connection.close();
    this.view.close();
  }

  async #makeTransceivers(): Promise<void> {
    const streams = [new MediaStream(), new MediaStream()] as const;
    for (const [index, source] of sources.entries()) {
      const kind = index % 2 === 0 ? "audio" : "video";
      const stream = streams[index < 2 ? 0 : 1];
      const { sender } = this.connection.addTransceiver(kind, {
        streams: [stream],
        direction: "sendrecv",
      });
      await sender.replaceTrack(this.#options.local.track(source));
    }
  }

  async #fillTransceivers(): Promise<void> {
    for (const source of sources) await this.place(source);
    for (const transceiver of this.connection.getTransceivers()) transceiver.direction = "sendrecv";
  }

  /** Behaviour of the old version in both roles: without own transceivers. */
  #addTracks(): void {
    const stream = new MediaStream();
    for (const source of ["mic", "camera"] as const) {
      const track = this.#options.local.track(source);
      if (track !== null) this.connection.addTrack(track, stream);
    }
  }

  #preferVp8(): void {
    const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
    const isVp8 = ({ mimeType }: { mimeType: string }) => mimeType === "video/VP8";
    const preferred = [...codecs.filter(isVp8), ...codecs.filter((codec) => !isVp8(codec))];
    for (const transceiver of this.connection.getTransceivers()) {
      if (transceiver.receiver.track.kind === "video") transceiver.setCodecPreferences(preferred);
    }
  }

  #transformSenders(): void {
    for (const { mid, sender } of this.connection.getTransceivers()) {
      const source = sourceOf(mid);
      if (source !== null) this.#transform(sender, source);
    }
  }

  #transform(end: RTCRtpSender | RTCRtpReceiver, source: Source): void {
    const { key, isIos } = this.#options;
    if (key !== null) transformFrames(end, source, { key, isIos }, this.counts[source]);
  }

  #heedOldPeer(): void {
    if (!this.takesCamera && this.#options.local.track("camera") !== null)
      this.#options.dropCamera();
  }

  #stateChanged(): void {
    const { connectionState } = this.connection;
    if (this.#hasConnected && this.#options.setup.reconnect === true) {
      this.#waitForPath();
      return;
    }
    // An answer may be late: a failure before the first connection is neither reported nor acted on.
    if (connectionState === "failed" && !this.#hasConnected) return;
    this.#reportState();
    if (connectionState === "connected" && !this.#hasConnected) {
      this.#hasConnected = true;
      this.#timers.push(
        setTimeout(() => void this.#reportConnected(), this.#options.timings.connected),
      );
    } else if (
      this.#hasConnected &&
      (connectionState === "disconnected" || connectionState === "failed")
    ) {
      // SimpleX's page does not wait whether ICE heals.
      this.#options.send({ type: "ended" });
    }
  }

  /** Announced: a lost path is reported once and waited for. */
  #waitForPath(): void {
    const { connectionState } = this.connection;
    const isLost = connectionState === "disconnected" || connectionState === "failed";
    if (isLost && this.#patience === null) {
      this.#reportState("reconnecting");
      this.#patience = setTimeout(() => {
        this.#reportState("disconnected");
        this.#options.send({ type: "ended" });
      }, this.#options.timings.patience);
      this.#timers.push(this.#patience);
    } else if (connectionState === "connected" && this.#patience !== null) {
      clearTimeout(this.#patience);
      this.#patience = null;
      this.#reportState();
    }
  }

  #reportState(connectionState: string = this.connection.connectionState): void {
    const { iceConnectionState, iceGatheringState, signalingState } = this.connection;
    const state = { connectionState, iceConnectionState, iceGatheringState, signalingState };
    this.#options.send({ type: "connection", state });
  }

  async #reportConnected(): Promise<void> {
    const report = new Map<string, Record<string, unknown>>();
    (await this.connection.getStats()).forEach((stats: Record<string, unknown>, id) =>
      report.set(id, stats),
    );
    const transport = [...report.values()].find(({ type }) => type === "transport");
    const pair = report.get(String(transport?.selectedCandidatePairId));
    if (pair === undefined) return;
    const local = report.get(String(pair.localCandidateId));
    const remote = report.get(String(pair.remoteCandidateId));
    const connectionInfo: ConnectionInfo = {
      iceCandidatePair: pair,
      ...(local && { localCandidate: local }),
      ...(remote && { remoteCandidate: remote }),
    };
    this.#options.send({ type: "connected", connectionInfo });
  }
}

/** Where the constructor refuses the list, it is tried again without the `stuns:` URLs. */
function makeConnection(
  { iceServers = [], relay }: CallSetup,
  isEncrypted: boolean,
): RTCPeerConnection {
  const make = (servers: RTCIceServer[]) => {
    const configuration: RTCConfiguration & { encodedInsertableStreams?: boolean } = {
      iceServers: servers,
      iceTransportPolicy: relay === true ? "relay" : "all",
      ...(isEncrypted && { encodedInsertableStreams: true }),
    };
    return new RTCPeerConnection(configuration);
  };
  try {
    return make(iceServers);
  } catch {
    const kept = iceServers.map((server) => ({
      ...server,
      urls: [server.urls].flat().filter((url) => !url.startsWith("stuns:")),
    }));
    return make(kept.filter(({ urls }) => urls.length > 0));
  }
}

function plain({ type, sdp }: RTCSessionDescriptionInit): { type: string; sdp: string } {
  return { type, sdp: sdp ?? "" };
}

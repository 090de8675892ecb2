import type { CallMedia, DeviceName } from "../call/terms.ts";
import type { IncomingCounts, OutgoingCounts, QualityCounts } from "../call/state/quality.ts";
import type { FrameCipherListener } from "../crypto/worker/frame-cipher.ts";
import type { ConnectionListener } from "../media/connection/connection.ts";
import type { ControlMessage } from "../signalling/control.ts";
import type { SignalBody, SignalCandidate, SignalOf } from "../signalling/messages.ts";
import type { CallTracks } from "../controller/call-source.ts";
import type {
  CipherPort,
  ConnectionPort,
  InitiatorPort,
  ResponderPort,
  TextCipherPort,
} from "../controller/ports.ts";
import { editOf, type TextOperation } from "../call/rules/text.ts";
import { fromBase64url, utf8 } from "../crypto/bytes.ts";
import { toBase64url } from "../crypto/base64url.ts";
import type { SimulatedClock } from "./simulated-clock.ts";
import type { SimulatedNetwork } from "./simulated-script.ts";
import type { ResumptionStore } from "../crypto/agreement/resumption.ts";
import type { Agreed } from "../crypto/agreement/key-agreement.ts";

/** State shared by all lines of a simulated call. */
export interface SimulatedStage {
  readonly clock: SimulatedClock;
  readonly tracks: Partial<CallTracks>;
  network: SimulatedNetwork;
  /** `true` while frames are modified in transit. */
  isTampered: boolean;
}

/** Properties of a network: loss as a share of 1, round trip time in seconds. */
const networks: Record<
  SimulatedNetwork,
  { readonly trip: number; readonly loss: number; readonly kbps: number }
> = {
  good: { trip: 0.04, loss: 0, kbps: 4000 },
  fair: { trip: 0.15, loss: 0.04, kbps: 900 },
  poor: { trip: 0.4, loss: 0.09, kbps: 150 },
  lost: { trip: 0, loss: 1, kbps: 0 },
};

/** Packets per second and bytes per packet, by track: audio 32 kbit/s, video 1.2 Mbit/s, screen 600 kbit/s. */
const streams = [
  { packets: 50, bytes: 80 },
  { packets: 30, bytes: 5000 },
  { packets: 50, bytes: 80 },
  { packets: 15, bytes: 5000 },
] as const;
const indexes = [0, 1, 2, 3] as const;
/** As Chromium and Firefox agree with each other. */
const dtls = {
  version: "DTLS 1.3",
  cipher: "TLS_AES_128_GCM_SHA256",
  srtp: "SRTP_AEAD_AES_128_GCM",
};

/** Milliseconds to find or recover a path. */
const pathMilliseconds = 400;
/** Milliseconds for one edit of a line that the remote side writes. */
const writingMilliseconds = 150;
/** Share of forged frames during tampering. */
const forgedShare = 0.25;

type Switches = Readonly<Record<DeviceName, boolean>>;
type Counts = [number, number, number, number];

/**
 * The remote side of one simulated call and the path to it. Implements the connection and cipher ports of a call without a
 * network. It counts frames like a real call, for the rules of protection and quality.
 */
export class SimulatedLine {
  readonly callId: string;
  /** `true` where the remote side has an older app with weaker encryption. */
  isOld = false;
  remote: Switches = { microphone: true, camera: false, screen: false };
  #taken: readonly DeviceName[] = [];
  #isPaused = false;
  readonly #stage: SimulatedStage;
  #seq = 0;
  #own: Switches = { microphone: true, camera: false, screen: false };
  #cipher: FrameCipherListener | null = null;
  #connection: ConnectionListener | null = null;
  /** `true` once both sides have sent their descriptions: a path is possible then. */
  #isDescribed = false;
  #hasPath = false;
  #hasControl = false;
  #countedAt = 0;
  readonly #sent: Counts = [0, 0, 0, 0];
  readonly #arrived: Counts = [0, 0, 0, 0];
  readonly #missed: Counts = [0, 0, 0, 0];
  readonly #opened = new Set<number>();
  #forged = 0;
  /** Counters of both sides' texts, and the line that the remote side writes. */
  #texts = { own: 0, theirs: 0, line: "" };

  constructor(callId: string, stage: SimulatedStage) {
    this.callId = callId;
    this.#stage = stage;
  }

  /** @returns a message of the remote side in its envelope. */
  message(body: SignalBody): Record<string, unknown> {
    return { protocol: "sx-call/1", callId: this.callId, seq: this.#seq++, ...body };
  }

  /** Sends a message on the data channel, once it is open. */
  sendControl(message: ControlMessage): void {
    if (this.#hasControl) this.#connection?.controlReceived(JSON.stringify(message));
  }

  /** Sends a text of the remote side: not sealed, because there are no keys. */
  sendText(operation: TextOperation): void {
    if (operation.op === "say") this.#texts.line = "";
    const data = toBase64url(utf8(JSON.stringify(operation)));
    this.sendControl({ type: "text", n: ++this.#texts.theirs, data });
  }

  /** Writes the line of the remote side, letter by letter. */
  async write(line: string): Promise<void> {
    const { add, keep } = editOf(this.#texts.line, line);
    const kept = Array.from(this.#texts.line).slice(0, keep);
    const added = Array.from(add);
    for (let at = 1; at <= added.length; at++) {
      const next = [...kept, ...added.slice(0, at)].join("");
      this.sendText(editOf(this.#texts.line, next));
      this.#texts.line = next;
      await new Promise<void>(
        (resolve) => void this.#stage.clock.setTimer(writingMilliseconds, resolve),
      );
    }
  }

  /** `null` where the remote side has an older app. */
  textCipher(): TextCipherPort | null {
    if (this.isOld) return null;
    return {
      seal: (text) => Promise.resolve({ n: ++this.#texts.own, data: toBase64url(utf8(text)) }),
      open: ({ data }) => {
        const bytes = fromBase64url(data, Math.floor((data.length * 3) / 4));
        return Promise.resolve({ text: new TextDecoder().decode(bytes), missed: 0 });
      },
    };
  }

  /** Sets the devices of the remote side. */
  setDevices({
    microphone,
    camera,
    screen,
    screenPaused,
  }: Partial<Switches> & { readonly screenPaused?: boolean }): void {
    this.remote = {
      microphone: microphone ?? this.remote.microphone,
      camera: camera ?? this.remote.camera,
      screen: screen ?? this.remote.screen,
    };
    this.#isPaused = screenPaused ?? this.#isPaused;
    this.#sendMediaState();
  }

  /** The system of the remote side takes these of its devices that are on, and gives the others back. */
  interrupt(devices: readonly DeviceName[]): void {
    this.#taken = devices;
    this.#sendMediaState();
  }

  #sendMediaState(): void {
    const interrupted = this.#taken.filter((device) => this.remote[device]);
    const seen = Object.fromEntries(interrupted.map((device) => [device, false]));
    this.sendControl({
      ...{ type: "media", ...this.remote, ...seen },
      ...(interrupted.length > 0 && { interrupted }),
      ...(this.#isPaused && this.remote.screen && { screenPaused: true }),
    });
  }

  /** Applies a change of the network. */
  networkChanged(): void {
    if (this.#stage.network === "lost") {
      if (this.#hasPath) this.#setPath(false);
    } else if (this.#isDescribed && !this.#hasPath) this.#findPath();
  }

  /** @param media media of the call, which the remote side turns on. */
  answered(media: CallMedia): void {
    this.remote = { ...this.remote, camera: media === "video" };
  }

  cipher(listener: FrameCipherListener): CipherPort {
    this.#cipher = listener;
    const done = () => Promise.resolve();
    return {
      ready: Promise.resolve(),
      mode: null,
      attachSender: done,
      attachReceiver: done,
      setKeys: done,
      setCompatibleKey: () => undefined,
      setPayloadTypes: () => undefined,
      counts: () => Promise.resolve(this.#frames()),
      close: () => undefined,
    };
  }

  connection(listener: ConnectionListener): ConnectionPort {
    this.#connection = listener;
    this.#countedAt = this.#stage.clock.now();
    const nothing = () => Promise.resolve("");
    const done = () => Promise.resolve();
    const described = () => {
      this.#isDescribed = true;
      listener.candidatesFound([simulatedCandidate], true);
      if (this.#stage.network !== "lost") this.#findPath();
    };
    return {
      createOffer: nothing,
      applyOffer: done,
      answerOffer: () => {
        described();
        return nothing();
      },
      applyAnswer: () => {
        described();
        return done();
      },
      restart: nothing,
      answerRestart: nothing,
      applyRestartAnswer: done,
      states: {
        connectionState: "new",
        iceConnectionState: "new",
        iceGatheringState: "new",
        signalingState: "stable",
      },
      remoteSections: () => [],
      selectedPair: () => Promise.resolve(null),
      fingerprints: () => ({ local: new Uint8Array(32), remote: new Uint8Array(32) }),
      mimeTypes: () => new Map<number, string>(),
      addCandidates: done,
      setTrack: done,
      remoteTrack: (index) => this.#remoteTrack(index),
      sound: () => null,
      sendOn: () => undefined,
      sendControl: (text) => {
        // A message of this side, as it was serialised.
        const message = JSON.parse(text) as ControlMessage;
        if (message.type === "media") this.#own = message;
        // The first text of this side announces that it has text. The remote side has it, too.
        if (message.type === "text" && message.n === 1) this.sendText({ op: "hello" });
      },
      measure: () => {
        this.#count();
        const counts = indexes.map((track) => ({
          track,
          left: Math.floor(this.#sent[track]),
          arrived: Math.floor(this.#arrived[track]),
        }));
        const path = this.#hasPath ? { relayed: false, dtls } : { relayed: null };
        return Promise.resolve({ counts, ...path, searching: false });
      },
      quality: () => Promise.resolve(this.#quality()),
      limitSenders: done,
      receivedBytes: () => Promise.resolve([null, null, null, null]),
      close: () => {
        this.#connection = null;
      },
    };
  }

  #findPath(): void {
    this.#stage.clock.setTimer(pathMilliseconds, () => {
      if (this.#stage.network !== "lost" && !this.#hasPath) this.#setPath(true);
    });
  }

  #setPath(isThere: boolean): void {
    this.#count();
    this.#hasPath = isThere;
    this.#connection?.pathChanged(isThere ? "connected" : "disconnected");
    if (!isThere || this.#hasControl) return;
    this.#hasControl = true;
    this.#connection?.controlOpened();
    this.setDevices({});
  }

  /** Counts the packets since the last reading. */
  #count(): void {
    const now = this.#stage.clock.now();
    const seconds = (now - this.#countedAt) / 1000;
    this.#countedAt = now;
    if (!this.#hasPath) return;
    const { loss } = networks[this.#stage.network];
    for (const index of indexes) {
      const packets = streams[index].packets * seconds;
      if (isOn(this.#own, index)) this.#sent[index] += packets;
      if (!isOn(this.remote, index)) continue;
      this.#arrived[index] += packets * (1 - loss);
      this.#missed[index] += packets * loss;
      if (this.#stage.isTampered && index === 0) this.#forged += packets * (1 - loss) * forgedShare;
      if (this.#opened.has(index)) continue;
      this.#opened.add(index);
      this.#cipher?.opened(index);
    }
  }

  /** Read after the engine's statistics, as in a real call: these are the numbers of the last reading. */
  #frames(): Awaited<ReturnType<CipherPort["counts"]>> {
    return indexes.map((track) => {
      const forged = track === 0 ? Math.floor(this.#forged) : 0;
      const opened = Math.floor(this.#arrived[track]) - forged;
      return {
        track,
        sealed: Math.floor(this.#sent[track]),
        unsealed: 0,
        opened,
        duplicate: 0,
        forged,
        keyless: 0,
      };
    });
  }

  #quality(): QualityCounts {
    this.#count();
    const { trip, loss, kbps } = networks[this.#stage.network];
    const at = this.#countedAt;
    const bytes = (counts: Counts) =>
      indexes.reduce<number>((sum, index) => sum + counts[index] * streams[index].bytes, 0);
    const tracks = indexes.map((track) => {
      const arrived = Math.floor(this.#arrived[track]);
      const isPicture = track === 1 || track === 3;
      const incoming: IncomingCounts = {
        packetsReceived: arrived,
        packetsLost: Math.floor(this.#missed[track]),
        bytesReceived: arrived * streams[track].bytes,
        jitter: trip / 20,
        framesDecoded: isPicture ? arrived : null,
        framesPerSecond: isPicture ? streams[track].packets : null,
        frameHeight: isPicture ? 720 : null,
        freezeCount: isPicture ? 0 : null,
        totalFreezesDuration: isPicture ? 0 : null,
      };
      const sent = Math.floor(this.#sent[track]);
      const outgoing: OutgoingCounts = {
        packetsSent: sent,
        bytesSent: sent * streams[track].bytes,
        reported: this.#hasPath
          ? { at, packetsLost: null, fractionLost: loss, roundTripTime: trip }
          : null,
      };
      return {
        track,
        incoming: arrived > 0 ? incoming : null,
        outgoing: sent > 0 ? outgoing : null,
      };
    });
    if (!this.#hasPath) return { tracks, path: null };
    const path = {
      id: "simulated",
      bytesReceived: Math.floor(bytes(this.#arrived)),
      bytesSent: Math.floor(bytes(this.#sent)),
      checksReceived: null,
      roundTripTime: trip,
      availableOutgoingBitrate: kbps * 1000,
      relayed: false,
      protocol: "udp",
    };
    return { tracks, path };
  }

  #remoteTrack(index: 0 | 1 | 2 | 3): MediaStreamTrack | null {
    const { remoteMicrophone, remoteCamera, remoteScreenAudio, remoteScreen } = this.#stage.tracks;
    return [remoteMicrophone, remoteCamera, remoteScreenAudio, remoteScreen][index] ?? null;
  }
}

/** Audio flows all the time, muted or not, as in a real call. The screen is shared without audio. */
function isOn(devices: Switches, track: 0 | 1 | 2 | 3): boolean {
  return track === 0 || (track === 1 && devices.camera) || (track === 3 && devices.screen);
}

type Body<T extends "invite" | "accept"> = Omit<SignalOf<T>, "protocol" | "callId" | "seq">;

const zeros = (count: number) => "A".repeat(Math.ceil((count * 4) / 3));
const keys = (kem: 1184 | 1088) => ({ x25519: zeros(32), mlkem768: zeros(kem) });
const commitment = zeros(64);

/** A description with the minimum that the codec requires. */
const description = [
  ...["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0"],
  ...["audio", "video", "audio", "video", "application"].map(
    (kind) => `m=${kind} 9 UDP/TLS/RTP/SAVPF 111`,
  ),
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "00").join(":")}`,
  "",
].join("\r\n");

/** A candidate that leads nowhere. Both sides have one, so that a stuck call blames the path. */
export const simulatedCandidate = {
  candidate: "candidate:1 1 udp 1 simulated.invalid 9 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
} satisfies SignalCandidate;

/** Stands for a proof of equal keys. */
export const proof = { nonce: zeros(32), mac: zeros(64) };

/** @param sentAt milliseconds since the epoch. */
export function inviteOf(media: CallMedia, sentAt: number): Body<"invite"> {
  return { type: "invite", media, sentAt, offer: description, keys: keys(1184), commitment };
}

export function acceptOf(media: CallMedia): Body<"accept"> {
  return { type: "accept", media, answer: description, keys: keys(1088), ...proof };
}

/** Stands for a secret. The cast is safe: without a cipher it is never read. */
const secret = {} as CryptoKey;
/** As above. A verified call that ends requests it, but derives nothing. */
const successors = {
  text: secret,
  exportContinuity: () => Promise.reject(new Error("A simulated call has no keys.")),
} as unknown as Agreed["successors"];
const agreed: Agreed = { securityCode: [41, 31, 1, 52, 20, 63, 9], successors };

/** A simulated call ends with its page. */
export const noResumptions: ResumptionStore = {
  save: () => Promise.resolve(),
  take: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
};

/** Key agreement without keys, for the calling side. */
export const simulatedInitiator: InitiatorPort = {
  share: { keys: keys(1184), commitment },
  agree: () => Promise.resolve({ secret, confirm: proof, ...agreed }),
  giveUp: () => proof.nonce,
  release: () => undefined,
};

/** Key agreement without keys, for the called side. */
export const simulatedResponder: ResponderPort = {
  agree: () => Promise.resolve({ secret, accept: { keys: keys(1088), ...proof } }),
  confirm: () => Promise.resolve(agreed),
  release: () => undefined,
};

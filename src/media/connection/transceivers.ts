import type { SenderLimits } from "../../call/state/adaptation.ts";
import type { TrackIndex } from "../../call/terms.ts";
import { CallError } from "../../errors.ts";
import { limited } from "../limited.ts";
import { limitSenders, startFull, startSmall, SmallStart, type SentReading } from "./senders.ts";

type Sections = "four" | "by-mid" | "by-kind";

/** Options of the transceivers of a connection. */
export interface TransceiverOptions {
  /** `true` where this side creates the offer, which may be prepared. */
  readonly isCaller?: boolean;
  /** Order of offered video codecs. */
  readonly videoCodecs?: readonly VideoCodec[];
  /**
   * Media sections, and how those of the other side are identified.
   * - `four` (default): the four of `sx-call/1`, in their order.
   * - `by-mid`: the four by their ids `0` to `3`, of which some may be missing.
   * - `by-kind`: one video and one audio section, in this order when offered; the first of each
   *   kind when answered. A shared screen replaces the camera on the wire.
   */
  readonly sections?: Sections;
}

const kinds = ["audio", "video", "audio", "video"] as const;

/** Milliseconds for which a camera waits for its small start. */
const startPatience = 500;

/** Order of the offered tracks. */
const offered: Record<Sections, readonly TrackIndex[]> = {
  four: [0, 1, 2, 3],
  "by-mid": [0, 1, 2, 3],
  "by-kind": [1, 0],
};

/** The transceivers of a connection by track index, and the tracks that this side sends on them. */
export class Transceivers {
  readonly #connection: RTCPeerConnection;
  readonly #sections: Sections;
  readonly #videoCodecs: readonly VideoCodec[];
  readonly #attach: (transceiver: RTCRtpTransceiver, index: TrackIndex) => void;
  /** `undefined` where a foreign side lacks one. */
  #all: readonly (RTCRtpTransceiver | undefined)[] = [];
  /** Last requested track of each section. */
  readonly #tracks: (MediaStreamTrack | null | undefined)[] = [];
  readonly #start = new SmallStart();
  /** State of reducing the camera's sender before its first track. */
  #ahead: "no" | "asked" | "small" = "no";
  /** Last limits; those of a camera may wait for its first frames. */
  #limits: SenderLimits | null = null;
  /** `true` from the first limits to the next reading: the moment of connecting. */
  #isConnecting = false;

  /** @param attach called in the task that created a transceiver: a later transform would be bypassed. */
  constructor(
    connection: RTCPeerConnection,
    options: TransceiverOptions,
    attach: (transceiver: RTCRtpTransceiver, index: TrackIndex) => void,
  ) {
    this.#connection = connection;
    this.#sections = options.sections ?? "four";
    this.#videoCodecs = options.videoCodecs ?? videoCodecs;
    this.#attach = attach;
  }

  /** Caller: creates the transceivers of the offer. */
  create(): void {
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
    this.#all = made;
  }

  /**
   * Callee: finds the transceivers that an offer creates.
   *
   * @param apply applies the offer.
   * @throws {CallError} `bad-signal` where sections of a call are missing.
   */
  async find(apply: () => Promise<void>): Promise<void> {
    // `setRemoteDescription` creates the transceivers and fires `track` in the same task. A later transform would be bypassed.
    const found: (RTCRtpTransceiver | undefined)[] = [];
    const attach = ({ transceiver }: Pick<RTCTrackEvent, "transceiver">) => {
      const index = this.#indexOf(transceiver);
      if (index === null || found[index] !== undefined) return;
      found[index] = transceiver;
      this.#attach(transceiver, index);
    };
    this.#connection.addEventListener("track", attach);
    await apply();
    this.#connection.removeEventListener("track", attach);
    // A section without media of the other side fires no `track`: its sender is attached here. `encodedInsertableStreams` holds
    // frames until then.
    for (const transceiver of this.#connection.getTransceivers()) attach({ transceiver });
    this.#all = found;
    if (
      found[0] === undefined ||
      (this.#sections === "four" && kinds.some((_, index) => found[index] === undefined))
    ) {
      throw new CallError("bad-signal", "An offer lacks media sections.");
    }
    const streamOf = synchronisedStreams();
    found.forEach((transceiver, index) => {
      if (transceiver === undefined) return;
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams(streamOf(index));
      preferCodecs(transceiver, kinds[index] ?? "audio", this.#videoCodecs);
    });
    // Now, because a camera that waits for it when it is open has lost its first frame. For an audio call it costs nothing.
    const camera = found[1]?.sender;
    if (camera === undefined) return;
    this.#ahead = "asked";
    void startSmall(camera, null, null).then(() => {
      if (this.#ahead === "asked") this.#ahead = "small";
    });
  }

  /** Returns the transceiver of a track. Camera and screen share it where there is one video section. */
  at(index: TrackIndex): RTCRtpTransceiver | undefined {
    return this.#all[this.#sections === "by-kind" && index === 3 ? 1 : index];
  }

  get mids(): (string | null)[] {
    return kinds.map((_, index) => this.#all[index]?.mid ?? null);
  }

  /** Senders by track index, of those that have a section of their own. */
  get senders(): readonly (RTCRtpSender | undefined)[] {
    return kinds.map((_, index) => this.#all[index]?.sender);
  }

  /**
   * Sets or removes a track that this side sends.
   *
   * @param ready resolves once the sender may have it; to `false` where it must not have one any more.
   */
  async setTrack(
    index: TrackIndex,
    track: MediaStreamTrack | null,
    ready: () => Promise<boolean>,
  ): Promise<void> {
    this.#tracks[index] = track;
    if (!(await ready())) return;
    if (await this.#prepare(index, track)) {
      // Its time is over where it was waited for.
      if (!(await ready())) return;
    }
    const [, camera, , screen] = this.#tracks;
    const isPicture = this.#sections === "by-kind" && (index === 1 || index === 3);
    await this.at(index)?.sender.replaceTrack(
      (isPicture ? (screen ?? camera) : this.#tracks[index]) ?? null,
    );
  }

  /** Limits of a camera that starts small follow with its full size. */
  async limitSenders(limits: SenderLimits): Promise<void> {
    if (this.#limits === null) this.#isConnecting = true;
    this.#limits = limits;
    // A picture that does not fit stops at once.
    if (limits.camera === null) {
      this.#start.end();
      this.#isConnecting = false;
    }
    // The moment of connecting belongs to the first picture: engines block the page for parameters. They follow with the next
    // ones, within a second.
    if (!this.#isConnecting) await this.#apply(limits);
  }

  async #apply(limits: SenderLimits): Promise<void> {
    const [microphone, picture, screenSound, screen] = this.senders;
    const camera = this.#start.isSmall ? undefined : picture;
    if (camera !== undefined) this.#ahead = "no";
    const pictures = this.#isShared ? { screen: picture } : { camera, screen };
    await limitSenders({ microphone, screenSound, camera: undefined, ...pictures }, limits);
  }

  /** Call it with each reading of the counters: the full size follows the first frames. */
  async read(reading: SentReading): Promise<void> {
    if (this.#limits !== null) this.#isConnecting = false;
    const isSent = this.#isShared || Boolean(this.#tracks[1]);
    if (!isSent) this.#start.rest(reading);
    else if (this.#start.read(reading, this.#limits?.camera?.maxBitrate ?? null))
      await this.#grow();
  }

  /**
   * Prepares a sender for its next track: a camera may start small, a screen never.
   *
   * @returns `true` if something was waited for.
   */
  async #prepare(index: TrackIndex, track: MediaStreamTrack | null): Promise<boolean> {
    const sender = this.at(index)?.sender;
    if (sender === undefined || track === null || this.#tracks[index] !== track) return false;
    let work: Promise<void> | null = null;
    if (index === 1 && !this.#isShared) {
      const camera = this.#limits?.camera;
      const now = this.#isConnecting ? null : (camera ?? null);
      if (camera !== null && this.#start.begin()) work = startSmall(sender, track, now);
      // Later changes of size follow: the encoder is created for the first frame.
      if (this.#leaveAhead() === "small") return false;
    } else if (index === 3 && this.#isShared) {
      const isSmall = this.#leaveAhead() !== "no";
      if (this.#start.end() || isSmall) work = this.#grow();
    }
    if (work === null) return false;
    await limited(work, startPatience).catch(() => undefined);
    return true;
  }

  /** Returns what the first track finds. */
  #leaveAhead(): "no" | "asked" | "small" {
    const found = this.#ahead;
    this.#ahead = "no";
    return found;
  }

  async #grow(): Promise<void> {
    const sender = this.at(1)?.sender;
    if (this.#limits !== null) await this.#apply(this.#limits);
    else if (sender !== undefined) await startFull(sender);
  }

  /** `true` where a screen takes the camera's place. */
  get #isShared(): boolean {
    return this.#sections === "by-kind" && Boolean(this.#tracks[3]);
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
}

/**
 * Assigns microphone and camera to one stream, and the screen's audio and video to another: engines synchronise the tracks of a
 * stream.
 */
function synchronisedStreams(): (index: number) => MediaStream {
  const person = new MediaStream();
  const screen = new MediaStream();
  return (index) => (index < 2 ? person : screen);
}

/** A video codec by its MIME type. */
export type VideoCodec = "video/VP8" | "video/VP9" | "video/AV1" | "video/H264";

/** Order of offered video codecs: VP8 first, which every device encodes in real time. */
export const videoCodecs: readonly VideoCodec[] = [
  "video/VP8",
  "video/VP9",
  "video/AV1",
  "video/H264",
];

/**
 * The profile of each codec that every engine supports: H264 Constrained Baseline 3.1. For VP9 (RFC
 * 9628) and AV1 an absent profile means 0; Firefox omits it.
 */
const profiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "video/VP9": { "profile-id": "0" },
  "video/AV1": { profile: "0" },
  "video/H264": { "packetization-mode": "1", "profile-level-id": "42e01f" },
};

/** Limits a transceiver to codecs that the cipher can wrap, in the given order. Frames of other codecs would be dropped. */
export function preferCodecs(
  transceiver: RTCRtpTransceiver,
  kind: "audio" | "video",
  order: readonly VideoCodec[],
): void {
  const capabilities = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  // Without its retransmission format a codec stalls at the first lost packet.
  transceiver.setCodecPreferences(
    chooseCodecs(capabilities, kind === "audio" ? ["audio/opus"] : [...order, "video/rtx"]),
  );
}

/** Returns the wanted codecs of an engine in the wanted order. */
export function chooseCodecs(
  capabilities: readonly RTCRtpCodec[],
  wanted: readonly string[],
): RTCRtpCodec[] {
  return wanted.flatMap((mimeType) =>
    capabilities.filter(
      (codec) =>
        codec.mimeType.toLowerCase() === mimeType.toLowerCase() &&
        hasProfile(codec.sdpFmtpLine ?? "", profiles[mimeType] ?? {}),
    ),
  );
}

/** Engines order the parameters of a format differently. */
function hasProfile(format: string, profile: Readonly<Record<string, string>>): boolean {
  const parameters = new Map(
    format.split(";").map((text) => text.trim().toLowerCase().split("=", 2) as [string, string]),
  );
  return Object.entries(profile).every(([name, value]) => (parameters.get(name) ?? "0") === value);
}

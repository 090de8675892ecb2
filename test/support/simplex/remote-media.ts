import { sources } from "./protocol.ts";
import type { Source } from "./protocol.ts";

/** Received media of one track, as the browser counts it. All values are 0 without any. */
export interface Inbound {
  readonly bytesReceived: number;
  readonly framesDecoded: number;
  /** Samples that came out of the decoder, without those that were made up to fill a gap. */
  readonly samples: number;
  readonly totalAudioEnergy: number;
}

const growthPolls = 3;

/** Section 4, remote mute: three polls without growth of `bytesReceived` is muted, growth is unmuted; all start muted. */
export class RemoteGrowth {
  readonly #reported: (source: Source, enabled: boolean) => void;
  readonly #tracks = new Map<Source, { bytes: number; idle: number; isOn: boolean }>();

  constructor(reported: (source: Source, enabled: boolean) => void) {
    this.#reported = reported;
  }

  async poll(connection: RTCPeerConnection): Promise<void> {
    for (const source of sources) {
      const { bytesReceived } = await readInbound(connection, source);
      const track = this.#tracks.get(source) ?? { bytes: 0, idle: 0, isOn: false };
      this.#tracks.set(source, track);
      track.idle = bytesReceived > track.bytes ? 0 : track.idle + 1;
      track.bytes = bytesReceived;
      const isOn = track.idle === 0 || (track.isOn && track.idle < growthPolls);
      if (isOn !== track.isOn) this.#reported(source, isOn);
      track.isOn = isOn;
    }
  }
}

export function transceiverOf(
  connection: RTCPeerConnection,
  source: Source,
): RTCRtpTransceiver | null {
  const mid = String(sources.indexOf(source));
  return connection.getTransceivers().find((transceiver) => transceiver.mid === mid) ?? null;
}

export function sourceOf(mid: string | null): Source | null {
  return mid !== null && /^[0-3]$/.test(mid) ? sources[Number(mid)]! : null;
}

export async function readInbound(connection: RTCPeerConnection, source: Source): Promise<Inbound> {
  const read: Inbound = { bytesReceived: 0, framesDecoded: 0, samples: 0, totalAudioEnergy: 0 };
  const receiver = transceiverOf(connection, source)?.receiver;
  if (!receiver || connection.connectionState === "closed") return read;
  // A report's entries have no type but their own word.
  for (const stats of (await receiver.getStats()).values() as Iterable<Record<string, unknown>>) {
    if (stats.type !== "inbound-rtp") continue;
    const number = (name: string) => (typeof stats[name] === "number" ? stats[name] : 0);
    return {
      bytesReceived: number("bytesReceived"),
      framesDecoded: number("framesDecoded"),
      samples: number("totalSamplesReceived") - number("concealedSamples"),
      totalAudioEnergy: number("totalAudioEnergy"),
    };
  }
  return read;
}

/**
 * Plays and shows what arrives: Chromium decodes sound only where it is played. An element for each track, since one with a
 * camera that is off waits for its first picture and is silent until then.
 */
export class RemoteView {
  readonly element = document.createElement("div");
  readonly #pictures = new Map<Source, { video: HTMLVideoElement; shown: Promise<number> }>();
  readonly #sounds: HTMLAudioElement[] = [];

  constructor() {
    document.body.append(this.element);
  }

  show(source: Source, track: MediaStreamTrack): void {
    const stream = new MediaStream([track]);
    if (track.kind === "video") {
      this.#picture(source).video.srcObject = stream;
      return;
    }
    const audio = document.createElement("audio");
    audio.autoplay = true;
    audio.srcObject = stream;
    this.element.append(audio);
    this.#sounds.push(audio);
  }

  /** When the first picture was presented: milliseconds since the epoch, as `now()` gives them. */
  firstPicture(source: "camera" | "screenVideo"): Promise<number> {
    return this.#picture(source).shown;
  }

  close(): void {
    for (const media of [
      ...this.#sounds,
      ...Array.from(this.#pictures.values(), ({ video }) => video),
    ])
      media.srcObject = null;
    this.element.remove();
  }

  #picture(source: Source): { video: HTMLVideoElement; shown: Promise<number> } {
    const known = this.#pictures.get(source);
    if (known !== undefined) return known;
    const video = document.createElement("video");
    video.autoplay = true;
    video.width = 64;
    this.element.append(video);
    const shown = new Promise<number>((resolve) =>
      video.requestVideoFrameCallback(() => resolve(now())),
    );
    const picture = { video, shown };
    this.#pictures.set(source, picture);
    return picture;
  }
}

/** One clock for every page of a browser. Milliseconds since the epoch, with fractions. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

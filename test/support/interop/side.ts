import type { ProtectionReport } from "../../../src/call/state/protection.ts";
import type { DeviceStatus, RemoteMediaStatus } from "../../../src/call/state/devices.ts";
import type { CallStateName } from "../../../src/call/terms.ts";
import { browserPorts } from "../../../src/controller/browser-ports.ts";
import type { CallPorts, CipherPort } from "../../../src/controller/ports.ts";
import type { CallOptions } from "../../../src/controller/call-options.ts";
import { videoCodecs } from "../../../src/media/connection/transceivers.ts";
import type { StatisticsEntry } from "../../../src/media/connection/counts.ts";
import type { Conversation } from "../../../src/call/rules/text.ts";
import { Side } from "../call-pair.ts";
import { busyDrawing, drawnDevices, plainDrawing } from "./drawn-devices.ts";
import { ToneMeter, withOwnTab, withTone } from "./own-tab.ts";

/*
 * One side of a call between two browsers, driven by the script that opened the page. `?codec=video/VP9` is offered first; with
 * `&busy` the camera's picture costs bits. With `&tone` the microphone is a tone. With `&shares=tab` the other side is heard, and the
 * screen is this tab; with `&shares=unnamed` the host's source does not say so.
 */

/** Counts of one of the four tracks: 0 microphone, 1 camera. */
export type FrameCounts = Awaited<ReturnType<CipherPort["counts"]>>[number];

/** Everything a test asks about, at one moment. */
export interface Look {
  readonly state: CallStateName;
  readonly problem: string | null;
  readonly errors: readonly string[];
  readonly protection: ProtectionReport;
  readonly frames: readonly FrameCounts[];
  /** The codecs that are really in use, by direction and kind, as the engine's statistics tell. */
  readonly codecs: Readonly<Record<string, string>>;
  /** Of the other side's picture: decoded in all, and how many different ones were seen. */
  readonly decoded: number;
  readonly pictures: number;
  /** Of the other side's screen: decoded in all. */
  readonly screens: number;
  /** Level of the tone in the sound of the other side's screen, in dB; `null` where there is none. */
  readonly screenTone: number | null;
  /** This side's screen. */
  readonly screen: DeviceStatus;
  /** Of the other side's sound: decoded and not silent. */
  readonly heard: boolean;
  /** Device state reported by the other side. */
  readonly remote: RemoteMediaStatus;
  /** Number of recovered paths, and use of a relay. */
  readonly reconnections: number;
  readonly relayed: boolean | null;
  /** Types of this side's candidates: `host`, `srflx`, `prflx`, `relay`. */
  readonly ends: readonly string[];
  /** Tier of the own video and its reason: `720p30`, `270p15 network`; `null` before the call is connected. */
  readonly sending: string | null;
  /** Bit rate limit set for the own video, bits per second; 0 for none, `null` if not set. */
  readonly pictureLimit: number | null;
  /** Of the other side's sound: samples that were not made up for missing ones, and all. */
  readonly samples: { readonly real: number; readonly all: number };
  /** The other side's picture as it comes: the shorter side in pixels, and pictures a second; 0 while there is none. */
  readonly seen: { readonly height: number; readonly rate: number };
  /** Why connecting takes so long. */
  readonly stuck: string | null;
}

/** Options of a host in these tests. */
export type PageOptions = Partial<
  Pick<CallOptions, "iceServers" | "relayOnly" | "measureRelays" | "reconnectTimeoutSeconds">
>;

/** Milliseconds since the epoch at which something came out of the decoder, and how much had until then. */
export interface Decoding {
  readonly at: number;
  readonly pictures: number;
  /** Samples of sound that were not made up for missing ones. */
  readonly samples: number;
}

/** Interface of the page for the script. */
export interface InteropPage {
  call(): Promise<void>;
  accept(): Promise<void>;
  hangUp(): Promise<void>;
  /** As by the switch on the screen, while it rings on either side. */
  hideAddress(on: boolean): Promise<void>;
  switch(device: "microphone" | "camera" | "screen", on: boolean): Promise<void>;
  /** Holds the call, or resumes it. */
  hold(on: boolean): Promise<void>;
  /** Writes the whole line, as by the keys of the screen. */
  write(line: string): void;
  /** Sends a message. */
  say(text: string): void;
  /** The text of the call; `null` without one. */
  conversation(): Conversation | null;
  /** Sets the host's options of later calls. */
  configure(options: PageOptions): void;
  /** As if this device came to another network. */
  changeNetwork(): void;
  /** Waits until the engine would offer this address: it learns of one later than the system has it. */
  untilOffered(address: string): Promise<void>;
  /** Notes from now on when something is decoded. */
  watchDecoding(): void;
  /** Returns the recorded decodings. */
  decodings(): readonly Decoding[];
  receive(message: unknown): void;
  look(): Promise<Look>;
  /** Returns the servers of the connection, in their order. */
  servers(): string[];
  /** The engine's statistics of the pictures as they stand, for the text of an error. */
  pictureStatistics(): Promise<readonly object[]>;
}

declare global {
  interface Window {
    interop: InteropPage;
    /** The script's: takes a message to the other page. */
    interopSend(message: unknown): Promise<void>;
    /** The script's: a message for the data channel as it may go there. */
    interopRelayed(text: string): Promise<string>;
  }
}

// The connection is the kit's own secret: it is met where it is made.
let connection: RTCPeerConnection | null = null;
const BareConnection = RTCPeerConnection;
window.RTCPeerConnection = class extends BareConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    // oxlint-disable-next-line typescript/no-this-alias -- whoever makes it does not hand it out
    connection = this;
  }
};

// Engines tell their addresses only to a page that may capture.
await navigator.mediaDevices.getUserMedia({ audio: true });

const wishes = new URLSearchParams(location.search);
const codec = wishes.get("codec");
const ciphers: CipherPort[] = [];
const ports: CallPorts = {
  ...browserPorts,
  createConnection: (options, ...rest) => {
    const order = [...videoCodecs].sort((a, b) => Number(b === codec) - Number(a === codec));
    const made = browserPorts.createConnection({ ...options, videoCodecs: order }, ...rest);
    const send = made.sendControl.bind(made);
    // One after the other, as the channel keeps them.
    let last = Promise.resolve();
    made.sendControl = (text) => {
      // The reason of the end is sent in the turn that closes the connection.
      if (text.includes('"type":"end"')) send(text);
      else last = last.then(async () => send(await window.interopRelayed(text)));
    };
    return made;
  },
  createCipher: (...parameters) => {
    const cipher = browserPorts.createCipher(...parameters);
    ciphers.push(cipher);
    return cipher;
  },
};

const drawn = drawnDevices(wishes.has("busy") ? busyDrawing : plainDrawing);
const shares = wishes.get("shares");
const shown = shares === null ? drawn : withOwnTab(drawn, shares === "tab");
const options = { mediaDevices: wishes.has("tone") ? withTone(shown) : shown };
const side = new Side(options, ports);
const faults: string[] = [];
window.addEventListener("error", ({ message }) => faults.push(message));
window.addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));

const video = Object.assign(document.createElement("video"), { muted: true });
const pictures = new Set<string>();
const analyser = new AnalyserNode(new AudioContext());
let heard = false;
let screenSound: ToneMeter | null = null;

side.source.subscribe((notice) => {
  if (notice.type === "signal") void window.interopSend(notice.message);
  const { remoteCamera, remoteMicrophone, remoteScreenAudio } = side.source.tracks;
  if (remoteScreenAudio !== null) screenSound ??= new ToneMeter(remoteScreenAudio);
  if (remoteCamera !== null && video.srcObject === null) {
    video.srcObject = new MediaStream([remoteCamera]);
    void video.play();
  }
  if (remoteMicrophone !== null && audio.srcObject === null) {
    audio.srcObject = new MediaStream([remoteMicrophone]);
    void audio.play();
    const stream = new MediaStream([remoteMicrophone]);
    new MediaStreamAudioSourceNode(analyser.context as AudioContext, {
      mediaStream: stream,
    }).connect(analyser);
  }
});
// Chromium decodes sound only while an element plays it.
const audio = Object.assign(document.createElement("audio"), { muted: shares === null });
document.body.append(video, audio);

/** A page that nobody sees gets no animation frames. */
setInterval(() => {
  if (video.videoWidth > 0) pictures.add(fingerprint());
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  heard ||= samples.some((sample) => Math.abs(sample) > 0.01);
}, 100);

const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
const context = canvas.getContext("2d", { willReadFrequently: true })!;

/** A picture in 16 × 16 pixels, as text. */
function fingerprint(): string {
  context.drawImage(video, 0, 0, 16, 16);
  return context.getImageData(0, 0, 16, 16).data.join();
}

/** What only this page reads, of W3C `RTCInboundRtpStreamStats` and `RTCCodecStats`. */
interface Entry extends StatisticsEntry {
  readonly codecId?: string;
  readonly mimeType?: string;
  readonly totalSamplesReceived?: number;
  readonly concealedSamples?: number;
  readonly frameWidth?: number;
}

type Statistics = Pick<
  Look,
  "codecs" | "decoded" | "screens" | "heard" | "ends" | "samples" | "seen"
>;

async function readStatistics(): Promise<Statistics> {
  const entries = [...((await connection?.getStats())?.values() ?? [])] as Entry[];
  const codecs: Record<string, string> = {};
  for (const { type, kind, codecId } of entries) {
    const mimeType = entries.find(({ id }) => id === codecId)?.mimeType;
    if (type.endsWith("bound-rtp") && !type.startsWith("remote") && mimeType !== undefined)
      codecs[`${type} ${kind ?? ""}`] = mimeType;
  }
  const decodedOf = (mid: string) =>
    entries.reduce((sum, entry) => sum + (entry.mid === mid ? (entry.framesDecoded ?? 0) : 0), 0);
  // Firefox's AudioContext stays suspended on a machine without a loudspeaker, and Chromium then counts no energy.
  heard ||= entries.some(
    ({ type, totalAudioEnergy = 0 }) => type === "inbound-rtp" && totalAudioEnergy > 0,
  );
  const ends = entries.flatMap(({ type, candidateType = "" }) =>
    type === "local-candidate" ? [candidateType] : [],
  );
  const {
    frameHeight = 0,
    frameWidth = 0,
    framesPerSecond = 0,
  } = entries.find(({ type, mid }) => type === "inbound-rtp" && mid === "1") ?? {};
  return {
    ...{
      codecs,
      decoded: decodedOf("1"),
      screens: decodedOf("3"),
      heard,
      ends: [...new Set(ends)],
      samples: countSamples(entries),
    },
    seen: { height: Math.min(frameHeight, frameWidth), rate: framesPerSecond },
  };
}

function countSamples(entries: readonly Entry[]): Look["samples"] {
  const sounds = entries.filter(({ type }) => type === "inbound-rtp");
  const all = sounds.reduce((sum, { totalSamplesReceived = 0 }) => sum + totalSamplesReceived, 0);
  return {
    all,
    real: all - sounds.reduce((sum, { concealedSamples = 0 }) => sum + concealedSamples, 0),
  };
}

/** Returns `true` if a connection that is made now, and is not the kit's, finds this address of the device. */
async function offersAddress(address: string): Promise<boolean> {
  const probe = new BareConnection();
  probe.createDataChannel("");
  const isFound = new Promise<boolean>((resolve) => {
    probe.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate === null || candidate.address === address) resolve(candidate !== null);
    });
    // Some engines do not tell the end where there is no network at all.
    setTimeout(resolve, 300, false);
  });
  await probe.setLocalDescription();
  return isFound.finally(() => probe.close());
}

function pictureLimit(): number | null {
  const camera = connection?.getTransceivers().find(({ mid }) => mid === "1");
  const [encoding] = camera?.sender.getParameters().encodings ?? [];
  return encoding?.active === false ? 0 : (encoding?.maxBitrate ?? null);
}

const decodings: Decoding[] = [];

async function noteDecoding(): Promise<void> {
  const entries = [...((await connection?.getStats())?.values() ?? [])] as Entry[];
  const pictures = entries.reduce(
    (sum, { type, framesDecoded = 0 }) => sum + (type === "inbound-rtp" ? framesDecoded : 0),
    0,
  );
  const { real: samples } = countSamples(entries);
  const last = decodings.at(-1);
  if (pictures !== last?.pictures || samples !== last.samples)
    decodings.push({ at: Date.now(), pictures, samples });
}

window.interop = {
  call: () => side.source.perform({ type: "start", media: "video" }),
  accept: () => side.source.perform({ type: "accept", media: "video" }),
  hangUp: () => side.source.perform({ type: "hang-up" }),
  hideAddress: (on) => side.source.perform({ type: "hide-address", on }),
  async switch(device, on) {
    await side.source.perform({ type: "set-device", device, on });
  },
  hold: (on) => side.source.perform({ type: on ? "hold" : "resume" }),
  write: (line) => side.source.text?.write(line),
  say: (text) => side.source.text?.sendMessage(text),
  conversation: () => side.source.text?.conversation ?? null,
  configure(given) {
    Object.assign(options, given);
  },
  servers: () =>
    connection?.getConfiguration().iceServers?.flatMap(({ urls }) => [urls].flat()) ?? [],
  changeNetwork() {
    window.dispatchEvent(new Event("online"));
  },
  async untilOffered(address) {
    while (!(await offersAddress(address)));
  },
  watchDecoding() {
    // As often as Chromium counts anew.
    setInterval(() => void noteDecoding(), 50);
  },
  decodings: () => decodings,
  async pictureStatistics() {
    const entries = [...((await connection?.getStats())?.values() ?? [])] as Entry[];
    return entries.filter(({ type, kind }) => type.endsWith("bound-rtp") && kind === "video");
  },
  receive(message) {
    side.source.receive(message);
  },
  async look() {
    const { state, ending, protection, remote, reconnections, relayed, quality, stuck, local } =
      side.snapshot;
    // A cipher that does not run, or no more, never answers.
    const isRunning = state === "connecting" || state === "connected" || state === "reconnecting";
    const frames = isRunning ? ((await ciphers.at(-1)?.counts()) ?? []) : [];
    return {
      ...{ state, problem: ending?.problem ?? null, errors: [...side.errors, ...faults] },
      ...{ remote, reconnections, relayed, stuck: stuck?.reason ?? null },
      ...{ screenTone: screenSound?.level ?? null, screen: local.screen },
      pictureLimit: pictureLimit(),
      sending: quality && [quality.sending, quality.reason].filter(Boolean).join(" "),
      ...{ protection, frames, ...(await readStatistics()), pictures: pictures.size },
    };
  },
};

import type { SensingPlan } from "../../call/rules/own-devices.ts";
import type { Sense } from "../../call/state/devices.ts";
import { Statistics, type StatisticsEntry } from "../connection/counts.ts";

/** Sources of the measurements. */
export interface SenseTaps {
  /** The device's own track, before a track processor. */
  source(device: "microphone" | "camera"): MediaStreamTrack | null;
  /** The sent track. */
  track(device: "microphone" | "camera"): MediaStreamTrack | null;
  /** The audio transceiver of both voices. */
  sound(): Pick<RTCRtpTransceiver, "sender" | "receiver"> | null;
}

/** Milliseconds between measurements. */
const intervals = { voice: 100, silence: 1000, closely: 2000, rarely: 10_000 } as const;
/** Time limit of a measurement of a picture. Milliseconds. */
const pictureMilliseconds = 1000;
/** Minimum interval between readings of a level. Milliseconds. */
const remoteInterval = 80;
/** Milliseconds without a request after which the meter closes. */
const patience = 2000;

/**
 * Measures the levels of a call and the state of its devices, on demand only. Levels come from the engine's statistics, because
 * packets do not carry them. A copy of the microphone track is used only while muted, or while its level is requested. The copy
 * is never sent.
 */
export class Senses {
  readonly #taps: SenseTaps;
  readonly #report: (sense: Sense) => void;
  readonly #timers = new Map<
    Sense["of"] | "meter",
    { readonly stop: () => void; readonly milliseconds: number }
  >();
  #meter: MicrophoneMeter | null = null;
  /** A track that could not be measured. */
  #unreadable: MediaStreamTrack | null = null;
  #askedAt = -Infinity;
  #remote = { level: 0, askedAt: -Infinity, readAt: -Infinity };
  #isCounting = false;
  /** Microphone counts of the last reading. */
  #counted: { readonly energy: number; readonly seconds: number } | null = null;

  constructor(taps: SenseTaps, report: (sense: Sense) => void) {
    this.#taps = taps;
    this.#report = report;
  }

  /** Starts the measurements of a plan. */
  measure({ microphone, camera }: SensingPlan): void {
    this.#every("voice", microphone === "voice" ? intervals.voice : null, () => {
      this.#listenForVoice();
    });
    this.#every("silence", microphone === "silence" ? intervals.silence : null, () => {
      void this.#listenForSilence().catch(() => undefined);
    });
    this.#every("picture", camera && intervals[camera], () => {
      void this.#measurePicture();
    });
  }

  /** Returns the level of this side's microphone: 0 to 1, linear; 0 while it is off. */
  microphone(): number {
    const source = this.#taps.source("microphone");
    if (source?.enabled !== true) return 0;
    this.#askedAt = performance.now();
    return this.#listen(source);
  }

  /** Returns the level of the other side: 0 to 1, linear. */
  remote(): number {
    const now = performance.now();
    const receiver = this.#taps.sound()?.receiver;
    const isDue = now - this.#remote.askedAt >= remoteInterval;
    // No concurrent requests to an engine with slow statistics.
    if (receiver !== undefined && isDue && !this.#isCounting) {
      this.#remote.askedAt = now;
      this.#isCounting = true;
      // Not `getSynchronizationSources()`: it reads the level in packets, which a call does not send because it would be in
      // clear (RFC 6464). Neither Chromium 156 nor Firefox 153 computes it instead.
      const read = async () => {
        try {
          const level = entryOf(await receiver.getStats(), "inbound-rtp")?.audioLevel ?? 0;
          this.#remote = { ...this.#remote, level, readAt: performance.now() };
        } finally {
          this.#isCounting = false;
        }
      };
      void read().catch(() => undefined);
    }
    return now - this.#remote.readAt < patience ? this.#remote.level : 0;
  }

  close(): void {
    for (const { stop } of this.#timers.values()) stop();
    this.#timers.clear();
    this.#closeMeter();
  }

  /** @param milliseconds `null` to stop. */
  #every(name: Sense["of"] | "meter", milliseconds: number | null, work: () => void): void {
    const before = this.#timers.get(name);
    if (milliseconds === (before?.milliseconds ?? null)) return;
    before?.stop();
    this.#timers.delete(name);
    if (name === "silence") this.#counted = null;
    if (milliseconds === null) return;
    const timer = setInterval(work, milliseconds);
    const stop = () => {
      clearInterval(timer);
    };
    this.#timers.set(name, { stop, milliseconds });
  }

  #listenForVoice(): void {
    const source = this.#taps.source("microphone");
    if (source === null) return;
    this.#report({
      of: "voice",
      at: performance.now(),
      level: this.#listen(source),
      remote: this.remote(),
    });
  }

  /** Uses the engine's counts of the microphone. An engine without them (Firefox 153) reports a dead track only. */
  async #listenForSilence(): Promise<void> {
    const [source, track] = [this.#taps.source("microphone"), this.#taps.track("microphone")];
    if (source === null || track === null) return;
    const at = performance.now();
    if (source.muted || track.muted) {
      this.#report({ of: "silence", at, level: 0 });
      return;
    }
    const report = await this.#taps.sound()?.sender.getStats();
    const { totalAudioEnergy, totalSamplesDuration } =
      (report && entryOf(report, "media-source")) ?? {};
    if (totalAudioEnergy === undefined || totalSamplesDuration === undefined) return;
    const before = this.#counted;
    this.#counted = { energy: totalAudioEnergy, seconds: totalSamplesDuration };
    const seconds = totalSamplesDuration - (before?.seconds ?? totalSamplesDuration);
    // A decrease means another track, and no increase means no measured sound: neither is a result.
    if (before === null || seconds <= 0) return;
    this.#report({
      of: "silence",
      at,
      level: Math.sqrt(Math.max(0, totalAudioEnergy - before.energy) / seconds),
    });
  }

  async #measurePicture(): Promise<void> {
    const [source, track] = [this.#taps.source("camera"), this.#taps.track("camera")];
    if (source === null || track === null) return;
    const seen =
      source.muted || track.muted
        ? { light: 0, variance: 0 }
        : await samplePicture(track, pictureMilliseconds);
    // A failed measurement, as in a hidden page, is no result.
    if (seen !== null && this.#timers.has("picture")) this.#report({ of: "picture", ...seen });
  }

  #listen(source: MediaStreamTrack): number {
    if (this.#unreadable === source) return 0;
    try {
      if (this.#meter?.source !== source) {
        this.#closeMeter();
        this.#meter = new MicrophoneMeter(source);
        this.#every("meter", patience, () => {
          const isWanted =
            this.#timers.has("voice") || performance.now() - this.#askedAt < patience;
          if (!isWanted || source.readyState === "ended") this.#closeMeter();
        });
      }
      return this.#meter.level();
    } catch {
      // Not retried with this track: an engine that refuses one audio graph refuses the next one, too.
      this.#closeMeter();
      this.#unreadable = source;
      return 0;
    }
  }

  #closeMeter(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#every("meter", null, () => undefined);
  }
}

function entryOf(report: RTCStatsReport, type: RTCStatsType): StatisticsEntry | undefined {
  // The last of several streams is the current one.
  return new Statistics(report).all(type).at(-1);
}

/** 85 ms at 48 kHz: nearly the whole time between two readings. Samples. */
const samples = 4096;

/** Measures the level of a microphone, muted or not, on a copy of its track that is never sent and ends with the meter. */
export class MicrophoneMeter {
  readonly source: MediaStreamTrack;
  readonly #copy: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #analyser: AnalyserNode;
  readonly #wave = new Float32Array(samples);

  /** @throws where the engine cannot create another audio graph. Nothing stays open then. */
  constructor(source: MediaStreamTrack) {
    this.source = source;
    this.#copy = source.clone();
    let context: AudioContext | null = null;
    try {
      this.#copy.enabled = true;
      // No playback. Absent in TypeScript's DOM library: only Chromium supports a context without an output (Audio Output
      // Devices).
      context = new AudioContext({
        latencyHint: "playback",
        sinkId: { type: "none" },
      } as AudioContextOptions);
      this.#analyser = new AnalyserNode(context, { fftSize: samples });
      new MediaStreamAudioSourceNode(context, {
        mediaStream: new MediaStream([this.#copy]),
      }).connect(this.#analyser);
      this.#context = context;
    } catch (thrown) {
      // An open copy would hold the microphone after the call.
      this.#copy.stop();
      void context?.close().catch(() => undefined);
      throw thrown;
    }
  }

  /** Returns the root mean square of the last 85 ms, 0 to 1; 0 while the browser blocks audio. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#wave);
    return Math.sqrt(this.#wave.reduce((sum, sample) => sum + sample * sample, 0) / samples);
  }

  close(): void {
    this.#copy.stop();
    void this.#context.close().catch(() => undefined);
  }
}

const [width, height] = [16, 12];

/**
 * Measures one picture of a track.
 *
 * @param patience milliseconds to wait for it.
 * @returns its mean brightness, 0 to 255, and variance; `null` without a picture in time.
 */
export async function samplePicture(
  track: MediaStreamTrack,
  patience: number,
): Promise<{ readonly light: number; readonly variance: number } | null> {
  // A player for one picture: a permanent one would receive every picture of the camera.
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  try {
    const isThere = await new Promise<boolean>((resolve) => {
      video.addEventListener("loadeddata", () => {
        resolve(true);
      });
      setTimeout(resolve, patience, false);
      video.srcObject = new MediaStream([track]);
      // Phones provide no picture to a paused player.
      void video.play().catch(() => undefined);
    });
    return isThere ? measure(video) : null;
  } finally {
    video.srcObject = null;
  }
}

function measure(video: HTMLVideoElement): { light: number; variance: number } | null {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(video, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const lights = Array.from({ length: width * height }, (_, at) => lightOf(data.subarray(at * 4)));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const light = mean(lights);
  return { light, variance: mean(lights.map((one) => (one - light) ** 2)) };
}

/** ITU-R BT.601 luma. */
function lightOf([red = 0, green = 0, blue = 0]: ArrayLike<number> & Iterable<number>): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

import type { SensingPlan } from "../../call/rules/hints.ts";
import type { Sense } from "../../call/state/sensing.ts";
import { MicrophoneMeter } from "./microphone-meter.ts";
import { lookAt } from "./picture-look.ts";

/** Where the senses listen and look. */
export interface SenseTaps {
  /** The device's own track, before a host has worked on it. */
  source(device: "microphone" | "camera"): MediaStreamTrack | null;
  /** The track as it is sent. */
  track(device: "microphone" | "camera"): MediaStreamTrack | null;
  /** What carries the two voices. */
  sound(): Pick<RTCRtpTransceiver, "sender" | "receiver"> | null;
}

/** Between two looks at each. Milliseconds. */
const intervals = { voice: 100, silence: 1000, closely: 2000, rarely: 10_000 } as const;
/** How long a look may take. Milliseconds. */
const lookMilliseconds = 1000;
/** A level is not read more often than this. Milliseconds. */
const remoteInterval = 80;
/** After which nobody asks any more. Milliseconds. */
const patience = 2000;

/** The fields of W3C `RTCInboundRtpStreamStats` and `RTCAudioSourceStats` that are read here. */
interface Entry extends RTCStats {
  readonly audioLevel?: number;
  readonly totalAudioEnergy?: number;
  readonly totalSamplesDuration?: number;
}

/**
 * How loud a call is, and what its devices give. There is nothing at work but what is asked for or attended to: levels come from
 * the engine's own counts, since no packet tells them to anybody, and only a muted microphone, or one whose level is asked for, is
 * listened to with a copy of its track. That copy is never sent.
 */
export class Senses {
  readonly #taps: SenseTaps;
  readonly #tell: (sense: Sense) => void;
  readonly #timers = new Map<
    Sense["of"] | "meter",
    { readonly stop: () => void; readonly milliseconds: number }
  >();
  #meter: MicrophoneMeter | null = null;
  /** A track that could not be measured. */
  #unheard: MediaStreamTrack | null = null;
  #askedAt = -Infinity;
  #remote = { level: 0, askedAt: -Infinity, readAt: -Infinity };
  #isCounting = false;
  /** What was counted of the microphone at the last look. */
  #counted: { readonly energy: number; readonly seconds: number } | null = null;

  constructor(taps: SenseTaps, tell: (sense: Sense) => void) {
    this.#taps = taps;
    this.#tell = tell;
  }

  /** Looks from now on at what is worth a look. */
  attend({ microphone, camera }: SensingPlan): void {
    this.#every("voice", microphone === "voice" ? intervals.voice : null, () => {
      this.#listenForVoice();
    });
    this.#every("silence", microphone === "silence" ? intervals.silence : null, () => {
      void this.#listenForSilence().catch(() => undefined);
    });
    this.#every("picture", camera && intervals[camera], () => {
      void this.#look();
    });
  }

  /** How loud this side's microphone is: 0 to 1, linear; 0 while it is off. */
  microphone(): number {
    const source = this.#taps.source("microphone");
    if (source?.enabled !== true) return 0;
    this.#askedAt = performance.now();
    return this.#listen(source);
  }

  /** How loud the other side is: 0 to 1, linear. */
  remote(): number {
    const now = performance.now();
    const receiver = this.#taps.sound()?.receiver;
    const isDue = now - this.#remote.askedAt >= remoteInterval;
    // An engine that is slow to count is not asked ten times more meanwhile.
    if (receiver !== undefined && isDue && !this.#isCounting) {
      this.#remote.askedAt = now;
      this.#isCounting = true;
      // Not `getSynchronizationSources()`: that reads the packets' level, which a call does not send since it would be in clear
      // (RFC 6464), and neither Chromium 156 nor Firefox 153 works it out instead.
      void receiver.getStats().then(
        (report) => {
          const level = entryOf(report, "inbound-rtp")?.audioLevel ?? 0;
          this.#remote = { ...this.#remote, level, readAt: performance.now() };
          this.#isCounting = false;
        },
        () => {
          this.#isCounting = false;
        },
      );
    }
    return now - this.#remote.readAt < patience ? this.#remote.level : 0;
  }

  close(): void {
    for (const { stop } of this.#timers.values()) stop();
    this.#timers.clear();
    this.#closeMeter();
  }

  /** @param milliseconds `null` for never. */
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
    this.#tell({
      of: "voice",
      at: performance.now(),
      level: this.#listen(source),
      remote: this.remote(),
    });
  }

  /** From what the engine has counted of the microphone. One that does not count it (Firefox 153) tells of a dead track only. */
  async #listenForSilence(): Promise<void> {
    const [source, track] = [this.#taps.source("microphone"), this.#taps.track("microphone")];
    if (source === null || track === null) return;
    const at = performance.now();
    if (source.muted || track.muted) {
      this.#tell({ of: "silence", at, level: 0 });
      return;
    }
    const report = await this.#taps.sound()?.sender.getStats();
    const { totalAudioEnergy, totalSamplesDuration } =
      (report && entryOf(report, "media-source")) ?? {};
    if (totalAudioEnergy === undefined || totalSamplesDuration === undefined) return;
    const before = this.#counted;
    this.#counted = { energy: totalAudioEnergy, seconds: totalSamplesDuration };
    const seconds = totalSamplesDuration - (before?.seconds ?? totalSamplesDuration);
    // Less than before is another track, and nothing new is no sound that was measured: neither says anything.
    if (before === null || seconds <= 0) return;
    this.#tell({
      of: "silence",
      at,
      level: Math.sqrt(Math.max(0, totalAudioEnergy - before.energy) / seconds),
    });
  }

  async #look(): Promise<void> {
    const [source, track] = [this.#taps.source("camera"), this.#taps.track("camera")];
    if (source === null || track === null) return;
    const seen =
      source.muted || track.muted
        ? { light: 0, variance: 0 }
        : await lookAt(track, lookMilliseconds);
    // What came to nothing, such as in a page that nobody sees, says nothing.
    if (seen !== null && this.#timers.has("picture")) this.#tell({ of: "picture", ...seen });
  }

  #listen(source: MediaStreamTrack): number {
    if (this.#unheard === source) return 0;
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
      // Not tried again with this track: an engine that refuses one graph refuses the next, ten times a second.
      this.#closeMeter();
      this.#unheard = source;
      return 0;
    }
  }

  #closeMeter(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#every("meter", null, () => undefined);
  }
}

function entryOf(report: RTCStatsReport, type: string): Entry | undefined {
  // The last of several is the one that goes on.
  return ([...report.values()] as Entry[]).findLast((entry) => entry.type === type);
}

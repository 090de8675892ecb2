import type { TrackIndex } from "../terms.ts";

/** Counts of one received stream. W3C `RTCInboundRtpStreamStats`; `null` where the engine does not report a value. */
export interface IncomingCounts {
  readonly packetsReceived: number | null;
  /** May decrease: a late packet is no longer lost (RFC 3550 A.3). */
  readonly packetsLost: number | null;
  /** Payload without headers. */
  readonly bytesReceived: number | null;
  /** Seconds, current value. */
  readonly jitter: number | null;
  readonly framesDecoded: number | null;
  /** Current value. */
  readonly framesPerSecond: number | null;
  /** Pixels, current value. */
  readonly frameHeight: number | null;
  /** Completed freezes: engines count one when the next picture arrives. */
  readonly freezeCount: number | null;
  /** Seconds. */
  readonly totalFreezesDuration: number | null;
}

/** Counts of one sent stream. W3C `RTCOutboundRtpStreamStats`, and the other side's reports of it. */
export interface OutgoingCounts {
  readonly packetsSent: number | null;
  /** Payload without headers. */
  readonly bytesSent: number | null;
  /** The last RTCP report of the other side, W3C `RTCRemoteInboundRtpStreamStats`; `null` before. */
  readonly reported: {
    /** Milliseconds of any clock, to distinguish reports. */
    readonly at: number;
    readonly packetsLost: number | null;
    /** Share of the packets since the previous report, 0 to 1. */
    readonly fractionLost: number | null;
    /** Seconds. */
    readonly roundTripTime: number | null;
  } | null;
}

/** Counts of one track; `null` for a direction without a stream. */
export interface TrackQualityCounts {
  readonly track: TrackIndex;
  readonly incoming: IncomingCounts | null;
  readonly outgoing: OutgoingCounts | null;
}

/** Counts of the path in use. W3C `RTCIceCandidatePairStats`; `null` where the engine does not report a value. */
export interface PathCounts {
  /** Id of the path from the engine, without an address. A new path counts from zero. */
  readonly id: string;
  /** Including RTP, RTCP and data channel, without UDP and IP headers. */
  readonly bytesReceived: number | null;
  readonly bytesSent: number | null;
  /** Received connectivity checks, which RFC 7675 requires during the whole call. */
  readonly checksReceived: number | null;
  /** Seconds, from the last connectivity check. */
  readonly roundTripTime: number | null;
  /** Estimate of congestion control, bits per second. Absent in Firefox. */
  readonly availableOutgoingBitrate: number | null;
  readonly relayed: boolean | null;
  /** Protocol of this device: `udp`, `tcp`, or `tls` to a relay. */
  readonly protocol: string | null;
}

/** Totals since the call began. */
export interface QualityCounts {
  readonly tracks: readonly TrackQualityCounts[];
  /** `null` without a path. */
  readonly path: PathCounts | null;
}

/** A reading of the counters, taken once a second. */
export interface QualitySample extends QualityCounts {
  /** Milliseconds of a monotonic clock. */
  readonly at: number;
}

/** Signal strength: 0 nothing received · 1 hard to follow · 2 poor · 3 fair · 4 good. */
export type QualityBars = 0 | 1 | 2 | 3 | 4;

/**
 * The direction that alone is weak: what this side sends, as the other side reports it, or what it receives. Whose network it is cannot be
 * measured from one end.
 */
export type WeakDirection = "sending" | "receiving";

/** Quality over the last five seconds. Unknown values are `null`, never estimated. */
export interface QualityReport {
  readonly bars: QualityBars | null;
  /** With one or two bars: the direction that alone explains them. Absent where both do, or only the delay, which is of both. */
  readonly weak?: WeakDirection;
  readonly roundTripMilliseconds: number | null;
  /** 0 to 100, for the worse direction. */
  readonly lossPercent: number | null;
  /** Of received audio (RFC 3550). */
  readonly jitterMilliseconds: number | null;
  /** Of received video. */
  readonly freezesPerMinute: number | null;
  readonly incomingKbps: number | null;
  readonly outgoingKbps: number | null;
  readonly relayed: boolean | null;
}

/** Sending quality, for the ladder. */
export interface Uplink {
  /** 0 to 100, for packets of this side. */
  readonly lossPercent: number | null;
  readonly roundTripMilliseconds: number | null;
  readonly outgoingKbps: number | null;
  /** Estimate of congestion control. Absent in Firefox. */
  readonly availableKbps: number | null;
  /** Id of the path, to detect a change. */
  readonly path: string | null;
}

/** Length of the window in milliseconds, with half a second for inexact timers. */
const windowMilliseconds = 5_500;
/** The other side reports audio every five seconds, plus or minus half (RFC 3550 6.2): its last report is valid for longer. */
const reportMilliseconds = 10_500;
/** Audio is sent 50 times a second, muted or not: two seconds without any means that nothing arrives. */
const silenceMilliseconds = 1_800;
/** Minimum window in which no packet at all means that nothing arrives: checks come every 2.5 s. */
const fullWindowMilliseconds = 4_500;
/** Signal strength falls at once, and rises after this number of equal samples. */
const holdSamples = 3;

/** Number of samples for {@link judgeQuality}: a window, and those that delay a rise. */
export const qualityWindow = 11 + holdSamples - 1;

/**
 * Computes the quality of the last five seconds.
 *
 * Signal strength follows the E-model's transmission rating R (ITU-T G.107), which combines delay and loss of audio. Its
 * classes are those of ITU-T G.109: R ≥ 80 (users satisfied) 4, ≥ 70 (some dissatisfied) 3, ≥ 60 (many dissatisfied) 2, below
 * that 1. Frozen video lowers it. It falls at once and rises after three equal samples.
 *
 * @param samples oldest first, a second apart, up to {@link qualityWindow} of them.
 */
export function judgeQuality(samples: readonly QualitySample[]): QualityReport {
  const window = lately(samples);
  const recent = Array.from({ length: Math.min(holdSamples, samples.length) }, (_, back) =>
    samples.slice(0, samples.length - back),
  );
  const verdicts = recent.map((each) => verdict(each));
  const known = verdicts.filter((bars) => bars !== null);
  const [now = null] = verdicts;
  // Leaves 0 at once: "nothing received" would be wrong.
  const held = Math.max(1, Math.min(...known)) as QualityBars;
  const bars: QualityBars | null = now === null || now === 0 ? now : held;
  const weak = bars === 1 || bars === 2 ? weakDirection(recent) : undefined;
  return {
    bars,
    ...(weak && { weak }),
    roundTripMilliseconds: rounded(roundTrip(samples)),
    lossPercent: rounded(worse(incomingLoss(window), outgoingLoss(samples)), 10),
    jitterMilliseconds: rounded(jitter(window)),
    freezesPerMinute: rounded(freezes(window)?.perMinute ?? null),
    incomingKbps: rounded(kbps(window, "bytesReceived")),
    outgoingKbps: rounded(kbps(window, "bytesSent")),
    relayed: samples.at(-1)?.path?.relayed ?? null,
  };
}

/** Computes the sending quality of the last five seconds for the ladder. */
export function measureUplink(samples: readonly QualitySample[]): Uplink {
  const window = lately(samples);
  const path = samples.at(-1)?.path ?? null;
  const available = path?.availableOutgoingBitrate ?? null;
  return {
    lossPercent: outgoingLoss(samples),
    roundTripMilliseconds: roundTrip(samples),
    outgoingKbps: kbps(window, "bytesSent"),
    availableKbps: available === null ? null : available / 1000,
    path: path?.id ?? null,
  };
}

/**
 * Returns the E-model's R, 0 to 93.2, for audio over a packet network. R = 93.2 − Id − Ie,eff (ITU-T G.107 with its default
 * values). Id, the delay impairment, follows the fit of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001).
 * Ie,eff, the loss impairment, uses Ie 0 and Bpl 25.1 of G.711 with concealment (ITU-T G.113 Appendix I). Opus with in-band FEC
 * is at least as good.
 *
 * @param delay mouth-to-ear delay in milliseconds.
 * @param loss packet loss, 0 to 100.
 */
export function ratingFactor(delay: number, loss: number): number {
  const delayImpairment = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
  const lossImpairment = (95 * loss) / (loss + 25.1);
  return Math.max(0, 93.2 - delayImpairment - lossImpairment);
}

/** A packet of 20 ms, 6.5 ms of Opus look-ahead (RFC 6716 section 2), and a few ms of capture and playback. Milliseconds. */
const fixedDelay = 40;

/** @param direction the only one to judge. A delay is of both. */
function verdict(samples: readonly QualitySample[], direction?: WeakDirection): QualityBars | null {
  const window = lately(samples);
  if (isNothingArriving(window)) return 0;
  const receives = direction !== "sending";
  const loss = worse(
    receives ? incomingLoss(window) : null,
    direction === "receiving" ? null : outgoingLoss(samples),
  );
  const trip = roundTrip(samples);
  // Connectivity checks alone show nothing about media: there is no verdict before media has flowed.
  if (loss === null && (trip === null || arrived(window.at(-1)) === 0)) return null;
  const late = receives ? jitter(window) : null;
  // A jitter buffer holds about twice the jitter.
  const rating = ratingFactor((trip ?? 0) / 2 + 2 * (late ?? 0) + fixedDelay, loss ?? 0);
  const sound = rating >= 80 ? 4 : rating >= 70 ? 3 : rating >= 60 ? 2 : 1;
  return receives ? (Math.min(sound, pictureLimit(window)) as QualityBars) : sound;
}

/** Judges each direction over the samples that hold the signal strength: its words stay as long as its bars. */
function weakDirection(recent: readonly (readonly QualitySample[])[]): WeakDirection | undefined {
  const weak = (["sending", "receiving"] as const).filter((direction) =>
    recent.some((samples) => (verdict(samples, direction) ?? 4) < 3),
  );
  return weak.length === 1 ? weak[0] : undefined;
}

/** Limits the signal strength by freezes: one in the window is a flaw, several are poor, half of the time is hard to follow. */
function pictureLimit(window: readonly QualitySample[]): QualityBars {
  const found = freezes(window);
  if (found === null || found.count === 0) return 4;
  if (found.share >= 0.5) return 1;
  return found.share >= 0.2 || found.count > 1 ? 2 : 3;
}

function isNothingArriving(window: readonly QualitySample[]): boolean {
  const last = window.at(-1);
  if (last === undefined || arrived(last) === 0) return false;
  const recent = window.filter(({ at }) => last.at - at <= 2_500);
  const soundStopped =
    span(recent) >= silenceMilliseconds &&
    (soundRise(recent) ?? 1) === 0 &&
    (soundRise(window) ?? 0) > 0 &&
    isStill(recent);
  return soundStopped || (span(window) >= fullWindowMilliseconds && isStill(window));
}

/** Returns `true` without any received packet of media or of the path. */
function isStill(window: readonly QualitySample[]): boolean {
  const path = samePath(window);
  return (
    arrived(window.at(-1)) === arrived(window[0]) &&
    (rise(path, (sample) => sample.path?.bytesReceived) ?? 0) === 0 &&
    (rise(path, (sample) => sample.path?.checksReceived) ?? 0) === 0
  );
}

function arrived(sample: QualitySample | undefined): number {
  return (
    sample?.tracks.reduce((sum, { incoming }) => sum + (incoming?.packetsReceived ?? 0), 0) ?? 0
  );
}

function soundRise(window: readonly QualitySample[]): number | null {
  return rise(window, ({ tracks }) => tracks[0]?.incoming?.packetsReceived);
}

function incomingLoss(window: readonly QualitySample[]): number | null {
  let [lost, received] = [0, 0];
  for (const track of [0, 1, 2, 3] as const) {
    lost += rise(window, ({ tracks }) => tracks[track]?.incoming?.packetsLost) ?? 0;
    received += rise(window, ({ tracks }) => tracks[track]?.incoming?.packetsReceived) ?? 0;
  }
  return lost + received > 0 ? (100 * lost) / (lost + received) : null;
}

/** Returns the loss from the reports of each track, weighted by its sent packets. */
function outgoingLoss(samples: readonly QualitySample[]): number | null {
  const window = lately(samples);
  let [lost, sent] = [0, 0];
  for (const track of [0, 1, 2, 3] as const) {
    const fractions = reports(samples, track).flatMap(({ fractionLost }) =>
      fractionLost === null ? [] : [fractionLost],
    );
    const packets = rise(window, ({ tracks }) => tracks[track]?.outgoing?.packetsSent) ?? 0;
    if (fractions.length === 0 || packets === 0) continue;
    lost += (packets * fractions.reduce((sum, fraction) => sum + fraction, 0)) / fractions.length;
    sent += packets;
  }
  return sent > 0 ? (100 * lost) / sent : null;
}

/** Returns the round trip in milliseconds: from the other side's newest report, or from the path's checks. */
function roundTrip(samples: readonly QualitySample[]): number | null {
  const [newest] = ([0, 1, 2, 3] as const)
    .flatMap((track) => reports(samples, track).slice(-1))
    .filter(({ roundTripTime }) => roundTripTime !== null)
    .sort((one, other) => other.at - one.at);
  const seconds = newest?.roundTripTime ?? samples.at(-1)?.path?.roundTripTime ?? null;
  return seconds === null ? null : seconds * 1000;
}

/** Returns the reports within the window, or the last one shortly before. Reports of unknown age are ignored. */
function reports(
  samples: readonly QualitySample[],
  track: TrackIndex,
): NonNullable<OutgoingCounts["reported"]>[] {
  const end = samples.at(-1)?.at ?? 0;
  const came: {
    readonly reported: NonNullable<OutgoingCounts["reported"]>;
    readonly isLate: boolean;
  }[] = [];
  let before: number | undefined;
  for (const [index, { at, tracks }] of samples.entries()) {
    const reported = tracks[track]?.outgoing?.reported ?? null;
    const isNew = index > 0 && reported?.at !== before && end - at <= reportMilliseconds;
    if (reported !== null && isNew) came.push({ reported, isLate: end - at > windowMilliseconds });
    before = reported?.at;
  }
  const lately = came.filter(({ isLate }) => !isLate);
  return (lately.length > 0 ? lately : came.slice(-1)).map(({ reported }) => reported);
}

function jitter(window: readonly QualitySample[]): number | null {
  const seconds = window.at(-1)?.tracks[0]?.incoming?.jitter ?? null;
  return seconds === null ? null : seconds * 1000;
}

function freezes(
  window: readonly QualitySample[],
): { count: number; share: number; perMinute: number } | null {
  const milliseconds = span(window);
  let known = false;
  let [count, seconds] = [0, 0];
  for (const track of [1, 3] as const) {
    const more = rise(window, ({ tracks }) => tracks[track]?.incoming?.freezeCount);
    known ||= more !== null;
    count += more ?? 0;
    seconds += rise(window, ({ tracks }) => tracks[track]?.incoming?.totalFreezesDuration) ?? 0;
  }
  if (!known) return null;
  return {
    count,
    share: (1000 * seconds) / milliseconds,
    perMinute: (count * 60_000) / milliseconds,
  };
}

/** Returns the rate from the path's bytes, or from the streams' where the path does not count or is new. */
function kbps(
  window: readonly QualitySample[],
  count: "bytesReceived" | "bytesSent",
): number | null {
  const path = samePath(window);
  const ofPath = rise(path, (sample) => sample.path?.[count]);
  if (ofPath !== null) return (8 * ofPath) / span(path);
  let total: number | null = null;
  for (const track of [0, 1, 2, 3] as const) {
    const more = rise(window, ({ tracks }) =>
      count === "bytesReceived"
        ? tracks[track]?.incoming?.bytesReceived
        : tracks[track]?.outgoing?.bytesSent,
    );
    if (more !== null) total = (total ?? 0) + more;
  }
  return total === null ? null : (8 * total) / span(window);
}

/** Returns the increase of a count in a window, at least 0; `null` where it was missing at any time. */
function rise(
  window: readonly QualitySample[],
  read: (sample: QualitySample) => number | null | undefined,
): number | null {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined || first.at >= last.at) return null;
  const [from, to] = [read(first) ?? null, read(last) ?? null];
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** Returns the window with at least two samples, because timers of background pages are slow. */
function lately(samples: readonly QualitySample[]): readonly QualitySample[] {
  const last = samples.at(-1)?.at ?? 0;
  const window = samples.filter(({ at }) => last - at <= windowMilliseconds);
  return window.length < 2 ? samples.slice(-2) : window;
}

/** Returns the part of the window with the present path. */
function samePath(window: readonly QualitySample[]): readonly QualitySample[] {
  const id = window.at(-1)?.path?.id;
  let start = window.length;
  while (start > 0 && window[start - 1]?.path?.id === id) start -= 1;
  return window.slice(start);
}

function span(window: readonly QualitySample[]): number {
  return (window.at(-1)?.at ?? 0) - (window[0]?.at ?? 0);
}

function worse(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** @param parts resolution: 1 for integers, 10 for tenths. */
function rounded(value: number | null, parts = 1): number | null {
  return value === null ? null : Math.round(value * parts) / parts;
}

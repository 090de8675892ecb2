import type { TrackIndex } from "../terms.ts";

/** What was counted of one stream that arrives. W3C `RTCInboundRtpStreamStats`; `null` where the engine does not tell. */
export interface IncomingCounts {
  readonly packetsReceived: number | null;
  /** May go down: a packet that comes late is not lost any more (RFC 3550 A.3). */
  readonly packetsLost: number | null;
  /** Payload, without headers. */
  readonly bytesReceived: number | null;
  /** Seconds, at the moment. */
  readonly jitter: number | null;
  readonly framesDecoded: number | null;
  /** At the moment. */
  readonly framesPerSecond: number | null;
  /** Pixels, at the moment. */
  readonly frameHeight: number | null;
  /** Freezes that are over: an engine counts one when the next picture comes. */
  readonly freezeCount: number | null;
  /** Seconds. */
  readonly totalFreezesDuration: number | null;
}

/** What was counted of one stream that leaves. W3C `RTCOutboundRtpStreamStats`, and what the other side reports of it. */
export interface OutgoingCounts {
  readonly packetsSent: number | null;
  /** Payload, without headers. */
  readonly bytesSent: number | null;
  /** The other side's last RTCP report, W3C `RTCRemoteInboundRtpStreamStats`; `null` before the first. */
  readonly reported: {
    /** Milliseconds, by any clock: tells one report from the next. */
    readonly at: number;
    readonly packetsLost: number | null;
    /** Of the packets since the report before, 0 to 1. */
    readonly fractionLost: number | null;
    /** Seconds. */
    readonly roundTripTime: number | null;
  } | null;
}

/** What was counted on one track; `null` for a direction that has no stream. */
export interface TrackQualityCounts {
  readonly track: TrackIndex;
  readonly incoming: IncomingCounts | null;
  readonly outgoing: OutgoingCounts | null;
}

/** What was counted on the path in use. W3C `RTCIceCandidatePairStats`; `null` where the engine does not tell. */
export interface PathCounts {
  /** The engine's own name of the path, no address. Another path counts from zero. */
  readonly id: string;
  /** With RTP, RTCP and data channel, without UDP and IP headers. */
  readonly bytesReceived: number | null;
  readonly bytesSent: number | null;
  /** Connectivity checks that arrived (RFC 7675 asks for them during the whole call). */
  readonly checksReceived: number | null;
  /** Seconds, of the last connectivity check. */
  readonly roundTripTime: number | null;
  /** Bits per second that congestion control believes to fit. Not in Firefox. */
  readonly availableOutgoingBitrate: number | null;
  readonly relayed: boolean | null;
  /** What leaves this device: `udp`, `tcp`, or `tls` to a relay. */
  readonly protocol: string | null;
}

/** Totals since the call began. */
export interface QualityCounts {
  readonly tracks: readonly TrackQualityCounts[];
  /** `null` where no path is in use. */
  readonly path: PathCounts | null;
}

/** One look at the counters, taken once a second. */
export interface QualitySample extends QualityCounts {
  /** Milliseconds, by a clock that does not go back. */
  readonly at: number;
}

/** 0 nothing arrives · 1 hard to follow · 2 poor · 3 fair · 4 good. */
export type QualityBars = 0 | 1 | 2 | 3 | 4;

/** What the last five seconds were like. A figure is `null` while it is not known; nothing here is guessed. */
export interface QualityReport {
  readonly bars: QualityBars | null;
  readonly roundTripMilliseconds: number | null;
  /** 0 to 100, of the worse direction. */
  readonly lossPercent: number | null;
  /** Of the sound that arrives (RFC 3550). */
  readonly jitterMilliseconds: number | null;
  /** Of the pictures that arrive. */
  readonly freezesPerMinute: number | null;
  readonly incomingKbps: number | null;
  readonly outgoingKbps: number | null;
  readonly relayed: boolean | null;
}

/** What the ladder needs to know of the way out. */
export interface Uplink {
  /** 0 to 100, of what this side sends. */
  readonly lossPercent: number | null;
  readonly roundTripMilliseconds: number | null;
  readonly outgoingKbps: number | null;
  /** What congestion control believes to fit. Not in Firefox. */
  readonly availableKbps: number | null;
  /** Which path, to notice another one. */
  readonly path: string | null;
}

/** How far back figures look. Milliseconds; half a second more, because no timer is exact. */
const windowMilliseconds = 5_500;
/** The other side reports sound every five seconds, give or take a half (RFC 3550 6.2): its last word counts for longer. */
const reportMilliseconds = 10_500;
/** Sound is sent 50 times a second, muted or not: after two seconds without any, nothing arrives. */
const silenceMilliseconds = 1_800;
/** From here on a window is long enough to say that nothing at all has come in it: checks come every 2.5 s. */
const fullWindowMilliseconds = 4_500;
/** Fewer bars at once, more only after so many samples that agree. */
const holdSamples = 3;

/** How many samples to keep for {@link judgeQuality}: a window, and those before it that bars are held against. */
export const qualityWindow = 11 + holdSamples - 1;

/**
 * Judges the last five seconds of a call.
 *
 * Bars come from the E-model's transmission rating R (ITU-T G.107), which joins delay and loss into one figure for
 * sound, by the classes of ITU-T G.109: R ≥ 80 (users satisfied) 4, ≥ 70 (some dissatisfied) 3, ≥ 60 (many dissatisfied) 2, below
 * that 1. A picture that freezes lowers them. They fall at once and rise after three samples that agree.
 *
 * @param samples oldest first, a second apart, {@link qualityWindow} of them where there are so many.
 */
export function judgeQuality(samples: readonly QualitySample[]): QualityReport {
  const window = lately(samples);
  const verdicts = Array.from({ length: Math.min(holdSamples, samples.length) }, (_, back) =>
    verdict(samples.slice(0, samples.length - back)),
  );
  const known = verdicts.filter((bars) => bars !== null);
  const [now = null] = verdicts;
  // What arrives again is shown at once: "nothing arrives" would not be true any more.
  const held = Math.max(1, Math.min(...known)) as QualityBars;
  return {
    bars: now === null || now === 0 ? now : held,
    roundTripMilliseconds: rounded(roundTrip(samples)),
    lossPercent: rounded(worse(incomingLoss(window), outgoingLoss(samples)), 10),
    jitterMilliseconds: rounded(jitter(window)),
    freezesPerMinute: rounded(freezes(window)?.perMinute ?? null),
    incomingKbps: rounded(kbps(window, "bytesReceived")),
    outgoingKbps: rounded(kbps(window, "bytesSent")),
    relayed: samples.at(-1)?.path?.relayed ?? null,
  };
}

/** What the last five seconds say of the way out, for the ladder. */
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
 * The E-model's R, from 0 to 93.2, of sound over a packet network. R = 93.2 − Id − Ie,eff (ITU-T G.107 with its default
 * values). Id, what delay takes, by the fit of Cole and Rosenbluth ("Voice over IP performance monitoring", 2001). Ie,eff, what loss
 * takes, with Ie 0 and Bpl 25.1: G.711 with concealment (ITU-T G.113 Appendix I), which Opus with in-band FEC does not fall behind.
 *
 * @param delay mouth to ear, in milliseconds.
 * @param loss 0 to 100.
 */
export function ratingFactor(delay: number, loss: number): number {
  const delayImpairment = 0.024 * delay + 0.11 * Math.max(0, delay - 177.3);
  const lossImpairment = (95 * loss) / (loss + 25.1);
  return Math.max(0, 93.2 - delayImpairment - lossImpairment);
}

/** A packet of 20 ms, Opus' look-ahead of 6.5 ms, and capture and playback of a few more: RFC 6716 section 2. Milliseconds. */
const fixedDelay = 40;

function verdict(samples: readonly QualitySample[]): QualityBars | null {
  const window = lately(samples);
  if (isNothingArriving(window)) return 0;
  const loss = worse(incomingLoss(window), outgoingLoss(samples));
  const trip = roundTrip(samples);
  // The path's own checks say nothing of a call: there is no verdict before media has passed one way or the other.
  if (loss === null && (trip === null || arrived(window.at(-1)) === 0)) return null;
  // A jitter buffer holds about twice the jitter.
  const rating = ratingFactor((trip ?? 0) / 2 + 2 * (jitter(window) ?? 0) + fixedDelay, loss ?? 0);
  const sound = rating >= 80 ? 4 : rating >= 70 ? 3 : rating >= 60 ? 2 : 1;
  return Math.min(sound, pictureLimit(window)) as QualityBars;
}

/** One freeze in the window is a flaw, several are poor, and a picture that stands half of the time cannot be followed. */
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

/** Whether not a packet came, of media or of anything else that the path counts. */
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

/** By the reports of each track, weighted by what the track has sent. */
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

/** By the newest report of the other side, else by the path's own checks. Milliseconds. */
function roundTrip(samples: readonly QualitySample[]): number | null {
  const [newest] = ([0, 1, 2, 3] as const)
    .flatMap((track) => reports(samples, track).slice(-1))
    .filter(({ roundTripTime }) => roundTripTime !== null)
    .sort((one, other) => other.at - one.at);
  const seconds = newest?.roundTripTime ?? samples.at(-1)?.path?.roundTripTime ?? null;
  return seconds === null ? null : seconds * 1000;
}

/** The reports that came in the window, else the last that came a little before. One whose age is not known does not count. */
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

/** By the path's bytes; by the streams' where the path does not count, or has just come into use. */
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

/** By how much a count rose in a window, never less than 0; `null` where it was not there all the time. */
function rise(
  window: readonly QualitySample[],
  read: (sample: QualitySample) => number | null | undefined,
): number | null {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined || first.at >= last.at) return null;
  const [from, to] = [read(first) ?? null, read(last) ?? null];
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** The window; two samples at least, since timers of a page in the background are slow. */
function lately(samples: readonly QualitySample[]): readonly QualitySample[] {
  const last = samples.at(-1)?.at ?? 0;
  const window = samples.filter(({ at }) => last - at <= windowMilliseconds);
  return window.length < 2 ? samples.slice(-2) : window;
}

/** The end of the window in which the present path was in use. */
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

/** @param parts how fine: 1 for whole numbers, 10 for tenths. */
function rounded(value: number | null, parts = 1): number | null {
  return value === null ? null : Math.round(value * parts) / parts;
}

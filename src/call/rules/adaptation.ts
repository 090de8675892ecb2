import {
  type Adaptation,
  firstPatience,
  type LadderState,
  type PictureLimits,
  type SenderLimits,
} from "../state/adaptation.ts";
import type { CallModel } from "../state/model.ts";
import {
  judgeQuality,
  measureUplink,
  qualityWindow,
  type QualitySample,
  type Uplink,
} from "../state/quality.ts";
import { andThen, sendControl, step, type Step } from "./step.ts";
import { CallError } from "../../errors.ts";

/** Handles a reading of the counters, once a second. */
export function qualitySampled(model: CallModel, sample: QualitySample, now: number): Step {
  return adapt({ ...model, adaptation: withSample(model.adaptation, sample) }, now);
}

/**
 * Applies the limits of network and data saver to the senders, at every sample and when video begins or ends. Sent even if
 * unchanged: an engine in a negotiation applies it the next time.
 */
export function adapt(model: CallModel, now: number): Step {
  const { adaptation, devices, settings } = model;
  if (model.state !== "connected" && model.state !== "reconnecting") return step(model);
  const options = {
    megabytesPerHour: settings.megabytesPerHour ?? null,
    peerBitrate: adaptation.peerBitrate,
    camera: devices.local.camera.state === "on",
    screen: devices.local.screen.state === "on",
    screenSound: devices.local.screen.state === "on",
  };
  const uplink = measureUplink(adaptation.samples);
  const [ladder, rung] = stepLadder(adaptation.ladder, uplink, options, now);
  const limits = senderLimits(rung, options);
  const adapted = { ...adaptation, ladder, rung: rung.name, limits };
  return step({ ...model, adaptation: adapted }, { type: "limit-senders", limits });
}

/** Handles a recovered path. */
export function pathRestored(model: CallModel, now: number): Step {
  return adapt({ ...model, adaptation: afterCut(model.adaptation) }, now);
}

/** Sends this side's data limit, if any: half of the cap is for received media. */
export function sendBitrateLimit(model: CallModel): Step {
  const { megabytesPerHour = null } = model.settings;
  if (megabytesPerHour === null) return step(model);
  const bitsPerSecond = Math.floor(dataSaverBitrate(megabytesPerHour));
  return sendControl(model, { type: "limit", bitsPerSecond });
}

/** Handles the other side's data limit. */
export function limitedByPeer(model: CallModel, peerBitrate: number, now: number): Step {
  return andThen(step({ ...model, adaptation: { ...model.adaptation, peerBitrate } }), (limited) =>
    adapt(limited, now),
  );
}

function withSample(adaptation: Adaptation, sample: QualitySample): Adaptation {
  const samples = [...adaptation.samples, sample].slice(-qualityWindow);
  return { ...adaptation, samples, report: judgeQuality(samples) };
}

/** Resets the ladder: the first seconds after a reconnection show little about the path. */
function afterCut(adaptation: Adaptation): Adaptation {
  return { ...adaptation, ladder: { ...adaptation.ladder, sendingSince: null }, samples: [] };
}

/** A rung: limits of the video that this side sends, and of its audio. */
export interface LadderRung {
  readonly name: "720p30" | "540p30" | "360p24" | "270p15" | "180p10" | "audio-only";
  /** Pixels of the shorter side: an upright phone sends 720 × 1280. 0 without video. */
  readonly maxHeight: number;
  /** 0 without video. */
  readonly maxFramesPerSecond: number;
  /** Video payload in bits per second. 0 without video. */
  readonly maxBitrate: number;
  /** Video payload in bits per second from which this rung looks better than the one below. */
  readonly minBitrate: number;
  /** Audio payload in bits per second. */
  readonly soundBitrate: number;
  /** Payload of the shared screen's audio in bits per second: it may be music. */
  readonly screenSoundBitrate: number;
}

/** Inputs of the ladder other than the network. */
export interface LadderOptions {
  /**
   * Data saver: cap of the whole call in both directions, in megabytes (10⁶ bytes) per hour; `null` for none. A side controls
   * only what it sends, so each direction gets half: see {@link dataSaverBitrate}.
   */
  readonly megabytesPerHour: number | null;
  /** Maximum that the other side wants to receive, bits per second including headers. */
  readonly peerBitrate?: number | null;
  /** Video sources that are on. */
  readonly camera: boolean;
  readonly screen: boolean;
  readonly screenSound: boolean;
}

/**
 * Rungs, the best first. The highest rates are those of libwebrtc (`video/config/simulcast.cc`): 2.5 Mbit/s at 720p, 1.2 at
 * 540p, 0.7 at 360p, less at a lower frame rate. The lowest rate of a rung is slightly below the highest of the next one,
 * where the lower picture becomes better. Audio: 28 to 40 kbit/s is the best range for full-band speech (RFC 7587 section
 * 3.1.1), and 24 kbit/s the lower limit for natural sound. Audio of a screen: 64 to 128 kbit/s is that range for full-band
 * music.
 */
export const ladderRungs: readonly LadderRung[] = [
  rung("720p30", 720, 30, 2_500_000, 1_000_000, 40_000, 128_000),
  rung("540p30", 540, 30, 1_200_000, 600_000, 40_000, 96_000),
  rung("360p24", 360, 24, 700_000, 300_000, 40_000, 64_000),
  rung("270p15", 270, 15, 350_000, 130_000, 32_000, 32_000),
  rung("180p10", 180, 10, 150_000, 50_000, 32_000, 32_000),
  rung("audio-only", 0, 0, 0, 0, 24_000, 24_000),
];

const lowest = ladderRungs.length - 1;

/** Lower limit of the audio rate, bits per second. */
export const minSoundBitrate = 24_000;

/**
 * Overhead of audio in bits per second. Each of 50 packets has about 100 bytes of IP, UDP, RTP with extensions, SRTP tag and
 * SFrame (RFC 8200, 768, 3550, 3711, 9605).
 */
const soundOverhead = 50 * 100 * 8;
/** The same 100 bytes per packet of about 1,100, RTCP, and some retransmissions. */
const pictureOverhead = 1.15;

/** Loss at which congestion control slows down, too (draft-ietf-rmcat-gcc-02 section 6). Percent. */
const badLoss = 10;
/** Loss at which two rungs are skipped. Percent. */
const heavyLoss = 20;
/** Loss up to which a higher rung is allowed. Percent. */
const goodLoss = 5;
/** A queue: the round trip is twice that without a queue, and longer by this. Milliseconds. */
const badQueue = 150;
const badMilliseconds = 2_000;
/**
 * Minimum duration of a small estimate. After congestion, congestion control undershoots (in Chromium to 90 kbit/s where 600
 * fit) and takes seconds to recover, while the encoder adapts by itself. Milliseconds.
 */
const shortMilliseconds = 6_000;
/** Waiting time after a step, while earlier figures are still in the window. Milliseconds. */
const settleMilliseconds = 4_000;
/** Waiting time at the start: congestion control begins at 300 kbit/s and probes. Milliseconds. */
const startMilliseconds = 5_000;
/** Longest waiting time for a higher rung after failed attempts. Milliseconds. */
const longestPatience = 128_000;
/** Time after which an attempted rung counts as held. Milliseconds. */
const trialMilliseconds = 20_000;

/**
 * Advances the ladder by one sample, once a second. Down after two bad seconds (loss, or a growing queue), or six with an
 * estimate too small for the rung. Down to audio only where the lowest video does not fit. Up by one rung after a good period,
 * which doubles with each failed attempt.
 *
 * @param now milliseconds of a monotonic clock.
 * @returns the next state, and the rung to send within the data saver.
 */
export function stepLadder(
  state: LadderState,
  uplink: Uplink,
  options: LadderOptions,
  now: number,
): readonly [LadderState, LadderRung] {
  const ceiling = highestRung(options);
  const isSending = options.camera || options.screen;
  const felt = feelPath(state, uplink, now);
  const next = isSending
    ? judge({ ...felt, sendingSince: felt.sendingSince ?? now }, uplink, options, ceiling, now)
    : // The capacity for video that is not sent is unknown: the next video starts at least at the lowest rung.
      {
        ...felt,
        rung: Math.min(felt.rung, lowest - 1),
        badSince: null,
        goodSince: null,
        short: null,
        sendingSince: null,
        triedAt: null,
      };
  const shown = capped(Math.max(next.rung, ceiling), options);
  const isSaving = shown.maxBitrate < rungAt(0).maxBitrate;
  const reason = next.rung > ceiling ? "network" : isSaving ? "data-saver" : null;
  return [{ ...next, reason: isSending ? reason : null }, shown];
}

/**
 * Returns the limit of one direction under the data saver: half of the cap, with headers. A side does not control what the
 * other one sends. The cap holds where the other side receives this as `peerBitrate`. Audio is never limited below
 * {@link minSoundBitrate}: with headers 64 kbit/s in each direction, 58 MB per hour.
 *
 * @returns bits per second.
 */
export function dataSaverBitrate(megabytesPerHour: number): number {
  return (megabytesPerHour * 8_000_000) / 3600 / 2;
}

/** Returns the rate on the wire of all active senders, including headers. Bits per second. */
export function wireBitrate(
  limits: SenderLimits,
  { camera, screen, screenSound }: Omit<LadderOptions, "megabytesPerHour">,
): number {
  const picture =
    (camera ? (limits.camera?.maxBitrate ?? 0) : 0) +
    (screen ? (limits.screen?.maxBitrate ?? 0) : 0);
  const sound = limits.microphone.maxBitrate + soundOverhead;
  return (
    sound +
    (screenSound ? limits.screenSound.maxBitrate + soundOverhead : 0) +
    picture * pictureOverhead
  );
}

/**
 * Distributes a rung among the senders. Beside a screen the camera is a small picture: it gets a quarter, or nothing where a
 * quarter is too little. A screen keeps its size for sharp text, and drops frames instead.
 */
export function senderLimits(
  of: LadderRung,
  { camera, screen }: Pick<LadderOptions, "camera" | "screen">,
): SenderLimits {
  const sounds = {
    microphone: { maxBitrate: of.soundBitrate },
    screenSound: { maxBitrate: of.screenSoundBitrate },
  };
  if (of.maxBitrate === 0) return { ...sounds, camera: null, screen: null };
  const { maxFramesPerSecond, maxBitrate } = of;
  if (!screen)
    return { ...sounds, camera: pick(of, maxBitrate), screen: { maxFramesPerSecond, maxBitrate } };
  const share = Math.floor(maxBitrate / 4);
  const small = ladderRungs.find(
    ({ maxHeight, minBitrate }) =>
      maxHeight > 0 && maxHeight <= Math.min(270, of.maxHeight) && minBitrate <= share,
  );
  const smallCamera = small === undefined ? null : pick(small, Math.min(share, small.maxBitrate));
  const taken = camera ? (smallCamera?.maxBitrate ?? 0) : 0;
  return {
    ...sounds,
    camera: smallCamera,
    screen: { maxFramesPerSecond, maxBitrate: maxBitrate - taken },
  };
}

function judge(
  state: LadderState,
  uplink: Uplink,
  options: LadderOptions,
  ceiling: number,
  now: number,
): LadderState {
  const at = Math.max(state.rung, ceiling);
  const isSettling = state.steppedAt !== null && now - state.steppedAt < settleMilliseconds;
  const isStarting = now - (state.sendingSince ?? now) < startMilliseconds;
  const available = estimate(uplink, 0.7);
  const fits = (index: number, kbps: number) => kbps * 1000 >= needOf(index, options);
  const loss = uplink.lossPercent ?? 0;
  const isQueueing =
    (uplink.roundTripMilliseconds ?? 0) > 2 * (state.baseRoundTrip ?? Infinity) + badQueue;
  const isBad = !isStarting && (loss > badLoss || isQueueing);
  // Nothing can be reduced below the lowest rung.
  const isShort = !isStarting && at < lowest && !fits(at, available);
  const isGood =
    !isStarting && !isBad && !isShort && uplink.lossPercent !== null && loss <= goodLoss;
  const badSince = isBad && !isSettling ? (state.badSince ?? now) : null;
  const goodSince = isGood ? (state.goodSince ?? now) : null;
  const short = isShort
    ? { since: state.short?.since ?? now, best: Math.max(state.short?.best ?? 0, available) }
    : null;
  const looked = rememberHeld({ ...state, badSince, goodSince, short }, now);
  const isBadForLong = badSince !== null && now - badSince >= badMilliseconds;
  const isShortForLong = short !== null && now - short.since >= shortMilliseconds;
  if ((isBadForLong || isShortForLong) && at < lowest) {
    const isFailedTry = looked.triedAt !== null;
    // Returns to the rung before an attempt. Otherwise one rung down, two with heavy loss, and as far as the best estimate
    // requires.
    let to = Math.min(lowest, at + (isBadForLong && loss > heavyLoss && !isFailedTry ? 2 : 1));
    while (isShortForLong && to < lowest && !fits(to, short.best)) to += 1;
    const failed = { failedRung: at, patience: Math.min(longestPatience, 2 * looked.patience) };
    return stepTo(looked, to, now, { triedAt: null, ...(isFailedTry ? failed : {}) });
  }
  const above = state.rung - 1;
  const wait =
    looked.failedRung !== null && above <= looked.failedRung ? looked.patience : firstPatience;
  const isPromising = above >= 0 && fits(above, estimate(uplink, 0.55) / 1.2);
  // An estimate does not grow while little is sent: it is tested after four times the waiting time.
  if (
    goodSince !== null &&
    above >= ceiling &&
    now - goodSince >= (isPromising ? wait : 4 * wait)
  ) {
    return stepTo(looked, above, now, { triedAt: now });
  }
  return looked;
}

/** Forgets an attempt that has held, and a failed rung that is reached again. */
function rememberHeld(state: LadderState, now: number): LadderState {
  if (state.triedAt === null || now - state.triedAt < trialMilliseconds) return state;
  const isBeyond = state.failedRung !== null && state.rung <= state.failedRung;
  return {
    ...state,
    triedAt: null,
    ...(isBeyond ? { failedRung: null, patience: firstPatience } : {}),
  };
}

function stepTo(
  state: LadderState,
  to: number,
  now: number,
  change: Partial<LadderState>,
): LadderState {
  return {
    ...state,
    ...change,
    rung: to,
    steppedAt: now,
    badSince: null,
    goodSince: null,
    short: null,
  };
}

/**
 * Returns the estimate of congestion control in kbit/s, unlimited where the call uses less than a share of it: unused capacity
 * is not probed. In Chromium a call that fills its estimate measures 0.6 to 0.9 of it here, because IP headers are not counted.
 */
function estimate({ availableKbps, outgoingKbps }: Uplink, share: number): number {
  const isFilled =
    availableKbps !== null && (outgoingKbps === null || outgoingKbps > share * availableKbps);
  return isFilled ? availableKbps : Infinity;
}

/** Returns the minimum rate of a rung on the wire. Bits per second. */
function needOf(index: number, options: LadderOptions): number {
  const { minBitrate, maxBitrate, soundBitrate, screenSoundBitrate } = capped(index, options);
  return (
    soundBitrate +
    soundOverhead +
    (options.screenSound ? screenSoundBitrate + soundOverhead : 0) +
    Math.min(minBitrate, maxBitrate) * pictureOverhead
  );
}

/**
 * Follows the shortest round trip of the path. It rises slowly, because a path may become longer under the same id. At the
 * start it is the last value: reports of the previous path still arrive.
 */
function feelPath(
  state: LadderState,
  { roundTripMilliseconds: seen, path }: Uplink,
  now: number,
): LadderState {
  const sendingSince = path === state.path ? state.sendingSince : null;
  const old = state.baseRoundTrip;
  const isStarting = sendingSince === null || now - sendingSince < startMilliseconds;
  if (seen === null || old === null || isStarting)
    return { ...state, path, sendingSince, baseRoundTrip: seen ?? old };
  return {
    ...state,
    path,
    sendingSince,
    baseRoundTrip: Math.min(seen, old + 0.02 * Math.max(0, seen - old)),
  };
}

/** Returns the video budget under the data savers of both sides; `null` without one. Bits per second. */
function pictureBudget({
  megabytesPerHour,
  peerBitrate = null,
  screenSound,
}: LadderOptions): number | null {
  if (megabytesPerHour === null && peerBitrate === null) return null;
  const own = megabytesPerHour === null ? Infinity : dataSaverBitrate(megabytesPerHour);
  const sound = (minSoundBitrate + soundOverhead) * (screenSound ? 2 : 1);
  return Math.max(
    0,
    Math.floor((Math.min(own, peerBitrate ?? Infinity) - sound) / pictureOverhead),
  );
}

/** Returns the highest rung within the data saver. */
function highestRung(options: LadderOptions): number {
  const budget = pictureBudget(options) ?? Infinity;
  return ladderRungs.findIndex(({ minBitrate }) => minBitrate <= budget);
}

/** Returns a rung within the data saver, which also reduces audio to its minimum. */
function capped(index: number, options: LadderOptions): LadderRung {
  const of = rungAt(index);
  const budget = pictureBudget(options);
  if (budget === null) return of;
  const sounds = { soundBitrate: minSoundBitrate, screenSoundBitrate: minSoundBitrate };
  return { ...of, ...sounds, maxBitrate: Math.min(of.maxBitrate, budget) };
}

function pick({ maxHeight, maxFramesPerSecond }: LadderRung, maxBitrate: number): PictureLimits {
  return { maxHeight, maxFramesPerSecond, maxBitrate };
}

function rung(
  name: LadderRung["name"],
  maxHeight: number,
  maxFramesPerSecond: number,
  maxBitrate: number,
  minBitrate: number,
  soundBitrate: number,
  screenSoundBitrate: number,
): LadderRung {
  return {
    name,
    maxHeight,
    maxFramesPerSecond,
    maxBitrate,
    minBitrate,
    soundBitrate,
    screenSoundBitrate,
  };
}

function rungAt(index: number): LadderRung {
  const found = ladderRungs[index];
  if (found === undefined) throw new CallError("internal", "The ladder has no such rung.");
  return found;
}

import { CallError } from "../../errors.ts";
import {
  firstPatience,
  type LadderState,
  type PictureLimits,
  type SenderLimits,
} from "./adaptation.ts";
import type { Uplink } from "./quality.ts";

/** One rung: how much of a picture this side sends, and the sound beside it. */
export interface LadderRung {
  readonly name: "720p30" | "540p30" | "360p24" | "270p15" | "180p10" | "audio-only";
  /** Pixels, of the picture's shorter side: a phone held upright sends 720 × 1280. 0 for no picture. */
  readonly maxHeight: number;
  /** 0 for no picture. */
  readonly maxFramesPerSecond: number;
  /** Of the picture, bits per second of payload. 0 for no picture. */
  readonly maxBitrate: number;
  /** From here on this rung looks better than the one below it, bits per second of payload. */
  readonly minBitrate: number;
  /** Of the sound, bits per second of payload. */
  readonly soundBitrate: number;
}

/** What the ladder goes by beside the network. */
export interface LadderOptions {
  /**
   * The data saver: the cap of the whole call, both directions, in megabytes (10⁶ bytes) an hour; `null` for none. One side
   * decides only what it sends itself, so each direction is given half: see {@link dataSaverBitrate}.
   */
  readonly megabytesPerHour: number | null;
  /** The other side's wish: what may be sent to it, bits per second with all headers. */
  readonly peerBitrate?: number | null;
  /** What is being sent beside the microphone. */
  readonly camera: boolean;
  readonly screen: boolean;
  readonly screenSound: boolean;
}

/**
 * The rungs, the best first. The highest rates are what Chromium's engine gives such a picture by itself (libwebrtc,
 * `video/config/simulcast.cc`: 2.5 Mbit/s at 720p, 1.2 at 540p, 0.7 at 360p) or less where the frame rate is lower. The lowest rate
 * of a rung is a little under the highest of the one below: from there on the lower picture would be the better one. Sound: 28 to 40
 * kbit/s is the best range for full-band speech (RFC 7587 section 3.1.1), and 24 kbit/s the least that still sounds like a room.
 */
export const ladderRungs: readonly LadderRung[] = [
  rung("720p30", 720, 30, 2_500_000, 1_000_000, 40_000),
  rung("540p30", 540, 30, 1_200_000, 600_000, 40_000),
  rung("360p24", 360, 24, 700_000, 300_000, 40_000),
  rung("270p15", 270, 15, 350_000, 130_000, 32_000),
  rung("180p10", 180, 10, 150_000, 50_000, 32_000),
  rung("audio-only", 0, 0, 0, 0, 24_000),
];

const lowest = ladderRungs.length - 1;

/** The least that sound is cut to, bits per second. */
export const minSoundBitrate = 24_000;

/**
 * What the network carries beside the payload of sound: 50 packets a second with about 100 bytes each of IP, UDP, RTP with
 * extensions, SRTP tag and SFrame (RFC 8200, 768, 3550, 3711, 9605). Bits per second.
 */
const soundOverhead = 50 * 100 * 8;
/** The same 100 bytes beside packets of about 1,100, RTCP, and some retransmissions. */
const pictureOverhead = 1.15;

/** From this loss congestion control goes down, too (draft-ietf-rmcat-gcc-02 section 6). Percent. */
const badLoss = 10;
/** Too much for one rung to cure. Percent. */
const heavyLoss = 20;
/** Up to here the way up is open. Percent. */
const goodLoss = 5;
/** A queue: the round trip is twice what it was without one, and this much longer. Milliseconds. */
const badQueue = 150;
const badMilliseconds = 2_000;
/**
 * An estimate must be too small for longer: after a jam congestion control undershoots by far (in Chromium to 90 kbit/s where 600 fit)
 * and takes seconds to come back, while the encoder makes do by itself. Milliseconds.
 */
const shortMilliseconds = 6_000;
/** After a step the figures of before are still in the window of the next ones. Milliseconds. */
const settleMilliseconds = 4_000;
/** Congestion control begins at 300 kbit/s and finds out by trying: it is left alone for so long. Milliseconds. */
const startMilliseconds = 5_000;
/** The longest wait for a better rung, after tries that failed. Milliseconds. */
const longestPatience = 128_000;
/** A rung that was tried from below has held after this time. Milliseconds. */
const trialMilliseconds = 20_000;

/**
 * One look, once a second. Down after two bad seconds (loss, or a growing queue) or six with an estimate in which the rung does
 * not fit; to audio only where the lowest picture is too much. Up by one rung after a good time, which doubles each time that a try has failed.
 *
 * @param now milliseconds, by a clock that does not go back.
 * @returns the next state, and the rung to send, its rate within the data saver's.
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
    : // Nothing is known of the room for a picture that is not sent: the next one begins with the lowest at least.
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
 * What one direction may use under the data saver: half of the cap each, with all headers, since one side has no hand in what
 * the other sends. The cap of the call holds where the other side is told this as `peerBitrate`. Sound is never cut below
 * {@link minSoundBitrate}: with headers that is 64 kbit/s each way, 58 MB an hour; a lower cap cannot be kept.
 *
 * @returns bits per second.
 */
export function dataSaverBitrate(megabytesPerHour: number): number {
  return (megabytesPerHour * 8_000_000) / 3600 / 2;
}

/** What the senders that have something to send cost the network, all headers included. Bits per second. */
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
 * Shares a rung among the senders. Beside a screen the camera is a small picture in a column: it gets a quarter, and nothing
 * where that is too little. A screen keeps its size, since letters must stay sharp, and gives up frames instead.
 */
export function senderLimits(
  of: LadderRung,
  { camera, screen }: Pick<LadderOptions, "camera" | "screen">,
): SenderLimits {
  const sounds = {
    microphone: { maxBitrate: of.soundBitrate },
    screenSound: { maxBitrate: of.soundBitrate },
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
  const beside = small === undefined ? null : pick(small, Math.min(share, small.maxBitrate));
  const taken = camera ? (beside?.maxBitrate ?? 0) : 0;
  return {
    ...sounds,
    camera: beside,
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
  // Below the lowest rung there is nothing to make room with.
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
    // Back to where a try came from; else by one, and by two from heavy loss; and as far as the best estimate says.
    let to = Math.min(lowest, at + (isBadForLong && loss > heavyLoss && !isFailedTry ? 2 : 1));
    while (isShortForLong && to < lowest && !fits(to, short.best)) to += 1;
    const failed = { failedRung: at, patience: Math.min(longestPatience, 2 * looked.patience) };
    return stepTo(looked, to, now, { triedAt: null, ...(isFailedTry ? failed : {}) });
  }
  const above = state.rung - 1;
  const wait =
    looked.failedRung !== null && above <= looked.failedRung ? looked.patience : firstPatience;
  const isPromising = above >= 0 && fits(above, estimate(uplink, 0.55) / 1.2);
  // An estimate does not grow by itself where little is sent: after four times the wait it is put to the test.
  if (
    goodSince !== null &&
    above >= ceiling &&
    now - goodSince >= (isPromising ? wait : 4 * wait)
  ) {
    return stepTo(looked, above, now, { triedAt: now });
  }
  return looked;
}

/** A try that has lasted is none any more; and where the rung is the one that failed before, or a better one, that is forgotten. */
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
 * What congestion control believes to fit, in kbit/s; without limit where the call uses less than a share of it: what nobody asks
 * for is not found out. In Chromium a call that fills its estimate measures 0.6 to 0.9 of it here, since IP headers are not counted.
 */
function estimate({ availableKbps, outgoingKbps }: Uplink, share: number): number {
  const isFilled =
    availableKbps !== null && (outgoingKbps === null || outgoingKbps > share * availableKbps);
  return isFilled ? availableKbps : Infinity;
}

/** The least that a rung needs on the wire. Bits per second. */
function needOf(index: number, options: LadderOptions): number {
  const { minBitrate, maxBitrate, soundBitrate } = capped(index, options);
  const sound = soundBitrate + soundOverhead;
  return sound * (options.screenSound ? 2 : 1) + Math.min(minBitrate, maxBitrate) * pictureOverhead;
}

/**
 * Follows the shortest round trip of the path; slowly up, since a path may become a longer one under the same name. At the start it is
 * the last one: the reports of the path before are still coming.
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

/** What is left for pictures under the data saver of this side and of the other; `null` without one. Bits per second. */
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

/** The highest rung within the data saver. */
function highestRung(options: LadderOptions): number {
  const budget = pictureBudget(options) ?? Infinity;
  return ladderRungs.findIndex(({ minBitrate }) => minBitrate <= budget);
}

/** A rung within the data saver: the saver takes the sound to its least, too. */
function capped(index: number, options: LadderOptions): LadderRung {
  const of = rungAt(index);
  const budget = pictureBudget(options);
  if (budget === null) return of;
  return { ...of, maxBitrate: Math.min(of.maxBitrate, budget), soundBitrate: minSoundBitrate };
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
): LadderRung {
  return { name, maxHeight, maxFramesPerSecond, maxBitrate, minBitrate, soundBitrate };
}

function rungAt(index: number): LadderRung {
  const found = ladderRungs[index];
  if (found === undefined)
    throw new CallError("internal", "A rung was asked for that the ladder does not have.");
  return found;
}

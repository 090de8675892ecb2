import type { PictureLimits, SenderLimits } from "../../call/state/adaptation.ts";
import type { TransportCounts } from "./counts.ts";

/** Senders of the four media sections; a foreign side may lack some. */
export interface LimitedSenders {
  readonly microphone: RTCRtpSender | undefined;
  readonly camera: RTCRtpSender | undefined;
  readonly screenSound?: RTCRtpSender | undefined;
  readonly screen: RTCRtpSender | undefined;
}

/** Wanted parameters of one encoding. W3C `RTCRtpEncodingParameters`; engines ignore unknown fields. */
type Wanted = Pick<
  RTCRtpEncodingParameters,
  "active" | "maxBitrate" | "maxFramerate" | "scaleResolutionDownBy"
> & {
  readonly priority?: RTCPriorityType;
  readonly networkPriority?: RTCPriorityType;
};

/** Absent in TypeScript's DOM library: W3C "MediaStreamTrack Content Hints" section 5, in Chromium since 123 and in Firefox. */
interface SendParameters extends RTCRtpSendParameters {
  degradationPreference?: "maintain-framerate" | "maintain-resolution" | "balanced";
}

/**
 * Degradation of video that exceeds its rung. Camera: the size, because the rung limits frames already, and "balanced" drops
 * more (Chromium: 7 per second at 180p). Screen: the frames, for sharp text.
 */
type Degradation = NonNullable<SendParameters["degradationPreference"]>;

/** Divisor of a camera's size at its start. */
const smallStart = 4;
/** Pixels of the shorter side below which no camera starts: the lowest rung's. */
const smallestHeight = 180;

/** Pending work of a sender: the second of two concurrent changes fails (W3C WebRTC section 5.2, `setParameters`). */
const queues = new WeakMap<RTCRtpSender, Promise<void>>();
/** Last parameters of a sender: setting the same again would reconfigure the encoder. */
const current = new WeakMap<RTCRtpSender, string>();

/**
 * Applies the limits of the senders. Never throws, and may be called at any rate. A refused change, such as during a
 * negotiation, is retried at the next call. Call it again when a track has changed, because its height matters.
 *
 * @returns a promise that resolves once every sender has accepted or refused its limits.
 */
export async function limitSenders(senders: LimitedSenders, limits: SenderLimits): Promise<void> {
  const { microphone, camera, screenSound, screen } = senders;
  await Promise.all([
    microphone && enqueue(microphone, () => ofSound(limits.microphone.maxBitrate, "high")),
    camera &&
      enqueue(camera, () => ofPicture(camera.track, limits.camera, "low"), "maintain-framerate"),
    screenSound && enqueue(screenSound, () => ofSound(limits.screenSound.maxBitrate, "low")),
    screen &&
      enqueue(screen, () => ofPicture(screen.track, limits.screen, "low"), "maintain-resolution"),
  ]);
}

/**
 * Makes a sender ready for a camera that starts small, before it has the track. Never throws, as {@link limitSenders}.
 *
 * @param track the camera's track; `null` where it is still to be opened.
 * @param limits limits of the camera; `null` where there are none yet.
 */
export async function startSmall(
  sender: RTCRtpSender,
  track: MediaStreamTrack | null,
  limits: PictureLimits | null,
): Promise<void> {
  await enqueue(
    sender,
    () => {
      const wanted = limits ? ofPicture(track, limits, "low") : { active: true };
      const scale = Math.min(smallStart, shorterSide(track) / smallestHeight);
      const limited = wanted.scaleResolutionDownBy ?? 1;
      return { ...wanted, scaleResolutionDownBy: Math.max(1, scale, limited) };
    },
    limits ? "maintain-framerate" : undefined,
  );
}

/** Ends a small start where there are no limits to follow it. Never throws. */
export async function startFull(sender: RTCRtpSender): Promise<void> {
  await enqueue(sender, () => ({ active: true, scaleResolutionDownBy: 1 }));
}

function ofSound(maxBitrate: number, priority: RTCPriorityType): Wanted {
  return { active: true, maxBitrate, priority, networkPriority: priority };
}

function ofPicture(
  track: MediaStreamTrack | null,
  limits: PictureLimits | Omit<PictureLimits, "maxHeight"> | null,
  priority: RTCPriorityType,
): Wanted {
  if (limits === null) return { active: false, priority, networkPriority: priority };
  const { maxBitrate, maxFramesPerSecond: maxFramerate } = limits;
  // A track without a size is limited by bit rate only.
  const scale = "maxHeight" in limits ? shorterSide(track) / limits.maxHeight : 1;
  const scaleResolutionDownBy = Number.isFinite(scale) ? Math.max(1, scale) : 1;
  return {
    active: true,
    maxBitrate,
    maxFramerate,
    scaleResolutionDownBy,
    priority,
    networkPriority: priority,
  };
}

/** An upright phone gives 720 × 1280. Infinity where the track does not report its size. */
function shorterSide(track: MediaStreamTrack | null): number {
  const { width, height } = track?.getSettings() ?? {};
  return Math.min(width ?? Infinity, height ?? Infinity);
}

function enqueue(
  sender: RTCRtpSender,
  want: () => Wanted,
  degradation?: Degradation,
): Promise<void> {
  const work = (queues.get(sender) ?? Promise.resolve()).then(() =>
    apply(sender, want, degradation),
  );
  queues.set(sender, work);
  return work;
}

async function apply(
  sender: RTCRtpSender,
  want: () => Wanted,
  degradation: Degradation | undefined,
): Promise<void> {
  try {
    const wanted = want();
    const asked = JSON.stringify(wanted);
    // A camera that was made small while it rang: to read it would block the page, and hold its first picture up.
    if (!(degradation ?? wanted.maxBitrate) && current.get(sender) === asked) return;
    const parameters: SendParameters = sender.getParameters();
    const [encoding] = parameters.encodings;
    // Empty before the first negotiation in some engines.
    if (encoding === undefined) return;
    // Engines may reset parameters at a rollback.
    const { active, maxBitrate = encoding.maxBitrate } = wanted;
    if (
      encoding.active === active &&
      encoding.maxBitrate === maxBitrate &&
      current.get(sender) === asked
    )
      return;
    Object.assign(encoding, wanted);
    if (degradation !== undefined) parameters.degradationPreference = degradation;
    await sender.setParameters(parameters);
    current.set(sender, asked);
  } catch {
    // A negotiation interfered, or the sender is stopped. The next reading retries.
    current.delete(sender);
  }
}

/** Sent frames after which the first ones are through. */
const firstFrames = 5;
/**
 * Share of the wanted bit rate that the engine must expect of the path. The key frame of the full size waits for it. At the
 * first estimate (300 kbit/s in Chromium) the engine would reduce the picture for seconds. 1 of 2.5 Mbit/s is the lowest rate
 * of the highest rung.
 */
const enough = 0.4;
/** Bit rate without limits: that of the highest rung. */
const usualBitrate = 2_500_000;
/** Readings, twice a second, after which the ladder knows the path: eight seconds. */
const patience = 16;

/** A reading of the counters. */
export interface SentReading {
  /** Frames that the camera's sender has sent. */
  readonly left: number;
  /** Estimate of congestion control in bit/s; `null` where the engine has none. */
  readonly available: number | null;
}

/**
 * Decides when a camera is sent at a part of its size. The encoder is made for its first frame, which is decoded
 * sooner if it is small. A sender whose track is only exchanged, as by a flip, has its encoder already.
 */
export class SmallStart {
  /** `away`: no track is sent, and at the last reading there was none. */
  #stage: "away" | "small" | "full" = "away";
  /** Frames sent before this camera. */
  #before = 0;
  #readings = 0;

  get isSmall(): boolean {
    return this.#stage === "small";
  }

  /** Call it before a camera is placed. @returns `true` where it is to begin small. */
  begin(): boolean {
    if (this.#stage === "away") this.#stage = "small";
    this.#readings = 0;
    return this.isSmall;
  }

  /** Ends the small start, for other reasons than its frames. @returns `true` where it was small. */
  end(): boolean {
    const { isSmall } = this;
    this.#stage = "full";
    return isSmall;
  }

  /** A reading without a camera. */
  rest({ left }: Pick<SentReading, "left">): void {
    this.#stage = "away";
    this.#before = left;
  }

  /**
   * A reading with a camera.
   *
   * @param maxBitrate limit that waits for the camera, bit/s; `null` for none yet.
   * @returns `true` where the full size is to follow now.
   */
  read({ left, available }: SentReading, maxBitrate: number | null): boolean {
    if (!this.isSmall || left - this.#before < firstFrames) return false;
    this.#readings += 1;
    const isEnough = available === null || available >= enough * (maxBitrate ?? usualBitrate);
    return (isEnough || this.#readings >= patience) && this.end();
  }
}

/** W3C WebRTC Extensions, section 5.2: options of `setParameters` per encoding. Absent in TypeScript's DOM library. */
interface KeyFrameSender {
  setParameters(
    parameters: RTCRtpSendParameters,
    options: { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] },
  ): Promise<void>;
}

/**
 * Sends key frames when the path is back after silence. Later pictures depend on lost ones, and the other side's engine
 * requests a key frame late (after three seconds in Chromium 156). The first received packet shows this side that the path is
 * back.
 */
export class KeyFrames {
  #arrived = 0;
  #isSilent = false;

  /**
   * Call it with each reading of the counters.
   *
   * @param counts received units of each track.
   * @param senders video senders.
   */
  check(
    counts: readonly Pick<TransportCounts, "arrived">[],
    senders: readonly (RTCRtpSender | undefined)[],
  ): void {
    const arrived = counts.reduce((sum, count) => sum + count.arrived, 0);
    const isSilent = arrived === this.#arrived;
    const isBack = this.#isSilent && !isSilent;
    this.#arrived = arrived;
    this.#isSilent = isSilent && arrived > 0;
    if (isBack) sendKeyFrames(senders);
  }
}

/**
 * Requests key frames from the encoders. Engines without support (Firefox 153) ignore it: the worker asks there
 * (src/crypto/frames/frame-pipeline.ts).
 */
function sendKeyFrames(senders: readonly (RTCRtpSender | undefined)[]): void {
  for (const sender of senders) {
    if (!sender?.track) continue;
    const parameters = sender.getParameters();
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
    // Refused during a negotiation or another change: the other side's own request follows.
    void (sender as KeyFrameSender)
      .setParameters(parameters, { encodingOptions })
      .catch(() => undefined);
  }
}

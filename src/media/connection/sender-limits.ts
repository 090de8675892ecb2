import type { PictureLimits, SenderLimits } from "../../call/state/adaptation.ts";

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
    ...(microphone
      ? [enqueue(microphone, () => ofSound(limits.microphone.maxBitrate, "high"))]
      : []),
    ...(camera
      ? [enqueue(camera, () => ofPicture(camera.track, limits.camera, "low"), "maintain-framerate")]
      : []),
    ...(screenSound
      ? [enqueue(screenSound, () => ofSound(limits.screenSound.maxBitrate, "low"))]
      : []),
    ...(screen
      ? [
          enqueue(
            screen,
            () => ofPicture(screen.track, limits.screen, "low"),
            "maintain-resolution",
          ),
        ]
      : []),
  ]);
}

/**
 * Makes a sender ready for a camera that starts small, before it has the track. Never throws, as {@link limitSenders}.
 *
 * @param limits limits of the camera; `null` where there are none yet.
 */
export async function startSmall(
  sender: RTCRtpSender,
  track: MediaStreamTrack,
  limits: PictureLimits | null,
): Promise<void> {
  await enqueue(
    sender,
    () => {
      const wanted = limits ? ofPicture(track, limits, "low") : { active: true };
      const shorter = shorterSide(track);
      const scale = Number.isFinite(shorter)
        ? Math.min(smallStart, shorter / smallestHeight)
        : smallStart;
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

/** An upright phone gives 720 × 1280. Infinity where the track does not tell its size. */
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

import type { PictureLimits, SenderLimits } from "../../call/state/adaptation.ts";

/** The senders of a call's four media sections; a foreign side may lack some. */
export interface LimitedSenders {
  readonly microphone: RTCRtpSender | undefined;
  readonly camera: RTCRtpSender | undefined;
  readonly screenSound?: RTCRtpSender | undefined;
  readonly screen: RTCRtpSender | undefined;
}

/** What is wanted of one encoding. W3C `RTCRtpEncodingParameters`; a field that an engine does not know is ignored by it. */
type Wanted = Pick<
  RTCRtpEncodingParameters,
  "active" | "maxBitrate" | "maxFramerate" | "scaleResolutionDownBy"
> & {
  readonly priority: RTCPriorityType;
  readonly networkPriority: RTCPriorityType;
};

/** Not in TypeScript's DOM library: W3C "MediaStreamTrack Content Hints" section 5, in Chromium since 123 and in Firefox. */
interface SendParameters extends RTCRtpSendParameters {
  degradationPreference?: "maintain-framerate" | "maintain-resolution" | "balanced";
}

/**
 * What gives way where a picture does not fit in its rung: of a face the size, since the rung has taken frames already and "balanced"
 * takes more (Chromium: 7 a second at 180p); of a screen the frames, never the letters.
 */
type Degradation = NonNullable<SendParameters["degradationPreference"]>;

/** Work under way on a sender: two changes at the same time make the second one fail (W3C WebRTC section 5.2, `setParameters`). */
const queues = new WeakMap<RTCRtpSender, Promise<void>>();
/** What a sender was last set to: asking an engine for the same again costs it a reconfiguration of the encoder. */
const current = new WeakMap<RTCRtpSender, string>();

/**
 * Holds the senders to their limits. Never throws, and may be called as often as one likes: what an engine refuses at the moment (a
 * negotiation is under way) is tried again at the next call. Call it again when a track has changed: its height counts.
 *
 * @returns once every sender has taken its limits or refused them.
 */
export async function limitSenders(senders: LimitedSenders, limits: SenderLimits): Promise<void> {
  const { microphone, camera, screenSound, screen } = senders;
  await Promise.all([
    ...(microphone
      ? [enqueue(microphone, () => ofSound(limits.microphone.maxBitrate, "high"))]
      : []),
    ...(camera
      ? [enqueue(camera, () => ofPicture(camera, limits.camera, "low"), "maintain-framerate")]
      : []),
    ...(screenSound
      ? [enqueue(screenSound, () => ofSound(limits.screenSound.maxBitrate, "low"))]
      : []),
    ...(screen
      ? [enqueue(screen, () => ofPicture(screen, limits.screen, "low"), "maintain-resolution")]
      : []),
  ]);
}

function ofSound(maxBitrate: number, priority: RTCPriorityType): Wanted {
  return { active: true, maxBitrate, priority, networkPriority: priority };
}

function ofPicture(
  { track }: RTCRtpSender,
  limits: PictureLimits | Omit<PictureLimits, "maxHeight"> | null,
  priority: RTCPriorityType,
): Wanted {
  if (limits === null) return { active: false, priority, networkPriority: priority };
  const { maxBitrate, maxFramesPerSecond: maxFramerate } = limits;
  const { width, height } = track?.getSettings() ?? {};
  // The shorter side: a phone held upright gives 720 × 1280. Where a track does not tell its size the bit rate alone limits it.
  const scale =
    "maxHeight" in limits ? Math.min(width ?? Infinity, height ?? Infinity) / limits.maxHeight : 1;
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
    // None before the first negotiation in some engines.
    if (encoding === undefined) return;
    // An engine may forget what it was told when descriptions are rolled back.
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
    // A negotiation has come between, or the sender is stopped. A limit is not worth a call: the next look tries again.
    current.delete(sender);
  }
}

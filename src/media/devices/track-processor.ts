/**
 * A host's own work on a microphone or a camera before anybody hears or sees it: a blurred background, a filter for noise. It gets
 * the device's track and gives the one that is sent. Where it throws, or gives a track that has ended or is of another kind, the
 * device fails: who wants to be blurred must not be shown as they are.
 *
 * @param context.signal aborted when the device closes: what was made is let go of then. Both tracks are stopped by the kit.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  context: { readonly kind: "microphone" | "camera"; readonly signal: AbortSignal },
) => MediaStreamTrack | Promise<MediaStreamTrack>;

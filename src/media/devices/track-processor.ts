/**
 * Processes the microphone or camera track before it is sent or shown, such as a blurred background or noise suppression.
 * Receives the device's track and returns the track to send. The device fails if the processor throws, or returns an ended
 * track or one of another kind. The unprocessed track is never sent.
 *
 * @param context.signal aborted when the device closes: release resources then. The kit stops both tracks.
 */
export type TrackProcessor = (
  track: MediaStreamTrack,
  context: { readonly kind: "microphone" | "camera"; readonly signal: AbortSignal },
) => MediaStreamTrack | Promise<MediaStreamTrack>;

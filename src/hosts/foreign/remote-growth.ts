import type { TrackIndex } from "../../call/terms.ts";

/** So many polls without growth, and a track is muted. */
const pollsToMute = 3;

interface Track {
  /** The counter when it was last known. */
  readonly bytes: number;
  /** Polls since it last grew. */
  readonly still: number;
  readonly isEnabled: boolean;
}

/** What the polls so far have shown of the tracks 0 to 3: microphone, camera, screen audio, screen video. */
export type RemoteGrowth = readonly Track[];

/** A track of the other side was muted or is heard or seen again. */
export interface RemoteChange {
  readonly track: TrackIndex;
  readonly enabled: boolean;
}

/** Before the first poll, when the connection is new: every track is muted and nothing has come. */
export const noGrowth: RemoteGrowth = ([0, 1, 2, 3] as const).map(() => ({
  bytes: 0,
  still: 0,
  isEnabled: false,
}));

/**
 * Tells that the other side has muted where nothing in its protocol says it: one poll of the received bytes.
 *
 * @param bytes `bytesReceived` of the `inbound-rtp` of each track (W3C webrtc-stats), once a second; `null` where there is none.
 *   A poll without a counter is one without growth. A counter that has fallen belongs to a new stream and is a new beginning.
 * @returns what is known now, and what has changed by it.
 */
export function grow(
  known: RemoteGrowth,
  bytes: readonly (number | null)[],
): [RemoteGrowth, RemoteChange[]] {
  const next = known.map((track, mid) => poll(track, bytes[mid] ?? null));
  const changes = ([0, 1, 2, 3] as const).flatMap((track): RemoteChange[] => {
    const enabled = next[track]?.isEnabled ?? false;
    return enabled === known[track]?.isEnabled ? [] : [{ track, enabled }];
  });
  return [next, changes];
}

function poll(track: Track, bytes: number | null): Track {
  if (bytes !== null && bytes > track.bytes) return { bytes, still: 0, isEnabled: true };
  const still = Math.min(track.still + 1, pollsToMute);
  return { bytes: bytes ?? track.bytes, still, isEnabled: track.isEnabled && still < pollsToMute };
}

/** A track of which something was heard or seen before the next poll: it counts as growth of this moment. */
export function heardOf(known: RemoteGrowth, track: TrackIndex): [RemoteGrowth, RemoteChange[]] {
  if (known[track]?.isEnabled === true) return [known, []];
  const next = known.map((one, at) => (at === track ? { ...one, still: 0, isEnabled: true } : one));
  return [next, [{ track, enabled: true }]];
}

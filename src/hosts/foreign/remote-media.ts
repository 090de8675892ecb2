import type { RemoteMediaStatus } from "../../call/state/remote.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { TrackIndex } from "../../call/terms.ts";
import { grow, heardOf } from "./remote-growth.ts";
import type { RemoteGrowth } from "./remote-growth.ts";

/** Polls before a silent track is shown as muted. */
const pollsToKnow = 3;

/** State of a side that does not report its devices. */
export interface JudgedSession {
  readonly call: CallModel;
  readonly growth: RemoteGrowth;
  /** Number of polls of the received bytes. */
  readonly polls: number;
}

/** Returns the device state of such a side for the screen. */
export function judgedMedia({ growth, polls }: Omit<JudgedSession, "call">): RemoteMediaStatus {
  const isOn = (track: TrackIndex) => growth[track]?.isEnabled ?? false;
  return { known: polls >= pollsToKnow, microphone: isOn(0), camera: isOn(1), screen: isOn(3) };
}

/** Handles a reading of the received bytes. */
export function judgeBytes<Session extends JudgedSession>(
  session: Session,
  bytes: readonly (number | null)[],
): Session {
  const [growth] = grow(session.growth, bytes);
  return judged({ ...session, growth, polls: session.polls + 1 });
}

/** Handles the first frame of a track without waiting for the next poll. */
export function judgeFrame<Session extends JudgedSession>(
  session: Session,
  track: TrackIndex,
): Session {
  const [growth] = heardOf(session.growth, track);
  return judged({ ...session, growth });
}

function judged<Session extends JudgedSession>(session: Session): Session {
  return { ...session, call: { ...session.call, remote: judgedMedia(session) } };
}

import type { RemoteMediaStatus } from "../../call/state/remote.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { TrackIndex } from "../../call/terms.ts";
import { grow, heardOf } from "./remote-growth.ts";
import type { RemoteGrowth } from "./remote-growth.ts";

/** Between two looks at what was received. Milliseconds. */
export const pollMilliseconds = 1000;
/** Looks before a silent track counts as muted for the screen: "known" means that there was time to tell. */
const pollsToKnow = 3;

/** What is known of a side that may tell nothing of its devices. */
export interface JudgedSession {
  readonly call: CallModel;
  readonly peer: string;
  /** Whether it does tell: then nothing is judged by what arrives, and neither for another kit. */
  readonly isTold: boolean;
  readonly growth: RemoteGrowth;
  /** Number of polls of the received bytes. */
  readonly polls: number;
}

/** What a screen shows of the devices of such a side. */
export function judgedMedia({
  growth,
  polls,
}: Pick<JudgedSession, "growth" | "polls">): RemoteMediaStatus {
  const isOn = (track: TrackIndex) => growth[track]?.isEnabled ?? false;
  return { known: polls >= pollsToKnow, microphone: isOn(0), camera: isOn(1), screen: isOn(3) };
}

export const isJudged = ({ isTold, peer }: JudgedSession) => !isTold && peer !== "kit";

/** One look at what was received, in bytes. */
export function judgeBytes<Session extends JudgedSession>(
  session: Session,
  bytes: readonly (number | null)[],
): Session {
  if (!isJudged(session)) return session;
  const [growth] = grow(session.growth, bytes);
  return judged({ ...session, growth, polls: session.polls + 1 });
}

/** Handles the first frame of a track without waiting for the next poll. */
export function judgeFrame<Session extends JudgedSession>(
  session: Session,
  track: TrackIndex,
): Session {
  if (!isJudged(session)) return session;
  const [growth] = heardOf(session.growth, track);
  return judged({ ...session, growth });
}

function judged<Session extends JudgedSession>(session: Session): Session {
  return { ...session, call: { ...session.call, remote: judgedMedia(session) } };
}

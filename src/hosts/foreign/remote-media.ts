import type { RemoteMediaStatus } from "../../call/state/remote.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { TrackIndex } from "../../call/terms.ts";
import { grow, heardOf } from "./remote-growth.ts";
import type { RemoteGrowth } from "./remote-growth.ts";

/** Looks before a silent track counts as muted for the screen: "known" means that there was time to tell. */
const pollsToKnow = 3;

/** What is known of a side that tells nothing of its devices. */
export interface JudgedSession {
  readonly call: CallModel;
  readonly growth: RemoteGrowth;
  /** How often the received bytes were looked at. */
  readonly polls: number;
}

/** What a screen shows of the devices of such a side. */
export function judgedMedia({ growth, polls }: Omit<JudgedSession, "call">): RemoteMediaStatus {
  const isOn = (track: TrackIndex) => growth[track]?.isEnabled ?? false;
  return { known: polls >= pollsToKnow, microphone: isOn(0), camera: isOn(1), screen: isOn(3) };
}

/** One look at what was received, in bytes. */
export function judgeBytes<Session extends JudgedSession>(
  session: Session,
  bytes: readonly (number | null)[],
): Session {
  const [growth] = grow(session.growth, bytes);
  return judged({ ...session, growth, polls: session.polls + 1 });
}

/** A track's first frame has come: nobody waits for the next look. */
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

import { newPaths } from "../foreign/new-paths.ts";
import { isJudged, pollMilliseconds } from "../foreign/remote-media.ts";
import type { ChannelId, ChannelMessage } from "./channels.ts";
import { carry, delegate, next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionStep } from "./session.ts";

/*
 * Messages on Delta Chat's three data channels. Another kit reports its devices on its control channel; candidates and ICE
 * restarts use the same channels for everybody.
 */

const paths = newPaths<DeltachatSession, SessionEffect>(carry);

/** Handles an opened channel: sends the waiting messages. */
export function channelOpened(session: DeltachatSession, id: ChannelId): SessionStep {
  const open = { ...session, openChannels: [...session.openChannels, id] };
  if (id === 3) return tellMuted(open);
  return id === 1 && session.isOut
    ? next({ ...open, found: [] }, ...asMessages(session.found))
    : next(open);
}

/** Converts this side's candidates to messages. */
export function asMessages(candidates: DeltachatSession["found"]): SessionEffect[] {
  return candidates.map((candidate) => ({
    ...{ type: "send-on-channel", message: { id: 1, candidate } },
  }));
}

export function channelReceived(
  session: DeltachatSession,
  message: ChannelMessage,
  now: number,
): SessionStep {
  const { call, peer } = session;
  switch (message.id) {
    case 1: {
      if (message.candidate === null) return next(session);
      const candidates = [{ ...message.candidate }];
      const heard = { type: "candidates" as const, candidates };
      return delegate(session, { type: "control", message: heard }, now);
    }
    case 3: {
      if (peer === "kit") return next(session);
      const { audioEnabled: microphone, videoEnabled: camera } = message;
      const remote = { known: true, microphone, camera, screen: false };
      return next({ ...session, isTold: true, call: { ...call, remote } });
    }
    case 5:
      return paths.heard(session, message, now);
  }
}

/** Tells what this side's devices do, where that has changed. */
export function tellMuted(session: DeltachatSession): SessionStep {
  if (session.peer !== "deltachat" || !session.openChannels.includes(3)) return next(session);
  const { microphone, camera, screen } = session.call.devices.local;
  const audioEnabled = microphone.state === "on";
  const videoEnabled = camera.state === "on" || screen.state === "on";
  const told = `${String(audioEnabled)} ${String(videoEnabled)}`;
  if (told === session.told) return next(session);
  const message = { id: 3, audioEnabled, videoEnabled } as const;
  return next({ ...session, told }, { type: "send-on-channel", message });
}

/** Handles the timer for reading received bytes, where the other side reports nothing. */
export function ticked(session: DeltachatSession): SessionStep {
  if (!isJudged(session)) return next(session);
  const again = { type: "start-tick", name: "poll", milliseconds: pollMilliseconds } as const;
  return next(session, { type: "poll" }, again);
}

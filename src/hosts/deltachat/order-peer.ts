import type { TrackIndex } from "../../call/terms.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import { judgeBytes, judgeFrame } from "../foreign/remote-media.ts";
import type { ChannelId, ChannelMessage } from "./channels.ts";
import { delegate, pollMilliseconds } from "./order-call.ts";
import { next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionStep } from "./session.ts";

/*
 * What is told and heard on Delta Chat's three data channels. Another kit tells of its devices on its control channel; candidates and
 * new paths go the same way with everybody.
 */

/** How long a lost path may take to come back where the other side has shown that it takes a new one. Milliseconds. */
const reconnectMilliseconds = 30_000;

/** One of the channels is open: what has waited for it is said. */
export function channelOpened(session: DeltachatSession, id: ChannelId): SessionStep {
  const open = { ...session, openChannels: [...session.openChannels, id] };
  if (id === 3) return tellMuted(open);
  return id === 1 && session.isOut
    ? next({ ...open, found: [] }, ...asMessages(session.found))
    : next(open);
}

/** This side's candidates, each a message. */
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
      return peer === "unknown" ? next(session) : renegotiate(session, message, now);
  }
}

/** Only the first caller makes offers of a new path; the callee asks for one. What comes from the wrong side is passed over. */
function renegotiate(
  session: DeltachatSession,
  message: Extract<ChannelMessage, { id: 5 }>,
  now: number,
): SessionStep {
  const { call } = session;
  const isAnswer = message.type === "answer";
  if ((call.identity.direction === "outgoing") === (message.type === "offer")) return next(session);
  const able: DeltachatSession = {
    ...session,
    unanswered: Math.max(0, session.unanswered - (isAnswer ? 1 : 0)),
    call: { ...call, settings: { ...call.settings, reconnectMilliseconds } },
  };
  // A later offer has made this answer worthless: the transport has other names for its ways by now.
  if (isAnswer && able.unanswered > 0) return next(able);
  const { attempt, receivedAttempt } = call.reconnection;
  const asControl: ControlMessage = isAnswer
    ? { type: "restart-answer", attempt, answer: message.sdp }
    : {
        type: "restart",
        attempt: receivedAttempt + 1,
        ...("sdp" in message && { offer: message.sdp }),
      };
  return delegate(able, { type: "control", message: asControl }, now);
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

/** It is time for a look at what was received, where the other side tells nothing. */
export function ticked(session: DeltachatSession): SessionStep {
  if (!isJudged(session)) return next(session);
  const again = { type: "start-tick", name: "poll", milliseconds: pollMilliseconds } as const;
  return next(session, { type: "poll" }, again);
}

/** One look at what was received, in bytes. */
export function polled(session: DeltachatSession, bytes: readonly (number | null)[]): SessionStep {
  return next(isJudged(session) ? judgeBytes(session, bytes) : session);
}

/** A track's first frame has come. */
export function heard(session: DeltachatSession, track: TrackIndex): SessionStep {
  return next(isJudged(session) ? judgeFrame(session, track) : session);
}

const isJudged = ({ isTold, peer }: DeltachatSession) => !isTold && peer !== "kit";

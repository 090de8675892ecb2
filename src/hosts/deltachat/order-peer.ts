import type { TrackIndex } from "../../call/terms.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import { judgeBytes, judgeFrame } from "../foreign/remote-media.ts";
import type { ChannelId, ChannelMessage } from "./channels.ts";
import { delegate, pollMilliseconds } from "./order-call.ts";
import { next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionStep } from "./session.ts";

/*
 * Messages on Delta Chat's three data channels. Another kit reports its devices on its control channel; candidates and ICE
 * restarts use the same channels for everybody.
 */

/** Milliseconds to wait for a lost path if the other side supports ICE restarts. */
const reconnectMilliseconds = 30_000;

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
      return peer === "unknown" ? next(session) : renegotiate(session, message, now);
  }
}

/**
 * Handles a renegotiation. Only the first caller offers; the callee requests an offer. Messages of the wrong side are ignored.
 */
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
  // A later offer has invalidated this answer: the ICE credentials have changed.
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

/** Sends the state of this side's devices, if changed. */
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

/** Handles a reading of the received bytes. */
export function polled(session: DeltachatSession, bytes: readonly (number | null)[]): SessionStep {
  return next(isJudged(session) ? judgeBytes(session, bytes) : session);
}

/** Handles the first frame of a track. */
export function heard(session: DeltachatSession, track: TrackIndex): SessionStep {
  return next(isJudged(session) ? judgeFrame(session, track) : session);
}

const isJudged = ({ isTold, peer }: DeltachatSession) => !isTold && peer !== "kit";

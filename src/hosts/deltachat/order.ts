import { stuckMilliseconds } from "../../call/state/path.ts";
import { fail } from "../../call/rules/ending.ts";
import { startConnected } from "../../call/rules/connection.ts";
import { gatheringRules, searching, newPaths } from "../foreign/gathered-candidates.ts";
import { kitRules, withKeys } from "../foreign/kit-rules.ts";
import {
  onePicture,
  judgeBytes,
  judgeFrame,
  isJudged,
  pollMilliseconds,
} from "../foreign/remote-media.ts";
import type { ChannelId, ChannelMessage, DeltachatCommand } from "./messages.ts";
import {
  carry,
  delegate,
  after,
  next,
  type DeltachatSession,
  type OwnEffect,
  type SessionEffect,
  type SessionEvent,
  type SessionStep,
} from "./session.ts";

type EventOf<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/** Milliseconds of ringing on both sides. */
export const ringMilliseconds = 120_000;
/** Milliseconds for devices to open before the offer is sent. */
const dialMilliseconds = 60_000;
/** Milliseconds for an answer, which is a chat message. */
const connectMilliseconds = 120_000;
const kit = kitRules<DeltachatSession, SessionEffect>(carry);
const picture = onePicture<DeltachatSession, SessionEffect>(carry);

/** This side's candidates: the first ones leave inside of its description, the others on their channel. */
const gathering = gatheringRules<DeltachatSession, SessionEffect>({
  carry,
  leave: ({ call }, sdp) =>
    call.identity.direction === "outgoing"
      ? [
          { type: "notify-host", call: { name: "startCall", sdp } },
          { type: "start-timer", name: "ring", milliseconds: ringMilliseconds },
        ]
      : [{ type: "notify-host", call: { name: "acceptCall", sdp } }],
  trickle: ({ openChannels }, candidates) =>
    openChannels.includes(1) ? asMessages(candidates) : null,
});

/**
 * The search for a new path with Delta Chat's own page, at the pace of its protocol. The channel has lost its path, too:
 * messages of this side wait in it, and arrive together when the path is back.
 */
const search = {
  reconnectMilliseconds: 60_000,
  restartPace: {
    ...{ patience: 3000, interval: 8000, longestInterval: 8000, tries: 3, silentTries: 0 },
  },
};

/**
 * Rules of one call between two Delta Chat apps, on top of the rules of a call. Pure: the same session, event and time always
 * give the same step. A command may arrive at any time; an impossible one changes nothing.
 */
export function transitionSession(
  session: DeltachatSession,
  event: SessionEvent,
  now: number,
): SessionStep {
  const { state } = session.call;
  if (event.type === "command") return takeCommand(session, event.command, now);
  if (event.type === "servers-known") return serversKnown(session, event.hasRelay);
  // Late events after the end are ignored.
  if (state === "ended" || state === "idle") return next(session);
  switch (event.type) {
    case "accept":
      return state === "incoming" && session.offer !== null
        ? accept(session, session.offer, event.media)
        : next(session);
    case "described":
      return described(session, event, now);
    case "answered":
      return answered(session, event, now);
    case "candidates-found":
      return gathering.found(session, event, now);
    case "tick":
      return event.name === "gather" ? gathering.waited(session, now) : ticked(session);
    case "polled":
      return next(judgeBytes(session, event.bytes));
    case "channel-opened":
      return channelOpened(session, event.id);
    case "channel-received":
      return channelReceived(session, event.message, now);
    case "set-device":
      return picture.switched(session, event.device, event.on);
    case "device-changed":
      return after(
        after(after(delegate(session, event, now), picture.shared), sendMuted),
        (sentMuted) => gathering.leaveWhenReady(sentMuted, now),
      );
    case "frame-opened":
      return after(picture.opened(session, event, now), (one) =>
        next(judgeFrame(one, event.track)),
      );
    case "control-opened":
      return after(delegate(session, event, now), kit.proveKeys);
    case "control":
      return kit.takeControl(
        session,
        event.message,
        session.call.identity.direction === "incoming",
        now,
      );
    default:
      return delegate(session, event, now);
  }
}

function takeCommand(
  session: DeltachatSession,
  command: DeltachatCommand,
  now: number,
): SessionStep {
  const { call } = session;
  switch (command.type) {
    case "start":
      return call.state === "idle" ? dial(session, now) : next(session);
    case "incoming":
      if (call.state !== "idle" && call.state !== "incoming") return next(session);
      // While it rings the host may bring another offer, or repeat one.
      return session.offer === command.sdp ? next(session) : ring(session, command.sdp, now);
    case "accept": {
      if (call.state !== "idle" && call.state !== "incoming") return next(session);
      const begun = begin(session, "incoming", now);
      return accept(begun, command.sdp, begun.call.identity.media);
    }
    case "answer":
      if (call.state !== "inviting" || !session.isOut) return next(session);
      return connecting(session, { type: "take-answer", answer: command.sdp });
  }
}

/** Dials: devices open and the offer is created in parallel. */
function dial(session: DeltachatSession, now: number): SessionStep {
  const begun = begin(session, "outgoing", now);
  const { unable } = begun.call.settings;
  if (unable !== null) return carry(begun, fail(begun.call, unable, now));
  const dialled = next(
    { ...begun, call: { ...begun.call, state: "inviting" as const } },
    { type: "make-offer" },
    { type: "start-timer", name: "ring", milliseconds: dialMilliseconds },
  );
  return after(dialled, (one) => picture.openDevices(one, begun.call.identity.media));
}

/** Rings for an incoming call, without opening, gathering or contacting anything. */
function ring(session: DeltachatSession, offer: string, now: number): SessionStep {
  const { call } = begin(session, "incoming", session.call.times.startedAt ?? now);
  const { unable } = call.settings;
  if (unable !== null) return carry({ ...session, call }, fail(call, unable, now));
  return next(
    { ...session, call: { ...call, state: "incoming" }, offer },
    { type: "warm-up", offer },
    ...(session.call.state === "idle"
      ? ([{ type: "start-timer", name: "ring", milliseconds: ringMilliseconds }] as const)
      : []),
  );
}

function accept(session: DeltachatSession, offer: string, media: "audio" | "video"): SessionStep {
  const chosen = session.video === "never" ? "audio" : media;
  const answering = connecting(session, { type: "make-answer", offer });
  return after(answering, (one) => picture.openDevices({ ...one, offer: null }, chosen));
}

function begin(
  session: DeltachatSession,
  direction: "incoming" | "outgoing",
  now: number,
): DeltachatSession {
  const media = session.video === "from-the-start" ? "video" : "audio";
  const { call } = session;
  const identity = { ...call.identity, direction, media } as const;
  return { ...session, call: { ...call, identity, times: { ...call.times, startedAt: now } } };
}

/** The host's servers are known: whether there is an address to hide behind, and to wait for. */
function serversKnown(session: DeltachatSession, hasRelay: boolean): SessionStep {
  const { call } = session;
  // A sent offer contains this side's addresses: they cannot be hidden any more.
  const mayHideAddress =
    hasRelay && call.identity.direction === "incoming" && !call.settings.relayOnly;
  const settings = { ...call.settings, mayHideAddress };
  return next({ ...session, hasRelay, call: { ...call, settings } });
}

/** Handles this side's created description, which is sent with its candidates. */
function described(
  session: DeltachatSession,
  { sdp, peer }: EventOf<"described">,
  now: number,
): SessionStep {
  const ready = { ...session, ready: sdp };
  const met = peer === "unknown" ? next(ready) : meet(ready, peer, now);
  return after(met, (known) => gathering.described(known, now));
}

/** Handles the applied answer: the caller knows the other side now. */
function answered(
  session: DeltachatSession,
  { agreed }: EventOf<"answered">,
  now: number,
): SessionStep {
  const met =
    agreed === null ? meet(session, "deltachat", now) : meet(withKeys(session, agreed), "kit", now);
  return after(met, kit.proveKeys);
}

/** The other side is known: how media is encrypted, and what it understands. Path and channels may have been quicker than the keys. */
function meet(session: DeltachatSession, peer: "deltachat" | "kit", now: number): SessionStep {
  const met = searching({ ...session, peer }, search);
  const { identity, keys } = met.call;
  const encryption = peer === "kit" ? "sx-call/1" : identity.encryption;
  // The callee of another kit waits for the proof of its keys.
  const needsProof = peer === "kit" ? identity.direction === "incoming" : keys.needsProof;
  const known = {
    ...met.call,
    identity: { ...identity, encryption },
    keys: { ...keys, isAgreed: true, needsProof },
  } as const;
  return after(
    after(carry(met, startConnected(known, now)), (one) => kit.introduce(one, now)),
    sendMuted,
  );
}

/** The other side has described itself: what a call is stuck on is then something else. */
function connecting(session: DeltachatSession, work: OwnEffect): SessionStep {
  const path = { ...session.call.path, hasAnswered: true, received: 1 };
  return next(
    { ...session, call: { ...session.call, state: "connecting", path } },
    { type: "stop-timer", name: "ring" },
    work,
    { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
    { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
  );
}

/*
 * Messages on Delta Chat's three data channels. Another kit reports its devices on its control channel; candidates and ICE
 * restarts use the same channels for everybody.
 */

const paths = newPaths<DeltachatSession, SessionEffect>(carry);

/** Handles an opened channel: sends the waiting messages. */
function channelOpened(session: DeltachatSession, id: ChannelId): SessionStep {
  const open = { ...session, openChannels: [...session.openChannels, id] };
  if (id === 3) return sendMuted(open);
  return id === 1 && session.isOut
    ? next({ ...open, found: [] }, ...asMessages(session.found))
    : next(open);
}

/** Converts this side's candidates to messages. */
function asMessages(candidates: DeltachatSession["found"]): SessionEffect[] {
  return candidates.map((candidate) => ({
    ...{ type: "send-on-channel", message: { id: 1, candidate } },
  }));
}

function channelReceived(
  session: DeltachatSession,
  message: ChannelMessage,
  now: number,
): SessionStep {
  const { call, peer } = session;
  switch (message.id) {
    case 1: {
      if (message.candidate === null) return next(session);
      const candidates = [{ ...message.candidate }];
      const event = { type: "control", message: { type: "candidates", candidates } } as const;
      return delegate(session, event, now);
    }
    case 3: {
      if (peer === "kit") return next(session);
      const { audioEnabled: microphone, videoEnabled: camera } = message;
      const remote = { known: true, microphone, camera, screen: false };
      return next({ ...session, reports: true, call: { ...call, remote } });
    }
    case 5:
      return paths.receive(session, message, now);
  }
}

/** Sends the state of this side's devices where it has changed. One that is being opened, such as the other camera, is not off. */
function sendMuted(session: DeltachatSession): SessionStep {
  if (session.peer !== "deltachat" || !session.openChannels.includes(3)) return next(session);
  const { microphone, camera, screen } = session.call.devices.local;
  const isEnabled = ({ state }: { state: string }) => state === "on" || state === "starting";
  const audioEnabled = isEnabled(microphone);
  const videoEnabled = isEnabled(camera) || screen.state === "on";
  const sentMuted = [audioEnabled, videoEnabled].join();
  if (sentMuted === session.sentMuted) return next(session);
  const message = { id: 3, audioEnabled, videoEnabled } as const;
  return next({ ...session, sentMuted }, { type: "send-on-channel", message });
}

/** Handles the timer for reading received bytes, where the other side reports nothing. */
function ticked(session: DeltachatSession): SessionStep {
  if (!isJudged(session)) return next(session);
  const again = { type: "start-tick", name: "poll", milliseconds: pollMilliseconds } as const;
  return next(session, { type: "poll" }, again);
}

import { wantedFor } from "../../call/state/devices.ts";
import { confirmed } from "../../call/state/keys.ts";
import { stuckMilliseconds, withFound } from "../../call/state/path.ts";
import { fail } from "../../call/rules/ending.ts";
import { startConnected } from "../../call/rules/connection.ts";
import type { CallModel } from "../../call/state/model.ts";
import {
  gatheringWait,
  relayMilliseconds,
  withCandidates,
} from "../foreign/gathered-candidates.ts";
import { kitRules } from "../foreign/kit-rules.ts";
import { onePicture } from "../foreign/one-picture.ts";
import type { DeltachatCommand } from "./commands.ts";
import { carry, delegate } from "./order-call.ts";
import * as peers from "./order-peer.ts";
import { after, next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionEvent, SessionStep } from "./session.ts";

type EventOf<T extends SessionEvent["type"]> = Extract<SessionEvent, { type: T }>;

/** Milliseconds of ringing on both sides. */
export const ringMilliseconds = 120_000;
/** Milliseconds for devices to open before the offer is sent. */
const dialMilliseconds = 60_000;
/** Milliseconds for an answer, which is a chat message. */
const connectMilliseconds = 120_000;
const kit = kitRules<DeltachatSession, SessionEffect>(carry);
const picture = onePicture<DeltachatSession, SessionEffect>(carry);

/** Milliseconds to wait for a lost path while the other side has not shown support for ICE restarts. */
const holdMilliseconds = 60_000;

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
      return found(session, event, now);
    case "tick":
      return event.name === "gather"
        ? leaveWhenReady({ ...session, isGathered: true }, now)
        : peers.ticked(session);
    case "polled":
      return peers.polled(session, event.bytes);
    case "channel-opened":
      return peers.channelOpened(session, event.id);
    case "channel-received":
      return peers.channelReceived(session, event.message, now);
    case "set-device":
      return event.device !== "microphone" && event.on && session.video === "never"
        ? next(session)
        : picture.switched(session, event.device, event.on);
    case "device-changed":
      return after(
        after(after(delegate(session, event, now), picture.shared), peers.tellMuted),
        (told) => leaveWhenReady(told, now),
      );
    case "frame-opened":
      return after(opened(session, event, now), (one) => peers.heard(one, event.track));
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
    case "accept":
      if (call.state !== "idle" && call.state !== "incoming") return next(session);
      return accept(
        begin(session, "incoming", now),
        command.sdp,
        session.video === "from-the-start" ? "video" : "audio",
      );
    case "answer": {
      if (call.state !== "inviting" || !session.isOut) return next(session);
      const answering = { ...call, state: "connecting" as const };
      return next(
        { ...session, call: withAnswer(answering) },
        { type: "stop-timer", name: "ring" },
        { type: "take-answer", answer: command.sdp },
        { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
        { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
      );
    }
  }
}

/** Dials: devices open and the offer is created in parallel. */
function dial(session: DeltachatSession, now: number): SessionStep {
  const begun = begin(session, "outgoing", now);
  const { unable } = begun.call.settings;
  if (unable !== null) return carry(begun, fail(begun.call, unable, now));
  return openDevices(
    next(
      { ...begun, call: { ...begun.call, state: "inviting" } },
      { type: "make-offer" },
      { type: "start-timer", name: "ring", milliseconds: dialMilliseconds },
    ),
    begun.call.identity.media,
  );
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
  const call = withAnswer({ ...session.call, state: "connecting" });
  return openDevices(
    next(
      { ...session, call, offer: null },
      { type: "stop-timer", name: "ring" },
      { type: "make-answer", offer },
      { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
      { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
    ),
    chosen,
  );
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

function openDevices([session, effects]: SessionStep, media: "audio" | "video"): SessionStep {
  const { call } = session;
  const wanted = wantedFor(media);
  const opened = (["microphone", "camera"] as const).filter((device) => wanted[device]);
  return [
    { ...session, call: { ...call, devices: { ...call.devices, wanted } } },
    [...effects, ...opened.map((device) => ({ type: "set-device", device, on: true }) as const)],
  ];
}

/** Handles the host's servers, which determine whether the address can be hidden and which candidates to wait for. */
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
  const wait = { type: "start-tick", name: "gather", milliseconds: relayMilliseconds } as const;
  return after(
    after(met, (known) => leaveWhenReady(known, now)),
    (left) => (left.isOut || !left.hasRelay ? next(left) : next(left, wait)),
  );
}

/** Handles the applied answer: the caller knows the other side now. */
function answered(
  session: DeltachatSession,
  { agreed }: EventOf<"answered">,
  now: number,
): SessionStep {
  const { call } = session;
  const keyed: DeltachatSession =
    agreed === null
      ? session
      : {
          ...session,
          call: { ...call, keys: confirmed(call.keys, agreed) },
          confirm: agreed.confirm,
        };
  return after(meet(keyed, agreed === null ? "deltachat" : "kit", now), kit.proveKeys);
}

/** Handles this side's candidates: the first ones are part of the description, others use their channel. */
function found(
  session: DeltachatSession,
  { candidates, end }: EventOf<"candidates-found">,
  now: number,
): SessionStep {
  const call = { ...session.call, path: withFound(session.call.path, candidates) };
  const all = [...session.found, ...candidates];
  if (session.isOut) {
    if (!session.openChannels.includes(1)) return next({ ...session, call, found: all });
    return next({ ...session, call }, ...peers.asMessages(candidates));
  }
  const wait = gatheringWait(candidates, end, session.hasRelay);
  const gathered = { ...session, call, found: all, isGathered: session.isGathered || wait === 0 };
  const waited = wait
    ? next(gathered, { type: "start-tick", name: "gather", milliseconds: wait })
    : next(gathered);
  return after(waited, (one) => leaveWhenReady(one, now));
}

/**
 * Passes this side's description to the host once nothing is pending, so that no call rings whose caller cannot speak or be
 * reached.
 */
function leaveWhenReady(session: DeltachatSession, now: number): SessionStep {
  const { call, ready, found: candidates } = session;
  if (ready === null || session.isOut || !session.isGathered) return next(session);
  if (call.settings.relayOnly && candidates.length === 0)
    return carry(session, fail(call, "connection-failed", now));
  const isCaller = call.identity.direction === "outgoing";
  const canSpeak = call.devices.local.microphone.state === "on" || !call.devices.wanted.microphone;
  if (isCaller && !canSpeak) return next(session);
  const out = {
    ...session,
    call: { ...call, exchange: { ...call.exchange, isInviteSent: true } },
    ready: null,
    isOut: true,
    found: [],
  };
  const sdp = withCandidates(ready, candidates);
  return isCaller
    ? next(
        out,
        { type: "tell-host", call: { name: "startCall", sdp } },
        { type: "start-timer", name: "ring", milliseconds: ringMilliseconds },
      )
    : next(out, { type: "tell-host", call: { name: "acceptCall", sdp } });
}

/** Handles the identified other side: its encryption and features. Path and channels may be ready before the keys. */
function meet(session: DeltachatSession, peer: "deltachat" | "kit", now: number): SessionStep {
  const { call } = session;
  const agreed: CallModel = {
    ...call,
    keys: { ...call.keys, isAgreed: true },
    reconnection: { ...call.reconnection, canRestart: true },
  };
  const known: CallModel =
    peer === "kit"
      ? {
          ...agreed,
          // Whoever answers another kit's offer waits for the proof of its keys.
          keys: { ...agreed.keys, needsProof: call.identity.direction === "incoming" },
          identity: { ...call.identity, encryption: "sx-call/1" },
        }
      : { ...agreed, settings: { ...call.settings, reconnectMilliseconds: holdMilliseconds } };
  const met = carry({ ...session, peer }, startConnected(known, now));
  return after(
    after(met, (one) => kit.introduce(one, now)),
    peers.tellMuted,
  );
}

/** Handles the first frame of the single video, from camera or screen, as the other side reports. */
function opened(
  session: DeltachatSession,
  event: EventOf<"frame-opened">,
  now: number,
): SessionStep {
  const step = delegate(session, event, now);
  return event.track === 1
    ? after(step, (one) => delegate(one, { ...event, track: 3 }, now))
    : step;
}

/** Records the other side's description, which changes the reason for slow connecting. */
function withAnswer(call: CallModel): CallModel {
  return { ...call, path: { ...call.path, hasAnswered: true, received: 1 } };
}

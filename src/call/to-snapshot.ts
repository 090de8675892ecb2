import { hintsOf } from "./rules/hints.ts";
import type { CallQuality, CallSnapshot, Talk } from "./snapshot.ts";
import { hasCamera } from "./state/devices.ts";
import { lacksProof } from "./state/keys.ts";
import type { CallErrorCode } from "../errors.ts";
import { originalDirection } from "./state/identity.ts";
import type { CallModel } from "./state/model.ts";
import type { Stuck } from "./state/path.ts";
import { isRelayed, reportProtection } from "./state/protection.ts";
import { countTalk } from "./state/times.ts";
import type { CallAction, ConnectingStep } from "./terms.ts";

/**
 * Returns the snapshot of a call for screens. Deeply frozen.
 *
 * @param previous the snapshot before, returned again where no visible property changed, so that screens do not render.
 * @param now milliseconds since the epoch.
 * @param steady the same moment by the clock of the call, which nobody can set, and by the page's.
 */
export function toSnapshot(
  model: CallModel,
  previous?: CallSnapshot,
  now = 0,
  steady?: SteadyMoment,
): CallSnapshot {
  const snapshot = describe(model, now, steady);
  if (previous === undefined) return deepFreeze(snapshot);
  // The moment alone is no change, nor is a clock that has gone on.
  const same = {
    ...snapshot,
    asOf: previous.asOf,
    ...(isSameTalk(snapshot.talk, previous.talk) && { talk: previous.talk }),
  };
  return isSame(same, previous) ? previous : deepFreeze(snapshot);
}

/** One moment by two clocks. Milliseconds. */
export interface SteadyMoment {
  /** By the clock of the call. */
  readonly at: number;
  /** By `performance.now()`. */
  readonly ticks: number;
}

/** Milliseconds by which a clock may differ through rounding. */
const rounding = 100;

function isSameTalk(one: Talk | undefined, other: Talk | undefined): boolean {
  if (!one || !other || one.at === null || other.at === null) return false;
  return Math.abs(one.at - one.milliseconds - (other.at - other.milliseconds)) < rounding;
}

function talkOf({ times, protection }: CallModel, { at, ticks }: SteadyMoment): Talk {
  const isRunning = times.talkingSince !== null;
  const { talked } = countTalk(times, protection.measurements, at);
  return { milliseconds: talked, at: isRunning ? ticks : null };
}

/** Converts the countdown to the screen's clock, which may have been set since the call began. */
function reconnectionOf({ reconnection: { current } }: CallModel, asOf: number, at: number) {
  const set = asOf - at;
  return current === null || Math.abs(set) < 1000
    ? current
    : { ...current, since: current.since + set, until: current.until + set };
}

function describe(model: CallModel, asOf: number, steady?: SteadyMoment): CallSnapshot {
  const { state, identity, times, keys, protection, devices, reconnection } = model;
  const isIdle = state === "idle";
  return {
    state,
    asOf,
    callId: isIdle ? null : identity.callId,
    direction: isIdle ? null : originalDirection(identity),
    media: identity.media,
    startedAt: times.startedAt,
    connectedAt: times.connectedAt,
    endedAt: times.endedAt,
    ...(steady && times.connectedAt !== null && { talk: talkOf(model, steady) }),
    step: stepOf(model),
    stuck: stuckOn(model),
    local: devices.local,
    devices: devices.available,
    voice: devices.voice,
    hints: hintsOf(model),
    remote: model.remote,
    held: model.hold,
    protection: reportProtection(protection, identity.encryption),
    securityCode: keys.securityCode,
    verification: keys.verification,
    quality: qualityOf(model),
    relayed: isRelayed(protection),
    exposesAddress: !model.settings.relayOnly,
    reconnection: reconnectionOf(model, asOf, steady?.at ?? asOf),
    reconnections: reconnection.count,
    ending: model.ending,
    actions: possibleActions(model),
    record: model.record,
  };
}

function qualityOf({ adaptation: { report, rung, ladder } }: CallModel): CallQuality | null {
  return report === null || rung === null
    ? null
    : { ...report, sending: rung, reason: ladder.reason };
}

function stuckOn(model: CallModel): Stuck | null {
  const { state, ending, path } = model;
  // The notified side gets `failed` only, without a problem of its own.
  const problem = ending?.problem ?? "timed-out";
  // An insecure end had no path, unless the missing proof was the reason.
  const isOver =
    ending?.reason === "failed" &&
    (problem === "timed-out" || (problem === "insecure" && lacksProof(model)));
  return path.isStuck && (state === "connecting" || isOver) ? diagnose(model) : null;
}

function stepOf({ state, exchange, keys, path, protection }: CallModel): ConnectingStep | null {
  switch (state) {
    case "inviting":
      return exchange.isInviteSent ? null : "devices";
    case "connecting":
      if (!keys.isAgreed) return "keys";
      return path.state === "connected" ? "security" : "path";
    case "connected":
      // Media may flow, but the first decrypted frame has not arrived.
      return protection.since === null ? "security" : null;
    default:
      return null;
  }
}

/** Problems of this engine, in which no other call works either. */
export const worksNowhere: readonly (CallErrorCode | null | undefined)[] = [
  "webrtc-unsupported",
  "encryption-unsupported",
];

function possibleActions({
  state,
  settings,
  identity,
  keys,
  devices,
  hold,
  ending,
}: CallModel): CallAction[] {
  const media: CallAction[] = ["toggle-microphone", "toggle-camera"];
  if (keys.securityCode !== null && keys.verification.local === null) media.push("check-code");
  if (devices.available.cameras.length > 1 && hasCamera(devices)) media.push("flip-camera");
  const hiding: CallAction[] = settings.mayHideAddress === true ? ["hide-address"] : [];
  switch (state) {
    case "idle":
      return [];
    case "incoming":
      return ["accept", "decline", "ignore", ...hiding];
    case "inviting":
    case "ringing":
      if (hold.local) return ["hang-up"];
      // A resumed call keeps its earlier choice.
      return ["hang-up", ...media, ...(identity.resumed === null ? hiding : [])];
    case "connecting":
      return hold.local ? ["hang-up"] : ["hang-up", ...media];
    case "connected":
    case "reconnecting":
      if (hold.local) return ["hang-up", "resume"];
      return [
        "hang-up",
        "hold",
        ...media,
        ...(settings.canShareScreen ? (["toggle-screen"] as const) : []),
      ];
    case "ended":
      return settings.canCallBack === false || worksNowhere.includes(ending?.problem)
        ? []
        : ["call-back"];
  }
}

/** Returns `true` for deeply equal plain data. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [Object.entries(a), b as Record<string, unknown>];
  return (
    one.length === Object.keys(other).length &&
    one.every(([name, value]) => isSame(value, other[name]))
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const field of Object.values(value)) deepFreeze(field);
  }
  return value;
}

/** STUN error codes of refused credentials (RFC 8489 section 14.8, RFC 8656 section 15). */
const refusals: readonly number[] = [401, 403, 437, 438];
/** No answer (W3C WebRTC section 4.8.2), or "try another server". */
const silences: readonly number[] = [701, 300];

/** Returns the reason for slow connecting. */
export function diagnose({ path, identity, keys, settings }: CallModel): Stuck {
  if (lacksProof({ keys, path })) return { reason: "no-proof", server: null };
  const { found, received, failures } = path;
  const server = (): Stuck | null => {
    const refused = failures.find(({ code }) => refusals.includes(code));
    if (refused !== undefined) return { reason: "server-password", server: refused.server };
    const silent = failures.find(({ code }) => silences.includes(code));
    return silent === undefined ? null : { reason: "server-unreachable", server: silent.server };
  };
  const usable = settings.relayOnly ? found.relay : found.host + found.reflexive + found.relay;
  if (usable === 0) return server() ?? { reason: "no-addresses", server: null };
  if (received === 0) {
    const hasAnswered = identity.direction === "outgoing" || keys.isConfirmed || path.hasAnswered;
    return { reason: hasAnswered ? "no-remote-addresses" : "no-answer", server: null };
  }
  if (found.relay > 0) return { reason: "no-path", server: null };
  return server() ?? { reason: "needs-relay", server: null };
}

import type { CallSnapshot, Talk } from "./snapshot.ts";
import { hasCamera } from "./state/devices.ts";
import { lacksProof } from "./state/keys.ts";
import type { CallErrorCode } from "../errors.ts";
import { originalDirection } from "./state/identity.ts";
import type { CallModel } from "./state/model.ts";
import type { Stuck } from "./state/path.ts";
import { isRelayed } from "./state/protection.ts";
import type { CallAction, ConnectingStep } from "./terms.ts";

/** What a call has in its snapshot once its rules are there, of which a call that rings has nothing. */
export type RunningParts = Pick<
  CallSnapshot,
  "talk" | "hints" | "protection" | "quality" | "reconnection"
> & {
  /** Why it connects slowly, for a call that does. */
  readonly diagnose: () => Stuck;
};

/** Returns these parts. @param steady as of {@link ringingSnapshot}. */
export type PartsOf = (model: CallModel, asOf: number, steady?: SteadyMoment) => RunningParts;

/**
 * Returns the snapshot of a call for screens. Deeply frozen.
 *
 * @param previous the snapshot before, returned again where no visible property changed, so that screens do not render.
 * @param now milliseconds since the epoch.
 * @param steady the same moment by the clock of the call, which nobody can set, and by the page's.
 * @param partsOf of a call whose rules are loaded.
 */
export function ringingSnapshot(
  model: CallModel,
  previous?: CallSnapshot,
  now = 0,
  steady?: SteadyMoment,
  partsOf: PartsOf = ringingParts,
): CallSnapshot {
  const snapshot = describe(model, now, partsOf(model, now, steady));
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

/** Nothing is measured yet, and no address found. */
function ringingParts(): RunningParts {
  return {
    hints: [],
    protection: {
      ...{ status: "none", sending: "none", receiving: "none", cipher: null },
      ...{ sealed: 0, opened: 0, duplicate: 0, forged: 0, since: null },
    },
    quality: null,
    reconnection: null,
    diagnose: () => ({ reason: "no-addresses", server: null }),
  };
}

function describe(
  model: CallModel,
  asOf: number,
  { diagnose, ...parts }: RunningParts,
): CallSnapshot {
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
    step: stepOf(model),
    stuck: isStuck(model) ? diagnose() : null,
    local: devices.local,
    devices: devices.available,
    voice: devices.voice,
    remote: model.remote,
    held: model.hold,
    securityCode: keys.securityCode,
    verification: keys.verification,
    relayed: isRelayed(protection),
    exposesAddress: !model.settings.relayOnly,
    ...parts,
    reconnections: reconnection.count,
    ending: model.ending,
    actions: possibleActions(model),
    record: model.record,
  };
}

function isStuck(model: CallModel): boolean {
  const { state, ending, path } = model;
  // The notified side gets `failed` only, without a problem of its own.
  const problem = ending?.problem ?? "timed-out";
  // An insecure end had no path, unless the missing proof was the reason.
  const isOver =
    ending?.reason === "failed" &&
    (problem === "timed-out" || (problem === "insecure" && lacksProof(model)));
  return path.isStuck && (state === "connecting" || isOver);
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

import { hintsOf } from "./rules/own-devices.ts";
import {
  ringingSnapshot,
  type PartsOf,
  type SteadyMoment,
  type CallQuality,
  type CallSnapshot,
  type Talk,
} from "./snapshot.ts";
import { lacksProof } from "./state/keys.ts";
import type { CallModel } from "./state/model.ts";
import type { Stuck } from "./state/path.ts";
import { countTalk } from "./state/times.ts";
import type { Encryption } from "./terms.ts";
import {
  judgeProtection,
  type Protection,
  type ProtectionReport,
  total,
} from "./state/protection.ts";

/** Returns the snapshot of a call with all that its rules know, as {@link ringingSnapshot}. */
export function toSnapshot(
  model: CallModel,
  previous?: CallSnapshot,
  now = 0,
  steady?: SteadyMoment,
): CallSnapshot {
  return ringingSnapshot(model, previous, now, steady, runningParts);
}

/** Parts of a snapshot that need the rules of a call with a connection. */
export const runningParts: PartsOf = (model, asOf, steady) => ({
  ...(steady && model.times.connectedAt !== null && { talk: talkOf(model, steady) }),
  hints: hintsOf(model),
  protection: reportProtection(model.protection, model.identity.encryption),
  quality: qualityOf(model),
  reconnection: reconnectionOf(model, asOf, steady?.at ?? asOf),
  diagnose: () => diagnose(model),
});

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

function qualityOf({ adaptation: { report, rung, ladder } }: CallModel): CallQuality | null {
  return report === null || rung === null
    ? null
    : { ...report, sending: rung, reason: ladder.reason };
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

/** `sx-call/1` has one suite: RFC 9605 section 4.5, keyed by RFC 7748 and FIPS 203 together. */
const ciphers: Record<Exclude<Encryption, "none" | "transport">, string> = {
  "sx-call/1": "AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768",
  compatible: "AES_256_GCM",
};

/** Returns the verdict with its counts. */
export function reportProtection(
  { measurements, since, sealedIn }: Pick<Protection, "measurements" | "since" | "sealedIn">,
  encryption: Encryption = "sx-call/1",
): ProtectionReport {
  const hasFrames = encryption !== "none" && encryption !== "transport";
  const { dtls } = measurements.at(-1) ?? {};
  // Frames that only pass through do not count as encrypted.
  const last = hasFrames ? measurements.at(-1) : undefined;
  const sealed = total(last, "sealed");
  const opened = total(last, "opened");
  return {
    ...judgeProtection(measurements, encryption),
    ...(sealedIn && hasFrames && { sealedIn }),
    ...(dtls && { dtls }),
    cipher: hasFrames && (sealed > 0 || opened > 0) ? ciphers[encryption] : null,
    sealed,
    opened,
    duplicate: total(last, "duplicate"),
    forged: total(last, "forged"),
    since,
  };
}

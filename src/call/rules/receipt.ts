import type { CallEvent } from "../events.ts";
import type { CallRecord, Receipt, RecordedReceipt, ReportedEvent } from "../record.ts";
import type { CallModel } from "../state/model.ts";
import { isRelayed, judgeProtection } from "../state/protection.ts";
import type { PathCounts } from "../state/quality.ts";
import { transitionWithText } from "./text.ts";
import type { Step } from "./step.ts";

export const noReceipt: Receipt = {
  gap: 0,
  gapSince: null,
  measured: 0,
  protected: 0,
  measuredAt: null,
  sent: 0,
  received: 0,
  path: null,
  events: [],
};

/** The first and the last events are kept: a call of hours has no more than these. */
const mostEvents = 200;
/** Measurements come twice a second. Over a longer time the page slept. Milliseconds. */
const longestMeasurement = 5000;

/**
 * The rules of a call, and its receipt: figures and events for the record and the report. Apart from the other rules, which do not
 * depend on it.
 */
export function transitionWithReceipt(model: CallModel, event: CallEvent, now: number): Step {
  const [next, effects] = transitionWithText(model, event, now);
  if (next === model || model.state === "ended") return [next, effects];
  const receipt = observe(model.receipt ?? begun(model), model, next, event, now);
  const { record, ending } = next;
  return [
    {
      ...next,
      receipt,
      record: record &&
        ending && { ...record, ...recorded(record, receipt), ending: plain(ending) },
    },
    effects,
  ];
}

/** The runtime may be younger than the call, which rings or is dialled by then. */
function begun({ state }: CallModel): Receipt {
  return state === "idle"
    ? noReceipt
    : { ...noReceipt, events: [{ second: 0, what: "state", value: state }] };
}

function plain({
  reason,
  by,
  problem,
}: NonNullable<CallModel["ending"]>): NonNullable<CallRecord["ending"]> {
  return { reason, by, problem };
}

/** Returns the figures of a receipt for the record; none for a call that never connected. */
function recorded({ connectedAt }: CallRecord, receipt: Receipt): RecordedReceipt {
  if (connectedAt === undefined) return {};
  const { gap, measured, sent, received } = receipt;
  return {
    gapSeconds: Math.round(gap / 1000),
    ...(measured > 0 && { protectedPercent: percentOf(receipt) }),
    ...(sent + received > 0 && { bytesSent: sent, bytesReceived: received }),
  };
}

/** Rounded down: 100 means always. */
export function percentOf({ measured, protected: good }: Receipt): number {
  return Math.floor((100 * good) / measured);
}

function observe(
  receipt: Receipt,
  before: CallModel,
  next: CallModel,
  event: CallEvent,
  now: number,
): Receipt {
  const gap = withGap(receipt, next, now);
  const measured = event.type === "measured" ? withMeasurement(gap, next, now) : gap;
  const path = event.type === "quality-sampled" ? event.sample.path : null;
  const counted = path === null ? measured : withBytes(measured, path);
  return { ...counted, events: withEvents(counted.events, before, next, now) };
}

function withGap(receipt: Receipt, { state }: CallModel, now: number): Receipt {
  const { gap, gapSince } = receipt;
  if (state === "reconnecting") return { ...receipt, gapSince: gapSince ?? now };
  return gapSince === null
    ? receipt
    : { ...receipt, gap: gap + Math.max(0, now - gapSince), gapSince: null };
}

/** On hold nothing flows, as both sides want it: this time does not count. */
function withMeasurement(receipt: Receipt, next: CallModel, now: number): Receipt {
  const { state, hold, protection, identity } = next;
  if (state !== "connected" || hold.local || hold.remote || protection.since === null)
    return { ...receipt, measuredAt: null };
  const passed = Math.min(longestMeasurement, Math.max(0, now - (receipt.measuredAt ?? now)));
  const { status } = judgeProtection(protection.measurements, identity.encryption);
  const isGood = status === "protected" || status === "compatible";
  return {
    ...receipt,
    measuredAt: now,
    measured: receipt.measured + passed,
    protected: receipt.protected + (isGood ? passed : 0),
  };
}

/** A new path counts from zero. */
function withBytes(receipt: Receipt, { id, bytesSent, bytesReceived }: PathCounts): Receipt {
  const last = receipt.path?.id === id ? receipt.path : { sent: 0, received: 0 };
  const sent = bytesSent ?? last.sent;
  const received = bytesReceived ?? last.received;
  return {
    ...receipt,
    sent: receipt.sent + Math.max(0, sent - last.sent),
    received: receipt.received + Math.max(0, received - last.received),
    path: { id, sent, received },
  };
}

function withEvents(
  events: readonly ReportedEvent[],
  before: CallModel,
  next: CallModel,
  now: number,
): readonly ReportedEvent[] {
  const [was, is] = [facets(before), facets(next)];
  const second = Math.round((now - (next.times.startedAt ?? now)) / 100) / 10;
  const changed = Object.entries(is)
    .filter(([what, value]) => value !== was[what])
    .map(([what, value]) => ({ second, what, value }));
  if (changed.length === 0) return events;
  const all = [...events, ...changed];
  const over = all.length - mostEvents;
  return over > 0 ? [...all.slice(0, mostEvents / 2), ...all.slice(mostEvents / 2 + over)] : all;
}

/** Returns the state of a call for its report, in fixed words only: no text of a person or an engine. */
function facets(model: CallModel): Record<string, string> {
  const { state, hold, devices, remote, protection, keys, identity, ending } = model;
  const { microphone, camera, screen } = devices.local;
  const device = ({ state: is, problem }: typeof microphone) =>
    problem === null ? is : `${is}: ${problem}`;
  const relayed = isRelayed(protection);
  const { local, remote: theirs } = keys.verification;
  const answer = (match: boolean | null) =>
    match === null ? "not compared" : match ? "matches" : "does not match";
  const held = { local: "you", remote: "the other side", both: "both", none: "nobody" } as const;
  const holder = hold.local ? (hold.remote ? "both" : "local") : hold.remote ? "remote" : "none";
  return {
    state: ending === null ? state : `ended: ${ending.reason} by ${ending.by}`,
    problem: ending?.problem ?? "none",
    hold: held[holder],
    path: relayed === null ? "none" : relayed ? "relay" : "direct",
    protection: judgeProtection(protection.measurements, identity.encryption).status,
    "your microphone": device(microphone),
    "your camera": device(camera),
    "your screen": device(screen),
    "their microphone": remote.microphone ? "on" : "off",
    "their camera": remote.camera ? "on" : "off",
    "their screen": remote.screen ? "on" : "off",
    "security code, you": answer(local),
    "security code, they": answer(theirs),
  };
}

import type { CallSnapshot } from "../../src/call/snapshot.ts";
import type { NoticeCode } from "../../src/errors.ts";
import { Side } from "./call-pair.ts";
import { FakePorts } from "./fake-ports.ts";
import { aimed, hostileSignals, marker } from "./fuzz-signals.ts";
import { otherCallId, signal } from "./signals.ts";
import { settled } from "./virtual-clock.ts";

/** Maximum number of notices and tasks caused by one message: more would be a loop, or an amplified flood. */
const mostNotices = 24;
const mostWork = 120;
/** Messages that one call takes before the next is set up. */
const perCall = 250;

const id = "ourOwnCallIdForFuzzing";
const accept = { type: "accept", media: "audio" } as const;

interface Scene {
  readonly side: Side;
  readonly ports: FakePorts;
}

const hear = async ({ side }: Scene, message: unknown) => {
  side.source.receive(message);
  await settled();
};
const dial = ({ side }: Scene) => side.source.perform({ type: "start", media: "audio" });
const pathIs = async ({ ports }: Scene, path: "connected" | "failed") => {
  ports.connection.listener.pathChanged(path);
  ports.connection.listener.controlOpened();
  await settled();
};
const invite = (scene: Scene) =>
  hear(scene, signal("invite", { callId: id, sentAt: scene.ports.now() }));

/** Brings the calls of a screen into every state. */
const situations: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  idle: () => Promise.resolve(),
  dialling: async (scene) => {
    scene.ports.capture = "on request";
    void dial(scene).catch(() => undefined);
    await settled();
  },
  inviting: dial,
  ringing: async (scene) => {
    await dial(scene);
    await hear(scene, signal("ringing", { callId: id, seq: 101 }));
  },
  "accepted by the other side": async (scene) => {
    await dial(scene);
    await hear(scene, signal("accept", { callId: id, seq: 102 }));
  },
  "connected as the caller": async (scene) => {
    await dial(scene);
    await hear(scene, signal("accept", { callId: id, seq: 102 }));
    await pathIs(scene, "connected");
  },
  "reconnecting as the caller": async (scene) => {
    await dial(scene);
    await hear(scene, signal("accept", { callId: id, seq: 102 }));
    await pathIs(scene, "connected");
    await pathIs(scene, "failed");
  },
  incoming: invite,
  "accepted here": async (scene) => {
    await invite(scene);
    await scene.side.source.perform(accept);
  },
  "connected as the callee": async (scene) => {
    await invite(scene);
    await scene.side.source.perform(accept);
    await pathIs(scene, "connected");
  },
  "reconnecting as the callee": async (scene) => {
    await invite(scene);
    await scene.side.source.perform(accept);
    await pathIs(scene, "connected");
    await pathIs(scene, "failed");
  },
  "connected beside a waiting call": async (scene) => {
    await invite(scene);
    await scene.side.source.perform(accept);
    await pathIs(scene, "connected");
    await hear(scene, signal("invite", { callId: otherCallId, sentAt: scene.ports.now() }));
  },
  ended: async (scene) => {
    await dial(scene);
    await scene.side.source.perform({ type: "hang-up" });
  },
};

/** Counts over all messages. */
export interface FuzzFigures {
  messages: number;
  /**
   * The longest that one message took, with all it set off. Milliseconds. A figure, not a judgement. A message that seems slow
   * is sent again in the same situation, and the quickest time counts. A busy machine makes anything slow once.
   */
  slowest: number;
  mostNotices: number;
  mostWork: number;
  /** Number of transitions from each state. */
  readonly moves: Map<string, number>;
  readonly codes: Map<NoticeCode, number>;
  readonly situations: Set<string>;
}

/** Milliseconds after which a message is measured again. */
const suspicious = 20;

/** Sends so many hostile signals to the calls of a screen, in every situation in turn. @throws {Error} at the first fault. */
export async function fuzzCalls({
  seed,
  count,
}: {
  seed: number;
  count: number;
}): Promise<FuzzFigures> {
  const figures = noFigures();
  for (let round = seed; figures.messages < count; round += 1) {
    const times = await fuzzCall(round, figures);
    for (const [at, time] of times.entries()) {
      let quickest = time;
      for (let again = 0; again < 5 && quickest > suspicious; again += 1) {
        quickest = Math.min(quickest, (await fuzzCall(round, noFigures()))[at] ?? quickest);
      }
      figures.slowest = Math.max(figures.slowest, quickest);
    }
  }
  return figures;
}

function noFigures(): FuzzFigures {
  return {
    messages: 0,
    slowest: 0,
    mostNotices: 0,
    mostWork: 0,
    moves: new Map(),
    codes: new Map(),
    situations: new Set(),
  };
}

/** One round: the calls of one screen in one situation. @returns how long each message took. Milliseconds. */
async function fuzzCall(round: number, figures: FuzzFigures): Promise<number[]> {
  const names = Object.keys(situations);
  const name = names[round % names.length] ?? "idle";
  figures.situations.add(name);
  const ports = new FakePorts();
  ports.callIds = [id];
  const scene: Scene = { side: new Side({}, ports), ports };
  await settled();
  await situations[name]?.(scene);
  const times: number[] = [];
  for (const [at, untrusted] of hostileSignals(perCall, round).entries()) {
    times.push(
      await attack(
        scene,
        aimed(untrusted, id),
        figures,
        `${name}, seed ${String(round)}, message ${String(at)}`,
      ),
    );
    // Most of what follows an end meets nothing: the next situation tells more.
    if (name !== "ended" && scene.side.snapshot.state === "ended" && at % 10 === 9) break;
  }
  scene.side.source.close();
  await settled();
  if (!ports.isAllReleased)
    throw new Error(`Something outlives its call: ${name}, seed ${String(round)}.`);
  return times;
}

async function attack(
  { side, ports }: Scene,
  untrusted: unknown,
  figures: FuzzFigures,
  where: string,
): Promise<number> {
  const before = side.snapshot;
  const reported = side.notices.length;
  const worked = workOf(ports);
  const negotiated = negotiationsOf(ports);
  const mayNegotiate = [before, ...side.source.others].some(
    ({ state, step }) =>
      ["connected", "reconnecting"].includes(state) || step === "path" || step === "security",
  );
  const start = performance.now();
  side.source.receive(untrusted);
  await settled();
  const time = performance.now() - start;
  figures.messages += 1;
  const notices = side.notices.slice(reported);
  const work = workOf(ports) - worked;
  figures.mostNotices = Math.max(figures.mostNotices, notices.length);
  figures.mostWork = Math.max(figures.mostWork, work);
  if (!mayNegotiate && negotiationsOf(ports) > negotiated)
    throw new Error(`A path was negotiated for no call: ${where}.`);
  if (notices.length > mostNotices)
    throw new Error(`One message made ${String(notices.length)} notices: ${where}.`);
  if (work > mostWork)
    throw new Error(`One message made ${String(work)} pieces of work: ${where}.`);
  for (const notice of notices) {
    if (notice.type === "error") {
      figures.codes.set(notice.error.code, (figures.codes.get(notice.error.code) ?? 0) + 1);
      if (notice.error.message.includes(marker))
        throw new Error(`An error carries what was sent: ${where}.`);
      if (notice.error.code === "internal")
        throw new Error(`A message met a fault of the kit: ${where}.`);
    }
    const fault = notice.type === "changed" ? faultOf(notice.previous) : null;
    if (fault !== null) throw new Error(`${fault}: ${where}.`);
  }
  const after = side.snapshot;
  if (after !== before) {
    const move = `${before.state} → ${after.state}`;
    figures.moves.set(move, (figures.moves.get(move) ?? 0) + 1);
    checkReach(before, after, typeOf(untrusted), where);
  }
  for (const snapshot of [after, ...side.source.others]) {
    const fault = faultOf(snapshot);
    if (fault !== null) throw new Error(`${fault}: ${where}.`);
  }
  if (side.source.others.length > 4)
    throw new Error(`The other side fills the screen with calls: ${where}.`);
  return time;
}

/**
 * Returns `true` if one message may lead from one snapshot to the other: steps of the table, of the same call, or a new call.
 */
function checkReach(before: CallSnapshot, after: CallSnapshot, type: unknown, where: string): void {
  if (before.callId === after.callId) {
    if (before.state !== after.state && !mayLead(before.state, after.state, type))
      throw new Error(`${before.state} became ${after.state}: ${where}.`);
    if (before.securityCode !== null && after.state !== "ended" && after.securityCode === null) {
      throw new Error(`A security code was taken back: ${where}.`);
    }
    return;
  }
  // Nobody answers for a person: a new call rings, unless the person was dialling or in the very call that it takes up.
  const isFree = before.state === "idle" || before.state === "ended";
  const mayRing = isFree && ["incoming", "ended"].includes(after.state);
  const wasDialling = ["inviting", "ringing"].includes(before.state);
  const wasTalking = ["connected", "reconnecting"].includes(before.state);
  const mayConnect = (wasDialling || wasTalking) && ["connecting", "ended"].includes(after.state);
  const madeRoom = ["incoming", "connected", "reconnecting"].includes(after.state);
  if (!mayRing && !mayConnect && !madeRoom)
    throw new Error(`${before.state} became another call that is ${after.state}: ${where}.`);
}

/** The one message that leads to each state, and from where: people, time and the network bring about the rest. */
const leading: Readonly<
  Partial<
    Record<CallSnapshot["state"], { readonly type: string; readonly from: readonly string[] }>
  >
> = {
  incoming: { type: "invite", from: ["idle"] },
  ringing: { type: "ringing", from: ["inviting"] },
  connecting: { type: "accept", from: ["inviting", "ringing"] },
  // The caller's proof was all that was missing.
  connected: { type: "confirm", from: ["connecting"] },
  reconnecting: { type: "away", from: ["connected"] },
  ended: {
    type: "end",
    from: ["inviting", "ringing", "incoming", "connecting", "connected", "reconnecting"],
  },
};

function mayLead(from: CallSnapshot["state"], to: CallSnapshot["state"], type: unknown): boolean {
  const rule = leading[to];
  return rule !== undefined && rule.type === type && rule.from.includes(from);
}

function typeOf(untrusted: unknown): unknown {
  try {
    return (untrusted as { type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}

/** Returns an impossible combination in a snapshot. */
function faultOf({
  state,
  step,
  callId,
  record,
  ending,
  connectedAt,
  endedAt,
  securityCode,
  reconnection,
}: CallSnapshot): string | null {
  const hasEnded = state === "ended";
  if (
    (record !== null) !== hasEnded ||
    (ending !== null) !== hasEnded ||
    (endedAt !== null) !== hasEnded
  )
    return "An end that is none";
  if ((callId === null) !== (state === "idle")) return "A call without its name";
  if ((state === "connected" || state === "reconnecting") && connectedAt === null)
    return "Connected at no time";
  if (["incoming", "inviting", "ringing"].includes(state) && securityCode !== null)
    return "A security code before the keys";
  if ((reconnection !== null) !== (state === "reconnecting")) return "A reconnection of nothing";
  const steps: Partial<Record<CallSnapshot["state"], readonly (string | null)[]>> = {
    inviting: ["devices", null],
    connecting: ["keys", "path", "security"],
    connected: ["security", null],
  };
  return (steps[state] ?? [null]).includes(step) ? null : `The step ${String(step)} in ${state}`;
}

function negotiationsOf({ connections }: FakePorts): number {
  return connections.reduce((sum, { restarts }) => sum + restarts.answered + restarts.applied, 0);
}

/** Counts the use of everything behind the ports. */
function workOf({
  ciphers,
  connections,
  captures,
  initiators,
  responders,
  clock,
}: FakePorts): number {
  const asked = captures.reduce((sum, capture) => sum + capture.asked.length, 0);
  const added = connections.reduce((sum, { added: list, said, appliedAnswers, restarts }) => {
    return (
      sum +
      list.length +
      said.length +
      appliedAnswers +
      restarts.offered +
      restarts.answered +
      restarts.applied
    );
  }, 0);
  const made =
    ciphers.length + connections.length + captures.length + initiators.length + responders.length;
  return (
    asked +
    added +
    made +
    clock.pending +
    responders.reduce((sum, { confirms }) => sum + confirms, 0)
  );
}

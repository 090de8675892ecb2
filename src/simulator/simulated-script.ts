import type { CallMedia, CallStateName, DeviceName, EndReason } from "../call/terms.ts";
import type { CallErrorCode } from "../errors.ts";
import type { Intent } from "../call/intents.ts";

/** How the network is. `fair` and `poor` lose packets and take time; `lost` carries nothing. */
export type SimulatedNetwork = "good" | "fair" | "poor" | "lost";

/** About which call a step is: counted from 1 in the order in which they began; by default the one that is shown. */
interface OfCall {
  readonly call?: number;
}

/** One step of a simulated call. */
export type SimulatedStep =
  /** Time passes. */
  | { readonly type: "wait"; readonly milliseconds: number }
  /** Waits until the call that is shown is in this state. Where it ends otherwise, the play ends, too. */
  | { readonly type: "until"; readonly state: CallStateName }
  /** A person asks for something on this side, as by a button. What fails is told as an `error` notice, as in a real call. */
  | { readonly type: "perform"; readonly intent: Intent }
  /** Somebody calls. During a call they wait beside it. `isOld`: with an app whose encryption is weaker (`compatible`). */
  | { readonly type: "call"; readonly media: CallMedia; readonly isOld?: boolean }
  /** The other side's telephone rings. */
  | ({ readonly type: "ring" } & OfCall)
  /** The other side accepts. */
  | ({ readonly type: "accept"; readonly media?: CallMedia; readonly isOld?: boolean } & OfCall)
  /** The other side ends the call, declines it, or is busy. */
  | ({ readonly type: "end"; readonly reason: EndReason } & OfCall)
  /** The other side switches its devices. */
  | ({ readonly type: "media" } & Partial<Readonly<Record<DeviceName, boolean>>> & OfCall)
  /** The other side puts the call on hold, or goes on. */
  | ({ readonly type: "hold"; readonly on: boolean } & OfCall)
  /** The other side says whether the security code matches. */
  | ({ readonly type: "code"; readonly match: boolean } & OfCall)
  | { readonly type: "network"; readonly is: SimulatedNetwork }
  /** Somebody on the way changes a quarter of the frames, or leaves them alone. */
  | { readonly type: "tamper"; readonly on: boolean }
  /** From now on this device fails so; `null`: it opens. */
  | {
      readonly type: "device";
      readonly device: DeviceName;
      readonly problem: CallErrorCode | null;
    };

const wait = (seconds: number): SimulatedStep => ({ type: "wait", milliseconds: seconds * 1000 });
const until = (state: CallStateName): SimulatedStep => ({ type: "until", state });
const perform = (intent: Intent): SimulatedStep => ({ type: "perform", intent });
const network = (is: SimulatedNetwork): SimulatedStep => ({ type: "network", is });

/** Somebody calls, and this side accepts: two seconds of a call that is well. */
function connected(media: CallMedia, isOld = false): readonly SimulatedStep[] {
  return [
    { type: "call", media, isOld },
    wait(1),
    perform({ type: "accept", media }),
    until("connected"),
    wait(2),
  ];
}

/** This side calls, and it rings there. */
function ringing(media: CallMedia): readonly SimulatedStep[] {
  return [perform({ type: "start", media }), wait(1), { type: "ring" }, wait(2)];
}

/** The plays that are ready. Each goes on as long as it says, and then leaves the call to whoever watches. */
export const simulatedCalls = {
  /** Somebody calls; the person accepts, or not. */
  incoming: [{ type: "call", media: "video" }, until("connected")],
  /** This side calls, and the other side accepts. */
  outgoing: [...ringing("video"), { type: "accept" }, until("connected")],
  declined: [...ringing("audio"), { type: "end", reason: "declined" }, until("ended")],
  busy: [
    perform({ type: "start", media: "audio" }),
    wait(1),
    { type: "end", reason: "busy" },
    until("ended"),
  ],
  unanswered: [...ringing("audio"), until("ended")],
  /** Better, worse, and good again. */
  "poor-network": [
    ...connected("video"),
    network("fair"),
    wait(8),
    network("poor"),
    wait(12),
    network("good"),
    wait(20),
  ],
  /** The path is lost, and comes back after six seconds. */
  reconnection: [
    ...connected("video"),
    network("lost"),
    wait(6),
    network("good"),
    until("connected"),
    wait(3),
  ],
  /** The path is lost for good. */
  lost: [...connected("audio"), network("lost"), until("ended")],
  /** No path is found: the screen says so after eight seconds, and the call ends after thirty. */
  stuck: [
    network("lost"),
    { type: "call", media: "audio" },
    wait(1),
    perform({ type: "accept", media: "audio" }),
    until("ended"),
  ],
  /** Somebody changes frames on their way, and stops. */
  tampering: [
    ...connected("audio"),
    { type: "tamper", on: true },
    wait(6),
    { type: "tamper", on: false },
    wait(4),
  ],
  /** The other side has an older app: what protects the call is weaker, and the screen says so. */
  "old-peer": connected("video", true),
  /** The microphone is refused: the call does not start. */
  "permission-refused": [
    { type: "device", device: "microphone", problem: "permission-denied" },
    perform({ type: "start", media: "video" }),
    until("ended"),
  ],
  /** The camera is refused: the call goes on without it. */
  "camera-refused": [
    { type: "device", device: "camera", problem: "permission-denied" },
    ...connected("video"),
  ],
  /** Somebody else calls during a call, and gives up after twenty seconds. */
  "second-call": [
    ...connected("audio"),
    { type: "call", media: "video" },
    wait(20),
    { type: "end", reason: "cancelled", call: 2 },
  ],
  /** The other side puts the call on hold, and goes on. */
  hold: [
    ...connected("audio"),
    { type: "hold", on: true },
    wait(5),
    { type: "hold", on: false },
    wait(2),
  ],
  /** The other side mutes itself, and switches its camera off. */
  muted: [
    ...connected("video"),
    { type: "media", microphone: false },
    wait(3),
    { type: "media", camera: false },
    wait(3),
  ],
  /** The other side shares its screen. */
  screen: [
    ...connected("video"),
    { type: "media", screen: true },
    wait(8),
    { type: "media", screen: false },
    wait(2),
  ],
  /** Both people compare the security code, and it matches. */
  verified: [
    ...connected("audio"),
    { type: "code", match: true },
    wait(2),
    perform({ type: "check-code", match: true }),
    wait(2),
  ],
  /** A whole call: it rings, is talked in, and the other side hangs up. */
  whole: [
    ...ringing("video"),
    { type: "accept" },
    until("connected"),
    wait(10),
    { type: "end", reason: "hung-up" },
    until("ended"),
  ],
} as const satisfies Record<string, readonly SimulatedStep[]>;

/** The name of a play that is ready. */
export type SimulatedCallName = keyof typeof simulatedCalls;

import type { CallMedia, CallStateName, DeviceName, EndReason } from "../call/terms.ts";
import type { CallErrorCode } from "../errors.ts";
import type { Intent } from "../call/events.ts";

/** State of the network. `fair` and `poor` lose and delay packets; `lost` carries none. */
export type SimulatedNetwork = "good" | "fair" | "poor" | "lost";

/** Call that a step applies to, counted from 1 in order of creation. Defaults to the call on screen. */
interface OfCall {
  readonly call?: number;
}

/** One step of a simulated call. */
export type SimulatedStep =
  /** Lets time pass. */
  | { readonly type: "wait"; readonly milliseconds: number }
  /** Waits until the call on screen is in this state. The script ends if the call ends instead. */
  | { readonly type: "until"; readonly state: CallStateName }
  /** Performs an intent of this side's person, as by a button. A failure causes an `error` notice, as in a real call. */
  | { readonly type: "perform"; readonly intent: Intent }
  /** A call comes in, and waits during another call. `isOld`: from an app with weaker encryption (`compatible`). */
  | { readonly type: "call"; readonly media: CallMedia; readonly isOld?: boolean }
  /** The remote side rings. */
  | ({ readonly type: "ring" } & OfCall)
  /** The remote side accepts. */
  | ({ readonly type: "accept"; readonly media?: CallMedia; readonly isOld?: boolean } & OfCall)
  /** The remote side ends the call, declines it, or is busy. `text`: its words where it declines. */
  | ({ readonly type: "end"; readonly reason: EndReason; readonly text?: string } & OfCall)
  /** The remote side turns its devices on or off. */
  | ({ readonly type: "media"; readonly screenPaused?: boolean } & Partial<
      Readonly<Record<DeviceName, boolean>>
    > &
      OfCall)
  /** The system of a side takes these devices in use, as for a telephone call, and gives the others back. */
  | ({
      readonly type: "interrupt";
      readonly devices: readonly ("microphone" | "camera")[];
      readonly by: "local" | "remote";
    } & OfCall)
  /** The remote side holds or resumes the call. */
  | ({ readonly type: "hold"; readonly on: boolean } & OfCall)
  /** The remote side compares the security code. */
  | ({ readonly type: "code"; readonly match: boolean } & OfCall)
  /** The remote side writes a line, letter by letter: what its line becomes. */
  | ({ readonly type: "write"; readonly text: string } & OfCall)
  /** The remote side sends a message. */
  | ({ readonly type: "say"; readonly text: string } & OfCall)
  | { readonly type: "network"; readonly is: SimulatedNetwork }
  /** Modifies a quarter of the frames in transit, or stops doing so. */
  | { readonly type: "tamper"; readonly on: boolean }
  /** Makes the device fail from now on; `null` lets it open. */
  | {
      readonly type: "device";
      readonly device: DeviceName;
      readonly problem: CallErrorCode | null;
    };

const wait = (seconds: number): SimulatedStep => ({ type: "wait", milliseconds: seconds * 1000 });
const until = (state: CallStateName): SimulatedStep => ({ type: "until", state });
const perform = (intent: Intent): SimulatedStep => ({ type: "perform", intent });
const network = (is: SimulatedNetwork): SimulatedStep => ({ type: "network", is });

/** A call comes in, this side accepts, and two seconds pass. */
function connected(media: CallMedia, isOld = false): readonly SimulatedStep[] {
  return [
    { type: "call", media, isOld },
    wait(1),
    perform({ type: "accept", media }),
    until("connected"),
    wait(2),
  ];
}

/** This side calls, and it rings on the remote side. */
function ringing(media: CallMedia): readonly SimulatedStep[] {
  return [perform({ type: "start", media }), wait(1), { type: "ring" }, wait(2)];
}

/** Built-in scripts. The call continues after the last step. */
export const simulatedCalls = {
  /** A call comes in; the person accepts or declines. */
  incoming: [{ type: "call", media: "video" }, until("connected")],
  /** This side calls, and the remote side accepts. */
  outgoing: [...ringing("video"), { type: "accept" }, until("connected")],
  declined: [...ringing("audio"), { type: "end", reason: "declined" }, until("ended")],
  /** The remote side declines with a quick text. */
  "declined-with-text": [
    ...ringing("audio"),
    { type: "end", reason: "declined", text: "In a meeting. I’ll call you back." },
    until("ended"),
  ],
  busy: [
    perform({ type: "start", media: "audio" }),
    wait(1),
    { type: "end", reason: "busy" },
    until("ended"),
  ],
  unanswered: [...ringing("audio"), until("ended")],
  /** Quality drops and recovers. */
  "poor-network": [
    ...connected("video"),
    network("fair"),
    wait(8),
    network("poor"),
    wait(12),
    network("good"),
    wait(20),
  ],
  /** The path is lost, and recovers after six seconds. */
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
  /** No path is found: the reason is shown after eight seconds, and the call ends after thirty. */
  stuck: [
    network("lost"),
    { type: "call", media: "audio" },
    wait(1),
    perform({ type: "accept", media: "audio" }),
    until("ended"),
  ],
  /** Frames are modified in transit for a while. */
  tampering: [
    ...connected("audio"),
    { type: "tamper", on: true },
    wait(6),
    { type: "tamper", on: false },
    wait(4),
  ],
  /** The remote side writes: a line as it is typed, corrected, and sent. */
  text: [
    ...connected("audio"),
    { type: "write", text: "I cannot speak hear" },
    wait(1),
    { type: "write", text: "I cannot speak here, can we write? 👩‍💻" },
    wait(1),
    { type: "say", text: "I cannot speak here, can we write? 👩‍💻" },
    wait(4),
    { type: "write", text: "I am on the train" },
    wait(4),
  ],
  /** The remote side has an older app: the protection is weaker, and the screen shows it. */
  "old-peer": connected("video", true),
  /** The microphone is refused: the call does not start. */
  "permission-refused": [
    { type: "device", device: "microphone", problem: "permission-denied" },
    perform({ type: "start", media: "video" }),
    until("ended"),
  ],
  /** The camera is refused: the call continues without it. */
  "camera-refused": [
    { type: "device", device: "camera", problem: "permission-denied" },
    ...connected("video"),
  ],
  /** A second call comes in, and is cancelled after twenty seconds. */
  "second-call": [
    ...connected("audio"),
    { type: "call", media: "video" },
    wait(20),
    { type: "end", reason: "cancelled", call: 2 },
  ],
  /** The remote side holds and resumes the call. */
  hold: [
    ...connected("audio"),
    { type: "hold", on: true },
    wait(5),
    { type: "hold", on: false },
    wait(2),
  ],
  /** The remote side mutes, and turns its camera off. */
  muted: [
    ...connected("video"),
    { type: "media", microphone: false },
    wait(3),
    { type: "media", camera: false },
    wait(3),
  ],
  /** The remote side's telephone rings, is answered, and hangs up: its system takes microphone and camera meanwhile. */
  "phone-call": [
    ...connected("video"),
    { type: "interrupt", devices: ["microphone", "camera"], by: "remote" },
    wait(8),
    { type: "interrupt", devices: [], by: "remote" },
    wait(2),
  ],
  /** An alarm goes off here: the system takes the microphone for a moment. */
  alarm: [
    ...connected("audio"),
    { type: "interrupt", devices: ["microphone"], by: "local" },
    wait(6),
    { type: "interrupt", devices: [], by: "local" },
    wait(2),
  ],
  /** The privacy switch of this device cuts the camera, and the other one the microphone of the remote side. */
  "privacy-switch": [
    ...connected("video"),
    { type: "interrupt", devices: ["camera"], by: "local" },
    wait(4),
    { type: "interrupt", devices: ["microphone"], by: "remote" },
    wait(20),
    { type: "interrupt", devices: [], by: "local" },
    { type: "interrupt", devices: [], by: "remote" },
    wait(2),
  ],
  /** The remote side shares its screen, and pauses that for a while. */
  screen: [
    ...connected("video"),
    { type: "media", screen: true },
    wait(8),
    { type: "media", screenPaused: true },
    wait(4),
    { type: "media", screenPaused: false },
    wait(2),
    { type: "media", screen: false },
    wait(2),
  ],
  /** Both people confirm the security code. */
  verified: [
    ...connected("audio"),
    { type: "code", match: true },
    wait(2),
    perform({ type: "check-code", match: true }),
    wait(2),
  ],
  /** A whole call, from ringing to the remote side's hang-up. */
  whole: [
    ...ringing("video"),
    { type: "accept" },
    until("connected"),
    wait(10),
    { type: "end", reason: "hung-up" },
    until("ended"),
  ],
} as const satisfies Record<string, readonly SimulatedStep[]>;

/** Name of a built-in script. */
export type SimulatedCallName = keyof typeof simulatedCalls;

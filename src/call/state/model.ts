import type { CallErrorCode } from "../../errors.ts";
import type { SignalCandidate, SignalOf } from "../../signalling/messages.ts";
import { noAdaptation } from "./adaptation.ts";
import type { Adaptation } from "./adaptation.ts";
import { noPathFacts } from "./doctor.ts";
import type { PathFacts } from "./doctor.ts";
import { noSenses } from "./hints.ts";
import type { SenseFacts } from "./hints.ts";
import type { Measurement, TrackIndex } from "./measurement.ts";
import type { Encryption } from "./protection.ts";
import type { CallRecord } from "../record.ts";
import type { ResumedCall } from "../rules/resumption.ts";
import type {
  CallDirection,
  CallEnding,
  CallMedia,
  CallStateName,
  DeviceList,
  DeviceStatus,
  Hold,
  LocalMediaStatus,
  Reconnection,
  RemoteMediaStatus,
  Verification,
  VoiceSwitches,
} from "../snapshot.ts";

/** What a host chooses for a call, and what the platform can: fixed for the call's whole life. */
export interface CallSettings {
  /** How long it rings, in milliseconds. */
  readonly ringMilliseconds: number;
  /** Whether media may only go through a relay, which hides the address. */
  readonly relayOnly: boolean;
  /** Whether a person may choose that for a call: there is a relay, and the host has not chosen it already. Default false. */
  readonly mayHideAddress?: boolean;
  /** How long a lost path may take to come back, in milliseconds. */
  readonly reconnectMilliseconds: number;
  /** How much a call may cost in both directions, in megabytes an hour; `null` and by default without a limit. */
  readonly megabytesPerHour?: number | null;
  /** Whether the platform can share a screen. */
  readonly canShareScreen: boolean;
  /** Whether a call can be made from here; otherwise the host alone makes them. Default true. */
  readonly canCallBack?: boolean;
  /** Why no call can be made here at all; `null` where calls can be made. */
  readonly unable: CallErrorCode | null;
}

/**
 * Everything that is known of one call: the state that `transition` works on. Plain and immutable; screens get a
 * `CallSnapshot`, which leaves out what is only needed to set the call up.
 */
export interface CallModel {
  readonly settings: CallSettings;
  readonly state: CallStateName;
  /** Empty while idle. */
  readonly callId: string;
  /** How media is encrypted, besides the transport's own encryption. */
  readonly encryption: Encryption;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly startedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  /** The number of the next message that this side sends. */
  readonly nextSeq: number;
  /** The numbers of the other side's messages that were taken: a repeated one is dropped. */
  readonly takenSeqs: readonly number[];
  /** The caller's: the invitation, made and waiting for the microphone. */
  readonly preparedInvite: Omit<
    SignalOf<"invite">,
    "protocol" | "callId" | "seq" | "sentAt"
  > | null;
  /** Whether the caller's invitation has left. */
  readonly invited: boolean;
  /** The callee's: the invitation that rings, kept until it is answered. */
  readonly invite: SignalOf<"invite"> | null;
  /** Candidates of this side, kept until the callee has accepted: no address leaves before that. */
  readonly heldCandidates: readonly SignalCandidate[];
  readonly heldCandidatesEnd: boolean;
  /** Candidates of the other side that overtook its `accept`. */
  readonly earlyCandidates: readonly SignalCandidate[];
  /** A `confirm` that overtook the end of this side's own work on the answer. */
  readonly earlyConfirm: SignalOf<"confirm"> | null;
  /** Whether candidates may leave: the callee has accepted, and on the callee's side the `accept` is out. */
  readonly trickling: boolean;
  /** Whether this side holds the call's keys. */
  readonly keysAgreed: boolean;
  /** Whether the other side has proved that it holds the same keys. */
  readonly keysConfirmed: boolean;
  /** The numbers of the security code, once the other side has proved its keys. */
  readonly securityCode: readonly number[] | null;
  readonly verification: Verification;
  /** What the transport says. */
  readonly path: PathState;
  readonly controlOpen: boolean;
  /** The tracks of which a frame of the other side has been opened. */
  readonly openedTracks: readonly TrackIndex[];
  readonly local: LocalMediaStatus;
  /** What a person last wished of each device; `local` is what became of it. */
  readonly wishes: Wishes;
  readonly remote: RemoteMediaStatus;
  readonly held: Hold;
  /** The call that this one dials anew, with another choice of addresses; `null` where it is a call of its own. */
  readonly replaces: string | null;
  /** The call that this one takes up again after a page was loaded anew; `null` where it is a call of its own. */
  readonly resumed: ResumedCall | null;
  readonly devices: DeviceList;
  readonly voice: VoiceSwitches;
  /** Why the last wish for another device, or for another voice, came to nothing; `null` where it did not. */
  readonly choiceProblem: CallErrorCode | null;
  /** What was measured of the own devices. */
  readonly senses: SenseFacts;
  /** The measurements of the last two seconds and the one before them, oldest first. */
  readonly measurements: readonly Measurement[];
  readonly adaptation: Adaptation;
  readonly pathFacts: PathFacts;
  /** Whether connecting takes so long that the screen says why. */
  readonly isStuck: boolean;
  readonly protectedSince: number | null;
  readonly everProtected: boolean;
  readonly everTampered: boolean;
  readonly reconnections: number;
  /** What is done about a lost path; `null` while there is none. */
  readonly reconnection: Reconnection | null;
  /** How often a new path was asked for in the present silence, while the transport still says that it is connected. */
  readonly silentTries: number;
  /** Whether the other side understands that it is asked for a new path. */
  readonly canRestart: boolean;
  /** The number of this side's last offer of a new path. */
  readonly restartAttempt: number;
  /** When that was made; milliseconds since the epoch. */
  readonly restartedAt: number;
  /** Whether it waits for its answer. */
  readonly restartPending: boolean;
  /** The number of the other side's last offer that was taken: both ways carry each of them. */
  readonly restartTaken: number;
  /** Whether a new path is wanted and has to wait for the first answer: the network has changed since the offer was made. */
  readonly restartDue: boolean;
  readonly ending: CallEnding | null;
  readonly record: CallRecord | null;
}

/** What the transport says of its path, W3C `RTCPeerConnectionState` less what the kit brings about itself. */
export type PathState = "new" | "connecting" | "connected" | "disconnected" | "failed";

/** Which of its devices a person wants to be on. */
export type Wishes = Readonly<Record<keyof Omit<LocalMediaStatus, "facing">, boolean>>;

/** No device has been opened yet. */
export const noDevices: DeviceList = {
  microphones: [],
  cameras: [],
  speakers: [],
  microphone: null,
  camera: null,
  speaker: null,
};

/** A device that is off. */
export const deviceOff: DeviceStatus = { state: "off", problem: null };

/** A call before anything has happened. */
export function idleModel(settings: CallSettings): CallModel {
  return {
    settings,
    state: "idle",
    callId: "",
    encryption: "sx-call/1",
    direction: "outgoing",
    media: "audio",
    startedAt: null,
    connectedAt: null,
    endedAt: null,
    nextSeq: 0,
    takenSeqs: [],
    preparedInvite: null,
    invited: false,
    invite: null,
    heldCandidates: [],
    heldCandidatesEnd: false,
    earlyCandidates: [],
    earlyConfirm: null,
    trickling: false,
    keysAgreed: false,
    keysConfirmed: false,
    securityCode: null,
    verification: { local: null, remote: null },
    path: "new",
    controlOpen: false,
    openedTracks: [],
    local: { microphone: deviceOff, camera: deviceOff, screen: deviceOff, facing: null },
    wishes: { microphone: false, camera: false, screen: false },
    remote: { known: false, microphone: false, camera: false, screen: false },
    held: { local: false, remote: false },
    replaces: null,
    resumed: null,
    devices: noDevices,
    voice: { noiseSuppression: null, voiceIsolation: null },
    choiceProblem: null,
    senses: noSenses,
    measurements: [],
    adaptation: noAdaptation,
    pathFacts: noPathFacts,
    isStuck: false,
    protectedSince: null,
    everProtected: false,
    everTampered: false,
    reconnections: 0,
    reconnection: null,
    silentTries: 0,
    canRestart: true,
    restartAttempt: 0,
    restartedAt: 0,
    restartPending: false,
    restartTaken: 0,
    restartDue: false,
    ending: null,
    record: null,
  };
}

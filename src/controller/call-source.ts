import type { CallSnapshot } from "../call/snapshot.ts";
import type { VoiceProcessing } from "../call/state/devices.ts";
import type { CallMedia } from "../call/terms.ts";
import type { CallRecord } from "../call/record.ts";
import type { CallError } from "../errors.ts";
import type { SignalMessage } from "../signalling/messages.ts";

/** What a person asks of the call that is shown. */
export type OneCallIntent =
  | { readonly type: "accept"; readonly media: CallMedia }
  | { readonly type: "decline" }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "set-microphone"; readonly on: boolean }
  | { readonly type: "set-camera"; readonly on: boolean }
  | { readonly type: "flip-camera" }
  /** @param id one of `CallSnapshot.devices`; of a speaker also the empty one, for the system's own. */
  | {
      readonly type: "choose-device";
      readonly device: "microphone" | "camera" | "speaker";
      readonly id: string;
    }
  | { readonly type: "switch-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  | { readonly type: "check-code"; readonly match: boolean }
  | { readonly type: "set-screen"; readonly on: boolean }
  /** Nothing is sent and nothing played until `resume`. */
  | { readonly type: "hold" }
  /** Whether the other side may learn this device's address: before accepting, or while it rings there, which dials anew. */
  | { readonly type: "hide-address"; readonly on: boolean }
  | { readonly type: "resume" };

/** What a person, or the host, asks of all calls together. */
export type ManyCallsIntent =
  /** @param to the person called, as the host names its contacts: only an invitation of theirs can cross this one. */
  | { readonly type: "start"; readonly media: CallMedia; readonly to?: string }
  /** Takes up a call that the page was in before it was loaded anew, from its last snapshot. */
  | { readonly type: "resume-call"; readonly last: unknown; readonly to?: string }
  /** Tells the other side of such a call that nobody takes it up again. @param last as in `resume-call`. */
  | { readonly type: "leave-call"; readonly last: unknown }
  /** @param active what becomes of the call that is shown. */
  | {
      readonly type: "accept-waiting";
      readonly callId: string;
      readonly media: CallMedia;
      readonly active: "end" | "hold";
    }
  | { readonly type: "decline-waiting"; readonly callId: string }
  | { readonly type: "ignore-waiting"; readonly callId: string }
  /** The held call of that id is resumed, and the one that is shown is put on hold. */
  | { readonly type: "swap"; readonly callId: string }
  /** Another device of the same person has taken or declined the call. */
  | { readonly type: "answered-elsewhere"; readonly callId: string }
  | { readonly type: "declined-elsewhere"; readonly callId: string };

/** What a person asks. */
export type CallIntent = OneCallIntent | ManyCallsIntent;

/**
 * The tracks a screen plays, W3C `MediaStreamTrack`s. `null` where there is nothing to play: a remote track appears after its
 * first frame has been opened and while the other side says that the device is on.
 */
export interface CallTracks {
  readonly localCamera: MediaStreamTrack | null;
  readonly localScreen: MediaStreamTrack | null;
  readonly remoteMicrophone: MediaStreamTrack | null;
  readonly remoteCamera: MediaStreamTrack | null;
  readonly remoteScreen: MediaStreamTrack | null;
  readonly remoteScreenAudio: MediaStreamTrack | null;
}

/**
 * How loud it is on both sides: 0 to 1, linear, this moment; 0 where there is nothing to hear, or the microphone is off. May be asked
 * at every animation frame: only while somebody asks is there anything at work.
 */
export interface CallLevels {
  microphone(): number;
  remote(): number;
}

/** What a call tells whoever listens. `changed` means the snapshot, the tracks or the other calls are new objects. */
export type CallNotice =
  | { readonly type: "changed"; readonly previous: CallSnapshot }
  | { readonly type: "signal"; readonly message: SignalMessage }
  | { readonly type: "incoming"; readonly callId: string; readonly media: CallMedia }
  /** A call came in beside the one that is shown. */
  | { readonly type: "waiting"; readonly callId: string; readonly media: CallMedia }
  /** A call was put on hold, or goes on. */
  | {
      readonly type: "held";
      readonly callId: string;
      readonly held: boolean;
      readonly by: "local" | "remote";
    }
  | { readonly type: "ended"; readonly record: CallRecord }
  | { readonly type: "error"; readonly error: CallError };

/** The door between a screen and the calls behind it. The real one is `CallCenter`; stories and tests bring plain objects. */
export interface CallSource {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  /** How loud the call is that is shown. */
  readonly levels: CallLevels;
  /** The calls beside the one that is shown: those that wait and those on hold, the newest first. Frozen. */
  readonly others: readonly CallSnapshot[];
  /**
   * Does what a person asked for.
   * @returns once it is done: for a device, once the device has changed.
   * @throws {CallError} `not-possible` where the state does not allow it, else the code of what failed.
   */
  perform(intent: CallIntent): Promise<void>;
  /**
   * Takes a message of the other side, as the host's channel delivered it. Never throws: a bad one becomes an `error` notice.
   *
   * @param from who has sent it, as the host names its contacts. Without it every message counts as one person's.
   */
  receive(message: unknown, from?: string): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (notice: CallNotice) => void): () => void;
  /** Ends every call and releases everything. Nothing can be done with it afterwards. */
  close(): void;
}

/** No other call. */
export const noOthers: readonly CallSnapshot[] = Object.freeze([]);

/** Nothing to hear. */
export const noLevels: CallLevels = Object.freeze({ microphone: () => 0, remote: () => 0 });

/** No track at all: what `CallSource.tracks` is while there is no call. */
export const noTracks: CallTracks = Object.freeze({
  localCamera: null,
  localScreen: null,
  remoteMicrophone: null,
  remoteCamera: null,
  remoteScreen: null,
  remoteScreenAudio: null,
});

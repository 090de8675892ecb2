import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import type { Intent } from "../call/intents.ts";
import type { CallRecord } from "../call/record.ts";
import type { CallError } from "../errors.ts";
import type { SignalMessage } from "../signalling/messages.ts";

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
  /** `continuity`: for the host, where both people said that the codes match; 32 bytes. */
  | {
      readonly type: "ended";
      readonly record: CallRecord;
      readonly continuity?: Uint8Array;
    }
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
  perform(intent: Intent): Promise<void>;
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

import type { CallMedia, CallSnapshot } from "../call/snapshot.ts";
import type { CallRecord } from "../call/record.ts";
import type { CallError } from "../errors.ts";
import type { SignalMessage } from "../signalling/messages.ts";

/** What a person asks of a call. */
export type CallIntent =
  | { readonly type: "start"; readonly media: CallMedia }
  | { readonly type: "accept"; readonly media: CallMedia }
  | { readonly type: "decline" }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "set-microphone"; readonly on: boolean }
  | { readonly type: "set-camera"; readonly on: boolean }
  | { readonly type: "flip-camera" }
  | { readonly type: "check-code"; readonly match: boolean }
  | { readonly type: "set-screen"; readonly on: boolean };

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

/** What a call tells whoever listens. `changed` means the snapshot or the tracks are new objects. */
export type CallNotice =
  | { readonly type: "changed"; readonly previous: CallSnapshot }
  | { readonly type: "signal"; readonly message: SignalMessage }
  | { readonly type: "incoming"; readonly callId: string; readonly media: CallMedia }
  | { readonly type: "ended"; readonly record: CallRecord }
  | { readonly type: "error"; readonly error: CallError };

/** The door between a screen and the calls behind it. The real one is `CallCenter`; stories and tests bring plain objects. */
export interface CallSource {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  /**
   * Does what a person asked for.
   * @returns once it is done: for a device, once the device has changed.
   * @throws {CallError} `not-possible` where the state does not allow it, else the code of what failed.
   */
  perform(intent: CallIntent): Promise<void>;
  /** Takes a message of the other side, as the host's channel delivered it. Never throws: a bad one becomes an `error` notice. */
  receive(message: unknown): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (notice: CallNotice) => void): () => void;
  /** Ends every call and releases everything. Nothing can be done with it afterwards. */
  close(): void;
}

/** No track at all: what `CallSource.tracks` is while there is no call. */
export const noTracks: CallTracks = Object.freeze({
  localCamera: null,
  localScreen: null,
  remoteMicrophone: null,
  remoteCamera: null,
  remoteScreen: null,
  remoteScreenAudio: null,
});

import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import type { Intent } from "../call/events.ts";
import type { CallReport } from "../call/report.ts";
import type { CallRecord } from "../call/record.ts";
import type { Conversation, TextMessage } from "../call/rules/text.ts";
import type { NoticeCode } from "../errors.ts";
import type { SignalMessage } from "../signalling/messages.ts";
import type { PagePorts } from "./ports.ts";

/**
 * Tracks to play, W3C `MediaStreamTrack`s; `null` for none. A remote track is present after its first decrypted frame, while
 * the other side reports its device as on.
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
 * Present audio levels of both sides, 0 to 1, linear; 0 without audio or with the microphone off. May be read at every
 * animation frame. Measuring runs only while they are read.
 */
export interface CallLevels {
  microphone(): number;
  remote(): number;
}

/** Text of a call. Apart from snapshots, because hosts read and store those. */
export interface CallText {
  /** Frozen, and another object after every change. */
  readonly conversation: Conversation;
  /** The person has written: the whole line. */
  write(line: string): void;
  /** Sends a message, and empties the line. */
  sendMessage(text: string): void;
  /** Sets whether the line is sent while it is typed. */
  sendLive(on: boolean): void;
  /** Reports whether the person sees the conversation. */
  see(on: boolean): void;
  /** Calls the listener after every change. @returns a function that ends it. */
  subscribe(listener: () => void): () => void;
}

/** Notice of a call. `changed`: snapshot, tracks or other calls are new objects. */
export type CallNotice =
  | { readonly type: "changed"; readonly previous: CallSnapshot }
  | { readonly type: "signal"; readonly message: SignalMessage }
  | { readonly type: "incoming"; readonly callId: string; readonly media: CallMedia }
  /** A second call came in. */
  | { readonly type: "waiting"; readonly callId: string; readonly media: CallMedia }
  /** A call was put on hold or resumed. */
  | {
      readonly type: "held";
      readonly callId: string;
      readonly held: boolean;
      readonly by: "local" | "remote";
    }
  /** `continuity`: 32 bytes for the host, where both people confirmed the code. */
  | {
      readonly type: "ended";
      readonly record: CallRecord;
      readonly continuity?: Uint8Array;
    }
  /** Transcript of a call that ends now. Only for a host that asked for it. */
  | {
      readonly type: "written";
      readonly callId: string;
      readonly messages: readonly Pick<TextMessage, "from" | "text" | "at">[];
    }
  | {
      readonly type: "error";
      readonly error: { readonly code: NoticeCode; readonly message: string };
    };

/** Interface between a screen and its calls. Implemented by `CallCenter`; stories and tests use plain objects. */
export interface CallSource {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  /** Levels of the call on screen. */
  readonly levels: CallLevels;
  /** Text of the call on screen; missing or `null` before there are keys for it. */
  readonly text?: CallText | null;
  /** Other calls: waiting and held ones, the newest first. Frozen. */
  readonly others: readonly CallSnapshot[];
  /**
   * Performs an intent.
   * @returns a promise that resolves when done: for a device, after its change.
   * @throws {CallError} `not-possible` for an impossible action, or the code of the failure.
   */
  perform(intent: Intent): Promise<void>;
  /**
   * Handles a message of the other side from the host's channel. Never throws: an invalid message causes an `error` notice.
   *
   * @param from id of the sending contact from the host. Without it all messages count as one person's.
   */
  receive(message: unknown, from?: string): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: (notice: CallNotice) => void): () => void;
  /** The page goes: the other sides are notified, also that it may come back where it can. In the same task, since there may be no other. */
  readonly leavePage?: () => void;
  /** The page has not gone after all. */
  readonly stayOnPage?: () => void;
  /** Timer by the clock of the calls. Without it no screen closes itself. */
  readonly setTimer?: PagePorts["setTimer"];
  /** Returns the report of the call on screen, or of the last one, if any. */
  report?(): CallReport | null | undefined;
  /** Opens what a note is recorded from, where that is not this device's microphone and camera. */
  openNoteStream?(media: CallMedia): Promise<MediaStream>;
  /** Ends every call and releases everything. Unusable afterwards. */
  close(): void;
}

/** No other calls. */
export const noOthers: readonly CallSnapshot[] = Object.freeze([]);

/** Levels without a call. */
export const noLevels: CallLevels = Object.freeze({ microphone: () => 0, remote: () => 0 });

/** `CallSource.tracks` without a call. */
export const noTracks: CallTracks = Object.freeze({
  localCamera: null,
  localScreen: null,
  remoteMicrophone: null,
  remoteCamera: null,
  remoteScreen: null,
  remoteScreenAudio: null,
});

/** Listeners of the calls of a screen. */
export class Listeners {
  readonly #listeners = new Set<(notice: CallNotice) => void>();

  /** @returns a function that ends the subscription. */
  add(listener: (notice: CallNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  clear(): void {
    this.#listeners.clear();
  }

  notify(notice: CallNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice);
      } catch (thrown) {
        // An exception of a listener must not interrupt a step: it is reported as an uncaught error.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}

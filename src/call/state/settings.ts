import type { CallErrorCode } from "../../errors.ts";

/** How ICE restarts are paced while a path is lost. Times in milliseconds. */
export interface RestartPace {
  /** Wait before the first restart: a lost path often recovers. */
  readonly patience: number;
  /** Between the first two attempts; each later one waits a patience longer, up to the longest. */
  readonly interval: number;
  readonly longestInterval: number;
  readonly tries: number;
  /** Quick restarts in one silence, while the transport still reports that it is connected; as many slower ones follow. */
  readonly silentTries: number;
}

/** Choices of the host and capabilities of the platform, constant for the life of a call. */
export interface CallSettings {
  /** Random id of this view among all views of its person. Part of every message, to tell apart two views that accept. */
  readonly device?: string;
  /** Milliseconds an unanswered call rings. */
  readonly ringMilliseconds: number;
  /** `true` to send media through a relay only, which hides the address. */
  readonly relayOnly: boolean;
  /** `true` where a person may choose that for a call: there is a relay, and the host has not set it. Default false. */
  readonly mayHideAddress?: boolean;
  /** Milliseconds from accept to a path, restarted by each message of the other side. Default 30,000. */
  readonly connectMilliseconds?: number;
  /** The number of the first message of this side: others may have been sent for the call before. Default 0. */
  readonly firstSeq?: number;
  /** Milliseconds a call waits for a lost path. */
  readonly reconnectMilliseconds: number;
  /** For a peer that cannot keep up with the kit's own pace, which is the default. */
  readonly restartPace?: RestartPace;
  /** Data limit in both directions, in megabytes per hour; `null` (default) for none. */
  readonly megabytesPerHour?: number | null;
  /** `true` where the platform can share a screen. */
  readonly canShareScreen: boolean;
  /** `true` where calls can be started here; `false` where only the host starts them. Default true. */
  readonly canCallBack?: boolean;
  /** Error that prevents calls here; `null` for none. */
  readonly unable: CallErrorCode | null;
}

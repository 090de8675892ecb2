import type { CallIntent, Intent } from "../../call/intents.ts";
import { isCallIntent } from "../../call/rules/intents.ts";
import { idleModel } from "../../call/state/model.ts";
import type { CallSettings } from "../../call/state/settings.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import { noLevels, noOthers, noTracks } from "../../controller/call-source.ts";
import type {
  CallLevels,
  CallNotice,
  CallSource,
  CallTracks,
} from "../../controller/call-source.ts";
import { Listeners } from "../../controller/listeners.ts";
import type { CallOptions, CallPorts } from "../../controller/ports.ts";
import { CallError } from "../../errors.ts";

/** What a page of a foreign protocol chooses for its calls. */
export interface ForeignOptions {
  readonly mediaDevices?: CallOptions["mediaDevices"];
  /** Where the frame worker is; `null` for none: frames are then encrypted on the main thread. */
  readonly workerUrl?: string | null;
  /** Whether a worker may only be used where a mark can be kept against one that takes the WebView down with it. */
  readonly needsFuse?: boolean;
  /** Whether this page may share a screen, where the engine can. */
  readonly canShareScreen?: boolean;
}

/** A call as its source shows it. */
export interface ShownCall extends Pick<CallSource, "snapshot" | "tracks" | "levels"> {
  perform(intent: CallIntent): Promise<void>;
}

/** The calls of a page whose host makes them, one at a time: what a call screen shows. */
export abstract class ForeignSource<Call extends ShownCall> implements CallSource {
  /** The app makes one call at a time. */
  readonly others = noOthers;
  protected readonly ports: CallPorts;
  readonly #options: ForeignOptions;
  readonly #listeners = new Listeners();
  readonly #idle: CallSnapshot;
  #call: Call | null = null;
  #isClosed = false;

  constructor(options: ForeignOptions, ports: CallPorts) {
    this.#options = options;
    this.ports = ports;
    this.#idle = toSnapshot(idleModel(this.callSettings()));
  }

  get snapshot(): CallSnapshot {
    return this.#call?.snapshot ?? this.#idle;
  }

  get tracks(): CallTracks {
    return this.#call?.tracks ?? noTracks;
  }

  readonly levels: CallLevels = {
    microphone: () => (this.#call?.levels ?? noLevels).microphone(),
    remote: () => (this.#call?.levels ?? noLevels).remote(),
  };

  /** @throws {CallError} `not-possible` where there is no call, or as the call says. */
  async perform(intent: Intent): Promise<void> {
    if (this.#call === null || !isCallIntent(intent)) {
      throw new CallError(
        "not-possible",
        `There is no call to do "${intent.type}" with: the app makes the calls of this page.`,
      );
    }
    await this.#call.perform(intent);
  }

  /** Nothing comes this way: the other side's messages are in the app's commands. */
  receive(): void {
    this.#listeners.tell({
      type: "error",
      error: new CallError("not-possible", "This page takes commands of its app, not signals."),
    });
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#call !== null) this.closeCall(this.#call);
    this.#listeners.clear();
  }

  protected get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The last call, also once it has ended. */
  protected get call(): Call | null {
    return this.#call;
  }

  /** Ends a call without a word to the host. */
  protected abstract closeCall(call: Call): void;

  /**
   * Puts a new call in the place of the last one, which ends without a word: the host has let go of it.
   *
   * @param make makes the call, and hands it whom to notify.
   */
  protected begin(make: (notify: (notice: CallNotice) => void) => Call): Call {
    const before = this.snapshot;
    if (this.#call !== null) this.closeCall(this.#call);
    let isFirst = true;
    const call: Call = make((notice) => {
      if (this.#call !== call) return;
      // To whoever watches the screen, the new call follows on what was shown before it.
      const isChange = notice.type === "changed";
      this.#listeners.tell(isChange && isFirst ? { ...notice, previous: before } : notice);
      if (isChange) isFirst = false;
    });
    this.#call = call;
    return call;
  }

  protected callOptions(relayOnly: boolean): CallOptions {
    const { mediaDevices = null, workerUrl = null } = this.#options;
    return {
      iceServers: [],
      relayOnly,
      ringTimeoutSeconds: 60,
      reconnectTimeoutSeconds: 30,
      megabytesPerHour: null,
      mediaDevices,
      trackProcessor: null,
      hostSecret: null,
      hostBinding: null,
      workerUrl,
      encryptOnMainThread: workerUrl === null,
    };
  }

  protected callSettings(): CallSettings {
    const { canShareScreen = true, mediaDevices = null } = this.#options;
    return {
      ringMilliseconds: 60_000,
      reconnectMilliseconds: 30_000,
      relayOnly: false,
      canShareScreen: canShareScreen && this.ports.canShareScreen(mediaDevices),
      canCallBack: false,
      unable: null,
    };
  }
}

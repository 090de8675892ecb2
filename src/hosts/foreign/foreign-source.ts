import type { CallIntent, Intent } from "../../call/events.ts";
import { isCallIntent } from "../../call/rules/running-intents.ts";
import { idleModel, type CallSettings } from "../../call/state/model.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import {
  noLevels,
  noOthers,
  noTracks,
  type CallLevels,
  type CallNotice,
  type CallSource,
  type CallTracks,
  Listeners,
} from "../../controller/call-source.ts";
import { defaultOptions, type CallOptions } from "../../controller/call-options.ts";
import type { CallPorts } from "../../controller/ports.ts";
import { CallError } from "../../errors.ts";
import { readIceServers } from "../../host-values/ice-servers.ts";

/** Milliseconds for an app to name its servers. */
const serversMilliseconds = 10_000;

/** Options of a page with a foreign protocol. */
export interface ForeignOptions {
  readonly mediaDevices?: CallOptions["mediaDevices"];
  /** URL of the frame worker; `null` to encrypt on the main thread. */
  readonly workerUrl?: string | null;
  /** `true` to use a worker only with storage for the mark that detects a worker that crashes the WebView. */
  readonly needsMark?: boolean;
  /** `true` to allow screen sharing where the engine supports it. */
  readonly canShareScreen?: boolean;
}

/** A call of its source. */
export interface ShownCall extends Pick<CallSource, "snapshot" | "tracks" | "levels"> {
  perform(intent: CallIntent): Promise<void>;
  /** Ends it without a word to the host. */
  close(): void;
}

/** Source of the calls of a page whose host creates them, one at a time. */
export abstract class ForeignSource<Call extends ShownCall> implements CallSource {
  /** The app creates one call at a time. */
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

  get setTimer(): CallPorts["setTimer"] {
    return this.ports.setTimer;
  }

  /** @throws {CallError} `not-possible` without a call, or as the call throws. */
  async perform(intent: Intent): Promise<void> {
    if (this.#call === null || !isCallIntent(intent)) {
      throw new CallError(
        "not-possible",
        `There is no call to do "${intent.type}" with: the app makes the calls of this page.`,
      );
    }
    await this.#call.perform(intent);
  }

  /** Refuses signals: the other side's messages are part of the app's commands. */
  receive(): void {
    this.#listeners.notify({
      type: "error",
      error: new CallError("not-possible", "This page shows the calls of its app only."),
    });
  }

  subscribe(listener: (notice: CallNotice) => void): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#call?.close();
    this.#listeners.clear();
  }

  protected get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The last call, also after its end. */
  protected get call(): Call | null {
    return this.#call;
  }

  /**
   * Replaces the last call by a new one. The last one ends silently, because the host has dropped it.
   *
   * @param make creates the call with its listener.
   */
  protected begin(make: (notify: (notice: CallNotice) => void) => Call): Call {
    const before = this.snapshot;
    this.#call?.close();
    let isFirst = true;
    const call: Call = make((notice) => {
      if (this.#call !== call) return;
      // Listeners see the new call as following the previous snapshot.
      const isChange = notice.type === "changed";
      this.#listeners.notify(isChange && isFirst ? { ...notice, previous: before } : notice);
      if (isChange) isFirst = false;
    });
    this.#call = call;
    return call;
  }

  /** Notifies the app, whose own fault must not keep the rest of a step from happening. */
  protected notifyApp(notify: () => void): void {
    try {
      notify();
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }

  /**
   * The servers that an app names when it is asked. One that does not name any, or not in time, has none.
   *
   * @param ask anything that the app's function gives: a list, its JSON text, or a promise of either.
   */
  protected async askForServers(ask: () => unknown): Promise<readonly RTCIceServer[]> {
    let stop = (): void => undefined;
    const late = new Promise<null>((resolve) => {
      stop = this.ports.setTimer(serversMilliseconds, () => {
        resolve(null);
      });
    });
    try {
      const given: unknown = await Promise.race([Promise.resolve(ask()), late]);
      const list: unknown = typeof given === "string" ? JSON.parse(given) : given;
      return readIceServers(list).servers;
    } catch {
      return [];
    } finally {
      stop();
    }
  }

  protected callOptions(relayOnly: boolean): CallOptions {
    const { mediaDevices = null, workerUrl = null } = this.#options;
    return {
      ...defaultOptions,
      relayOnly,
      mediaDevices,
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

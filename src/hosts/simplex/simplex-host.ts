import type { Intent } from "../../call/intents.ts";
import { isCallIntent } from "../../call/rules/intents.ts";
import { idleModel } from "../../call/state/model.ts";
import type { CallSettings } from "../../call/state/settings.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import { toSnapshot } from "../../call/to-snapshot.ts";
import { browserPorts } from "../../controller/browser-ports.ts";
import { noOthers, noTracks } from "../../controller/call-source.ts";
import type {
  CallLevels,
  CallNotice,
  CallSource,
  CallTracks,
} from "../../controller/call-source.ts";
import { Listeners } from "../../controller/listeners.ts";
import type { CallOptions, CallPorts } from "../../controller/ports.ts";
import { cipherModes } from "../../crypto/can-encrypt.ts";
import { CompatibleFrames } from "../../crypto/frames/compatible-frames.ts";
import { CallError } from "../../errors.ts";
import { parseHostMessage } from "./codec.ts";
import type {
  CorrId,
  SimplexCandidate,
  SimplexCommand,
  SimplexReply,
  SimplexResponse,
} from "./messages.ts";
import { maxEarly, ok, refusal } from "./session.ts";
import type { CommandId } from "./session.ts";
import { SimplexCall } from "./simplex-call.ts";
import { SpareParts } from "./spare-parts.ts";

/** What a page chooses for its calls. */
export interface SimplexHostOptions {
  /** Whether calls for which the app gives no key are refused. Default false: then they are plain, and the screen says so. */
  readonly requireKey?: boolean;
  /** Where the worker for compatible frames is; `null` for none: frames are then encrypted on the main thread. */
  readonly workerUrl?: string | null;
  /** Whether a worker may only be used where a mark can be kept against one that takes the WebView down with it. */
  readonly needsFuse?: boolean;
  readonly mediaDevices?: CallOptions["mediaDevices"];
  /** Whether this page may share a screen, where the engine can. */
  readonly canShareScreen?: boolean;
}

/** A command that only the page itself can carry out. */
export type PageCommand = Extract<
  SimplexCommand,
  { type: "description" | "layout" | "permission" | "end" }
>;

/** The most commands that may wait for their replies: the oldest is then given up with an error. */
const maxPending = 64;

/**
 * The call page of a SimpleX app, without the page: takes the app's commands, keeps its one call, and is at the same time what a
 * call screen shows. It never throws at the app: a bad command is answered with an error and changes nothing.
 *
 * @example
 * const host = new SimplexHost((message) => socket.send(JSON.stringify(message)));
 * socket.onmessage = ({ data }) => host.processCommand(data);
 */
export class SimplexHost implements CallSource {
  /** The app makes one call at a time. */
  readonly others = noOthers;
  readonly #send: (message: SimplexReply) => void;
  readonly #options: SimplexHostOptions;
  readonly #ports: CallPorts;
  readonly #spares: SpareParts;
  readonly #listeners = new Listeners();
  readonly #pending = new Map<
    CommandId,
    { readonly corrId?: CorrId; readonly command: unknown; readonly name: SimplexCommand["type"] }
  >();
  readonly #idle: CallSnapshot;
  #onPage: (command: PageCommand) => void = () => undefined;
  #ids: CommandId = 0;
  #early: readonly SimplexCandidate[] = [];
  #call: SimplexCall | null = null;
  #isClosed = false;

  /** @param send hands a message to the app: a reply, or one of the page's own. */
  constructor(
    send: (message: SimplexReply) => void,
    options: SimplexHostOptions = {},
    ports: CallPorts = browserPorts,
  ) {
    this.#send = send;
    this.#options = options;
    this.#ports = ports;
    const { needsFuse = false, workerUrl = null } = options;
    this.#spares = new SpareParts(ports, {
      ...{ workerUrl, needsFuse, onMainThread: workerUrl === null },
      foreignLayout: (key) => key && new CompatibleFrames(key),
    });
    if (cipherModes().length > 0) this.#spares.refill();
    this.#idle = toSnapshot(idleModel(this.#callSettings()));
  }

  get snapshot(): CallSnapshot {
    return this.#call?.snapshot ?? this.#idle;
  }

  get tracks(): CallTracks {
    return this.#call?.tracks ?? noTracks;
  }

  readonly levels: CallLevels = {
    microphone: () => this.#call?.levels.microphone() ?? 0,
    remote: () => this.#call?.levels.remote() ?? 0,
  };

  /** Tells the page of commands that are its own to carry out. */
  set onPageCommand(listener: (command: PageCommand) => void) {
    this.#onPage = listener;
  }

  /**
   * Takes a message of the app: `{corrId?, command}`, or its JSON text.
   *
   * @param untrusted anything at all. Every message gets one reply, now or when its work is done.
   */
  processCommand(untrusted: unknown): void {
    if (this.#isClosed) return;
    const parsed = parseHostMessage(untrusted);
    const corrId = parsed.corrId === undefined ? {} : { corrId: parsed.corrId };
    if (!parsed.ok) {
      const echo = parsed.echo === undefined ? {} : { command: parsed.echo };
      this.#say({ ...corrId, resp: { type: "error", message: parsed.message }, ...echo });
      return;
    }
    const { command, echo } = parsed;
    const id = this.#ids++;
    this.#pending.set(id, { ...corrId, command: echo, name: command.type });
    this.#giveUpOldest();
    try {
      this.#take(id, command);
    } catch {
      // Of our own making, then: the app still gets its answer, and the next command is taken as if nothing had been.
      this.#reply(id, refusal(command.type, "internal"));
    }
  }

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
    this.#call?.close();
    this.#spares.close();
    this.#listeners.clear();
    this.#pending.clear();
  }

  #take(id: CommandId, command: SimplexCommand): void {
    const { state } = this.snapshot;
    const isRunning = state !== "idle" && state !== "ended";
    switch (command.type) {
      case "capabilities":
      case "start":
        this.#newCall(command, command.type === "start" ? "callee" : "caller").take(id, command);
        return;
      case "offer":
        (isRunning && this.#call !== null ? this.#call : this.#newCall(command, "caller")).take(
          id,
          command,
        );
        return;
      case "description":
      case "layout":
      case "permission":
        this.#onPage(command);
        this.#reply(id, ok);
        return;
      case "end":
        this.#early = [];
        this.#onPage(command);
        if (this.#call === null) this.#reply(id, ok);
        else this.#call.take(id, command);
        return;
      case "ice":
        if (isRunning && this.#call !== null) this.#call.take(id, command);
        else this.#keep(id, command);
        return;
      case "answer":
      case "media":
      case "camera":
        if (this.#call === null) this.#reply(id, refusal(command.type, "a call is not started"));
        else this.#call.take(id, command);
        return;
    }
  }

  /** The app begins a call: one that is still there ends without a word, as the app has let go of it. */
  #newCall(
    command: Extract<SimplexCommand, { type: "capabilities" | "start" | "offer" }>,
    role: "caller" | "callee",
  ): SimplexCall {
    const before = this.snapshot;
    this.#call?.close();
    // A call that begins by inviting somebody has nobody yet who could have sent any.
    const early = command.type === "capabilities" ? [] : this.#early;
    this.#early = [];
    let isFirst = true;
    const relayOnly = command.type !== "capabilities" && command.relay;
    const call: SimplexCall = new SimplexCall(
      this.#ports,
      this.#spares,
      this.#callOptions(relayOnly),
      {
        settings: {
          canEncrypt: cipherModes().length > 0,
          requireKey: this.#options.requireKey ?? false,
        },
        callSettings: { ...this.#callSettings(), relayOnly },
        role,
        early,
      },
      {
        reply: (id, resp) => {
          this.#reply(id, resp);
        },
        tell: (resp, made) => {
          if (this.#call === call) this.#say({ resp, ...(made && { command: made }) });
        },
        notify: (notice) => {
          if (this.#call !== call) return;
          // To whoever watches the screen, the new call follows on what was shown before it.
          this.#listeners.tell(
            notice.type === "changed" && isFirst ? { ...notice, previous: before } : notice,
          );
          if (notice.type === "changed") isFirst = false;
          // For the next call: while this one is set up it would only be in the way.
          if (notice.type === "ended") this.#spares.refill();
        },
      },
    );
    // What the last call still owed is answered by its end.
    for (const [id, { name }] of [...this.#pending]) {
      if (id !== this.#ids - 1) this.#reply(id, refusal(name, "the call has ended"));
    }
    this.#call = call;
    return call;
  }

  #reply(id: CommandId, resp: SimplexResponse): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    const { corrId, command } = pending;
    this.#say({ ...(corrId !== undefined && { corrId }), resp, command });
  }

  /** A switch, and not the command that sets the call up: there is one of those at a time. */
  #giveUpOldest(): void {
    if (this.#pending.size <= maxPending) return;
    const oldest = [...this.#pending].find(([, { name }]) => name === "media" || name === "camera");
    if (oldest !== undefined)
      this.#reply(oldest[0], refusal(oldest[1].name, "too many commands wait"));
  }

  /** Candidates that come before there is anything to connect: the document wants them kept, and answered with an error. */
  #keep(id: CommandId, { iceCandidates }: Extract<SimplexCommand, { type: "ice" }>): void {
    this.#early = [...this.#early, ...iceCandidates].slice(0, maxEarly);
    this.#reply(id, refusal("ice", "a call is not started; the candidates are kept"));
  }

  /** The app's own fault, where its door is shut or throws, must not keep the rest of a step from happening. */
  #say(message: SimplexReply): void {
    try {
      this.#send(message);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }

  #callOptions(relayOnly: boolean): CallOptions {
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

  #callSettings(): CallSettings {
    const { canShareScreen = true, mediaDevices = null } = this.#options;
    return {
      ringMilliseconds: 60_000,
      reconnectMilliseconds: 30_000,
      relayOnly: false,
      canShareScreen: canShareScreen && this.#ports.canShareScreen(mediaDevices),
      canCallBack: false,
      unable: null,
    };
  }
}

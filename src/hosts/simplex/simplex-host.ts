import { browserPorts } from "../../controller/browser-ports.ts";
import type { CallPorts } from "../../controller/ports.ts";
import { cipherModes } from "../../crypto/can-encrypt.ts";
import { CompatibleFrames } from "../../crypto/frames/compatible-frames.ts";
import { ForeignSource } from "../foreign/foreign-source.ts";
import type { ForeignOptions } from "../foreign/foreign-source.ts";
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
export interface SimplexHostOptions extends ForeignOptions {
  /** Whether calls for which the app gives no key are refused. Default false: then they are plain, and the screen says so. */
  readonly requireKey?: boolean;
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
export class SimplexHost extends ForeignSource<SimplexCall> {
  readonly #send: (message: SimplexReply) => void;
  readonly #options: SimplexHostOptions;
  readonly #spares: SpareParts;
  readonly #pending = new Map<
    CommandId,
    { readonly corrId?: CorrId; readonly command: unknown; readonly name: SimplexCommand["type"] }
  >();
  #onPage: (command: PageCommand) => void = () => undefined;
  #ids: CommandId = 0;
  #early: readonly SimplexCandidate[] = [];

  /** @param send hands a message to the app: a reply, or one of the page's own. */
  constructor(
    send: (message: SimplexReply) => void,
    options: SimplexHostOptions = {},
    ports: CallPorts = browserPorts,
  ) {
    super(options, ports);
    this.#send = send;
    this.#options = options;
    const { needsFuse = false, workerUrl = null } = options;
    this.#spares = new SpareParts(ports, {
      ...{ workerUrl, needsFuse, onMainThread: workerUrl === null },
      foreignLayout: (key) => key && new CompatibleFrames(key),
    });
    if (cipherModes().length > 0) this.#spares.refill();
  }

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
    if (this.isClosed) return;
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

  override close(): void {
    super.close();
    this.#spares.close();
    this.#pending.clear();
  }

  protected override closeCall(call: SimplexCall): void {
    call.close();
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
        (isRunning && this.call !== null ? this.call : this.#newCall(command, "caller")).take(
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
        if (this.call === null) this.#reply(id, ok);
        else this.call.take(id, command);
        return;
      case "ice":
        if (isRunning && this.call !== null) this.call.take(id, command);
        else this.#keep(id, command);
        return;
      case "answer":
      case "media":
      case "camera":
        if (this.call === null) this.#reply(id, refusal(command.type, "a call is not started"));
        else this.call.take(id, command);
        return;
    }
  }

  /** The app begins a call: one that is still there ends without a word, as the app has let go of it. */
  #newCall(
    command: Extract<SimplexCommand, { type: "capabilities" | "start" | "offer" }>,
    role: "caller" | "callee",
  ): SimplexCall {
    // A call that begins by inviting somebody has nobody yet who could have sent any.
    const early = command.type === "capabilities" ? [] : this.#early;
    this.#early = [];
    const relayOnly = command.type !== "capabilities" && command.relay;
    const call: SimplexCall = this.begin(
      (notify) =>
        new SimplexCall(
          this.ports,
          this.#spares,
          this.callOptions(relayOnly),
          {
            settings: {
              canEncrypt: cipherModes().length > 0,
              requireKey: this.#options.requireKey ?? false,
            },
            callSettings: { ...this.callSettings(), relayOnly },
            role,
            early,
          },
          {
            reply: (id, resp) => {
              this.#reply(id, resp);
            },
            tell: (resp, made) => {
              if (this.call === call) this.#say({ resp, ...(made && { command: made }) });
            },
            notify: (notice) => {
              notify(notice);
              // For the next call: while this one is set up it would only be in the way.
              if (notice.type === "ended" && this.call === call) this.#spares.refill();
            },
          },
        ),
    );
    // What the last call still owed is answered by its end.
    for (const [id, { name }] of [...this.#pending]) {
      if (id !== this.#ids - 1) this.#reply(id, refusal(name, "the call has ended"));
    }
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
}

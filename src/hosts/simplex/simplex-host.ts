import * as v from "valibot";
import { CallError } from "../../errors.ts";
import { plainCopy, type Plain } from "../../signalling/plain-copy.ts";
import {
  faultOf,
  simplexLimits,
  wireCommandSchema,
  type CorrId,
  type SimplexCommand,
  type SimplexReply,
  type WireCommand,
  type SimplexCandidate,
  type SimplexResponse,
} from "./messages.ts";
import { unpackCandidates, unpackDescription } from "./packing.ts";
import { browserPorts } from "../../controller/browser-ports.ts";
import type { CallPorts } from "../../controller/ports.ts";
import { cipherModes } from "../../crypto/can-encrypt.ts";
import { CompatibleFrames } from "../../crypto/frames/compatible-frames.ts";
import { ForeignSource, type ForeignOptions } from "../foreign/foreign-source.ts";
import { maxEarly, ok, refusal, type CommandId } from "./session.ts";
import { simplexCall, type SimplexCall, SpareParts } from "./simplex-call.ts";

type PlainRecord = Readonly<Record<string, Plain>>;

/**
 * A host's message after validation. `echo` is a copy of its whole `command` for the reply; absent if it could not be copied.
 * It contains the host's data, including the frame key, and must be sent to the host only.
 */
export type ParsedMessage =
  | {
      readonly ok: true;
      readonly corrId?: CorrId;
      readonly echo: PlainRecord;
      readonly command: SimplexCommand;
    }
  | {
      readonly ok: false;
      readonly corrId?: CorrId;
      readonly echo?: PlainRecord;
      readonly message: string;
    };

/** Reason of a refusal for the host. Used in this file only. */
class Refusal extends Error {}

/**
 * Validates a message of a SimpleX app. Never throws.
 *
 * @param untrusted `{corrId?, command}` or its JSON text, possibly anything.
 * @returns the unpacked command; or a `message` that names the command and the invalid field, never a value.
 */
export function parseHostMessage(untrusted: unknown): ParsedMessage {
  let correlation: { corrId?: CorrId; echo?: PlainRecord } = {};
  try {
    const given = parsed(untrusted);
    // Read first, so that a refusal has the number of its message even if the command is unreadable.
    correlation = corrIdOf(given);
    const message = toPlain(given);
    const command = isRecord(message) ? message.command : undefined;
    if (!isRecord(command)) throw new Refusal("message has no command");
    correlation.echo = command;
    return { ok: true, ...correlation, echo: command, command: toCommand(command) };
  } catch (thrown) {
    return {
      ok: false,
      ...correlation,
      message: thrown instanceof Refusal ? thrown.message : "message could not be read",
    };
  }
}

/** Returns the JSON text of a reply or of an unsolicited message. A `command` that is not plain data is omitted. */
export function encodeReply({ corrId, resp, command }: SimplexReply): string {
  return JSON.stringify({ corrId, resp, command: echoOf(command) });
}

function parsed(untrusted: unknown): unknown {
  if (typeof untrusted !== "string") return untrusted;
  if (untrusted.length > simplexLimits.messageSize) throw new Refusal("message is too large");
  try {
    return JSON.parse(untrusted) as unknown;
  } catch {
    throw new Refusal("message is not JSON");
  }
}

function toPlain(given: unknown): Plain {
  try {
    return plainCopy(given, simplexLimits.messageSize, simplexLimits).value;
  } catch (thrown) {
    const isTooLarge = thrown instanceof CallError && thrown.code === "too-large";
    throw new Refusal(isTooLarge ? "message is too large" : "message is not plain data");
  }
}

function corrIdOf(given: unknown): { corrId?: CorrId } {
  let corrId: Plain | undefined;
  try {
    if (typeof given !== "object" || given === null || !Object.hasOwn(given, "corrId")) return {};
    corrId = plainCopy(
      (given as { readonly corrId: unknown }).corrId,
      2 * simplexLimits.corrIdSize,
    ).value;
  } catch {
    // A getter threw, a proxy was revoked, or the number is too large.
    return {};
  }
  if (typeof corrId === "string" && corrId.length <= simplexLimits.corrIdSize) return { corrId };
  if (typeof corrId === "number" && Number.isFinite(corrId)) return { corrId };
  return {};
}

function toCommand(command: PlainRecord): SimplexCommand {
  const { type } = command;
  const known = wireCommandSchema.options.find((option) => option.entries.type.literal === type);
  if (known === undefined) {
    // Included only if it can be a name, so that a newer host learns which command is unknown.
    const isName = typeof type === "string" && /^[a-zA-Z]{1,32}$/.test(type);
    throw new Refusal(isName ? `unknown command: ${type}` : "unknown command");
  }
  const name = known.entries.type.literal;
  const result = v.safeParse(wireCommandSchema, command, { abortEarly: true });
  if (!result.success) throw new Refusal(`${name}: ${faultOf(result.issues[0])}`);
  try {
    return unpacked(result.output);
  } catch (thrown) {
    if (thrown instanceof CallError) throw new Refusal(`${name}: ${thrown.message}`);
    throw thrown;
  }
}

function unpacked(wire: WireCommand): SimplexCommand {
  switch (wire.type) {
    case "offer":
      return {
        ...wire,
        offer: unpackDescription(wire.offer, "offer"),
        iceCandidates: unpackCandidates(wire.iceCandidates),
      };
    case "answer":
      return {
        ...wire,
        answer: unpackDescription(wire.answer, "answer"),
        iceCandidates: unpackCandidates(wire.iceCandidates),
      };
    case "ice":
      return { ...wire, iceCandidates: unpackCandidates(wire.iceCandidates) };
    default:
      return wire;
  }
}

function echoOf(command: unknown): Plain | undefined {
  if (command === undefined) return undefined;
  try {
    return plainCopy(command, simplexLimits.messageSize, simplexLimits).value;
  } catch {
    return undefined;
  }
}

function isRecord(value: Plain | undefined): value is PlainRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Options of a page's calls. */
export interface SimplexHostOptions extends ForeignOptions {
  /** `true` to refuse calls without a key. Default false: such calls are unencrypted, and the screen shows it. */
  readonly requireKey?: boolean;
}

/** A command that only the page itself can execute. */
export type PageCommand = Extract<
  SimplexCommand,
  { type: "description" | "layout" | "permission" | "end" }
>;

/** Maximum number of pending commands: the oldest then gets an error. */
const maxPending = 64;

/**
 * The call page of a SimpleX app without its DOM. Executes the app's commands, holds the call, and is the source of calls of a
 * screen. Never throws in the app: an invalid command gets an error and changes nothing.
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

  /** @param send sends a message to the app: a reply, or an unsolicited one. */
  constructor(
    send: (message: SimplexReply) => void,
    options: SimplexHostOptions = {},
    ports: CallPorts = browserPorts,
  ) {
    super(options, ports);
    this.#send = send;
    this.#options = options;
    const { needsMark = false, workerUrl = null } = options;
    this.#spares = new SpareParts(ports, {
      ...{ workerUrl, needsMark, onMainThread: workerUrl === null },
      foreignLayout: (key) => key && new CompatibleFrames(key),
    });
    if (cipherModes().length > 0) this.#spares.refill();
  }

  /** Listener for commands that only the page can execute. */
  set onPageCommand(listener: (command: PageCommand) => void) {
    this.#onPage = listener;
  }

  /**
   * Handles a message of the app: `{corrId?, command}`, or its JSON text.
   *
   * @param untrusted any value. Every message gets one reply, now or after its work.
   */
  processCommand(untrusted: unknown): void {
    if (this.isClosed) return;
    const parsed = parseHostMessage(untrusted);
    const corrId = parsed.corrId === undefined ? {} : { corrId: parsed.corrId };
    if (!parsed.ok) {
      const echo = parsed.echo === undefined ? {} : { command: parsed.echo };
      this.#notifyHost({ ...corrId, resp: { type: "error", message: parsed.message }, ...echo });
      return;
    }
    const { command, echo } = parsed;
    const id = this.#ids++;
    this.#pending.set(id, { ...corrId, command: echo, name: command.type });
    this.#giveUpOldest();
    try {
      this.#handle(id, command);
    } catch {
      // A defect of the kit: the app still gets its reply, and the next command is handled normally.
      this.#reply(id, refusal(command.type, "internal"));
    }
  }

  override close(): void {
    super.close();
    this.#spares.close();
    this.#pending.clear();
  }

  #handle(id: CommandId, command: SimplexCommand): void {
    const { state } = this.snapshot;
    const isRunning = state !== "idle" && state !== "ended";
    const take = (call: SimplexCall) => {
      call.dispatch({ type: "command", id, command });
    };
    switch (command.type) {
      case "capabilities":
      case "start":
        take(this.#newCall(command, command.type === "start" ? "callee" : "caller"));
        return;
      case "offer":
        take(isRunning && this.call !== null ? this.call : this.#newCall(command, "caller"));
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
        else take(this.call);
        return;
      case "ice":
        if (isRunning && this.call !== null) take(this.call);
        else this.#keep(id, command);
        return;
      case "answer":
      case "media":
      case "camera":
        if (this.call === null) this.#reply(id, refusal(command.type, "a call is not started"));
        else take(this.call);
        return;
    }
  }

  /** The app begins a call: an existing one ends silently, because the app has dropped it. */
  #newCall(
    command: Extract<SimplexCommand, { type: "capabilities" | "start" | "offer" }>,
    role: "caller" | "callee",
  ): SimplexCall {
    // An outgoing call has no peer yet that could have sent candidates.
    const early = command.type === "capabilities" ? [] : this.#early;
    this.#early = [];
    const relayOnly = command.type !== "capabilities" && command.relay;
    const call: SimplexCall = this.begin((notify) =>
      simplexCall(
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
            if (this.call === call) this.#notifyHost({ resp, ...(made && { command: made }) });
          },
          notify: (notice) => {
            notify(notice);
            // For the next call: while this one is set up it would only be in the way.
            if (notice.type === "ended" && this.call === call) this.#spares.refill();
          },
        },
      ),
    );
    // Pending commands of the last call are answered by its end.
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
    this.#notifyHost({ ...(corrId !== undefined && { corrId }), resp, command });
  }

  /** Gives up a device request, never the single set-up command. */
  #giveUpOldest(): void {
    if (this.#pending.size <= maxPending) return;
    const oldest = [...this.#pending].find(([, { name }]) => name === "media" || name === "camera");
    if (oldest !== undefined)
      this.#reply(oldest[0], refusal(oldest[1].name, "too many commands wait"));
  }

  /** Keeps candidates that arrive before a connection, and answers with an error, as the protocol requires. */
  #keep(id: CommandId, { iceCandidates }: Extract<SimplexCommand, { type: "ice" }>): void {
    this.#early = [...this.#early, ...iceCandidates].slice(0, maxEarly);
    this.#reply(id, refusal("ice", "a call is not started; the candidates are kept"));
  }

  #notifyHost(message: SimplexReply): void {
    this.notifyApp(() => {
      this.#send(message);
    });
  }
}

import * as v from "valibot";
import type { CallErrorCode } from "../../errors.ts";
import type { hostVerbs, pageVerbs } from "./verbs.ts";

/*
 * Messages in both directions are JSON texts, which every host can carry.
 *
 *   {"v": 1, "id": 7, "type": "set-camera", "data": {"on": true}}      an id requests an answer
 *   {"v": 1, "re": 7, "type": "ok", "data": {}}                        the answer
 *   {"v": 1, "re": 7, "type": "error", "data": {"code": "permission-denied", "message": "..."}}
 *   {"v": 1, "type": "incoming", "data": {"callId": "...", "media": "video"}}
 */

export const envelopeVersion = 1;

/**
 * Maximum number of characters of a message. A signal has up to 32,768, and a contact's picture as a `data:` URL up to
 * 2,097,152.
 */
export const maxMessage = 4_194_304;

/**
 * Delay before a repeated greeting in milliseconds, doubled up to the longest. A running side answers at once; a starting one
 * must not be flooded.
 */
export const firstWait = 50;
export const longestWait = 2000;

/** Id of a message, chosen by its sender: 1 to 64 characters, or an integer. */
export type MessageId = string | number;

/** Code of a refusal or failure, from the envelope or from the call. */
export type HostErrorCode =
  | CallErrorCode
  /** Not a message of this envelope, or a field has the wrong shape. */
  | "bad-message"
  /** The verb is unknown. */
  | "unknown-type"
  /** Too many messages are waiting: this one was dropped. */
  | "queue-full"
  /** The page was reloaded or unloaded before it answered. */
  | "page-gone";

/** Data of an `error` message. */
export interface HostProblem {
  /** A {@link HostErrorCode}. A newer kit may send other codes. */
  readonly code: string;
  /** English sentence for developers, without secrets. */
  readonly message: string;
}

const answers = {
  ok: v.looseObject({}),
  error: v.object({ code: v.string(), message: v.string() }),
} as const;

type Verbs = Readonly<Record<string, v.GenericSchema>>;
/** A message from a table of verbs: `type` and validated `data`. */
type MessageOf<Table extends Verbs> = {
  [Type in keyof Table & string]: {
    readonly type: Type;
    readonly data: v.InferOutput<Table[Type]>;
    readonly id?: MessageId;
    readonly re?: MessageId;
  };
}[keyof Table & string];

/** Messages of a host. */
export type HostMessage = MessageOf<typeof hostVerbs & typeof answers>;
/** Messages of the page. */
export type PageMessage = MessageOf<typeof pageVerbs & typeof answers>;

/** Data of a host's message, by verb. Bytes are base64. */
export type HostData = { [Type in keyof typeof hostVerbs]: v.InferInput<(typeof hostVerbs)[Type]> };

/** An invalid message. `isAnswer`: it must not be answered, to prevent a loop. */
interface Refused {
  readonly type: null;
  readonly id?: MessageId;
  readonly re?: MessageId;
  readonly isAnswer: boolean;
  readonly code: "bad-message" | "too-large" | "unknown-type" | "unsupported-version";
  readonly message: string;
}

type Read<Table extends Verbs> = MessageOf<Table & typeof answers> | Refused;

const name = v.union([
  v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  v.pipe(v.number(), v.safeInteger()),
]);
const envelope = v.object({
  v: v.optional(v.unknown()),
  // An invalid id counts as absent, so that the sender still learns why its message was refused.
  id: v.optional(v.fallback(v.optional(name), undefined)),
  re: v.optional(v.fallback(v.optional(name), undefined)),
  type: v.string(),
  data: v.nullish(v.unknown(), {}),
});

const idPattern = String.raw`"id"\s*:\s*(?:"([^"\\]{1,64})"|(-?\d{1,15}))`;
const otherFields = String.raw`"(?:v|type)"\s*:\s*(?:\d+|"[^"\\]*")`;
/** Finds the id of an unparsable message, in its outermost object only: contacts have an id, too. */
const firstId = new RegExp(String.raw`^\s*\{\s*(?:${otherFields}\s*,\s*)*${idPattern}\s*[,}]`);
const lastId = new RegExp(String.raw`,\s*${idPattern}\s*(?:,\s*${otherFields}\s*)*\}\s*$`);
/** Characters searched at each end. */
const idDistance = 256;

/** @param isWhole `true` where the text is complete. */
function unparsedId(text: string, isWhole: boolean): { readonly id?: MessageId } {
  const [, name, number] =
    firstId.exec(text.slice(0, idDistance)) ??
    (isWhole ? lastId.exec(text.slice(-idDistance)) : null) ??
    [];
  const id = name ?? (number === undefined ? undefined : Number(number));
  return id === undefined ? {} : { id };
}

/** Native code writes a byte order mark, or makes JSON of what is JSON already. */
function parse(text: string): unknown {
  const parsed: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  return typeof parsed === "string" ? JSON.parse(parsed) : parsed;
}

/**
 * Validates a message of the other end. Never throws.
 *
 * @param verbs table of allowed verbs.
 * @param untrusted any value.
 * @returns the message; or `type: null` with a text that names the verb and the field, never a value.
 */
export function readMessage<Table extends Verbs>(verbs: Table, untrusted: unknown): Read<Table> {
  const refused = (
    code: Refused["code"],
    message: string,
    known: Partial<Refused> = {},
  ): Refused => ({
    ...{ type: null, isAnswer: false, code, message },
    ...known,
  });
  if (typeof untrusted !== "string") return refused("bad-message", "A message is not a text.");
  if (untrusted.length > maxMessage)
    return refused("too-large", "A message is larger than its limit.", unparsedId(untrusted, true));
  try {
    const outer = v.safeParse(envelope, parse(untrusted));
    if (!outer.success) return refused("bad-message", "A message is not an envelope.");
    const { v: version, id, re, type, data } = outer.output;
    const ids = { ...(id !== undefined && { id }), ...(re !== undefined && { re }) };
    const known = { ...ids, isAnswer: re !== undefined || Object.hasOwn(answers, type) };
    if (version !== envelopeVersion && version !== String(envelopeVersion))
      return refused("unsupported-version", "A message has another version.", known);
    const table: Verbs = { ...verbs, ...answers };
    const schema = Object.hasOwn(table, type) ? table[type] : undefined;
    if (schema === undefined)
      return refused("unknown-type", "A message has an unknown type.", known);
    const inner = v.safeParse(schema, data, { abortEarly: true });
    if (!inner.success) {
      // The path within a theme contains names from the host: only the theme is named.
      const field = /^\w+/.exec(v.getDotPath(inner.issues[0]) ?? "data")?.[0] ?? "data";
      return refused("bad-message", `The message "${type}" has a bad field: ${field}.`, known);
    }
    // Type and data come from the same row of the table, which the compiler cannot follow through an index.
    return { ...ids, type, data: inner.output } as unknown as Read<Table>;
  } catch {
    // Invalid JSON, or nested deeper than the engine supports.
    return refused("bad-message", "A message is not JSON.", unparsedId(untrusted, false));
  }
}

/** Wraps a message of this side in the envelope. */
export function writeMessage(message: {
  readonly type: string;
  readonly data: object;
  readonly id?: MessageId;
  readonly re?: MessageId;
}): string {
  const { type, data, id, re } = message;
  return JSON.stringify({ v: envelopeVersion, id, re, type, data });
}

/** Returns a unique name for a page or a host: 16 random bytes in hexadecimal. `randomUUID` requires a secure context. */
export function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/**
 * Carries texts to a host and back, over a WebView's interface, a frame or a socket. A host's own transport is three functions.
 */
export interface Transport {
  /** Sends a text. Throws where it cannot be sent now: it is queued and retried. */
  post(text: string): void;
  /**
   * Registers a listener for the texts of the other end.
   * @param listener receives untrusted values: any script that reaches this page may have sent them.
   * @returns a function that removes it.
   */
  onText(listener: (text: unknown) => void): () => void;
  close(): void;
}

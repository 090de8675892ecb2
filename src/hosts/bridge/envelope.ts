import * as v from "valibot";
import type { CallErrorCode } from "../../errors.ts";
import type { hostVerbs } from "./host-verbs.ts";
import type { pageVerbs } from "./page-verbs.ts";

export { newName } from "./envelope-name.ts";

/*
 * What goes over a transport, both ways: JSON text, since every host can carry that.
 *
 *   {"v": 1, "id": 7, "type": "set-camera", "data": {"on": true}}      an id asks for an answer
 *   {"v": 1, "re": 7, "type": "ok", "data": {}}                        the answer
 *   {"v": 1, "re": 7, "type": "error", "data": {"code": "permission-denied", "message": "..."}}
 *   {"v": 1, "type": "incoming", "data": {"callId": "...", "media": "video"}}
 */

export const envelopeVersion = 1;

/** The most characters of a message, either way: a signal has 32,768, and a contact's picture as a `data:` address 2,097,152. */
export const maxMessage = 4_194_304;

/** How soon a side that has no answer asks again: one that is there answers at once, one that starts must not be flooded. Milliseconds. */
export const firstWait = 50;
export const longestWait = 2000;

/** What names a message to the side that has sent it: 1 to 64 characters, or an integer. */
export type MessageId = string | number;

/** Why a message was refused or not carried out: a code of the envelope, or of the call. */
export type HostErrorCode =
  | CallErrorCode
  /** It is no message of this envelope, or a field of it has the wrong shape. */
  | "bad-message"
  /** This side does not know the verb. */
  | "unknown-type"
  /** Too many messages wait: this one was not kept. */
  | "queue-full"
  /** The page was loaded anew or has gone, and this was not answered. */
  | "page-gone";

/** What an `error` message holds. */
export interface HostProblem {
  /** A {@link HostErrorCode}; of a newer kit perhaps one that is not in the list. */
  readonly code: string;
  /** A plain English sentence for developers. No secret is in it. */
  readonly message: string;
}

const answers = {
  ok: v.looseObject({}),
  error: v.object({ code: v.string(), message: v.string() }),
} as const;

type Verbs = Readonly<Record<string, v.GenericSchema>>;
/** A message of a table of verbs: `type` and `data`, checked. */
type MessageOf<Table extends Verbs> = {
  [Type in keyof Table & string]: {
    readonly type: Type;
    readonly data: v.InferOutput<Table[Type]>;
    readonly id?: MessageId;
    readonly re?: MessageId;
  };
}[keyof Table & string];

/** Everything that a host says. */
export type HostMessage = MessageOf<typeof hostVerbs & typeof answers>;
/** Everything that the page says. */
export type PageMessage = MessageOf<typeof pageVerbs & typeof answers>;

/** What a host writes into a message of its own, by verb: bytes are base64. */
export type HostData = { [Type in keyof typeof hostVerbs]: v.InferInput<(typeof hostVerbs)[Type]> };

/** A text that was no message. `isAnswer`: it must not be answered, or two sides would go on for ever. */
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
  // A bad one is as none: it must not keep the other side from learning why its message was refused.
  id: v.optional(v.fallback(v.optional(name), undefined)),
  re: v.optional(v.fallback(v.optional(name), undefined)),
  type: v.string(),
  data: v.nullish(v.unknown(), {}),
});

const idPattern = String.raw`"id"\s*:\s*(?:"([^"\\]{1,64})"|(-?\d{1,15}))`;
const otherFields = String.raw`"(?:v|type)"\s*:\s*(?:\d+|"[^"\\]*")`;
/** The id of a message that cannot be parsed: a field of the outermost object only, since a contact has an id, too. */
const firstId = new RegExp(String.raw`^\s*\{\s*(?:${otherFields}\s*,\s*)*${idPattern}\s*[,}]`);
const lastId = new RegExp(String.raw`,\s*${idPattern}\s*(?:,\s*${otherFields}\s*)*\}\s*$`);
/** How much of either end is looked at. Characters. */
const idDistance = 256;

/** @param isWhole whether the text ends where its object does. */
function unparsedId(text: string, isWhole: boolean): { readonly id?: MessageId } {
  const [, name, number] =
    firstId.exec(text.slice(0, idDistance)) ??
    (isWhole ? lastId.exec(text.slice(-idDistance)) : null) ??
    [];
  const id = name ?? (number === undefined ? undefined : Number(number));
  return id === undefined ? {} : { id };
}

/**
 * Checks a text of the other end once, at the door. Never throws.
 *
 * @param verbs what the other end may say.
 * @param untrusted anything at all.
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
    const outer = v.safeParse(envelope, JSON.parse(untrusted));
    if (!outer.success) return refused("bad-message", "A message is not an envelope.");
    const { v: version, id, re, type, data } = outer.output;
    const ids = { ...(id !== undefined && { id }), ...(re !== undefined && { re }) };
    const known = { ...ids, isAnswer: re !== undefined || Object.hasOwn(answers, type) };
    if (version !== envelopeVersion)
      return refused("unsupported-version", "A message has another version.", known);
    const table: Verbs = { ...verbs, ...answers };
    const schema = Object.hasOwn(table, type) ? table[type] : undefined;
    if (schema === undefined)
      return refused("unknown-type", "A message has an unknown type.", known);
    const inner = v.safeParse(schema, data, { abortEarly: true });
    if (!inner.success) {
      // A theme has names of theirs in its path: it is named as a whole.
      const field = /^\w+/.exec(v.getDotPath(inner.issues[0]) ?? "data")?.[0] ?? "data";
      return refused("bad-message", `The message "${type}" has a bad field: ${field}.`, known);
    }
    // The type and its data come from the same row of the table, which the compiler cannot follow through an index.
    return { ...ids, type, data: inner.output } as unknown as Read<Table>;
  } catch {
    // No JSON, or nested deeper than the engine bears.
    return refused("bad-message", "A message is not JSON.", unparsedId(untrusted, false));
  }
}

/** Puts the envelope around what this side says. */
export function writeMessage(message: {
  readonly type: string;
  readonly data: object;
  readonly id?: MessageId;
  readonly re?: MessageId;
}): string {
  const { type, data, id, re } = message;
  return JSON.stringify({ v: envelopeVersion, id, re, type, data });
}

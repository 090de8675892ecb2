import * as v from "valibot";
import { CallError } from "../../errors.ts";
import { plainCopy } from "../../signalling/plain-copy.ts";
import type { Plain } from "../../signalling/plain-copy.ts";
import { faultOf, simplexLimits, wireCommandSchema } from "./messages.ts";
import type { CorrId, SimplexCommand, SimplexReply, WireCommand } from "./messages.ts";
import { unpackCandidates, unpackDescription } from "./packing.ts";

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
  let heard: { corrId?: CorrId; echo?: PlainRecord } = {};
  try {
    const given = parsed(untrusted);
    // Read first, so that a refusal has the number of its message even if the command is unreadable.
    heard = corrIdOf(given);
    const message = toPlain(given);
    const command = isRecord(message) ? message.command : undefined;
    if (!isRecord(command)) throw new Refusal("message has no command");
    heard.echo = command;
    return { ok: true, ...heard, echo: command, command: toCommand(command) };
  } catch (thrown) {
    return {
      ok: false,
      ...heard,
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

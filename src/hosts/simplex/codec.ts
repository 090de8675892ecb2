import * as v from "valibot";
import { CallError } from "../../errors.ts";
import { plainCopy } from "../../signalling/plain-copy.ts";
import type { Plain } from "../../signalling/plain-copy.ts";
import { faultOf, simplexLimits, wireCommandSchema } from "./messages.ts";
import type { CorrId, SimplexCommand, SimplexReply, WireCommand } from "./messages.ts";
import { unpackCandidates, unpackDescription } from "./packing.ts";

type PlainRecord = Readonly<Record<string, Plain>>;

/**
 * A host's message, taken or not. `echo` is a copy of its whole `command` object, for the reply; where it is absent, there was
 * none that could be copied. It holds what the host sent, the key of the frames too: it is for the host alone.
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

/** Why a message was not taken, in words for the host. Never leaves this file. */
class Refusal extends Error {}

/**
 * Checks a message of a SimpleX app once, at the door. Never throws.
 *
 * @param untrusted `{corrId?, command}` or its JSON text: anything at all.
 * @returns the command, unpacked; or a `message` that names the command and the field that is wrong, never a value.
 */
export function parseHostMessage(untrusted: unknown): ParsedMessage {
  let heard: { corrId?: CorrId; echo?: PlainRecord } = {};
  try {
    const given = parsed(untrusted);
    // By itself first: a message whose command cannot be read is still told by its number that it was refused.
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

/** The JSON text of a reply or of an unsolicited message. A `command` that is not plain data is left out. */
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
    // A getter that throws, a revoked proxy, or more than a number has.
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
    // Told back where it can only be a name: a host that is newer than this page gets to know which command it was.
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

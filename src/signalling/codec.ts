import * as v from "valibot";
import { CallError } from "../errors.ts";
import { limits } from "./limits.ts";
import { protocolName, signalSchema } from "./messages.ts";
import type { SignalBody, SignalDevices, SignalMessage } from "./messages.ts";
import { plainCopy } from "./plain-copy.ts";

/**
 * Checks a message of the other side once, at the door.
 *
 * @param untrusted what the host's channel delivered: anything at all.
 * @returns a fresh copy that has exactly the fields of its type; unknown fields are left behind.
 * @throws {CallError} `too-large`, `unsupported-version` or `bad-signal`. The text names the field, never its value.
 */
export function parseSignal(untrusted: unknown): SignalMessage {
  const { value, size } = plainCopy(untrusted, limits.messageSize);
  if (value === null || typeof value !== "object" || !("protocol" in value) || !("type" in value)) {
    throw new CallError("bad-signal", "A signal is not an sx-call message.");
  }
  if (value.protocol !== protocolName) {
    throw new CallError("unsupported-version", `A signal does not speak ${protocolName}.`);
  }
  if (value.type === "invite" && size > limits.inviteSize) {
    throw new CallError("too-large", "An invitation is larger than its limit.");
  }
  const result = v.safeParse(signalSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? "message";
  throw new CallError("bad-signal", `A signal has a bad field: ${printable(field)}.`);
}

/** Puts the envelope around what this side says. */
export function toSignal(
  callId: string,
  seq: number,
  body: SignalBody,
  devices: SignalDevices = {},
): SignalMessage {
  return { protocol: protocolName, callId, seq, ...devices, ...body };
}

/** A field's path is made of names of our own schema, except in a record of theirs: then it must not carry their text on. */
function printable(path: string): string {
  return /^[a-zA-Z0-9.-]{1,64}$/.test(path) ? path : "message";
}

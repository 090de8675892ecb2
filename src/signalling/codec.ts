import * as v from "valibot";
import { CallError } from "../errors.ts";
import { plainCopy, limits } from "./plain-copy.ts";
import { protocolName, signalSchema } from "./messages.ts";
import type { SignalBody, SignalDevices, SignalMessage } from "./messages.ts";

/**
 * Validates a message of the other side.
 *
 * @param untrusted any value from the host's channel.
 * @returns a new copy with exactly the fields of its type; unknown fields are dropped.
 * @throws {CallError} `too-large`, `unsupported-version` or `bad-signal`. The text names the field, never its value.
 */
export function parseSignal(untrusted: unknown): SignalMessage {
  const { value, size } = plainCopy(untrusted, limits.messageSize);
  if (value === null || typeof value !== "object" || !("protocol" in value) || !("type" in value)) {
    throw new CallError("bad-signal", "A signal is not an sx-call message.");
  }
  if (value.protocol !== protocolName) {
    throw new CallError("unsupported-version", `A signal does not use ${protocolName}.`);
  }
  if (value.type === "invite" && size > limits.inviteSize) {
    throw new CallError("too-large", "An invitation is larger than its limit.");
  }
  const result = v.safeParse(signalSchema, withoutNulls(value), { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]) ?? "message";
  throw new CallError("bad-signal", `A signal has a bad field: ${printable(field)}.`);
}

/** Channels that write JSON of their own write `null` for what is not there. No field of a message is `null` otherwise. */
export function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null));
}

/** Wraps a message of this side in the envelope. */
export function toSignal(
  callId: string,
  seq: number,
  body: SignalBody,
  devices: SignalDevices = {},
): SignalMessage {
  return { protocol: protocolName, callId, seq, ...devices, ...body };
}

/** A path consists of names of our schema, except within a record of the sender: its keys must not appear in an error. */
function printable(path: string): string {
  return /^[a-zA-Z0-9.-]{1,64}$/.test(path) ? path : "message";
}

import * as v from "valibot";
import { CallError } from "../errors.ts";
import { withoutNulls } from "./codec.ts";
import { limits } from "./limits.ts";
import { endReasons, sharedBodies } from "./messages.ts";
import { plainCopy } from "./plain-copy.ts";

/** Data channel negotiated out of band by both sides (RFC 8832): label and stream id are part of the protocol. */
export const controlChannel = { label: "sx-control", id: 0 } as const;

const controlSchema = v.variant("type", [
  /** State of this side's devices. Sent when the channel opens and at every change. */
  v.object({
    type: v.literal("media"),
    microphone: v.boolean(),
    camera: v.boolean(),
    screen: v.boolean(),
    /** Those that are being opened: neither on nor off. Kits from before do not know it. */
    starting: v.optional(v.pipe(v.array(v.string()), v.maxLength(8))),
  }),
  /** This side sends and plays no media until further notice: it holds the call. */
  v.object({ type: v.literal("hold"), on: v.boolean() }),
  /** Data saver of this side: maximum rate to receive, including headers. */
  v.object({
    type: v.literal("limit"),
    bitsPerSecond: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
  }),
  /** This side's person compared the security code. */
  v.object({ type: v.literal("code"), match: v.boolean() }),
  /** The offerer's key confirmation, for host channels without a message for it. */
  v.object(sharedBodies.confirm),
  /** ICE restart and its candidates. Also sent over the host's channel; the faster one counts. */
  v.object(sharedBodies.restart),
  v.object(sharedBodies.restartAnswer),
  v.object(sharedBodies.candidates),
  v.object(sharedBodies.away),
  /** End of the call, usually before the same message on the host's channel. */
  v.object({ type: v.literal("end"), reason: v.picklist(endReasons) }),
]);

/** A message on the `sx-control` data channel, JSON text. */
export type ControlMessage = v.InferOutput<typeof controlSchema>;

/**
 * @param text a message of the data channel.
 * @returns the message, or `null` for an unknown type.
 * @throws {CallError} `too-large` or `bad-signal`.
 */
export function parseControl(text: unknown): ControlMessage | null {
  if (typeof text !== "string") throw new CallError("bad-signal", "A control message is not text.");
  if (text.length > limits.controlSize)
    throw new CallError("too-large", "A control message is larger than its limit.");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new CallError("bad-signal", "A control message is not JSON.");
  }
  const { value } = plainCopy(parsed, limits.controlSize);
  if (value === null || typeof value !== "object" || !("type" in value)) {
    throw new CallError("bad-signal", "A control message has no type.");
  }
  const known = controlSchema.options.some((option) => option.entries.type.literal === value.type);
  if (!known) return null;
  const result = v.safeParse(controlSchema, withoutNulls(value), { abortEarly: true });
  if (!result.success) throw new CallError("bad-signal", "A control message has a bad field.");
  return result.output;
}

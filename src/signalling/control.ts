import * as v from "valibot";
import { CallError } from "../errors.ts";
import { limits } from "./limits.ts";
import { endReasons, sharedBodies } from "./messages.ts";
import { plainCopy } from "./plain-copy.ts";

/** The negotiated data channel that both sides open: label and stream id are part of the protocol (RFC 8832 out-of-band). */
export const controlChannel = { label: "sx-control", id: 0 } as const;

const controlSchema = v.variant("type", [
  /** What this side's devices do now. Sent when the channel opens and on every change. */
  v.object({
    type: v.literal("media"),
    microphone: v.boolean(),
    camera: v.boolean(),
    screen: v.boolean(),
  }),
  /** This side plays and sends nothing until it says otherwise: its person is in another call. */
  v.object({ type: v.literal("hold"), on: v.boolean() }),
  /** This side saves data: how much it wants to get at most, with all headers. */
  v.object({
    type: v.literal("limit"),
    bitsPerSecond: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
  }),
  /** This side's person has compared the security code. */
  v.object({ type: v.literal("code"), match: v.boolean() }),
  /** The offerer's proof of its keys, for host channels that have no message for it. */
  v.object(sharedBodies.confirm),
  /** A new path, and the ways it may take: also over the host's channel, whichever is quicker. */
  v.object(sharedBodies.restart),
  v.object(sharedBodies.restartAnswer),
  v.object(sharedBodies.candidates),
  /** The call is over: faster than the host's channel, which carries the same. */
  v.object({ type: v.literal("end"), reason: v.picklist(endReasons) }),
]);

/** A message on the `sx-control` data channel, JSON text. */
export type ControlMessage = v.InferOutput<typeof controlSchema>;

/**
 * @param text one message of the data channel.
 * @returns the message, or `null` for a type that this version does not know.
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
  const result = v.safeParse(controlSchema, value, { abortEarly: true });
  if (!result.success) throw new CallError("bad-signal", "A control message has a bad field.");
  return result.output;
}

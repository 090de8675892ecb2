import * as v from "valibot";
import { candidateSchema } from "../../signalling/messages.ts";
import type { SignalCandidate } from "../../signalling/messages.ts";
import type { PathMessage } from "../foreign/new-paths.ts";
import { isReadableSdp, sdpLimits } from "../foreign/readable-sdp.ts";

/** Negotiated data channels by stream id. Both sides open all of them; an older peer has only some. */
export const channels = [
  { label: "iceTrickling", id: 1 },
  { label: "mutedState", id: 3 },
  { label: "renegotiation", id: 5 },
] as const;
export type ChannelId = (typeof channels)[number]["id"];

/** A validated message of a channel. */
export type ChannelMessage =
  /** `null` ends the candidates of a generation. */
  | { readonly id: 1; readonly candidate: SignalCandidate | null }
  | { readonly id: 3; readonly audioEnabled: boolean; readonly videoEnabled: boolean }
  | ({ readonly id: 5 } & PathMessage);

const description = v.pipe(v.string(), v.check(isReadableSdp));
const schemas = {
  1: v.pipe(
    v.nullable(candidateSchema),
    v.transform((candidate) => ({ id: 1 as const, candidate })),
  ),
  3: v.pipe(
    v.object({ audioEnabled: v.boolean(), videoEnabled: v.boolean() }),
    v.transform((state) => ({ id: 3 as const, ...state })),
  ),
  5: v.pipe(
    v.variant("type", [
      v.object({ type: v.picklist(["offer", "answer"]), sdp: description }),
      v.object({ type: v.literal("restart-request") }),
    ]),
    v.transform((message) => ({ id: 5 as const, ...message })),
  ),
};

/** Parses a message of a channel. Never throws. @returns `null` for an invalid message. */
export function parseChannel(id: ChannelId, data: unknown): ChannelMessage | null {
  // JSON escapes at most double the length of a description.
  if (typeof data !== "string" || data.length > 2 * sdpLimits.size) return null;
  try {
    const result = v.safeParse(schemas[id], JSON.parse(data), { abortEarly: true });
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Returns the text of a message. */
export function encodeChannel(message: ChannelMessage): string {
  if (message.id === 1) return JSON.stringify(message.candidate);
  const { id: _id, ...body } = message;
  return JSON.stringify(body);
}

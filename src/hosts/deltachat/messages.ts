import * as v from "valibot";
import { candidateSchema, type SignalCandidate } from "../../signalling/messages.ts";
import type { PathMessage } from "../foreign/gathered-candidates.ts";
import { isReadableSdp, sdpLimits } from "../foreign/kit-handshake.ts";
import type { OnePictureSession } from "../foreign/remote-media.ts";

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

/** Commands of the host, in the hash of the page's URL. */
export type DeltachatCommand =
  /** The person has dialled: create an offer. */
  | { readonly type: "start" }
  /** A call comes in: ring, and process the offer only after a person accepts. */
  | { readonly type: "incoming"; readonly sdp: string }
  /** The person has accepted outside of the page. */
  | { readonly type: "accept"; readonly sdp: string }
  | { readonly type: "answer"; readonly sdp: string };

export type ParsedHash =
  | { readonly ok: true; readonly command: DeltachatCommand }
  | { readonly ok: false; readonly problem: "unknown" | "malformed" | "too-large" };

/** Settings in the query of the URL. */
export interface QuerySwitches {
  readonly video: OnePictureSession["video"];
  /** The kit's own: relay-only, whatever the person chooses on the screen. */
  readonly relayOnly: boolean;
}

/** Characters of a hash: base64 and percent-encoding at most quadruple a description. */
const maxHash = 4 * sdpLimits.size;

const typeOf = {
  offerIncomingCall: "incoming",
  acceptCall: "accept",
  onAnswer: "answer",
} as const;

/**
 * Parses the hash of the page's URL. Never throws.
 *
 * @param hash `location.hash`. It is percent-decoded once, then split at its first `=`; a payload is the base64 of an SDP text.
 * @returns `null` without a hash.
 */
export function parseHash(hash: string): ParsedHash | null {
  const text = hash.replace(/^#/, "");
  if (text === "") return null;
  if (text.length > maxHash) return { ok: false, problem: "too-large" };
  try {
    const [name, payload] = decodeURIComponent(text).split(/=(.*)/s, 2);
    if (name === "startCall") return { ok: true, command: { type: "start" } };
    if (name === undefined || !Object.hasOwn(typeOf, name))
      return { ok: false, problem: "unknown" };
    const sdp = atob(payload ?? "");
    if (!isReadableSdp(sdp)) return { ok: false, problem: "malformed" };
    // `hasOwn` has checked that the name is one of the three.
    return { ok: true, command: { type: typeOf[name as keyof typeof typeOf], sdp } };
  } catch {
    return { ok: false, problem: "malformed" };
  }
}

/** Reads the switches: a name alone is on, `=false` and `=0` are off. */
export function parseQuery(search: string): QuerySwitches {
  const query = new URLSearchParams(search);
  const isOn = (name: string) =>
    query.has(name) && !["false", "0"].includes(query.get(name)?.toLowerCase() ?? "");
  const later = isOn("noOutgoingVideoInitially") ? "later" : "from-the-start";
  const video = isOn("disableVideoCompletely") ? "never" : later;
  return { video, relayOnly: isOn("relayOnly") };
}

import * as v from "valibot";
import { fromBase64url } from "../../crypto/bytes.ts";
import type { Bytes } from "../../crypto/bytes.ts";
import type { Plain } from "../../signalling/plain-copy.ts";
import { sdpLimits } from "../foreign/readable-sdp.ts";

/**
 * The most that is taken from a host app, and through it from the other side of a call, in one place. The apps' own messages
 * stay far below; foreign clients may say more than our own kit does, so these are wider than `limits` of `signalling`.
 */
export const simplexLimits = {
  /** Characters of a message, as JSON. */
  messageSize: 524_288,
  /** How deep a message may be nested. Theirs need 5. */
  depth: 8,
  /** Values in a message, and in what is unpacked of it. */
  values: 4_096,
  /** Characters of a `corrId`. */
  corrIdSize: 128,
  /** Characters of a packed description or list of candidates. */
  packedSize: 65_536,
  /** Characters that come out of it. */
  unpackedSize: 262_144,
  /** Characters of one session description. */
  descriptionSize: sdpLimits.size,
  /** Candidates in one list. */
  candidates: 256,
  /** Characters of one candidate line. */
  candidateSize: 1_024,
  /** Characters of a mid. */
  midSize: 64,
  /** Characters of a username fragment (RFC 8839). */
  usernameFragmentSize: 256,
  iceServers: 32,
  /** Addresses of one server. */
  urls: 16,
  /** Characters of one address. */
  urlSize: 512,
  /** Characters of a server's user name, and of its credential. */
  credentialSize: 512,
  /** Characters of a text that is shown. */
  textSize: 4_096,
} as const;

/** What can be sent, in the order of the mids 0 to 3. */
export const mediaSources = ["mic", "camera", "screenAudio", "screenVideo"] as const;
export type MediaSource = (typeof mediaSources)[number];
export type SimplexMedia = "audio" | "video";
export type SimplexDescription<T extends "offer" | "answer"> = { type: T; sdp: string };

/** Printable ASCII: nothing that a later reader could see otherwise than this one does. */
const printable = (length: number) =>
  v.pipe(v.string(), v.maxLength(length), v.regex(/^[\x20-\x7e]*$/));

/** W3C `RTCIceCandidateInit`. What browsers and iOS add beyond it is left behind. */
const candidate = v.pipe(
  v.object({
    candidate: printable(simplexLimits.candidateSize),
    sdpMid: v.nullish(printable(simplexLimits.midSize), null),
    sdpMLineIndex: v.nullish(
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
      null,
    ),
    usernameFragment: v.exactOptional(v.nullable(printable(simplexLimits.usernameFragmentSize))),
  }),
  v.check(({ sdpMid, sdpMLineIndex }) => sdpMid !== null || sdpMLineIndex !== null),
);
export const candidatesSchema = v.pipe(v.array(candidate), v.maxLength(simplexLimits.candidates));

/** A candidate as it travels. One that names no media section is not taken. */
export type SimplexCandidate = v.InferOutput<typeof candidate>;

const media = v.picklist(["audio", "video"]);
/** Its limits are those of the unpacking, which says what was too large. */
const packed = v.string();
const shownText = v.pipe(v.string(), v.maxLength(simplexLimits.textSize));

/** Base64url of 32 bytes (RFC 4648 section 5). One text for one key but for the padding: the two unused bits are zero. */
const aesKey = v.pipe(
  v.string(),
  v.regex(/^[\w-]{42}[AEIMQUYcgkosw048]=?$/),
  v.transform((text): Bytes => fromBase64url(text.slice(0, 43), 32)),
);

const credential = v.nullish(v.pipe(v.string(), v.maxLength(simplexLimits.credentialSize)));
const url = v.pipe(
  v.string(),
  v.maxLength(simplexLimits.urlSize),
  v.regex(/^(?:stun|turn)s?:[\x21-\x7e]+$/i),
);
/** W3C `RTCIceServer`. */
const iceServer = v.pipe(
  v.object({
    urls: v.union([url, v.pipe(v.array(url), v.minLength(1), v.maxLength(simplexLimits.urls))]),
    username: credential,
    credential,
  }),
  v.transform((server): RTCIceServer => ({
    urls: server.urls,
    ...(typeof server.username === "string" && { username: server.username }),
    ...(typeof server.credential === "string" && { credential: server.credential }),
  })),
);
const connection = {
  media,
  aesKey: v.nullish(aesKey, null),
  iceServers: v.nullish(v.pipe(v.array(iceServer), v.maxLength(simplexLimits.iceServers)), null),
  relay: v.nullish(v.boolean(), false),
  reconnect: v.nullish(v.boolean(), false),
};

/** A command as it travels: descriptions and candidates are still packed. Unknown fields are left behind. */
export const wireCommandSchema = v.variant("type", [
  v.object({ type: v.literal("capabilities"), media }),
  v.object({ type: v.literal("start"), ...connection }),
  v.object({ type: v.literal("offer"), offer: packed, iceCandidates: packed, ...connection }),
  v.object({ type: v.literal("answer"), answer: packed, iceCandidates: packed }),
  v.object({ type: v.literal("ice"), iceCandidates: packed }),
  v.object({ type: v.literal("media"), source: v.picklist(mediaSources), enable: v.boolean() }),
  v.object({ type: v.literal("camera"), camera: v.picklist(["user", "environment"]) }),
  v.object({ type: v.literal("description"), state: shownText, description: shownText }),
  v.object({
    type: v.literal("layout"),
    layout: v.picklist(["default", "localVideo", "remoteVideo"]),
  }),
  v.object({
    type: v.literal("permission"),
    title: shownText,
    chrome: shownText,
    safari: shownText,
  }),
  v.object({ type: v.literal("end") }),
]);
export type WireCommand = v.InferOutput<typeof wireCommandSchema>;

/** How a connection is to be made. `aesKey` has 32 bytes; `null` is without frame encryption. */
interface ConnectionOrder {
  media: SimplexMedia;
  aesKey: Bytes | null;
  iceServers: RTCIceServer[] | null;
  relay: boolean;
  /** Whether the app and its contact understand that a lost path may come back. */
  reconnect: boolean;
}

/** What a host app tells its call page to do, checked and unpacked. */
export type SimplexCommand =
  | ({ type: "start" } & ConnectionOrder)
  | ({
      type: "offer";
      offer: SimplexDescription<"offer">;
      iceCandidates: SimplexCandidate[];
    } & ConnectionOrder)
  | { type: "answer"; answer: SimplexDescription<"answer">; iceCandidates: SimplexCandidate[] }
  | { type: "ice"; iceCandidates: SimplexCandidate[] }
  | Exclude<WireCommand, { type: "start" | "offer" | "answer" | "ice" }>;

export interface SimplexCapabilities {
  encryption: boolean;
}
/** The four states of an `RTCPeerConnection`, by its own names. */
export interface ConnectionStates {
  connectionState: string;
  iceConnectionState: string;
  iceGatheringState: string;
  signalingState: string;
}
/** What hosts read of a candidate. Addresses are not for them. */
export interface CandidateFacts {
  candidateType: RTCIceCandidateType;
  protocol: string;
}
export interface ConnectionInfo {
  iceCandidatePair: Readonly<Record<string, Plain>>;
  localCandidate?: CandidateFacts;
  remoteCandidate?: CandidateFacts;
}

/** What a call page says to its host app. Descriptions and candidates are packed, by `packDescription` and `packCandidates`. */
export type SimplexResponse =
  | { type: "capabilities"; capabilities: SimplexCapabilities }
  | { type: "offer"; offer: string; iceCandidates: string; capabilities: SimplexCapabilities }
  | { type: "answer"; answer: string; iceCandidates: string }
  | { type: "ice"; iceCandidates: string }
  | { type: "connection"; state: ConnectionStates }
  | { type: "connected"; connectionInfo: ConnectionInfo }
  | { type: "peerMedia"; source: MediaSource; enabled: boolean }
  | { type: "end" }
  | { type: "ended" }
  | { type: "ok" }
  | { type: "error"; message: string };

/** Names a message among those on their way: a string of at most 128 characters or a finite number. */
export type CorrId = string | number;

/** One message of the page. A reply has the `corrId` and the `command` that it answers; an unsolicited message has neither. */
export interface SimplexReply {
  corrId?: CorrId;
  resp: SimplexResponse;
  command?: unknown;
}

/**
 * What is wrong with a field, by the field's name. The issue's own text is of no use here: it holds the value.
 *
 * @param within the field in which the checked value lies, where it is not a command.
 */
export function faultOf(issue: v.BaseIssue<unknown>, within?: string): string {
  const path = [within, v.getDotPath(issue)].filter((part) => typeof part === "string").join(".");
  return `${path} is ${issue.received === "undefined" ? "missing" : "malformed"}`.trimStart();
}

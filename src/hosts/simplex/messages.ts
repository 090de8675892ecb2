import * as v from "valibot";
import { fromBase64url } from "../../crypto/bytes.ts";
import type { Bytes } from "../../crypto/bytes.ts";
import type { Plain } from "../../signalling/plain-copy.ts";
import { sdpLimits } from "../foreign/kit-handshake.ts";

/**
 * Limits for messages of a host app and, through it, of the other side. The apps' own messages are far below. Wider than
 * `limits` of `signalling`, because foreign clients may send more than a kit.
 */
export const simplexLimits = {
  /** Characters of a message, as JSON. */
  messageSize: 524_288,
  /** Nesting depth of a message. Messages of the apps need 5. */
  depth: 8,
  /** Values in a message, and in its unpacked content. */
  values: 4_096,
  /** Characters of a `corrId`. */
  corrIdSize: 128,
  /** Characters of a packed description or list of candidates. */
  packedSize: 65_536,
  /** Characters of the unpacked content. */
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
  /** URLs of one server. */
  urls: 16,
  /** Characters of one URL. */
  urlSize: 512,
  /** Characters of a server's user name, and of its credential. */
  credentialSize: 512,
  /** Characters of a shown text. */
  textSize: 4_096,
} as const;

/** Media sources, in the order of the mids 0 to 3. */
export const mediaSources = ["mic", "camera", "screenAudio", "screenVideo"] as const;
export type MediaSource = (typeof mediaSources)[number];
export type SimplexMedia = "audio" | "video";
export type SimplexDescription<T extends "offer" | "answer"> = { type: T; sdp: string };

/** Printable ASCII, which every parser reads in the same way. */
const printable = (length: number) =>
  v.pipe(v.string(), v.maxLength(length), v.regex(/^[\x20-\x7e]*$/));

/** W3C `RTCIceCandidateInit`. Additions of browsers and iOS are dropped. */
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

/** A candidate in a message. It must name a media section. */
export type SimplexCandidate = v.InferOutput<typeof candidate>;

const media = v.picklist(["audio", "video"]);
/** Limited when unpacked, with an error that names the exceeded limit. */
const packed = v.string();
const shownText = v.pipe(v.string(), v.maxLength(simplexLimits.textSize));

/** Base64url of 32 bytes (RFC 4648 section 5). Unique for a key except for padding: the two unused bits are zero. */
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

/** A command in transit: descriptions and candidates are packed. Unknown fields are dropped. */
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

/** Parameters of a connection. `aesKey` has 32 bytes; `null` without frame encryption. */
interface ConnectionOrder {
  media: SimplexMedia;
  aesKey: Bytes | null;
  iceServers: RTCIceServer[] | null;
  relay: boolean;
  /** `true` where the app and its contact support reconnection. */
  reconnect: boolean;
}

/** A validated and unpacked command of a host app. */
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
/** The four states of an `RTCPeerConnection`, by their W3C names. */
export interface ConnectionStates {
  connectionState: string;
  iceConnectionState: string;
  iceGatheringState: string;
  signalingState: string;
}
/** Properties of a candidate for the host, without addresses. */
export interface CandidateFacts {
  candidateType: RTCIceCandidateType;
  protocol: string;
}
export interface ConnectionInfo {
  iceCandidatePair: Readonly<Record<string, Plain>>;
  localCandidate?: CandidateFacts;
  remoteCandidate?: CandidateFacts;
}

/**
 * A message of a call page to its host app. Descriptions and candidates are packed by `packDescription` and `packCandidates`.
 */
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

/** Id of a pending message: a string of at most 128 characters or a finite number. */
export type CorrId = string | number;

/** A message of the page. A reply has the `corrId` and the `command` that it answers; an unsolicited message has neither. */
export interface SimplexReply {
  corrId?: CorrId;
  resp: SimplexResponse;
  command?: unknown;
}

/**
 * Returns the error of a field by its name. The issue's own text contains the value.
 *
 * @param within the field that contains the value, if it is not a command.
 */
export function faultOf(issue: v.BaseIssue<unknown>, within?: string): string {
  const path = [within, v.getDotPath(issue)].filter((part) => typeof part === "string").join(".");
  return `${path} is ${issue.received === "undefined" ? "missing" : "malformed"}`.trimStart();
}

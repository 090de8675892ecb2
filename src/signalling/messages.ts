import * as v from "valibot";
import { CallError } from "../errors.ts";
import { limits, plainCopy } from "./plain-copy.ts";

/** Name and version of the protocol. Each version has one cipher suite: no negotiation, no downgrade. */
export const protocolName = "sx-call/1";

/** Base64url of a fixed number of bytes, without padding (RFC 4648 section 5). */
const bytes = (length: number) => {
  const characters = Math.ceil((length * 4) / 3);
  return v.pipe(v.string(), v.length(characters), v.regex(/^[A-Za-z0-9_-]*$/));
};

const description = v.pipe(
  v.string(),
  v.maxLength(limits.descriptionSize),
  v.check(isSessionDescription),
);
const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fff_ffff));

/** W3C `RTCIceCandidateInit`. An empty `candidate` ends the candidates of one generation. */
export const candidateSchema = v.object({
  candidate: v.pipe(
    v.string(),
    v.maxLength(limits.candidateSize),
    v.regex(/^(?:candidate:[\x20-\x7e]*)?$/),
  ),
  // Some JSON serialisers omit `null` fields.
  sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(16)), null),
  sdpMLineIndex: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)), null),
  usernameFragment: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256)))),
});

/** An unreadable candidate must not discard the others of its batch. */
const candidateList = v.pipe(
  v.array(v.fallback(v.nullable(candidateSchema), null)),
  v.maxLength(limits.candidates),
  v.transform((list) => list.filter((one) => one !== null)),
);

/** Reasons of an `end`. */
export const endReasons = [
  "hung-up",
  "cancelled",
  "declined",
  "busy",
  "unanswered",
  "failed",
  "answered-elsewhere",
] as const;

/** Messages also allowed on the data channel, without an envelope: the channel belongs to one call. */
export const sharedBodies = {
  confirm: { type: v.literal("confirm"), nonce: bytes(32), mac: bytes(64) },
  candidates: {
    type: v.literal("candidates"),
    candidates: candidateList,
    end: v.optional(v.boolean()),
  },
  /** An ICE restart (RFC 8445 section 9), numbered by the requesting side. The caller offers; the callee requests an offer. */
  restart: { type: v.literal("restart"), attempt: counter, offer: v.optional(description) },
  /** The callee's answer, with the number of the caller's offer. */
  restartAnswer: { type: v.literal("restart-answer"), attempt: counter, answer: description },
  /** The page of this side goes away in a call that it can resume: it may come back, or not. */
  away: { type: v.literal("away") },
};

/** Fields of the envelope. */
type EnvelopeField = "protocol" | "callId" | "seq" | "device" | "to";

/** The messages of `sx-call/1`, discriminated by `type`. A function, so that a bundle without them has none of their schemas. */
function signals() {
  const media = v.picklist(["audio", "video"]);

  /**
   * `device`: the sending view, of several that a person may use. `to`: the receiving view, once the sender knows it. Both are
   * absent in messages of older kits.
   */
  const envelope = {
    protocol: v.literal(protocolName),
    callId: bytes(16),
    seq: counter,
    device: v.optional(bytes(16)),
    to: v.optional(bytes(16)),
  };

  const invite = v.object({
    ...envelope,
    type: v.literal("invite"),
    media,
    sentAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    /** Milliseconds that the caller waits. Absent in older kits, which do not answer a question about it either. */
    ringFor: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600_000))),
    offer: description,
    keys: v.object({ x25519: bytes(32), mlkem768: bytes(1184) }),
    commitment: bytes(64),
    /** Id of the call that this one replaces. Without a proof it is an ordinary call. */
    resumes: v.optional(bytes(16)),
    /** MAC over all fields, keyed by the secret of the resumed call. */
    proof: v.optional(bytes(64)),
    /** Nonce that the replaced invitation committed to. Only its sender knows it. */
    formerNonce: v.optional(bytes(32)),
  });
  /** `check`: the callee is in doubt whether anybody still waits, and asks before it rings. */
  const ringing = v.object({
    ...envelope,
    type: v.literal("ringing"),
    check: v.optional(v.literal(true)),
  });
  /** The answer to a `ringing` that asks: how long the caller still waits, in milliseconds. */
  const waiting = v.object({
    ...envelope,
    type: v.literal("waiting"),
    left: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)),
  });
  const accept = v.object({
    ...envelope,
    type: v.literal("accept"),
    media,
    answer: description,
    keys: v.object({ x25519: bytes(32), mlkem768: bytes(1088) }),
    nonce: bytes(32),
    mac: bytes(64),
    /** `true` where the secret of the resumed call was mixed into the keys. */
    continues: v.optional(v.literal(true)),
  });

  const confirm = v.object({ ...envelope, ...sharedBodies.confirm });
  const candidates = v.object({ ...envelope, ...sharedBodies.candidates });
  const restart = v.object({ ...envelope, ...sharedBodies.restart });
  const restartAnswer = v.object({ ...envelope, ...sharedBodies.restartAnswer });
  const away = v.object({ ...envelope, ...sharedBodies.away });
  const end = v.object({
    ...envelope,
    type: v.literal("end"),
    reason: v.picklist(endReasons),
    /**
     * Words of the person who declines, of which the receiver's rules make a line of plain text (`call/rules/text.ts`). Older kits
     * ignore it. An unreadable one must not keep the call from ending, so that it is not checked here.
     */
    text: v.optional(v.unknown()),
  });

  return v.variant("type", [
    invite,
    ringing,
    waiting,
    accept,
    confirm,
    candidates,
    restart,
    restartAnswer,
    away,
    end,
  ]);
}

const signalSchema = /* @__PURE__ */ signals();

/** A validated message, received or sent: `{protocol, callId, seq, type, ...}`. */
export type SignalMessage = v.InferOutput<typeof signalSchema>;
/** Types of messages. */
export type SignalType = SignalMessage["type"];
/** The message of one type. */
export type SignalOf<T extends SignalType> = Extract<SignalMessage, { type: T }>;
/** A message without its envelope. */
export type SignalBody = SignalMessage extends infer M
  ? M extends SignalMessage
    ? Omit<M, EnvelopeField>
    : never
  : never;
/** Sending and receiving view of a message. */
type SignalDevices = Pick<SignalMessage, "device" | "to">;
/** A candidate in a message. */
export type SignalCandidate = v.InferOutput<typeof candidateSchema>;

/** Media sections of every description, in this order: microphone, camera, screen audio, screen video, data channel. */
const sections = ["audio", "video", "audio", "video", "application"] as const;

/**
 * Returns `true` for the shape of every `sx-call/1` description. It has the five media sections in order, the same SHA-256
 * fingerprint in all of them (RFC 8122), and no candidates. These are trickled after the callee accepts. An engine may still
 * refuse it.
 */
export function isSessionDescription(sdp: string): boolean {
  // Printable ASCII and line ends only, which every parser reads in the same way.
  if (!/^v=0\r\n(?:[\x20-\x7e]+\r\n)+$/.test(sdp)) return false;
  const lines = sdp.split("\r\n");
  const kinds = lines
    .filter((line) => line.startsWith("m="))
    .map((line) => line.slice(2).split(" ", 1)[0]);
  if (kinds.length !== sections.length || kinds.some((kind, index) => kind !== sections[index]))
    return false;
  if (lines.some((line) => line.startsWith("a=candidate:"))) return false;
  const fingerprints = lines
    .filter((line) => line.startsWith("a=fingerprint:"))
    .map((line) => line.slice(14).toLowerCase());
  return (
    fingerprints.length > 0 &&
    fingerprints.every((fingerprint) => fingerprint === fingerprints[0]) &&
    /^sha-256 (?:[0-9a-f]{2}:){31}[0-9a-f]{2}$/.test(fingerprints[0] ?? "")
  );
}

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

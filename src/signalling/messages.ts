import * as v from "valibot";
import { limits } from "./limits.ts";
import { isSessionDescription } from "./session-description.ts";

/** The protocol's name and version. There is one cipher suite a version: nothing to negotiate, nothing to downgrade. */
export const protocolName = "sx-call/1";

/** A fixed number of bytes as base64url without padding (RFC 4648 section 5). */
const bytes = (length: number) => {
  const characters = Math.ceil((length * 4) / 3);
  return v.pipe(v.string(), v.length(characters), v.regex(/^[A-Za-z0-9_-]*$/));
};

const media = v.picklist(["audio", "video"]);
const description = v.pipe(
  v.string(),
  v.maxLength(limits.descriptionSize),
  v.check(isSessionDescription),
);
const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fff_ffff));

/** W3C `RTCIceCandidateInit`. An empty `candidate` is the end of the candidates of one generation. */
export const candidateSchema = v.object({
  candidate: v.pipe(
    v.string(),
    v.maxLength(limits.candidateSize),
    v.regex(/^(?:candidate:[\x20-\x7e]*)?$/),
  ),
  // Channels that write JSON of their own leave out what is `null`.
  sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(16)), null),
  sdpMLineIndex: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)), null),
  usernameFragment: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(256)))),
});

/** One that this version cannot read costs no other of its batch: the others may be the path. */
const candidateList = v.pipe(
  v.array(v.fallback(v.nullable(candidateSchema), null)),
  v.maxLength(limits.candidates),
  v.transform((list) => list.filter((one) => one !== null)),
);

/** Every reason an `end` can give. */
export const endReasons = [
  "hung-up",
  "cancelled",
  "declined",
  "busy",
  "unanswered",
  "failed",
  "answered-elsewhere",
] as const;

/**
 * `device`: the view that sent it, of the several that a person may have. `to`: the view that it is meant for, once the sender knows
 * it. Both are missing in messages of kits from before there were several.
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
  offer: description,
  keys: v.object({ x25519: bytes(32), mlkem768: bytes(1184) }),
  commitment: bytes(64),
  /** The call that this one takes the place of. Without a proof it is a call like any other. */
  resumes: v.optional(bytes(16)),
  /** A mac over all fields, by the secret of the call that is resumed. */
  proof: v.optional(bytes(64)),
  /** The nonce to which the invitation that is dialled anew was committed: its maker alone knows it. */
  formerNonce: v.optional(bytes(32)),
});
const ringing = v.object({ ...envelope, type: v.literal("ringing") });
const accept = v.object({
  ...envelope,
  type: v.literal("accept"),
  media,
  answer: description,
  keys: v.object({ x25519: bytes(32), mlkem768: bytes(1088) }),
  nonce: bytes(32),
  mac: bytes(64),
  /** Whether the secret of the call that is resumed went into the keys. */
  continues: v.optional(v.literal(true)),
});

/** What may also be said on the data channel, where there is one: without an envelope, since the channel is the call's own. */
export const sharedBodies = {
  confirm: { type: v.literal("confirm"), nonce: bytes(32), mac: bytes(64) },
  candidates: {
    type: v.literal("candidates"),
    candidates: candidateList,
    end: v.optional(v.boolean()),
  },
  /** A new path (RFC 8445 section 9), numbered by the side that asks: the caller offers one, the callee asks for an offer. */
  restart: { type: v.literal("restart"), attempt: counter, offer: v.optional(description) },
  /** The callee's, with the number of the caller's offer. */
  restartAnswer: { type: v.literal("restart-answer"), attempt: counter, answer: description },
};

const confirm = v.object({ ...envelope, ...sharedBodies.confirm });
const candidates = v.object({ ...envelope, ...sharedBodies.candidates });
const restart = v.object({ ...envelope, ...sharedBodies.restart });
const restartAnswer = v.object({ ...envelope, ...sharedBodies.restartAnswer });
const end = v.object({ ...envelope, type: v.literal("end"), reason: v.picklist(endReasons) });

/** One message of `sx-call/1`, told apart by `type`. */
export const signalSchema = v.variant("type", [
  invite,
  ringing,
  accept,
  confirm,
  candidates,
  restart,
  restartAnswer,
  end,
]);

/** A checked message of the other side, or one of ours: `{protocol, callId, seq, type, ...}`. */
export type SignalMessage = v.InferOutput<typeof signalSchema>;
/** The kinds of message. */
export type SignalType = SignalMessage["type"];
/** The message of one kind. */
export type SignalOf<T extends SignalType> = Extract<SignalMessage, { type: T }>;
/** What one side says, before the envelope is put around it. */
export type SignalBody = SignalMessage extends infer M
  ? M extends SignalMessage
    ? Omit<M, keyof typeof envelope>
    : never
  : never;
/** The views that a message is from and for. */
export type SignalDevices = Pick<SignalMessage, "device" | "to">;
/** A candidate as it travels. */
export type SignalCandidate = v.InferOutput<typeof candidateSchema>;

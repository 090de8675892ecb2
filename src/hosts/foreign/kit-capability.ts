import type { AcceptShare, InviteShare } from "../../crypto/agreement/key-agreement.ts";
import { CallError } from "../../errors.ts";

/*
 * Identifies a kit over a foreign protocol by one session-level attribute. Other pages ignore it (RFC 8866 section 5.13).
 *
 *   offer    a=x-sx-call-kit:1 <callId> <media> <x25519> <ML-KEM-768 public key> <commitment>
 *   answer   a=x-sx-call-kit:1 <x25519> <ML-KEM-768 ciphertext> <nonce> <mac>
 *
 * The offerer is the agreement's initiator (SimpleX: the callee; Delta Chat: the caller). It sends its proof over the
 * data channel.
 *
 * A removed attribute cannot be detected. A damaged one can, since no page writes it: the call then ends instead of silently using the
 * foreign protocol's encryption. A later version gets another name.
 */

const name = "x-sx-call-kit";

/** Capability in a kit's offer. `media` is bound into the keys: both sides must agree on it. */
export interface KitOffer extends InviteShare {
  readonly callId: string;
  readonly media: "audio" | "video";
}

const bytes = (length: number) => `([\\w-]{${String(Math.ceil((length * 4) / 3))}})`;
const offerPattern = new RegExp(
  `^${bytes(16)} (audio|video) ${bytes(32)} ${bytes(1184)} ${bytes(64)}$`,
);
const answerPattern = new RegExp(`^${bytes(32)} ${bytes(1088)} ${bytes(32)} ${bytes(64)}$`);

/** Writes the capability into an offer. */
export function addKitOffer(sdp: string, { callId, media, keys, commitment }: KitOffer): string {
  return addAttribute(sdp, [callId, media, keys.x25519, keys.mlkem768, commitment]);
}

/** Writes the capability into an answer. */
export function addKitAnswer(sdp: string, { keys, nonce, mac }: AcceptShare): string {
  return addAttribute(sdp, [keys.x25519, keys.mlkem768, nonce, mac]);
}

/**
 * @returns what a kit's offer says; `null` where the other side is no kit.
 * @throws {CallError} `insecure` where what it says was damaged on the way.
 */
export function readKitOffer(sdp: string): KitOffer | null {
  const attribute = readAttribute(sdp);
  if (attribute === null) return null;
  const [, callId, media, x25519, mlkem768, commitment] = offerPattern.exec(attribute) ?? [];
  if (!callId || !x25519 || !mlkem768 || !commitment) throw damaged();
  return {
    callId,
    media: media === "video" ? "video" : "audio",
    keys: { x25519, mlkem768 },
    commitment,
  };
}

/** As {@link readKitOffer}, of an answer. */
export function readKitAnswer(sdp: string): AcceptShare | null {
  const attribute = readAttribute(sdp);
  if (attribute === null) return null;
  const [, x25519, mlkem768, nonce, mac] = answerPattern.exec(attribute) ?? [];
  if (!x25519 || !mlkem768 || !nonce || !mac) throw damaged();
  return { keys: { x25519, mlkem768 }, nonce, mac };
}

/** Removes the capability, which engines do not need. */
export function withoutCapability(sdp: string): string {
  return sdp
    .split("\r\n")
    .filter((line) => !trace.test(line))
    .join("\r\n");
}

/** An attribute that a kit may have written, whatever became of it. */
const trace = new RegExp(`^a=\\s*${name}\\b`, "i");

function addAttribute(sdp: string, values: readonly string[]): string {
  const line = `a=${name}:1 ${values.join(" ")}\r\n`;
  const at = sdp.search(/^m=/m);
  return at < 0 ? sdp + line : sdp.slice(0, at) + line + sdp.slice(at);
}

/**
 * Version 1, before the first media section, and only one of it: two would leave open which one counts.
 *
 * @returns `null` where there is no trace of one.
 * @throws {CallError} `insecure` where there is anything else.
 */
function readAttribute(sdp: string): string | null {
  const traces = sdp.split(/\r\n|\r|\n/).filter((line) => trace.test(line));
  if (traces.length === 0) return null;
  const [session = ""] = sdp.split(/^m=/m, 1);
  const found = [...session.matchAll(new RegExp(`^a=${name}:1 (.*?)\\r?$`, "gm"))];
  const [attribute] = found;
  if (traces.length !== 1 || attribute?.[1] === undefined) throw damaged();
  return attribute[1];
}

function damaged(): CallError {
  return new CallError("insecure", "The key share in a description was damaged on the way.");
}

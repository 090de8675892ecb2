import type { AcceptShare, InviteShare } from "../../crypto/agreement/key-agreement.ts";

/*
 * Identifies a kit over a foreign protocol by one session-level attribute. Other pages ignore it (RFC 8866 section 5.13).
 *
 *   offer    a=x-sx-call-kit:1 <callId> <media> <x25519> <ML-KEM-768 public key> <commitment>
 *   answer   a=x-sx-call-kit:1 <x25519> <ML-KEM-768 ciphertext> <nonce> <mac>
 *
 * The offerer is the agreement's initiator (SimpleX: the callee; Delta Chat: the caller). It sends its proof over the
 * data channel.
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

/** @returns the capability in a kit's offer; `null` for other pages and versions. */
export function readKitOffer(sdp: string): KitOffer | null {
  const [, callId, media, x25519, mlkem768, commitment] =
    offerPattern.exec(readAttribute(sdp) ?? "") ?? [];
  if (!callId || !x25519 || !mlkem768 || !commitment) return null;
  return {
    callId,
    media: media === "video" ? "video" : "audio",
    keys: { x25519, mlkem768 },
    commitment,
  };
}

/** @returns the capability in a kit's answer; `null` for other pages and versions. */
export function readKitAnswer(sdp: string): AcceptShare | null {
  const [, x25519, mlkem768, nonce, mac] = answerPattern.exec(readAttribute(sdp) ?? "") ?? [];
  if (!x25519 || !mlkem768 || !nonce || !mac) return null;
  return { keys: { x25519, mlkem768 }, nonce, mac };
}

/** Removes the capability, which engines do not need. */
export function withoutCapability(sdp: string): string {
  return sdp
    .split("\r\n")
    .filter((line) => !line.startsWith(`a=${name}:`))
    .join("\r\n");
}

function addAttribute(sdp: string, values: readonly string[]): string {
  const line = `a=${name}:1 ${values.join(" ")}\r\n`;
  const at = sdp.search(/^m=/m);
  return at < 0 ? sdp + line : sdp.slice(0, at) + line + sdp.slice(at);
}

/** Reads version 1 before the first media section, and only a single one: two would be ambiguous. */
function readAttribute(sdp: string): string | null {
  const [session = ""] = sdp.split(/^m=/m, 1);
  const found = [...session.matchAll(new RegExp(`^a=${name}:1 (.*?)\\r?$`, "gm"))];
  return found.length === 1 ? (found[0]?.[1] ?? null) : null;
}

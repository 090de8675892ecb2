import type { CallMedia } from "../call/terms.ts";
import type { SignalCandidate, SignalOf } from "../signalling/messages.ts";
import type { InitiatorPort, ResponderPort } from "../controller/ports.ts";
import type { ResumptionStore } from "../crypto/agreement/resumption-store.ts";
import type { Agreed } from "../crypto/agreement/key-agreement.ts";

type Body<T extends "invite" | "accept"> = Omit<SignalOf<T>, "protocol" | "callId" | "seq">;

const zeros = (count: number) => "A".repeat(Math.ceil((count * 4) / 3));
const keys = (kem: 1184 | 1088) => ({ x25519: zeros(32), mlkem768: zeros(kem) });
const commitment = zeros(64);

/** A description with the minimum that the codec requires. */
const description = [
  ...["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0"],
  ...["audio", "video", "audio", "video", "application"].map(
    (kind) => `m=${kind} 9 UDP/TLS/RTP/SAVPF 111`,
  ),
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "00").join(":")}`,
  "",
].join("\r\n");

/** A candidate that leads nowhere. Both sides have one, so that a stuck call blames the path. */
export const simulatedCandidate = {
  candidate: "candidate:1 1 udp 1 simulated.invalid 9 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
} satisfies SignalCandidate;

/** Stands for a proof of equal keys. */
export const proof = { nonce: zeros(32), mac: zeros(64) };

/** @param sentAt milliseconds since the epoch. */
export function inviteOf(media: CallMedia, sentAt: number): Body<"invite"> {
  return { type: "invite", media, sentAt, offer: description, keys: keys(1184), commitment };
}

export function acceptOf(media: CallMedia): Body<"accept"> {
  return { type: "accept", media, answer: description, keys: keys(1088), ...proof };
}

/** Stands for a secret. The cast is safe: without a cipher it is never read. */
const secret = {} as CryptoKey;
/** As above. A verified call that ends requests it, but derives nothing. */
const successors = {
  exportContinuity: () => Promise.reject(new Error("A simulated call has no keys.")),
} as unknown as Agreed["successors"];
const agreed: Agreed = { securityCode: [41, 31, 1, 52, 20, 63, 9], successors };

/** A simulated call ends with its page. */
export const noResumptions: ResumptionStore = {
  save: () => Promise.resolve(),
  take: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
};

/** Key agreement without keys, for the calling side. */
export const simulatedInitiator: InitiatorPort = {
  share: { keys: keys(1184), commitment },
  agree: () => Promise.resolve({ secret, confirm: proof, ...agreed }),
  giveUp: () => proof.nonce,
  release: () => undefined,
};

/** Key agreement without keys, for the called side. */
export const simulatedResponder: ResponderPort = {
  agree: () => Promise.resolve({ secret, accept: { keys: keys(1088), ...proof } }),
  confirm: () => Promise.resolve(agreed),
  release: () => undefined,
};

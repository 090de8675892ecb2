import {
  protocolName,
  type SignalCandidate,
  type SignalMessage,
  type SignalOf,
  type SignalType,
} from "../../src/signalling/messages.ts";

/** A text of base64url for so many zero bytes. */
export function zeros(bytes: number): string {
  return "A".repeat(Math.ceil((bytes * 4) / 3));
}

export const callId = "Q2FsbElkT2YxNkJ5dGVzIQ";
export const otherCallId = "zzzzzzzzzzzzzzzzzzzzzQ";

/** A SHA-256 fingerprint line of one repeated byte. */
export function fingerprintLine(byte = "AB"): string {
  return `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => byte).join(":")}`;
}

/** A description of the five sections of a call, one fingerprint in each. */
export function description({
  sections = ["audio", "video", "audio", "video", "application"],
  extra = [] as string[],
} = {}): string {
  const head = ["v=0", "o=- 1 2 IN IP4 0.0.0.0", "s=-", "t=0 0"];
  const body = sections.flatMap((kind, mid) => [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF 111`,
    `a=mid:${mid}`,
    fingerprintLine(),
  ]);
  return [...head, ...body, ...extra, ""].join("\r\n");
}

export const candidate: SignalCandidate = {
  candidate: "candidate:1 1 udp 2122260223 192.0.2.1 51234 typ host generation 0 ufrag abcd",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "abcd",
};

const envelope = { protocol: protocolName, callId, seq: 0 } as const;

/** One good message of every type: the compiler sees to it that none is missing. */
export const samples: { readonly [T in SignalType]: SignalOf<T> } = {
  invite: {
    ...envelope,
    type: "invite",
    media: "video",
    sentAt: 1_000_000,
    offer: description(),
    keys: { x25519: zeros(32), mlkem768: zeros(1184) },
    commitment: zeros(64),
  },
  ringing: { ...envelope, type: "ringing" },
  waiting: { ...envelope, type: "waiting", left: 30_000 },
  accept: {
    ...envelope,
    type: "accept",
    media: "audio",
    answer: description(),
    keys: { x25519: zeros(32), mlkem768: zeros(1088) },
    nonce: zeros(32),
    mac: zeros(64),
  },
  confirm: { ...envelope, type: "confirm", nonce: zeros(32), mac: zeros(64) },
  candidates: {
    ...envelope,
    type: "candidates",
    candidates: [candidate, { ...candidate, sdpMid: null }],
    end: true,
  },
  restart: { ...envelope, type: "restart", attempt: 1, offer: description() },
  "restart-answer": { ...envelope, type: "restart-answer", attempt: 1, answer: description() },
  away: { ...envelope, type: "away" },
  end: { ...envelope, type: "end", reason: "hung-up" },
};

export const signalTypes = Object.keys(samples) as SignalType[];

/** A message with other fields than the sample of its type. */
export function signal<T extends SignalType>(
  type: T,
  changes: Partial<SignalOf<T>> = {},
): SignalOf<T> {
  return { ...samples[type], ...changes };
}

/** As a host's channel would deliver it: nothing of the sender's objects is left. */
export function delivered(message: SignalMessage): Record<string, unknown> {
  return JSON.parse(JSON.stringify(message)) as Record<string, unknown>;
}

import type { WireCommand } from "../../../src/hosts/simplex/messages.ts";
import { lzString } from "./lz-oracle.ts";

/** A description as an engine makes it, before candidates: four media sections. */
export const sdp = [
  ...[
    "v=0",
    "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0 1 2 3",
  ],
  ...["audio", "video", "audio", "video"].flatMap((kind, mid) => [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100`,
    ...[
      "c=IN IP4 0.0.0.0",
      "a=rtcp:9 IN IP4 0.0.0.0",
      "a=ice-ufrag:4Qd9",
      "a=ice-pwd:u0dL3Zr0rjmRlKQkpdcyL3WZ",
    ],
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, at) => (at * 7 + 16).toString(16).toUpperCase()).join(":")}`,
    ...[
      "a=setup:actpass",
      `a=mid:${mid}`,
      "a=sendrecv",
      "a=rtcp-mux",
      "a=rtpmap:96 VP8/90000",
      "a=rtcp-fb:96 nack pli",
    ],
  ]),
  "",
].join("\r\n");

/** As Chromium gives it, and as iOS does. */
export const candidates = [
  {
    candidate:
      "candidate:842163049 1 udp 1677729535 192.0.2.1 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag 4Qd9",
    sdpMid: "0",
    sdpMLineIndex: 0,
    usernameFragment: "4Qd9",
  },
  {
    candidate: "candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active",
    sdpMid: "3",
    sdpMLineIndex: 3,
  },
];
export const iosCandidates = candidates.map((candidate) => ({
  ...candidate,
  type: null,
  protocol: null,
}));

/** Packed by the library itself. */
export function packed(value: unknown): string {
  return lzString.compressToBase64(JSON.stringify(value));
}

/** Bytes 224 to 255 as a key, by the document: base64url with padding. */
export const keyBytes = Array.from({ length: 32 }, (_, at) => 224 + at);
export const keyText = "4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8=";

const iceServers = [
  {
    urls: ["stuns:stun.example.org:443", "turn:192.0.2.7:443?transport=tcp"],
    username: "private",
    credential: "s3cret",
  },
  { urls: "stun:[2001:db8::1]:3478" },
];
const connection = {
  media: "video",
  aesKey: keyText,
  iceServers,
  relay: true,
  reconnect: true,
} as const;

/** One good command of every type, as it travels: the compiler sees to it that none is missing. */
export const wireSamples: {
  readonly [T in WireCommand["type"]]: { readonly type: T } & Readonly<Record<string, unknown>>;
} = {
  capabilities: { type: "capabilities", media: "audio" },
  start: { type: "start", ...connection },
  offer: {
    type: "offer",
    offer: packed({ type: "offer", sdp }),
    iceCandidates: packed(iosCandidates),
    ...connection,
  },
  answer: {
    type: "answer",
    answer: packed({ type: "answer", sdp }),
    iceCandidates: packed(candidates),
  },
  ice: { type: "ice", iceCandidates: packed(candidates) },
  media: { type: "media", source: "screenVideo", enable: true },
  camera: { type: "camera", camera: "environment" },
  description: { type: "description", state: "соединение…", description: "end-to-end encrypted" },
  layout: { type: "layout", layout: "remoteVideo" },
  permission: {
    type: "permission",
    title: "Permission denied",
    chrome: "Click the lock",
    safari: "Open Settings",
  },
  end: { type: "end" },
};

export const wireTypes = Object.keys(wireSamples) as WireCommand["type"][];

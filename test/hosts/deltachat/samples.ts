/** An offer as Delta Chat's page makes it: picture, sound and data channels in one bundle, candidates in the first section. */
export const offer = [
  "v=0",
  "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1 2",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:4Qd9",
  "a=mid:0",
  "a=sendrecv",
  "a=rtpmap:96 VP8/90000",
  "a=candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0 ufrag 4Qd9",
  "a=candidate:2 1 udp 1686052607 203.0.113.7 50000 typ srflx raddr 192.0.2.1 rport 50000",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:4Qd9",
  "a=mid:1",
  "a=sendrecv",
  "a=rtpmap:111 opus/48000/2",
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "a=ice-ufrag:4Qd9",
  "a=mid:2",
  "",
].join("\r\n");

export const answer = offer.replace("4611731400430051336", "4611731400430051337");

const found = (type: string, address: string) => ({
  ...{ candidate: `candidate:1 1 udp 1 ${address} 50000 typ ${type}`, usernameFragment: "4Qd9" },
  ...{ sdpMid: "0", sdpMLineIndex: 0 },
});
export const host = found("host", "192.0.2.1");
export const srflx = found("srflx raddr 192.0.2.1 rport 50000", "203.0.113.7");
export const relay = found("relay raddr 0.0.0.0 rport 9", "198.51.100.9");

/** A description as a hash carries it. */
export function packSdp(sdp: string): string {
  return encodeURIComponent(btoa(sdp));
}

import { expect } from "@open-wc/testing";
import {
  candidateForWire,
  fromWire,
  mimeTypesOf,
  toWire,
  withStereo,
} from "../../../src/media/connection/description.ts";
import { fingerprintOf } from "../../../src/media/connection/certificate.ts";
import { description, fingerprintLine } from "../../support/signals.ts";
import { codeThrownBy } from "../../support/thrown.ts";

/** A description as an engine makes it, with everything in it that must not leave. */
const describing = [
  "v=0",
  "o=- 4611 2 IN IP4 192.168.1.7",
  "s=-",
  "t=0 0",
  "a=extmap-allow-mixed",
  "a=msid-semantic: WMS",
  "m=audio 51234 UDP/TLS/RTP/SAVPF 111",
  "c=IN IP6 2001:db8::7",
  "a=rtcp:51235 IN IP4 192.168.1.7",
  "a=candidate:1 1 udp 2122260223 192.168.1.7 51234 typ host",
  "a=end-of-candidates",
  "a=rtcp-mux",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:2/sendrecv urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=rtcp-fb:96 goog-remb",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=ssrc:1 cname:x",
  "a=ssrc:1 msid:- y",
  "",
].join("\r\n");

describe("a description that leaves", () => {
  const sent = toWire(describing);

  it("has no address and no candidate", () => {
    for (const address of ["192.168.1.7", "2001:db8", "51234", "51235", "candidate"])
      expect(sent).not.to.contain(address);
    expect(sent).to.contain("o=- 4611 2 IN IP4 0.0.0.0\r\n");
    expect(sent).to.contain("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n");
  });

  it("has no header extension that tells of the voice", () => {
    expect(sent).not.to.contain("audio-level");
    expect(sent).not.to.contain("abs-capture-time");
    expect(sent).to.contain("sdes:mid");
  });

  it("keeps what a session needs", () => {
    for (const line of [
      "a=rtcp-mux",
      "a=rtpmap:111 opus/48000/2",
      "a=rtcp-fb:111 transport-cc",
      "a=ssrc:1 cname:x",
    ]) {
      expect(sent).to.contain(`${line}\r\n`);
    }
    expect(sent.endsWith("\r\n")).to.equal(true);
  });

  it("has no feedback of a format that its section does not have", () => {
    const left = describing.replace(
      "a=rtcp-fb:111 transport-cc",
      "a=rtcp-fb:111 transport-cc\r\na=rtcp-fb:121 nack pli",
    );
    expect(toWire(left)).to.equal(sent);
  });

  it("is the same the second time", () => {
    expect(toWire(sent)).to.equal(sent);
  });
});

describe("a description that comes in", () => {
  const opusOf = (sdp: string) => fromWire(sdp).match(/^a=fmtp:.*(?=\r)/gm);
  const withFmtp = (...lines: string[]) =>
    describing.replace("a=fmtp:111 minptime=10;useinbandfec=1", lines.join("\r\n"));

  it("makes sound constant in rate and without pauses, and keeps what is no choice of the other side", () => {
    expect(opusOf(describing)).to.deep.equal([
      "a=fmtp:111 minptime=10;useinbandfec=1;cbr=1;usedtx=0",
    ]);
    expect(opusOf(fromWire(describing))).to.deep.equal([
      "a=fmtp:111 minptime=10;useinbandfec=1;cbr=1;usedtx=0",
    ]);
  });

  it("is made the same where its lines end without a carriage return, as engines take them, too", () => {
    const limiting = withFmtp("a=fmtp:111 cbr=0;usedtx=1", "b=AS:5");
    expect(fromWire(limiting.replaceAll("\r\n", "\n"))).to.equal(fromWire(limiting));
  });

  const hostile: Record<string, string[]> = {
    "asks for the contrary": ["a=fmtp:111 cbr=0;usedtx=1"],
    "asks for the contrary in capital letters and with spaces": [
      "a=fmtp:111 CBR=0; UseDTX = 1 ;cbr =0",
    ],
    "chooses the rate and the length of packets": [
      "a=fmtp:111 maxaveragebitrate=6000;ptime=120;maxptime=120;minptime=120",
    ],
    "chooses how it sounds": [
      "a=fmtp:111 maxplaybackrate=8000;stereo=1;sprop-stereo=1;MaxAverageBitrate = 6000",
    ],
    "asks twice in a line": ["a=fmtp:111 cbr=1;usedtx=0;cbr=0;usedtx=1"],
    "asks in two lines": ["a=fmtp:111 minptime=10", "a=fmtp:111 cbr=0;usedtx=1"],
    "says nothing of it at all": ["a=x"],
    "leaves the parameters empty": ["a=fmtp:111 "],
    "has a leading zero": ["a=fmtp:0111 cbr=0;usedtx=1"],
    "has a space too many": ["a=fmtp: 111  cbr=0;usedtx=1"],
  };
  for (const [how, lines] of Object.entries(hostile)) {
    it(`makes it so also where the other side ${how}`, () => {
      const lines_ = opusOf(withFmtp(...lines));
      expect(lines_?.length).to.equal(1);
      expect(lines_?.[0]).to.match(/^a=fmtp:111 (?:[^;]+;)*cbr=1;usedtx=0$/);
      expect(lines_?.[0]).not.to.match(
        /cbr *= *0|usedtx *= *1|maxaveragebitrate|ptime=120|maxplayback|stereo/i,
      );
    });
  }

  it("makes it so for every payload type that is Opus, however it is written", () => {
    const two = describing.replace(
      "a=fmtp:",
      "a=rtpmap:63 OPUS/48000/2\r\na=fmtp:63 cbr=0\r\na=fmtp:",
    );
    expect(opusOf(two)?.every((line) => line.endsWith("cbr=1;usedtx=0"))).to.equal(true);
    expect(opusOf(two)?.length).to.equal(2);
  });

  it("takes no limit on what this side sends: neither of a section nor of a format", () => {
    const limited = describing
      .replace(/^(m=.*)$/gm, "$1\r\nb=AS:1\r\nb=TIAS:1000")
      .replace(
        "a=fmtp:",
        "a=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0;x-google-max-bitrate=1; X-Google-Start-Bitrate=1\r\n" +
          "a=rtpmap:96 VP8/90000\r\na=fmtp:96 x-google-max-bitrate=1\r\na=fmtp:",
      );
    expect(fromWire(limited)).not.to.match(/^b=|google-/im);
    expect(opusOf(limited)).to.include("a=fmtp:98 profile-id=0");
    expect(fromWire(limited)).to.include("a=rtpmap:96 VP8/90000");
  });

  it("has two channels for the sound of a shared screen, whatever the other side says, and one for the voice", () => {
    const section = (mid: number) =>
      [
        ...["m=audio 9 UDP/TLS/RTP/SAVPF 111 63", `a=mid:${mid}`, "a=rtpmap:111 opus/48000/2"],
        ...["a=fmtp:111 minptime=10;stereo=0", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111", ""],
      ].join("\r\n");
    const four = ["v=0\r\n", section(0), "m=video 9 x 96\r\na=fmtp:96 x=1\r\n", section(2)].join(
      "",
    );
    const lines = (sdp: string) => sdp.match(/^a=fmtp:.*(?=\r)/gm);
    expect(lines(fromWire(four))).to.deep.equal([
      "a=fmtp:111 minptime=10;cbr=1;usedtx=0",
      "a=fmtp:63 111/111",
      "a=fmtp:96 x=1",
      "a=fmtp:111 minptime=10;cbr=1;usedtx=0;stereo=1",
      "a=fmtp:63 111/111",
    ]);
    expect(fromWire(fromWire(four))).to.equal(fromWire(four));
    const own = four.replaceAll(";stereo=0", "");
    expect(lines(withStereo(own))?.map((line) => line.includes("stereo=1"))).to.deep.equal([
      ...[false, false, false],
      ...[true, false],
    ]);
    // Firefox says it by itself.
    expect(withStereo(withStereo(own))).to.equal(withStereo(own));
  });

  it("leaves the parameters of other codecs alone", () => {
    const other = describing.replace(
      "a=fmtp:",
      "a=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\na=fmtp:",
    );
    expect(opusOf(other)).to.include("a=fmtp:98 profile-id=0");
  });

  it("brings no candidate, no address and no audio level with it", () => {
    for (const text of ["candidate", "192.168", "audio-level"])
      expect(fromWire(describing)).not.to.contain(text);
  });
});

describe("the fingerprint of a description", () => {
  it("is 32 bytes, in capital or small letters", () => {
    expect([...fingerprintOf(description())]).to.deep.equal(Array(32).fill(0xab));
    expect([...fingerprintOf(description().toLowerCase())]).to.deep.equal(Array(32).fill(0xab));
  });

  const wrong: Record<string, string> = {
    "there is none": description().replace(/a=fingerprint:.*\r\n/g, ""),
    "two differ": description({ extra: [fingerprintLine("CD")] }),
    "one is of another hash": description({ extra: ["a=fingerprint:sha-1 AB:AB"] }),
    "it is too short": description().replaceAll(":AB\r\n", "\r\n"),
    "the description is empty": "",
  };
  for (const [why, sdp] of Object.entries(wrong)) {
    it(`is refused as insecure where ${why}`, () => {
      expect(codeThrownBy(() => fingerprintOf(sdp))).to.equal("insecure");
    });
  }
});

describe("the payload types of a description", () => {
  it("are MIME types by the section they are in", () => {
    const sdp = [
      "v=0",
      "m=audio 9 X 111",
      "a=rtpmap:111 opus/48000/2",
      "m=video 9 X 96",
      "a=rtpmap:96 VP8/90000",
      "",
    ].join("\r\n");
    expect([...mimeTypesOf(sdp)]).to.deep.equal([
      [111, "audio/opus"],
      [96, "video/VP8"],
    ]);
    expect(mimeTypesOf("").size).to.equal(0);
  });
});

describe("a candidate that leaves", () => {
  const host = "candidate:1 1 udp 2122260223 192.168.1.7 51234 typ host generation 0";
  const reflexive =
    "candidate:2 1 udp 1686052607 203.0.113.5 51234 typ srflx raddr 192.168.1.7 rport 51234";
  const relay =
    "candidate:3 1 udp 41885439 198.51.100.9 3478 typ relay raddr 203.0.113.5 rport 51234 generation 0";

  it("leaves as it is where any path may be used", () => {
    for (const candidate of [host, reflexive, relay, ""])
      expect(candidateForWire(candidate, false)).to.equal(candidate);
  });

  it("leaves without the number and the cost of its network card", () => {
    for (const relayOnly of [false, true]) {
      expect(candidateForWire(`${relay} network-id 3 network-cost 10`, relayOnly)).to.equal(
        candidateForWire(relay, relayOnly),
      );
    }
  });

  it("is not sent with relay-only unless it is a relay's", () => {
    const claims = [
      host,
      reflexive,
      `${host} ufrag relay`,
      `${host} typ-relay`,
      `${host} typ relayed`,
    ];
    for (const candidate of claims) expect(candidateForWire(candidate, true)).to.equal(null);
  });

  it("of a relay leaves without this device's own address", () => {
    const sent = candidateForWire(relay, true);
    expect(sent).to.equal(
      "candidate:3 1 udp 41885439 198.51.100.9 3478 typ relay raddr 0.0.0.0 rport 9 generation 0",
    );
    expect(candidateForWire("candidate:3 1 udp 1 198.51.100.9 3478 typ relay", true)).to.contain(
      "typ relay",
    );
  });

  it("may be the end of the candidates", () => {
    expect(candidateForWire("", true)).to.equal("");
  });
});

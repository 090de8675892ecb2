import { expect } from "@open-wc/testing";
import { readCounts } from "../../../src/media/connection/counts.ts";
import { report } from "../../support/stats-report.ts";

const mids = ["0", "1", "2", "3"];

describe("the counters of a transport", () => {
  it("are packets for sound and frames for picture, by their media section", () => {
    const { counts } = readCounts(
      report(
        { type: "outbound-rtp", mid: "0", kind: "audio", packetsSent: 50 },
        { type: "outbound-rtp", mid: "1", kind: "video", packetsSent: 900, framesSent: 30 },
        { type: "inbound-rtp", mid: "0", kind: "audio", packetsReceived: 49 },
        { type: "inbound-rtp", mid: "3", kind: "video", packetsReceived: 800, framesReceived: 29 },
        { type: "inbound-rtp", mid: "9", kind: "audio", packetsReceived: 7 },
        { type: "codec", mid: "0" },
      ),
      mids,
    );
    expect(counts).to.deep.equal([
      { track: 0, left: 50, arrived: 49 },
      { track: 1, left: 30, arrived: 0 },
      { track: 2, left: 0, arrived: 0 },
      { track: 3, left: 0, arrived: 29 },
    ]);
  });

  it("are added up where a section has several streams, and nothing is counted before there is one", () => {
    const layer = { type: "outbound-rtp", mid: "1", kind: "video", framesSent: 10 };
    expect(readCounts(report(layer, layer), mids).counts[1]?.left).to.equal(20);
    expect(
      readCounts(report({ type: "outbound-rtp", mid: "0", kind: "audio" }), mids).counts[0]?.left,
    ).to.equal(0);
    expect(readCounts(report(), []).counts.length).to.equal(4);
  });

  const path = (local: string, remote: string) =>
    report(
      { id: "T", type: "transport", selectedCandidatePairId: "P" },
      { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" },
      { id: "L", type: "local-candidate", candidateType: local },
      { id: "R", type: "remote-candidate", candidateType: remote },
    );

  it("say that media goes through a relay where either end is one", () => {
    expect(readCounts(path("relay", "host"), mids).relayed).to.equal(true);
    expect(readCounts(path("host", "relay"), mids).relayed).to.equal(true);
    expect(readCounts(path("srflx", "prflx"), mids).relayed).to.equal(false);
  });

  it("say nothing of a relay where no path is in use", () => {
    expect(readCounts(report({ type: "transport" }), mids).relayed).to.equal(null);
    expect(
      readCounts(report({ type: "transport", selectedCandidatePairId: "gone" }), mids).relayed,
    ).to.equal(null);
  });

  const encrypted = (fields: object) =>
    readCounts(report({ type: "transport", ...fields }), mids).dtls;

  it("name the version, the suite and the profile that the engines have agreed on", () => {
    const suite = { dtlsCipher: "TLS_AES_128_GCM_SHA256", srtpCipher: "SRTP_AEAD_AES_128_GCM" };
    expect(encrypted({ tlsVersion: "FEFC", ...suite })).to.deep.equal({
      ...{ version: "DTLS 1.3", cipher: "TLS_AES_128_GCM_SHA256" },
      srtp: "SRTP_AEAD_AES_128_GCM",
    });
    expect(encrypted({ tlsVersion: "fefd", ...suite })?.version).to.equal("DTLS 1.2");
    expect(encrypted({ tlsVersion: "FEFF", ...suite })?.version).to.equal("0xFEFF");
    expect(encrypted({ tlsVersion: "FEFC", ...suite, srtpCipher: "" })?.srtp).to.equal(null);
  });

  it("name no encryption before the handshake is over, and none where the engine does not tell", () => {
    for (const fields of [{}, { tlsVersion: "" }, { tlsVersion: "FEFC", dtlsCipher: "" }])
      expect(encrypted(fields)).to.equal(undefined);
    expect(readCounts(report(), mids)).not.to.have.property("dtls");
  });
});

import { expect } from "@open-wc/testing";
import { readQuality } from "../../../src/media/connection/counts.ts";
import { report } from "../../support/stats-report.ts";

const mids = ["0", "1", "2", "3"];

const nothingIncoming = {
  packetsReceived: null,
  packetsLost: null,
  bytesReceived: null,
  jitter: null,
  framesDecoded: null,
  framesPerSecond: null,
  frameHeight: null,
  freezeCount: null,
  totalFreezesDuration: null,
};

describe("the counts of a call's quality", () => {
  it("are by media section and direction, with what the other side reports beside what was sent", () => {
    const { tracks } = readQuality(
      report(
        {
          type: "inbound-rtp",
          mid: "0",
          packetsReceived: 49,
          packetsLost: 1,
          bytesReceived: 4_000,
          jitter: 0.004,
        },
        {
          ...{
            type: "inbound-rtp",
            mid: "1",
            packetsReceived: 90,
            packetsLost: 0,
            bytesReceived: 90_000,
            jitter: 0,
          },
          ...{
            framesDecoded: 30,
            framesPerSecond: 29,
            frameHeight: 720,
            freezeCount: 2,
            totalFreezesDuration: 0.5,
          },
        },
        { id: "S", type: "outbound-rtp", mid: "0", packetsSent: 50, bytesSent: 4_100 },
        { id: "V", type: "outbound-rtp", mid: "1", packetsSent: 95, bytesSent: 95_000 },
        { type: "inbound-rtp", mid: "9", packetsReceived: 7 },
        {
          ...{ type: "remote-inbound-rtp", localId: "S", timestamp: 1_234 },
          ...{ packetsLost: 3, fractionLost: 0.06, roundTripTime: 0.08 },
        },
      ),
      mids,
    );
    expect(tracks).to.deep.equal([
      {
        track: 0,
        incoming: {
          ...nothingIncoming,
          packetsReceived: 49,
          packetsLost: 1,
          bytesReceived: 4_000,
          jitter: 0.004,
        },
        outgoing: {
          packetsSent: 50,
          bytesSent: 4_100,
          reported: { at: 1_234, packetsLost: 3, fractionLost: 0.06, roundTripTime: 0.08 },
        },
      },
      {
        track: 1,
        incoming: {
          ...{ packetsReceived: 90, packetsLost: 0, bytesReceived: 90_000, jitter: 0 },
          ...{
            framesDecoded: 30,
            framesPerSecond: 29,
            frameHeight: 720,
            freezeCount: 2,
            totalFreezesDuration: 0.5,
          },
        },
        outgoing: { packetsSent: 95, bytesSent: 95_000, reported: null },
      },
      { track: 2, incoming: null, outgoing: null },
      { track: 3, incoming: null, outgoing: null },
    ]);
  });

  it("are null where the engine does not tell, and nothing before there are media sections", () => {
    const [first] = readQuality(
      report({ type: "inbound-rtp", mid: "0" }, { type: "outbound-rtp", mid: "0" }),
      mids,
    ).tracks;
    expect(first).to.deep.equal({
      track: 0,
      incoming: nothingIncoming,
      outgoing: { packetsSent: null, bytesSent: null, reported: null },
    });
    const { tracks, path } = readQuality(report({ type: "inbound-rtp" }), [null, null]);
    expect(tracks.map(({ incoming, outgoing }) => [incoming, outgoing])).to.deep.equal(
      Array(4).fill([null, null]),
    );
    expect(path).to.equal(null);
  });

  it("are summed where a stream was restarted; current values are those of the newer one", () => {
    const { tracks } = readQuality(
      report(
        {
          type: "inbound-rtp",
          mid: "1",
          packetsReceived: 10,
          freezeCount: 1,
          frameHeight: 180,
          jitter: 0.1,
        },
        {
          type: "inbound-rtp",
          mid: "1",
          packetsReceived: 5,
          freezeCount: 0,
          frameHeight: 720,
          jitter: 0.2,
        },
      ),
      mids,
    );
    expect(tracks[1]?.incoming).to.deep.include({
      packetsReceived: 15,
      freezeCount: 1,
      frameHeight: 720,
      jitter: 0.2,
    });
  });

  const local = { id: "L", type: "local-candidate", candidateType: "host", protocol: "udp" };
  const remote = { id: "R", type: "remote-candidate", candidateType: "srflx", protocol: "udp" };
  const pair = {
    ...{ id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" },
    ...{
      bytesReceived: 1,
      bytesSent: 2,
      requestsReceived: 3,
      responsesReceived: 4,
      currentRoundTripTime: 0.05,
    },
  };
  const transport = { type: "transport", selectedCandidatePairId: "P" };
  const other = { ...pair, id: "other", bytesReceived: 99 };

  it("are of the path in use, as Chromium tells it", () => {
    const { path } = readQuality(
      report(other, { ...pair, availableOutgoingBitrate: 1e6 }, local, remote, transport),
      mids,
    );
    expect(path).to.deep.equal({
      ...{ id: "P", bytesReceived: 1, bytesSent: 2, checksReceived: 7, roundTripTime: 0.05 },
      ...{ availableOutgoingBitrate: 1e6, relayed: false, protocol: "udp" },
    });
  });

  it("are of the path in use, as Firefox tells it: without an estimate, and in older ones without a transport", () => {
    const { requestsReceived: _, ...own } = pair;
    const { path } = readQuality(report(other, { ...own, selected: true }, local, remote), mids);
    expect(path).to.deep.include({
      id: "P",
      checksReceived: 4,
      availableOutgoingBitrate: null,
      relayed: false,
    });
  });

  it("say whether either end is a relay, and what this device speaks to it", () => {
    const relay = { ...local, candidateType: "relay", relayProtocol: "tls" };
    expect(readQuality(report(pair, relay, remote, transport), mids).path).to.include({
      relayed: true,
      protocol: "tls",
    });
    const theirs = { ...remote, candidateType: "relay" };
    expect(readQuality(report(pair, local, theirs, transport), mids).path).to.include({
      relayed: true,
      protocol: "udp",
    });
    expect(readQuality(report(pair, transport), mids).path).to.include({
      relayed: null,
      protocol: null,
    });
    expect(readQuality(report(local, remote, transport), mids).path).to.equal(null);
  });

  it("let no address through", () => {
    const address = {
      address: "203.0.113.7",
      ip: "203.0.113.7",
      port: 5_000,
      relatedAddress: "203.0.113.7",
    };
    const read = readQuality(
      report(pair, { ...local, ...address }, { ...remote, ...address }, transport),
      mids,
    );
    expect(JSON.stringify(read)).not.to.contain("203.0.113.7");
  });
});

import { expect } from "@open-wc/testing";
import {
  judgeProtection,
  measurementWindow,
  type ProtectionStatus,
} from "../../../src/call/state/protection.ts";
import { reportProtection } from "../../../src/call/to-snapshot.ts";
import { measurement } from "../../support/call-script.ts";

type Counts = readonly [sealed: number, opened: number, forged?: number];

const statusOf = (...looks: Counts[]) =>
  judgeProtection(
    looks.map(([sealed, opened, forged = 0]) => measurement({ sealed, opened, forged })),
  ).status;

describe("the measured protection", () => {
  const cases: readonly [what: string, status: ProtectionStatus, looks: Counts[]][] = [
    ["nothing was measured", "none", []],
    ["nothing has flowed", "none", [[0, 0]]],
    ["this side's frames flow only", "one-way", [[10, 0]]],
    ["the other side's frames flow only", "one-way", [[0, 10]]],
    ["frames flow both ways from the first look on", "protected", [[1, 1]]],
    [
      "frames flow both ways",
      "protected",
      [
        [10, 10],
        [20, 20],
        [30, 30],
        [40, 40],
        [50, 50],
      ],
    ],
    [
      "one direction pauses shorter than the window",
      "protected",
      [
        [10, 10],
        [20, 20],
        [30, 20],
        [40, 20],
        [50, 20],
      ],
    ],
    [
      "one direction pauses for the whole window",
      "stalled",
      [
        [10, 20],
        [20, 20],
        [30, 20],
        [40, 20],
        [50, 20],
      ],
    ],
    [
      "both directions pause for the whole window",
      "stalled",
      [
        [9, 9],
        [9, 9],
        [9, 9],
        [9, 9],
        [9, 9],
      ],
    ],
    ["all frames are forged", "tampered", [[10, 0, 10]]],
    ["just 5 % of the frames are forged", "tampered", [[100, 95, 5]]],
    ["fewer than 5 % are forged", "protected", [[100, 96, 4]]],
    [
      "many were forged before the window",
      "protected",
      [
        [10, 10, 99],
        [20, 20, 99],
        [30, 30, 99],
        [40, 40, 99],
        [50, 50, 99],
      ],
    ],
    [
      "forged frames are all that comes",
      "tampered",
      [
        [9, 9, 0],
        [9, 9, 0],
        [9, 9, 0],
        [9, 9, 0],
        [9, 9, 1],
      ],
    ],
  ];
  for (const [what, status, looks] of cases) {
    it(`is ${status} where ${what}`, () => {
      expect(statusOf(...looks)).to.equal(status);
    });
  }

  it("is made of every track: a silent microphone does not stall a picture", () => {
    const looks = Array.from({ length: measurementWindow }, (_, at) =>
      measurement({ track: 1, sealed: 10 * at + 1, opened: 10 * at + 1 }),
    );
    expect(judgeProtection(looks).status).to.equal("protected");
  });
});

describe("the measured protection of each direction", () => {
  it("is never tampered for the sending direction", () => {
    const verdict = judgeProtection([measurement({ sealed: 10, opened: 10, forged: 10 })]);
    expect(verdict).to.deep.equal({
      status: "tampered",
      sending: "protected",
      receiving: "tampered",
    });
    expect(judgeProtection([measurement({ sealed: 10 })])).to.include({
      sending: "protected",
      receiving: "none",
    });
    const paused = Array.from({ length: measurementWindow }, (_, at) =>
      measurement({ sealed: 9, opened: 9 + at }),
    );
    expect(judgeProtection(paused)).to.include({ sending: "stalled", receiving: "protected" });
  });

  it("comes with the numbers behind it, and names a cipher only once a frame was encrypted", () => {
    expect(reportProtection({ measurements: [], since: null })).to.include({
      status: "none",
      cipher: null,
      sealed: 0,
      forged: 0,
      since: null,
    });
    const report = reportProtection({
      measurements: [measurement({ sealed: 5, opened: 4, duplicate: 3, forged: 2 })],
      since: 7,
    });
    expect(report).to.include({ sealed: 5, opened: 4, duplicate: 3, forged: 2, since: 7 });
    expect(report.cipher).to.contain("AES_256_GCM_SHA512_128");
  });

  it("claims no frame of a call that DTLS alone encrypts, whatever a transform has passed on", () => {
    const report = reportProtection(
      { measurements: [measurement({ sealed: 5, opened: 4 })], since: 7 },
      "transport",
    );
    expect(report).to.include({ status: "transport", sending: "transport", cipher: null });
    expect(report).to.include({ receiving: "transport", sealed: 0, opened: 0, since: 7 });
  });

  it("names the outer encryption as it was last measured, whatever protects the frames", () => {
    const dtls = { version: "DTLS 1.3", cipher: "TLS_AES_128_GCM_SHA256", srtp: null };
    const later = { ...dtls, srtp: "SRTP_AEAD_AES_128_GCM" };
    const measurements = [dtls, later].map((each) => ({ ...measurement({}), dtls: each }));
    for (const encryption of ["sx-call/1", "compatible", "transport", "none"] as const)
      expect(reportProtection({ measurements, since: null }, encryption).dtls).to.equal(later);
    const unknown = reportProtection({ measurements: [measurement({})], since: null });
    expect(unknown).to.not.have.property("dtls");
  });
});

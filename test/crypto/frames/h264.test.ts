import { expect } from "@open-wc/testing";
import * as fc from "fast-check";
import { escapeH264, h264Prefix, unwrapH264 } from "../../../src/crypto/frames/h264.ts";

/** Mostly zeros and what must not follow them. */
const body = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(5), fc.nat(255)), {
    maxLength: 60,
  })
  .map((bytes) => Uint8Array.from(bytes));

/** Emulation prevention as ITU-T H.264 section 7.4.1.1 says it: one byte after the other. */
function escapedByByte(bytes: Uint8Array): number[] {
  const escaped: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros === 2 && byte <= 3) {
      escaped.push(3);
      zeros = 0;
    }
    escaped.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return escaped;
}

const wrapped = (bytes: Uint8Array, isKey = false, plaintext = new Uint8Array(0)) => {
  const prefix = h264Prefix(plaintext, isKey);
  const frame = escapeH264(Uint8Array.of(...prefix, ...bytes, 0), prefix.length);
  return { prefix, frame };
};

describe("a sealed H264 frame", () => {
  it("has emulation prevention as the standard says, byte by byte", () => {
    fc.assert(
      fc.property(body, fc.boolean(), (bytes, isKey) => {
        const { prefix, frame } = wrapped(bytes, isKey);
        expect([...frame]).to.deep.equal([...prefix, ...escapedByByte(bytes), 0x80]);
      }),
      { numRuns: 5000 },
    );
  });

  it("is the body again when it is received, also from a packetizer that adds units before the slice", () => {
    const aside = fc.constantFrom([], [0, 0, 0, 1, 0x09, 0x30], [0, 0, 1, 0x06, 5, 1, 0x80]);
    fc.assert(
      fc.property(body, aside, (bytes, others) => {
        const { frame } = wrapped(bytes);
        const received = Uint8Array.of(...others, ...frame);
        expect([...(unwrapH264(received) ?? [])]).to.deep.equal([...bytes]);
      }),
      { numRuns: 5000 },
    );
  });

  it("begins with the parameter sets of a key frame, and with nothing else of it", () => {
    const sps = [0x67, 0x42, 0, 0x1f];
    const pps = [0x68, 0xce, 0x3c];
    const secret = [0x65, 1, 2, 3];
    const plaintext = Uint8Array.of(
      ...[0, 0, 0, 1, ...sps],
      ...[0, 0, 1, ...pps],
      ...[0, 0, 0, 1, ...secret],
    );
    const { prefix } = wrapped(Uint8Array.of(9), true, plaintext);
    expect([...prefix]).to.deep.equal([
      ...[0, 0, 0, 1, ...sps],
      ...[0, 0, 0, 1, ...pps],
      ...[0, 0, 0, 1, 0x65, 0x88, 0x80],
    ]);
  });
});

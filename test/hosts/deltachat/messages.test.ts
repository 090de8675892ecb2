import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  channels,
  encodeChannel,
  parseChannel,
  type ChannelMessage,
} from "../../../src/hosts/deltachat/messages.ts";
import { host, offer } from "./samples.ts";

describe("a message of Delta Chat's data channels", () => {
  const good: ChannelMessage[] = [
    { id: 1, candidate: host },
    { id: 1, candidate: null },
    { id: 3, audioEnabled: true, videoEnabled: false },
    { id: 5, type: "offer", sdp: offer },
    { id: 5, type: "answer", sdp: offer },
    { id: 5, type: "restart-request" },
  ];

  for (const message of good) {
    it(`is written and read alike: ${String(message.id)} ${"type" in message ? message.type : ""}`, () => {
      const text = encodeChannel(message);
      expect(text).not.to.include('"id"');
      expect(parseChannel(message.id, text)).to.deep.equal(message);
    });
  }

  it("is read as engines write a candidate, and without what they add", () => {
    const text = JSON.stringify({ ...host, address: "192.0.2.1", port: 50000 });
    expect(parseChannel(1, text)).to.deep.equal({ id: 1, candidate: host });
  });

  it("is dropped where anything of it is wrong", () => {
    const bad: [1 | 3 | 5, unknown][] = [
      [1, { ...host, candidate: "x" }],
      [1, { ...host, candidate: `candidate:${"1".repeat(600)}` }],
      [1, { ...host, sdpMLineIndex: -1 }],
      [1, "null"],
      [3, { audioEnabled: true }],
      [3, { audioEnabled: 1, videoEnabled: 0 }],
      [3, null],
      [3, []],
      [5, { type: "offer" }],
      [5, { type: "offer", sdp: "no" }],
      [5, { type: "rollback", sdp: offer }],
      [5, { type: "offer", sdp: offer + "a=x\r\n".repeat(20_000) }],
    ];
    for (const [id, value] of bad)
      expect(parseChannel(id, JSON.stringify(value)), JSON.stringify(value).slice(0, 99)).to.equal(
        null,
      );
    for (const data of ["", "{", undefined, new ArrayBuffer(4), "x".repeat(200_000)])
      for (const { id } of channels) expect(parseChannel(id, data)).to.equal(null);
  });

  it("may be any JSON, or none", () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 3, 5), fc.oneof(fc.json(), fc.string()), (id, text) => {
        const message = parseChannel(id, text);
        expect(message === null || message.id === id).to.equal(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

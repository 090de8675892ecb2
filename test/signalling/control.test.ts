import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { controlChannel, parseControl } from "../../src/signalling/control.ts";
import type { ControlMessage } from "../../src/signalling/control.ts";
import { limits } from "../../src/signalling/plain-copy.ts";
import { endReasons } from "../../src/signalling/messages.ts";
import { codeThrownBy, thrownBy } from "../support/thrown.ts";

describe("a message on the data channel", () => {
  const messages: ControlMessage[] = [
    { type: "media", microphone: true, camera: false, screen: true },
    { type: "code", match: false },
    ...endReasons.map((reason) => ({ type: "end", reason }) as const),
  ];
  for (const message of messages) {
    it(`is taken as it was sent: ${JSON.stringify(message)}`, () => {
      expect(parseControl(JSON.stringify(message))).to.deep.equal(message);
      expect(parseControl(JSON.stringify({ ...message, future: [1] }))).to.deep.equal(message);
    });
  }

  it("of a type that this version does not know is passed over", () => {
    for (const type of ["future", "", "toString", 7, null])
      expect(parseControl(JSON.stringify({ type }))).to.equal(null);
  });

  const wrong: Record<string, unknown> = {
    "is not text": new ArrayBuffer(8),
    "is nothing": undefined,
    "is an object": { type: "end", reason: "hung-up" },
    "is empty": "",
    "is not JSON": "{type: end}",
    "has no type": "{}",
    "is a number": "7",
    "is null": "null",
    "is a list": '["media"]',
    "lacks a field": '{"type": "media", "microphone": true, "camera": true}',
    "has a field of another type":
      '{"type": "media", "microphone": 1, "camera": true, "screen": true}',
    "ends for an unknown reason": '{"type": "end", "reason": "S3CRET"}',
    "is nested too deep": `{"type": "end", "reason": ${"[".repeat(5000)}${"]".repeat(5000)}}`,
  };
  for (const [name, text] of Object.entries(wrong)) {
    it(`is refused where it ${name}`, () => {
      const error = thrownBy(() => parseControl(text));
      expect(error?.code).to.equal("bad-signal");
      expect(error?.message).not.to.contain("S3CRET");
    });
  }

  it("is refused over its size, before it is read", () => {
    expect(codeThrownBy(() => parseControl(" ".repeat(limits.controlSize + 1)))).to.equal(
      "too-large",
    );
    expect(
      codeThrownBy(() => parseControl(`{"type": "end", "reason": [${"1,".repeat(600)}1]}`)),
    ).to.equal("too-large");
  });

  it("never throws anything but a call error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.anything()), (data) => {
        codeThrownBy(() => parseControl(data));
      }),
      { numRuns: 500 },
    );
  });

  it("uses a channel negotiated out of band", () => {
    expect(controlChannel).to.deep.equal({ label: "sx-control", id: 0 });
  });
});

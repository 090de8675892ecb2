import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { isSessionDescription } from "../../src/signalling/messages.ts";
import { candidate, description, fingerprintLine } from "../support/signals.ts";

const good = description();

describe("a session description of a call", () => {
  it("has the five sections in their order, and one SHA-256 fingerprint", () => {
    expect(isSessionDescription(good)).to.equal(true);
    expect(
      isSessionDescription(description({ extra: ["a=rtcp-mux", "a=extmap:1 urn:x"] })),
    ).to.equal(true);
  });

  it("may have its fingerprint once, or in small letters", () => {
    const [first = ""] = /a=fingerprint:.*\r\n/.exec(good) ?? [];
    expect(isSessionDescription(good.replaceAll(first, "") + first)).to.equal(true);
    expect(isSessionDescription(good.replaceAll("AB:", "ab:"))).to.equal(true);
  });

  const sections: Record<string, string[]> = {
    "without sections": [],
    "with a section too few": ["audio", "video", "audio", "video"],
    "with a section too many": ["audio", "video", "audio", "video", "application", "audio"],
    "with sections in another order": ["video", "audio", "audio", "video", "application"],
    "with a section of another kind": ["audio", "video", "audio", "text", "application"],
  };
  for (const [name, kinds] of Object.entries(sections)) {
    it(`is refused ${name}`, () => {
      expect(isSessionDescription(description({ sections: kinds }))).to.equal(false);
    });
  }

  const wrong: Record<string, string> = {
    "with a candidate in it": description({ extra: [`a=${candidate.candidate}`] }),
    "without a fingerprint": good.replace(/a=fingerprint:.*\r\n/g, ""),
    "with two different fingerprints": description({ extra: [fingerprintLine("CD")] }),
    "with a fingerprint of another hash": description({
      extra: [`a=fingerprint:sha-1 ${"AB:".repeat(19)}AB`],
    }),
    "with another hash everywhere": good.replaceAll("sha-256", "sha-512"),
    "with a fingerprint that is too short": good.replaceAll(
      fingerprintLine(),
      fingerprintLine().slice(0, -3),
    ),
    "with a fingerprint that is too long": good.replaceAll(
      fingerprintLine(),
      `${fingerprintLine()}:AB`,
    ),
    "with an empty fingerprint": good.replaceAll(fingerprintLine(), "a=fingerprint:"),
    "with a fingerprint that is not hexadecimal": good.replaceAll("AB:", "ZZ:"),
    "that is empty": "",
    "that has only its first line": "v=0\r\n",
    "of another version": good.replace("v=0", "v=1"),
    "that does not begin with its version": `s=-\r\n${good}`,
    "without the last line end": good.slice(0, -2),
    "with bare line feeds": good.replaceAll("\r\n", "\n"),
    "with one bare line feed": good.replace("s=-\r\n", "s=-\n"),
    "with one bare carriage return": good.replace("s=-\r\n", "s=-\r"),
    "with an empty line": good.replace("s=-\r\n", "s=-\r\n\r\n"),
    "with a letter that is not ASCII": good.replace("s=-", "s=é"),
    "with a line separator of Unicode": good.replace("s=-", "s=\u2028m=audio"),
    "with a zero byte": good.replace("s=-", "s=\0"),
    "with a tab": good.replace("s=-", "s=\t"),
  };
  for (const [name, sdp] of Object.entries(wrong)) {
    it(`is refused ${name}`, () => {
      expect(isSessionDescription(sdp)).to.equal(false);
    });
  }

  it("answers on any text, and on a long one in a time that grows with its length only", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 400 }),
        (text) => !isSessionDescription(text),
      ),
    );
    expect(isSessionDescription(`v=0\r\n${"a".repeat(1_000_000)}`)).to.equal(false);
    expect(isSessionDescription(`v=0\r\n${"a\r\n".repeat(300_000)}\n`)).to.equal(false);
  });
});

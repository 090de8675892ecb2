import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { parseHash, parseQuery } from "../../../src/hosts/deltachat/messages.ts";
import { answer, offer, packSdp } from "./samples.ts";

const problemOf = (hash: string) => {
  const parsed = parseHash(hash);
  return parsed === null ? null : parsed.ok ? "none" : parsed.problem;
};

describe("a hash of Delta Chat's apps", () => {
  it("is one of the four commands, with the SDP text as it was", () => {
    const cases = [
      ["#startCall", { type: "start" }],
      [`#offerIncomingCall=${packSdp(offer)}`, { type: "incoming", sdp: offer }],
      [`#acceptCall=${packSdp(offer)}`, { type: "accept", sdp: offer }],
      [`#onAnswer=${packSdp(answer)}`, { type: "answer", sdp: answer }],
    ] as const;
    for (const [hash, command] of cases)
      expect(parseHash(hash), hash).to.deep.equal({ ok: true, command });
  });

  it("is percent-decoded as a whole, once: also its name, its `=` and the padding of its payload", () => {
    const padded = btoa(offer.slice(0, -2));
    expect(padded.endsWith("=")).to.equal(true);
    const command = { type: "incoming", sdp: offer.slice(0, -2) };
    for (const hash of [
      `#offerIncomingCall=${padded}`,
      `#${encodeURIComponent(`offerIncomingCall=${padded}`)}`,
      `#offerIncomingCall=${padded.replaceAll("=", "%3d")}`,
    ])
      expect(parseHash(hash), hash).to.deep.equal({ ok: true, command });
    expect(problemOf(`#offerIncomingCall=${encodeURIComponent(packSdp(`${offer}x`))}`)).to.equal(
      "malformed",
    );
  });

  it("is `null` without a hash", () => {
    expect([parseHash(""), parseHash("#")]).to.deep.equal([null, null]);
  });

  it("is refused with a reason, and never by a throw", () => {
    expect(problemOf("#hangUp")).to.equal("unknown");
    expect(problemOf("#__proto__=AAAA")).to.equal("unknown");
    expect(problemOf("#toString=AAAA")).to.equal("unknown");
    expect(problemOf("#=AAAA")).to.equal("unknown");
    for (const payload of ["", "=", "%", "%zz", "!!!", btoa("hello"), btoa("v=0\r\nm=\0")])
      expect(problemOf(`#onAnswer=${payload}`), payload).to.equal("malformed");
    expect(problemOf("#onAnswer")).to.equal("malformed");
    expect(problemOf(`#onAnswer=${"A".repeat(300_000)}`)).to.equal("too-large");
    expect(problemOf(`#onAnswer=${btoa(`v=0\r\n${"m=audio 9\r\n".repeat(99)}`)}`)).to.equal(
      "malformed",
    );
  });

  it("may be anything at all, 10,000 times", () => {
    const command = fc.constantFrom("startCall", "offerIncomingCall", "acceptCall", "onAnswer", "");
    const payload = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.base64String(),
      fc.webFragments(),
      fc.string().map((text) => packSdp(`v=0\r\n${text.replace(/[^\x20-\x7e]/g, "")}`)),
    );
    fc.assert(
      fc.property(command, fc.constantFrom("", "=", "%3D", "=="), payload, (name, sign, text) => {
        const parsed = parseHash(`#${name}${sign}${text}`);
        if (parsed?.ok && parsed.command.type !== "start")
          expect(parsed.command.sdp.startsWith("v=0")).to.equal(true);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("the query of the page's address", () => {
  it("has switches that are on by their name alone", () => {
    const off = { video: "from-the-start", relayOnly: false };
    expect(parseQuery("")).to.deep.equal(off);
    expect(parseQuery("?relayOnly&other")).to.deep.equal({ ...off, relayOnly: true });
    const later = { video: "later", relayOnly: false };
    expect(parseQuery("?noOutgoingVideoInitially")).to.deep.equal(later);
    const never = { video: "never", relayOnly: false };
    expect(parseQuery("?disableVideoCompletely=true")).to.deep.equal(never);
    expect(parseQuery("?noOutgoingVideoInitially=1&disableVideoCompletely")).to.deep.equal(never);
    expect(parseQuery("?relayOnly=false&disableVideoCompletely=0")).to.deep.equal(off);
  });
});

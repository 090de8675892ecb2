import { expect } from "@open-wc/testing";
import { candidatesOf, withCandidates } from "../../../src/hosts/foreign/gathered-candidates.ts";
import { host, offer, relay, srflx } from "../deltachat/samples.ts";

describe("candidates inside of a description", () => {
  it("are read with the section and the generation that they belong to", () => {
    const [first, second, ...others] = candidatesOf(offer);
    expect(others).to.deep.equal([]);
    expect(first).to.deep.equal({
      candidate: "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0 ufrag 4Qd9",
      ...{ sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "4Qd9" },
    });
    expect(second?.candidate).to.include("typ srflx");
  });

  it("are written into the section that they name, and read again as they were", () => {
    const bare = offer.replace(/^a=candidate.*\r\n/gm, "");
    const sound = { ...srflx, sdpMid: "1", sdpMLineIndex: 1 };
    const written = withCandidates(bare, [host, sound, relay]);
    expect(candidatesOf(written)).to.deep.equal([host, relay, sound]);
    expect(written.replace(/^a=candidate.*\r\n/gm, "")).to.equal(bare);
    const byIndex = { ...host, sdpMid: null, sdpMLineIndex: 2 };
    expect(candidatesOf(withCandidates(bare, [byIndex]))).to.deep.equal([
      { ...host, sdpMid: "2", sdpMLineIndex: 2 },
    ]);
  });

  it("are passed over where the section is not there, where they only end a list, and where they are too many or too long", () => {
    const bare = offer.replace(/^a=candidate.*\r\n/gm, "");
    expect(
      withCandidates(bare, [
        { ...host, sdpMid: "9" },
        { ...host, candidate: "" },
      ]),
    ).to.equal(bare);
    expect(candidatesOf(bare + "a=candidate:1 x\r\n".repeat(1000)).length).to.equal(128);
    expect(candidatesOf(`${bare}a=candidate:${"1".repeat(600)}\r\n`)).to.deep.equal([]);
    expect(candidatesOf("v=0\r\na=candidate:1 1 udp\r\n")).to.deep.equal([]);
  });
});

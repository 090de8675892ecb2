import { expect } from "@open-wc/testing";
import { EarlyCandidates } from "../../../src/media/connection/ice.ts";

const one = (usernameFragment: string | null) => ({
  candidate: "candidate:1 1 udp 1 192.0.2.1 1 typ host",
  usernameFragment,
});
const sdp = (...fragments: string[]) =>
  fragments.map((fragment) => `a=ice-ufrag:${fragment}\r\n`).join("");

describe("candidates that come before their description", () => {
  it("wait without any description", () => {
    const early = new EarlyCandidates();
    expect(early.sort([one("a"), one(null)], null)).to.deep.equal([]);
    expect(early.take(sdp("a"))).to.deep.equal([one("a"), one(null)]);
    expect(early.take(sdp("a"))).to.deep.equal([]);
  });

  it("wait for the description of their own generation", () => {
    const early = new EarlyCandidates();
    expect(early.sort([one("old"), one("new")], sdp("old"))).to.deep.equal([one("old")]);
    expect(early.take(sdp("old"))).to.deep.equal([]);
    expect(early.take(sdp("new"))).to.deep.equal([one("new")]);
  });

  it("do not wait where they name no generation", () => {
    expect(new EarlyCandidates().sort([one(null), { candidate: "" }], sdp("a"))).to.have.length(2);
  });

  it("are not kept in any number", () => {
    const early = new EarlyCandidates();
    early.sort(
      Array.from({ length: 200 }, (_, index) => one(`f${String(index)}`)),
      sdp("a"),
    );
    expect(early.take(sdp("f135"))).to.deep.equal([]);
    expect(early.take(sdp("f136"))).to.deep.equal([one("f136")]);
  });
});

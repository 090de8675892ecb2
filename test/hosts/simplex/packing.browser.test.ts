import { expect } from "@open-wc/testing";
import { packCandidates } from "../../../src/hosts/simplex/packing.ts";
import { candidates, packed } from "./wire.ts";

describe("packed candidates", () => {
  it("are packed without what an engine's object has beside", () => {
    const [first] = candidates;
    const native = new RTCIceCandidate(first);
    expect(packCandidates([native])).to.equal(packed([first]));
  });
});

import { expect } from "@open-wc/testing";
import type { MediaSection } from "../../../src/media/connection/description.ts";
import { traitsOf } from "../../../src/hosts/simplex/simplex-call.ts";

type Direction = MediaSection["direction"];

const kinds = ["audio", "video", "audio", "video", "application"];
const sections = (...directions: (Direction | "rejected")[]): MediaSection[] =>
  directions.map((direction, mid) => ({
    ...{ mid: String(mid), kind: kinds[mid]!, isRejected: direction === "rejected" },
    direction: direction === "rejected" ? "inactive" : direction,
  }));
const both = "sendrecv";

describe("what a description tells of the other side", () => {
  for (const [what, directions, isOld, sendsPicture] of [
    ["a page of today", [both, both, both, both, both], false, true],
    ["an old page that offers sound", [both], true, false],
    ["an old page that offers sound and picture", [both, both], true, true],
    [
      "an old page that offers them with a data channel of somebody's",
      [both, both, "rejected"],
      true,
      true,
    ],
    ["an old page that answers sound", [both, "recvonly", "recvonly", "recvonly"], true, false],
    ["an old page that answers picture", [both, both, "recvonly", "recvonly"], true, true],
    ["a third section that only sends", [both, both, "sendonly", both], true, true],
    ["a third section that is refused", [both, "sendonly", "rejected", "rejected"], true, true],
    ["a camera's section that is refused", [both, "rejected", both, both], false, false],
  ] as const) {
    it(`is right for ${what}`, () => {
      expect(traitsOf(sections(...directions), false)).to.deep.equal({
        peer: "simplex",
        isOld,
        sendsPicture,
      });
    });
  }

  it("goes by the ids of the sections, not by their order", () => {
    const [sound, picture, screenSound, screen] = sections(both, "recvonly", both, both);
    const traits = traitsOf([screen!, picture!, sound!, screenSound!], true);
    expect(traits).to.deep.equal({ peer: "kit", isOld: false, sendsPicture: false });
  });
});

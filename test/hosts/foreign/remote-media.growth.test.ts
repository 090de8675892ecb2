import { expect } from "@open-wc/testing";
import { grow, noGrowth } from "../../../src/hosts/foreign/remote-media.ts";

/** The four tracks by their numbers. */
const names = ["mic", "camera", "screenAudio", "screenVideo"] as const;

/** The changes of each poll, as `+mic` and `-mic`. */
function changes(...polls: readonly (readonly (number | null)[])[]): string[] {
  let known = noGrowth;
  return polls.map((bytes) => {
    const [next, changed] = grow(known, bytes);
    known = next;
    return changed.map(({ track, enabled }) => `${enabled ? "+" : "-"}${names[track]}`).join(" ");
  });
}

/** The microphone alone. */
const mic = (...bytes: readonly (number | null)[]) =>
  changes(...bytes.map((count) => [count, null, null, null]));

describe("the growth of received bytes", () => {
  it("begins muted, and says nothing while nothing comes", () => {
    expect(mic(null, 0, 0, null, 0, 0)).to.deep.equal(["", "", "", "", "", ""]);
  });

  it("unmutes at once, and once", () => {
    expect(mic(null, 1, 2, 3)).to.deep.equal(["", "+mic", "", ""]);
  });

  it("mutes at the third poll without any, and once", () => {
    expect(mic(9, 9, 9, 9, 9, 9, 9)).to.deep.equal(["+mic", "", "", "-mic", "", "", ""]);
  });

  it("starts to count again at every growth", () => {
    expect(mic(9, 9, 9, 10, 10, 10, 11, 11, 11, 11)).to.deep.equal([
      "+mic",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "-mic",
    ]);
  });

  it("unmutes again after any time", () => {
    expect(mic(9, 9, 9, 9, 9, 10, 10)).to.deep.equal(["+mic", "", "", "-mic", "", "+mic", ""]);
  });

  it("is not there in a poll without a counter", () => {
    expect(mic(9, null, null, null, 9, 10)).to.deep.equal(["+mic", "", "", "-mic", "", "+mic"]);
    expect(mic(9, null, 10, 10)).to.deep.equal(["+mic", "", "", ""]);
  });

  it("counts from a new beginning where the counter has fallen", () => {
    expect(mic(1000, 1000, 1000, 5, 6)).to.deep.equal(["+mic", "", "", "-mic", "+mic"]);
    expect(mic(1000, 5, 6, 6, 6, 6)).to.deep.equal(["+mic", "", "", "", "", "-mic"]);
    expect(mic(1000, 0, 0, 0, 0)).to.deep.equal(["+mic", "", "", "-mic", ""]);
  });

  it("is looked at for each track alone, by its place", () => {
    const polls = [[1], [1, 1], [1, 2, 1], [1, 2, 2, 1, 99], [], [1, 2, 2, 1], []];
    expect(changes(...polls)).to.deep.equal([
      "+mic",
      "+camera",
      "+screenAudio",
      "-mic +screenVideo",
      "",
      "-camera",
      "-screenAudio -screenVideo",
    ]);
  });

  it("changes nothing of what was known before", () => {
    const before = JSON.stringify(noGrowth);
    const [known] = grow(noGrowth, [1, 2, 3, 4]);
    const after = JSON.stringify(known);
    grow(known, [9, 9, 9, 9]);
    expect([JSON.stringify(noGrowth), JSON.stringify(known)]).to.deep.equal([before, after]);
  });
});

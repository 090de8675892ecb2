import { expect } from "@open-wc/testing";
import { durationOf, regionOf, toneOf, type Tone } from "../../../src/media/sound/tones.ts";

const names = [
  "waiting",
  "ringback",
  "ring",
  "reconnecting",
  "knock",
  "connected",
  "ended",
  "busy",
] as const;
const regions = [
  ..."US CA PR DO JM TT BS BB KR TW HK GB IE NZ AU IN SG ZA JP CN FR DE ES SE FI AT BE BR MX RU IL TR".split(
    " ",
  ),
  ...["IT", "NL", "", "XX", "001"],
];
const every = regions.flatMap((region) =>
  names.map((name) => [`${name} in ${region}`, toneOf(name, region)] as const),
);

/** Returns frequencies and durations in the notation of the tables: `440+480 2/4`. */
function written({ notes }: Tone): string {
  return `${[...new Set(notes.flatMap(({ hertz }) => hertz))].join("+")} ${notes.map(({ seconds }) => seconds).join("/")}`;
}

describe("the tones", () => {
  it("ring back and are busy as the telephones of the region", () => {
    const both = (region: string) => [
      written(toneOf("ringback", region)),
      written(toneOf("busy", region)),
    ];
    expect(both("US")).to.deep.equal(["440+480 2/4", "480+620 0.5/0.5"]);
    expect(both("CA")).to.deep.equal(both("US"));
    expect(both("GB")).to.deep.equal(["400+450 0.4/0.2/0.4/2", "400 0.375/0.375"]);
    expect(both("FR")).to.deep.equal(["440 1.5/3.5", "440 0.5/0.5"]);
    expect(both("DE")).to.deep.equal(["425 1/4", "425 0.48/0.48"]);
    expect(both("AU")).to.deep.equal(["400+425 0.4/0.2/0.4/2", "425 0.375/0.375"]);
    expect(both("JP")).to.deep.equal(["400+384+416 1/2", "400 0.5/0.5"]);
  });

  it("are European where the region is unknown, and the region may be written small", () => {
    for (const region of ["", "XX", "NL", "001", "U", "S C"]) {
      expect(written(toneOf("ringback", region)), region).to.equal("425 1/4");
    }
    expect(toneOf("ringback", "us")).to.deep.equal(toneOf("ringback", "US"));
  });

  it("talk over no words: each is over in 400 ms, or begins with 1.5 s of silence", () => {
    for (const [name, tone] of every)
      expect(tone.lead >= 1.5 || tone.lead + durationOf(tone) < 0.4, name).to.be.true;
  });

  it("rise and fall within each note, and are nowhere louder than the volume", () => {
    for (const [name, { notes, level }] of every) {
      expect(level > 0 && level <= 1, name).to.be.true;
      for (const { hertz, seconds } of notes) {
        expect(seconds, name).to.be.above(0.05);
        expect(
          hertz.every((frequency) => frequency >= 150 && frequency <= 1000),
          name,
        ).to.be.true;
      }
    }
  });

  it("go on for ten minutes where they wait for somebody, and end by themselves where they do not", () => {
    for (const name of ["waiting", "ringback", "ring", "reconnecting", "knock"] as const) {
      expect(durationOf(toneOf(name, "US")), name).to.be.within(600, 610);
    }
    for (const name of ["connected", "ended", "busy"] as const)
      expect(durationOf(toneOf(name, "US")), name).to.be.below(5);
  });

  it("rise for a beginning and fall for an end", () => {
    const [first, second] = toneOf("connected", "").notes.map(({ hertz }) => hertz[0]!);
    expect(first).to.be.below(second!);
    const [last, lower] = toneOf("ended", "").notes.map(({ hertz }) => hertz[0]!);
    expect(last).to.be.above(lower!);
  });
});

describe("the region of a language", () => {
  it("is the one it names, or the one where most people speak it", () => {
    const found = ["en-GB", "en", "de-AT", "de", "ja", "pt", "zh-Hant", "fr-ca"].map(regionOf);
    expect(found).to.deep.equal(["GB", "US", "AT", "DE", "JP", "BR", "TW", "CA"]);
  });

  it("is empty for an invalid language", () => {
    expect(["", "no language", "_", "x"].map(regionOf)).to.deep.equal(["", "", "", ""]);
  });
});

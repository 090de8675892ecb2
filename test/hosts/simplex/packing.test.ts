import { expect } from "@open-wc/testing";
import { simplexLimits } from "../../../src/hosts/simplex/messages.ts";
import {
  packCandidates,
  packDescription,
  unpackCandidates,
  unpackDescription,
} from "../../../src/hosts/simplex/packing.ts";
import { thrownBy } from "../../support/thrown.ts";
import { lzString } from "./lz-oracle.ts";
import { candidates, iosCandidates, packed, sdp } from "./wire.ts";

const marker = "S3CRET MARKER VALUE";
const packedText = (text: string) => lzString.compressToBase64(text);

/** `code: message` of what some work throws. */
function refusal(work: () => unknown): string {
  const error = thrownBy(work);
  expect(error?.cause).to.equal(undefined);
  return error === null ? "taken" : `${error.code}: ${error.message}`;
}

const descriptionRefusal = (text: string) => refusal(() => unpackDescription(text, "offer"));
const candidatesRefusal = (list: unknown) => refusal(() => unpackCandidates(packed(list)));

describe("a packed description", () => {
  it("is the library's text of `type` and `sdp`, in this order", () => {
    expect(packDescription({ type: "answer", sdp })).to.equal(packed({ type: "answer", sdp }));
  });

  it("is packed without what an engine's object has beside", () => {
    const description = { sdp, extra: marker, type: "offer" as const, toJSON: () => marker };
    expect(packDescription(description)).to.equal(packed({ type: "offer", sdp }));
  });

  it("comes out as it went in, with any line ends", () => {
    for (const text of [sdp, sdp.replaceAll("\r\n", "\n"), "v=0\r\n"]) {
      expect(unpackDescription(packed({ type: "offer", sdp: text }), "offer")).to.deep.equal({
        type: "offer",
        sdp: text,
      });
    }
    expect(
      unpackDescription(packed({ sdp, type: "answer", toJSON: 1, future: [] }), "answer"),
    ).to.deep.equal({
      type: "answer",
      sdp,
    });
  });

  it("is refused where it is not packed, or not JSON", () => {
    for (const text of [
      "",
      "Q===",
      marker,
      packedText(marker),
      packedText('{"type":"offer"'),
      packed("v=0").slice(4),
    ]) {
      expect(descriptionRefusal(text)).to.match(/^bad-signal: offer is not a packed description$/);
    }
    expect(descriptionRefusal(packedText(`{"sdp":"${marker}`))).to.equal(
      "bad-signal: offer is not a packed description",
    );
    expect(descriptionRefusal(packedText("[".repeat(200_000)))).to.equal(
      "bad-signal: offer is not a packed description",
    );
    let deep: unknown = sdp;
    for (let level = 0; level <= simplexLimits.depth; level++) deep = [deep];
    expect(descriptionRefusal(packed(deep))).to.equal(
      "bad-signal: offer is not a packed description",
    );
  });

  it("is refused where it is something else", () => {
    for (const value of [null, 1, true, marker])
      expect(descriptionRefusal(packed(value))).to.equal("bad-signal: offer is malformed");
    for (const value of [{}, [], [sdp]])
      expect(descriptionRefusal(packed(value))).to.equal("bad-signal: offer.type is missing");
    expect(descriptionRefusal(packed({ type: "answer", sdp }))).to.equal(
      "bad-signal: offer.type is malformed",
    );
    expect(descriptionRefusal(packed({ type: marker, sdp }))).to.equal(
      "bad-signal: offer.type is malformed",
    );
    expect(descriptionRefusal(packed({ type: "offer" }))).to.equal(
      "bad-signal: offer.sdp is missing",
    );
    expect(
      descriptionRefusal(packedText(`{"__proto__":{"type":"offer","sdp":"v=0\\r\\n"}}`)),
    ).to.equal("bad-signal: offer.type is missing");
  });

  it("is refused where its text cannot be a session description", () => {
    const sections = (count: number) => `v=0\r\n${"m=audio 9 RTP/AVP 0\r\n".repeat(count)}`;
    const wrong = [
      null,
      1,
      [sdp],
      "",
      marker,
      "v=0",
      " v=0\r\n",
      "v=01\r\n",
      "v=1\r\n",
      "v=0\r",
      "\r\nv=0\r\n",
    ];
    const unprintable = ["\u0000", "\t", "\u007f", "é", "\u2028", "\ud800", "\r", "\u200b"].map(
      (odd) => `v=0\r\ns=${odd}-\r\n`,
    );
    for (const text of [...wrong, ...unprintable, sections(17)]) {
      expect(
        descriptionRefusal(packed({ type: "offer", sdp: text })),
        JSON.stringify(text),
      ).to.equal("bad-signal: offer.sdp is malformed");
    }
    expect(descriptionRefusal(packed({ type: "offer", sdp: sections(16) }))).to.equal("taken");
  });

  it("is refused over its limits, and taken at them", () => {
    const long = (length: number) => `v=0\r\ns=${"x".repeat(length - 7)}`;
    const { descriptionSize, unpackedSize, packedSize } = simplexLimits;
    expect(descriptionRefusal(packed({ type: "offer", sdp: long(descriptionSize) }))).to.equal(
      "taken",
    );
    expect(descriptionRefusal(packed({ type: "offer", sdp: long(descriptionSize + 1) }))).to.equal(
      "bad-signal: offer.sdp is malformed",
    );
    expect(
      descriptionRefusal(packed({ type: "offer", sdp, future: "x".repeat(unpackedSize) })),
    ).to.equal("too-large: offer is too large");
    expect(descriptionRefusal("A".repeat(packedSize + 4))).to.equal(
      "too-large: offer is too large",
    );
    expect(descriptionRefusal(packed(Array.from({ length: 5000 }, () => 1)))).to.equal(
      "too-large: offer is too large",
    );
  });
});

describe("packed candidates", () => {
  it("are the library's text of their W3C inits", () => {
    expect(packCandidates(candidates)).to.equal(packed(candidates));
    expect(packCandidates([])).to.equal(packed([]));
  });

  it("come out as they went in, without what iOS adds", () => {
    expect(unpackCandidates(packCandidates(candidates))).to.deep.equal(candidates);
    expect(unpackCandidates(packed(iosCandidates))).to.deep.equal(candidates);
    expect(unpackCandidates(packed([]))).to.deep.equal([]);
  });

  it("may leave out one of their two places, and say the end of candidates", () => {
    const end = { candidate: "", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null };
    expect(
      unpackCandidates(
        packed([
          { candidate: "a", sdpMid: "1" },
          { candidate: "b", sdpMid: null, sdpMLineIndex: 2 },
          end,
        ]),
      ),
    ).to.deep.equal([
      { candidate: "a", sdpMid: "1", sdpMLineIndex: null },
      { candidate: "b", sdpMid: null, sdpMLineIndex: 2 },
      end,
    ]);
  });

  it("are refused where one names no media section", () => {
    for (const place of [{}, { sdpMid: null }, { sdpMid: null, sdpMLineIndex: null }]) {
      expect(candidatesRefusal([candidates[0], { candidate: marker, ...place }])).to.equal(
        "bad-signal: iceCandidates.1 is malformed",
      );
    }
  });

  it("are refused where a field is wrong, by its name alone", () => {
    const [good] = candidates;
    const fields: Record<string, unknown[]> = {
      candidate: [null, 1, {}, [marker], "x".repeat(1025), `${marker}\r\n`, "\u0416"],
      sdpMid: [1, true, {}, "x".repeat(65), `${marker}\n`],
      sdpMLineIndex: ["0", true, -1, 0.5, 65_536, []],
      usernameFragment: [1, false, [], "x".repeat(257), "\u0000"],
    };
    for (const [name, wrong] of Object.entries(fields)) {
      for (const value of wrong) {
        expect(candidatesRefusal([good, { ...good, [name]: value }])).to.equal(
          `bad-signal: iceCandidates.1.${name} is malformed`,
        );
      }
    }
    expect(candidatesRefusal([{ sdpMid: "0" }])).to.equal(
      "bad-signal: iceCandidates.0.candidate is missing",
    );
    for (const entry of [null, 1, marker, []]) {
      expect(candidatesRefusal([entry])).to.match(
        /^bad-signal: iceCandidates\.0(?:\.candidate)? is (?:malformed|missing)$/,
      );
    }
    for (const list of [null, {}, 1, marker, { 0: good, length: 1 }]) {
      expect(candidatesRefusal(list)).to.equal("bad-signal: iceCandidates is malformed");
    }
  });

  it("are refused where they are not packed", () => {
    for (const text of ["", marker, packedText(marker), packedText(`[{"candidate":"${marker}`)]) {
      expect(refusal(() => unpackCandidates(text))).to.equal(
        "bad-signal: iceCandidates is not a packed list of candidates",
      );
    }
  });

  it("are refused over their limits, and taken at them", () => {
    const many = (count: number) =>
      Array.from({ length: count }, () => ({ ...iosCandidates[0], port: 1 }));
    expect(unpackCandidates(packed(many(simplexLimits.candidates)))).to.have.length(
      simplexLimits.candidates,
    );
    expect(candidatesRefusal(many(simplexLimits.candidates + 1))).to.equal(
      "bad-signal: iceCandidates is malformed",
    );
    expect(candidatesRefusal(many(2000))).to.equal("too-large: iceCandidates is too large");
    expect(
      candidatesRefusal([{ ...candidates[0], candidate: "x".repeat(simplexLimits.candidateSize) }]),
    ).to.equal("taken");
    expect(refusal(() => unpackCandidates("A".repeat(simplexLimits.packedSize + 1)))).to.equal(
      "too-large: iceCandidates is too large",
    );
  });
});

import { expect } from "@open-wc/testing";
import { emulateMedia, setViewport } from "@web/test-runner-commands";
import { registerWords } from "sx-call-kit";
import { drawnTracks } from "../../../../stories/support/drawn-tracks.ts";
import { aSnapshot } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { locales } from "../../../support/locales.ts";
import { longIt } from "../../../support/long-it.ts";
import { remarks, shapes, Signs } from "../../../support/signs.ts";

type Size = readonly [number, number];

const names = Object.keys(remarks);

/** Each alone, each two neighbours, and some by chance: the same ones each time. */
function combinations(count: number): string[][] {
  let state = 11;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const some = Array.from({ length: count }, () =>
    Array.from({ length: 2 + below(3) }, () => names[below(names.length)]!),
  );
  return [...names.map((name) => [name]), ...some.map((set) => [...new Set(set)])];
}

describe("the signs of a call", () => {
  let signs: Signs;
  before(async () => {
    await setViewport({ width: 1920, height: 1080 });
    signs = new Signs();
  });
  after(async () => {
    signs.remove();
    await setViewport({ width: 800, height: 600 });
  });

  async function check(size: Size, shape: string, sets: readonly string[][], dir = "ltr") {
    await signs.show(size, shapes[shape]!(), { dir });
    await signs.say();
    const places = signs.places();
    const found: string[] = [];
    for (const set of sets) {
      await signs.say(...set);
      found.push(...signs.faults(set.length).map((fault) => `${set.join(", ")}: ${fault}`));
      const now = signs.places();
      for (const [what, place] of Object.entries(places)) {
        // A low box has no room that is free for a sign.
        if (["own picture", "person"].includes(what) && size[1] < 704) continue;
        // A camera that is refused has no picture: the button that allows it has its place.
        if (what === "own picture" && set.includes("a refused camera")) continue;
        if (now[what] !== place)
          found.push(`${set.join(", ")}: ${what} moves from ${place} to ${now[what] ?? "nowhere"}`);
      }
    }
    expect(found).to.deep.equal([]);
  }

  it("cover nothing and move nothing on a phone: each of them", async () => {
    for (const shape of ["upright both", "no picture"])
      await check([390, 844], shape, combinations(0));
  });

  /** Of one's own shared screen, going on and paused, on narrow phones. */
  async function checkSharing(spoken: { lang?: string; dir?: string }, narrow: readonly Size[]) {
    for (const size of narrow) {
      await signs.show(size, shapes["upright both"]!(), spoken);
      for (const name of ["own screen", "own screen paused"]) {
        await signs.say(name);
        expect(signs.sharingFaults(), `${name}, ${size.join(" × ")}`).to.deep.equal([]);
      }
    }
  }

  it("stop one's own shared screen by a button in one quiet row, below the face of the other side", () =>
    checkSharing({}, [
      [320, 568],
      [390, 844],
      [844, 390],
    ]));

  longIt("stop one's own shared screen in one row, in every language", async () => {
    for (const locale of locales) {
      registerWords(locale);
      await checkSharing({ lang: locale.$code, dir: locale.$dir }, [
        [320, 568],
        [360, 640],
      ]);
    }
  });

  const sizes: readonly Size[] = [
    [240, 240],
    [320, 568],
    [390, 844],
    [600, 600],
    [844, 390],
    [1280, 800],
    [1920, 1080],
  ];
  for (const size of sizes)
    for (const shape of Object.keys(shapes))
      longIt(`cover nothing and move nothing in ${size.join(" × ")} px: ${shape}`, () =>
        check(size, shape, combinations(8)),
      );

  longIt("cover nothing and move nothing from right to left", async () => {
    for (const shape of Object.keys(shapes)) await check([390, 844], shape, combinations(0), "rtl");
  });
});

it("what is said over a picture has an opaque ground in forced colours, as the name has", async () => {
  await emulateMedia({ forcedColors: "active" });
  try {
    const snapshot = remarks.tampered!(aSnapshot("connected", "video"));
    const harness = await CallViewHarness.show(snapshot, { tracks: drawnTracks() });
    for (const what of [".heading", ".lock", ".sign"])
      expect(getComputedStyle(harness.root.querySelector(what)!).backgroundColor).to.match(
        /^rgb\(/,
      );
  } finally {
    await emulateMedia({ forcedColors: "none" });
  }
});

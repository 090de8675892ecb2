import { describe, expect, it } from "vitest";
import {
  expectNoFlash,
  expectReadable,
  expectStill,
  middlesOf,
  momentsOf,
  picturesOf,
  sideNames,
} from "../support/interop/film-rules.ts";
import type { Film, Side } from "../support/interop/film-rules.ts";
import type { PictureName } from "../support/interop/film-moment.ts";
import { Studio } from "../support/interop/film-studio.ts";
import type { Stage } from "../support/interop/film.ts";
import type { Take } from "../support/interop/film-studio.ts";

/*
 * What happens in a call, filmed. In every frame of every film: whatever may be pressed is readable, name and toolbar stand where they
 * stood, and nothing flashes. What is seen in the places for pictures is said by each.
 */

const studio = new Studio();
const phone = [390, 844] as const;
const desktop = [960, 600] as const;
/** Of the camera of a phone that is held upright, and of a desktop. */
const [upright, level] = [[360, 640] as const, [640, 360] as const];
const timeout = 300_000;

interface Scene extends Partial<Stage> {
  /** Places in which name and toolbar of both sides stand. */
  readonly places?: readonly [caller: number, callee: number];
}

/** Films a video call from the moment that both see each other. */
async function filmChange(
  name: string,
  play: (take: Take) => Promise<void>,
  { places = [1, 1], ...stage }: Scene = {},
): Promise<Film> {
  const made = await studio.make(name, { size: phone, camera: upright, ...stage }, async (take) => {
    await take.connect("video");
    await take.roll();
    await take.untilStill();
    await play(take);
    await take.untilStill();
    return undefined;
  });
  for (const side of [0, 1] as const) {
    expectStill(momentsOf(made, side), side, places[side]);
    expectReadable(made, side);
    expectNoFlash(made, side);
    // A camera that stops leaves its last picture until its place has gone.
    for (const name of ["own", "theirs"] as const)
      expect(picturesOf(made, side, name), `${name} of the ${sideNames[side]}`).not.toContain(
        "black",
      );
  }
  return made;
}

/** Without a place whose camera starts: a quick one is seen in no frame. */
const withoutWaits = (made: Film, side: Side, name: PictureName) =>
  picturesOf(made, side, name).filter((shown) => shown !== "none");

describe("a camera that is filmed", () => {
  it(
    "goes off and on again: its picture goes once and comes once, on both sides, and the other one stays",
    { timeout },
    async () => {
      const made = await filmChange("camera", async (take) => {
        await take.press("caller", "camera");
        await take.until(() => !window.film.view("callee").snapshot.remote.camera);
        await take.untilStill();
        await take.press("caller", "camera");
        await take.until(() => window.film.seesPicture("callee"));
      });
      expect(picturesOf(made, 0, "theirs")).toEqual(["callee"]);
      expect(withoutWaits(made, 0, "own")).toEqual(["caller", undefined, "caller"]);
      expect(picturesOf(made, 1, "own")).toEqual(["callee"]);
      expect(picturesOf(made, 1, "theirs")).toEqual(["caller", undefined, "caller"]);
    },
  );

  it(
    "becomes the other camera: its old picture goes once and the new one comes once, and the place for it stays",
    { timeout },
    async () => {
      const made = await filmChange("flip", async (take) => {
        await take.press("caller", "self-view-flip");
        await take.untilStill();
      });
      expect(picturesOf(made, 0, "theirs")).toEqual(["callee"]);
      expect(withoutWaits(made, 0, "own")).toEqual(["caller", "caller's back"]);
      expect(picturesOf(made, 1, "own")).toEqual(["callee"]);
      // The person stands in for it, with the place of the picture or without, or it is too quick for that.
      expect(withoutWaits(made, 1, "theirs").filter(Boolean)).toEqual(["caller", "caller's back"]);
    },
  );
});

describe("a telephone that is filmed while it is turned", () => {
  it(
    "has both pictures in every frame, on both sides: its name and toolbar have one place upright and one across, and nothing else moves",
    { timeout },
    async () => {
      const made = await filmChange(
        "rotation",
        async (take) => {
          for (const isAcross of [true, false]) {
            await take.page.evaluate(() => {
              window.film.turn("caller");
            });
            await take.page.waitForFunction(
              (across) =>
                [".self-view video", ".theirs video"].every((selector, index) => {
                  const side = (["caller", "callee"] as const)[index]!;
                  const { videoWidth, videoHeight } = window.film
                    .view(side)
                    .shadowRoot!.querySelector<HTMLVideoElement>(selector)!;
                  return videoWidth > videoHeight === across;
                }),
              isAcross,
            );
            await take.untilStill();
          }
        },
        { places: [3, 1], turns: true },
      );
      for (const side of [0, 1] as const) {
        const [own, theirs] = side === 0 ? ["caller", "callee"] : ["callee", "caller"];
        expect(picturesOf(made, side, "own")).toEqual([own]);
        expect(picturesOf(made, side, "theirs")).toEqual([theirs]);
      }
    },
  );
});

describe("a call on hold that is filmed", () => {
  it(
    "is the person instead of the pictures, on both sides, and each picture comes back once",
    { timeout },
    async () => {
      const made = await filmChange("hold", async (take) => {
        await take.page.evaluate(() => window.film.view("caller").holdCall());
        await take.until(() => window.film.view("callee").snapshot.held.remote);
        await take.untilStill();
        await take.press("caller", "resume");
        await take.until(() => !window.film.view("callee").snapshot.held.remote);
        await take.untilBothSee();
      });
      expect(picturesOf(made, 0, "theirs")).toEqual(["callee", undefined, "callee"]);
      expect(picturesOf(made, 1, "theirs")).toEqual(["caller", undefined, "caller"]);
      expect(picturesOf(made, 1, "own")).toEqual(["callee"]);
    },
  );
});

describe("a second call that is filmed", () => {
  it(
    "comes in during a call and is taken while that one is held, and then the first one is taken back",
    { timeout },
    async () => {
      const made = await filmChange(
        "second-call",
        async (take) => {
          await take.page.evaluate(() => window.film.dial("video", "third"));
          await take.until(() => window.film.view("callee").others.length > 0);
          await take.untilStill();
          await take.press("callee", "hold-and-accept");
          await take.until(() => window.film.stateOf("third") === "connected");
          await take.until(() => window.film.seesPicture("callee"));
          await take.untilStill();
          await take.press("callee", "swap");
          await take.until(() => !window.film.view("caller").snapshot.held.remote);
          await take.untilBothSee();
        },
        { hasThird: true },
      );
      expect(picturesOf(made, 1, "theirs")).toEqual([
        "caller",
        undefined,
        "third",
        undefined,
        "caller",
      ]);
      // Each call opens the camera itself.
      const own = withoutWaits(made, 1, "own").filter((shown) => shown !== undefined);
      expect(own).toEqual(["callee", "callee", "callee"]);
    },
  );
});

describe("a shared screen that is filmed", () => {
  for (const [what, scene] of [
    ["a phone", {}],
    // The people get a column, in which no toolbar is.
    ["a desktop", { size: desktop, camera: level, places: [1, 3] }],
  ] as const)
    it(
      `comes once and goes once for the one who sees it, and changes no picture of the one who shares it: ${what}`,
      { timeout },
      async () => {
        const made = await filmChange(
          `share-${what.slice(2)}`,
          async (take) => {
            await take.page.evaluate(() => window.film.view("caller").setScreenShare(true));
            await take.until(() =>
              window.film.now("callee").places.some(({ name }) => name === "screen"),
            );
            await take.untilStill();
            await take.press("caller", "stop-sharing");
            await take.until(() => window.film.seesPicture("callee"));
          },
          scene,
        );
        expect(picturesOf(made, 0, "own")).toEqual(["caller"]);
        expect(picturesOf(made, 0, "theirs")).toEqual(["callee"]);
        expect(picturesOf(made, 1, "own")).toEqual(["callee"]);
        // Never a place without a picture; a frame may show the next one where the note of it has the last.
        for (const name of ["theirs", "screen", "person"] as const)
          expect(picturesOf(made, 1, name)).not.toContain("none");
        expect(middlesOf(made, 1)).toEqual(["caller", "caller's screen", "caller"]);
      },
    );
});

describe("a lost path that is filmed", () => {
  it(
    "dims the last picture and is followed by the next one: the own one stays",
    { timeout },
    async () => {
      const made = await filmChange(
        "reconnecting",
        async (take) => {
          take.relay.isCut = true;
          await take.until(() => window.film.stateOf("caller") === "reconnecting");
          await take.until(() => window.film.stateOf("callee") === "reconnecting");
          await take.untilStill();
          take.relay.isCut = false;
          await take.untilConnected("video");
        },
        { isRelayed: true },
      );
      for (const side of [0, 1] as const) {
        const [own, theirs] = side === 0 ? ["caller", "callee"] : ["callee", "caller"];
        expect(picturesOf(made, side, "own")).toEqual([own]);
        expect(picturesOf(made, side, "theirs")).toEqual([theirs]);
      }
    },
  );
});

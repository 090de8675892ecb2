import { describe, expect, it } from "vitest";
import type { CallMedia, CallStateName } from "sx-call-kit";
import {
  expectNoFlash,
  expectReadable,
  expectStill,
  middlesOf,
  momentsOf,
  sideNames,
} from "../support/interop/film-rules.ts";
import type { Film, Side } from "../support/interop/film-rules.ts";
import { Studio } from "../support/interop/film-studio.ts";

const studio = new Studio();

/** Films a whole call with the browser's own camera: dialled, ringing, accepted, seen by both, ended. */
function filmCall(name: string, size: readonly [number, number], media: CallMedia): Promise<Film> {
  return studio.make(name, { size }, async (take) => {
    await take.roll();
    await take.page.evaluate((asked) => window.film.dial(asked), media);
    await take.until(() => window.film.stateOf("callee") === "incoming");
    if (media === "video") await take.until(() => window.film.seesItself("caller"));
    await take.page.evaluate((asked) => window.film.accept(asked), media);
    await take.untilConnected(media);
    await take.page.evaluate(() => window.film.hangUp());
    await take.until(() => window.film.endedAt() !== -1);
    return take.page.evaluate(() => window.film.endedAt());
  });
}

/** From a side's first action to the end. */
const running: Readonly<Record<Side, readonly CallStateName[]>> = {
  0: ["inviting", "ringing", "connecting", "connected", "ended"],
  1: ["connecting", "connected", "ended"],
};

function expectOneScene(made: Film, media: CallMedia): void {
  for (const side of [0, 1] as const) {
    const moments = momentsOf(made, side);
    expectStill(
      moments.filter(({ state, isIdle }) => running[side].includes(state) && !isIdle),
      side,
    );
    expectReadable(made, side);
    expectNoFlash(made, side, false);
    // Never a picture, nothing, a picture. The browser's camera has the colour of the caller.
    expect(middlesOf(made, side), `middle of the ${sideNames[side]}`).toEqual(
      media === "video" ? ["none", "caller", "none"] : ["none"],
    );
  }
}

describe("a call that is filmed from dialling to its end", () => {
  for (const size of [
    [390, 844],
    [960, 600],
  ] as const) {
    for (const media of ["video", "audio"] as const)
      it(
        `is one scene on both sides: ${media}, ${String(size[0])} px wide, in a light theme`,
        { timeout: 300_000 },
        async () => {
          expectOneScene(await filmCall(`${media}-${String(size[0])}`, size, media), media);
        },
      );
  }
});

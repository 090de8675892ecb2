import { describe, expect, it } from "vitest";
import type { CallStateName } from "sx-call-kit";
import {
  changesOf,
  expectNoFlash,
  expectReadable,
  momentsOf,
} from "../support/interop/film-rules.ts";
import type { Film, Side } from "../support/interop/film-rules.ts";
import { Studio } from "../support/interop/film-studio.ts";
import type { Take } from "../support/interop/film-studio.ts";

const studio = new Studio();
const timeout = 300_000;

/** Films an end, until the screen of a side has closed itself. */
const filmEnd = (
  name: string,
  media: "audio" | "video",
  begin: (take: Take) => Promise<unknown>,
  end: (take: Take) => Promise<unknown>,
  side: "caller" | "callee",
): Promise<Film> =>
  studio.make(name, { size: [390, 844], camera: [360, 640] }, async (take) => {
    await take.page.evaluate((asked) => window.film.dial(asked), media);
    await take.until(() => window.film.stateOf("callee") === "incoming");
    await begin(take);
    await take.untilStill();
    await take.roll();
    await take.untilStill();
    await end(take);
    await take.page.waitForFunction((of) => window.film.now(of).isIdle, side);
    await take.untilStill();
    return undefined;
  });

/** The states of the screen of a side, one after the other. */
const screensOf = (made: Film, side: Side): (CallStateName | "closed")[] =>
  changesOf(momentsOf(made, side).map(({ state, isIdle }) => (isIdle ? "closed" : state)));

function expectEnd(made: Film, side: Side, states: readonly (CallStateName | "closed")[]): void {
  expect(screensOf(made, side)).toEqual(states);
  expectReadable(made, side);
  expectNoFlash(made, side);
}

const ring = () => Promise.resolve();

describe("the screen of an ended call that is filmed until it closes itself", () => {
  it(
    "after one's own end of a video call is dark until it has gone, and the other side's stays",
    { timeout },
    async () => {
      const made = await filmEnd(
        "end-hung-up",
        "video",
        async (take) => {
          await take.page.evaluate(() => window.film.accept("video"));
          await take.untilConnected("video");
        },
        (take) => take.press("caller", "hang-up"),
        "caller",
      );
      expectEnd(made, 0, ["connected", "ended", "closed"]);
      expectEnd(made, 1, ["connected", "ended"]);
    },
  );

  it(
    "after one's own declining is dark until it has gone, and the caller's stays",
    { timeout },
    async () => {
      const made = await filmEnd(
        "end-declined",
        "video",
        ring,
        (take) => take.press("callee", "decline"),
        "callee",
      );
      expectEnd(made, 0, ["ringing", "ended"]);
      expectEnd(made, 1, ["incoming", "ended", "closed"]);
    },
  );

  it(
    "after one's own cancelling is dark until it has gone, and the other side's stays",
    { timeout },
    async () => {
      const made = await filmEnd(
        "end-cancelled",
        "audio",
        ring,
        (take) => take.press("caller", "hang-up"),
        "caller",
      );
      expectEnd(made, 0, ["ringing", "ended", "closed"]);
      expectEnd(made, 1, ["incoming", "ended"]);
    },
  );

  it(
    "after another device has answered is dark until it has gone, and the caller goes on ringing",
    { timeout },
    async () => {
      const made = await filmEnd(
        "end-elsewhere",
        "audio",
        ring,
        (take) =>
          take.page.evaluate(() => {
            const view = window.film.view("callee");
            view.answeredElsewhere(view.snapshot.callId!);
          }),
        "callee",
      );
      expectEnd(made, 0, ["ringing"]);
      expectEnd(made, 1, ["incoming", "ended", "closed"]);
    },
  );
});

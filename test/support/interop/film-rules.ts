import { expect } from "vitest";
import type { Note } from "./film.ts";
import type { Moment, PictureName } from "./film-moment.ts";
import type { Seen, Shown, Sight } from "./film-reel.ts";

/** What is to hold in every frame of a film. */

export type Side = 0 | 1;
export const sideNames = ["caller", "callee"] as const;

export interface Film {
  readonly notes: readonly Note[];
  readonly seen: readonly Seen[];
}

/** Relative luminance: the page is light, the call is not. */
const dark = 0.3;
/** Contrast of what is to be found, as in WCAG 1.4.11. */
const readable = 3;
/** Difference of lightness that is seen as a flash, and one that is not seen. */
const [flash, same] = [0.15, 0.05];

/** What is seen of a side while a call is on its screen: from the frame after the first note of it. */
export function shown({ notes, seen }: Film, side: Side): readonly (Sight & { frame: number })[] {
  const isOn = ({ sides }: Note) => !sides[side].isIdle;
  const [first, last] = [notes.findIndex(isOn), notes.findLastIndex(isOn)];
  return seen
    .filter(({ frame }) => frame > first && frame < last)
    .map(({ frame, sides }) => ({ frame, ...sides[side] }));
}

/** The moments of one side that were filmed. */
export function momentsOf({ notes, seen }: Film, side: Side): readonly Moment[] {
  const frames = seen.map(({ frame }) => frame);
  return notes.slice(Math.min(...frames), Math.max(...frames) + 1).map(({ sides }) => sides[side]);
}

/** One after the other, without repetitions. */
export const changesOf = <T>(values: readonly T[]): T[] =>
  values.filter((value, index) => index === 0 || value !== values[index - 1]);

/** The different places in which something stood, one after the other. */
export const standsOf = (moments: readonly Moment[], of: (moment: Moment) => unknown): string[] =>
  changesOf(moments.flatMap((moment) => (of(moment) === null ? [] : JSON.stringify(of(moment)))));

/** What never moves. */
const things: readonly (readonly [string, (moment: Moment) => unknown])[] = [
  // Its width and height are those of the words.
  ["name", ({ name }) => name?.slice(0, 2) ?? null],
  ["microphone", ({ microphone }) => microphone],
  ["end", ({ hangUp }) => hangUp],
];

/** Name and toolbar have as many places in the film as the situation asks for: one, and one more each time the telephone turns. */
export function expectStill(moments: readonly Moment[], side: Side, places = 1): void {
  for (const [what, of] of things) {
    const found = standsOf(moments, of);
    expect(found, `${what} of the ${sideNames[side]}`).toEqual(found.slice(0, places));
  }
}

/** Whatever may be pressed is readable in every frame. */
export function expectReadable(made: Film, side: Side): void {
  const unreadable = shown(made, side).flatMap(({ frame, contrasts }) =>
    Object.entries(contrasts)
      .filter(([, contrast]) => contrast < readable)
      .map(([name, contrast]) => `${name} in frame ${String(frame)}: ${contrast.toFixed(1)}`),
  );
  expect(unreadable, `controls of the ${sideNames[side]}`).toEqual([]);
}

/**
 * The call is dark to its edge, and no part of it is lighter or darker for one frame. The browser's own camera has a picture that turns:
 * with it the whole of the screen is one part.
 */
export function expectNoFlash(made: Film, side: Side, hasParts = true): void {
  const mean = (cells: readonly number[]) => cells.reduce((sum, one) => sum + one) / cells.length;
  const sights = shown(made, side).map((sight) =>
    hasParts ? sight : { ...sight, cells: [mean(sight.cells)] },
  );
  const edge = Math.max(...sights.map((sight) => sight.edge));
  expect(edge, `edge of the ${sideNames[side]}`).toBeLessThan(dark);
  const flashes = sights.slice(1, -1).flatMap(({ frame, cells }, index) => {
    const [before, after] = [sights[index]!.cells, sights[index + 2]!.cells];
    return cells.flatMap((light, cell) => {
      const [from, to] = [before[cell]!, after[cell]!];
      const isFlash =
        Math.abs(light - from) > flash &&
        Math.abs(light - to) > flash &&
        Math.abs(from - to) < same;
      return isFlash ? [`frame ${String(frame)}, part ${String(cell)}`] : [];
    });
  });
  expect(flashes, `flashes of the ${sideNames[side]}`).toEqual([]);
}

/** What is in the middle of the screen, one after the other. */
export const middlesOf = (made: Film, side: Side): Shown[] =>
  changesOf(shown(made, side).map(({ middle }) => middle));

/** What is seen in one place for a picture, one after the other; nothing while there is no such place. */
export const picturesOf = (made: Film, side: Side, name: PictureName): (Shown | undefined)[] =>
  changesOf(shown(made, side).map(({ places }) => places[name]));

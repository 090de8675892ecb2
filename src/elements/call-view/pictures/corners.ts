/** A corner of the room that the bars leave. `start` is the left where one writes from left to right. */
export type Corner = `${"top" | "bottom"}-${"start" | "end"}`;

/** A place, or a speed: CSS pixels, or CSS pixels a millisecond. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How long a flung picture would fly on, in milliseconds: a flick of a thumb crosses a phone. */
const flight = 200;

const corner = (isTop: boolean, isLeft: boolean, isRtl: boolean): Corner =>
  `${isTop ? "top" : "bottom"}-${isLeft === isRtl ? "end" : "start"}`;

/**
 * The corner where a picture lands that is let go of.
 *
 * @param at - its middle.
 * @param speed - how fast it moves.
 * @param middle - the middle of the room.
 */
export function landingOf(at: Point, speed: Point, middle: Point, isRtl: boolean): Corner {
  return corner(at.y + speed.y * flight < middle.y, at.x + speed.x * flight < middle.x, isRtl);
}

/** The corner that an arrow key leads to; the same one where there is none beyond it; `null` for any other key. */
export function steppedTo(from: Corner, key: string, isRtl: boolean): Corner | null {
  const isTop = from.startsWith("top");
  const isLeft = from.endsWith("start") !== isRtl;
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
      return corner(key === "ArrowUp", isLeft, isRtl);
    case "ArrowLeft":
    case "ArrowRight":
      return corner(isTop, key === "ArrowLeft", isRtl);
    default:
      return null;
  }
}

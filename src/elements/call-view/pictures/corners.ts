/** A corner of the area between the bars. `start` is left in left-to-right writing. */
export type Corner = `${"top" | "bottom"}-${"start" | "end"}`;

/** A position in CSS pixels, or a velocity in CSS pixels per millisecond. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Milliseconds by which a released picture continues to move: a flick crosses a phone. */
const flight = 200;

const corner = (isTop: boolean, isLeft: boolean, isRtl: boolean): Corner =>
  `${isTop ? "top" : "bottom"}-${isLeft === isRtl ? "end" : "start"}`;

/**
 * Returns the corner where a released picture lands.
 *
 * @param at - its center.
 * @param speed - its velocity.
 * @param middle - center of the area.
 */
export function landingOf(at: Point, speed: Point, middle: Point, isRtl: boolean): Corner {
  return corner(at.y + speed.y * flight < middle.y, at.x + speed.x * flight < middle.x, isRtl);
}

/** Returns the corner for an arrow key; the same one at the edge; `null` for other keys. */
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

import type { Size } from "../pictures/picture-fit.ts";

/** A position in CSS pixels from the middle of the room. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How a picture is shown: its scale, 1 for all of it, and where its middle is. */
export interface Zoom extends Spot {
  readonly scale: number;
}

/** All of the picture. */
export const whole: Zoom = { scale: 1, x: 0, y: 0 };

/** The largest scale. A wide screen on an upright phone then has letters of the size of its own. */
export const largest = 8;

const within = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** Returns the size in which a room shows all of a picture. Zero without a size of one of them. */
export function sizeIn(room: Size, picture: Size): Size {
  const by = Math.min(room.width / picture.width, room.height / picture.height);
  return by > 0 && by < Infinity
    ? { width: picture.width * by, height: picture.height * by }
    : { width: 0, height: 0 };
}

/**
 * Scales a picture. What is at `from` goes to `to`, as under a finger or between two.
 *
 * @param by - 2 doubles its size, 1 moves it only.
 */
export function zoomed(zoom: Zoom, by: number, from: Spot, to: Spot = from): Zoom {
  const scale = within(zoom.scale * by, 1, largest);
  const grown = scale / zoom.scale;
  return { scale, x: to.x - (from.x - zoom.x) * grown, y: to.y - (from.y - zoom.y) * grown };
}

/**
 * Moves a picture so far that nothing beside it is seen which it could cover: in the middle where it is smaller than the room.
 *
 * @param picture - its size at scale 1.
 */
export function bounded({ scale, x, y }: Zoom, picture: Size, room: Size): Zoom {
  const sideways = Math.max(0, (picture.width * scale - room.width) / 2);
  const upright = Math.max(0, (picture.height * scale - room.height) / 2);
  return {
    scale,
    x: within(x, -sideways, sideways) + 0,
    y: within(y, -upright, upright) + 0,
  };
}

/** Returns `true` for a picture of another shape. One of another size may be the same one, sent over a weaker connection. */
export function isOther(before: Size, now: Size): boolean {
  const ratio = (before.width * now.height) / (before.height * now.width);
  return ratio > 0 && ratio < Infinity && Math.abs(Math.log(ratio)) > 0.02;
}

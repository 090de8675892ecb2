import type { Words } from "./strings.ts";

/** English strings of the other side's shared screen. */
export const shareEnglish = {
  hidePeople: "Hide people",
  screenOf: (name) => `${name}’s screen`,
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
} satisfies Partial<Words>;

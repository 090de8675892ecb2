import type { Words } from "./strings.ts";

/** English strings of the other side's shared screen. */
export const shareEnglish = {
  remoteSharingPaused: (name) => `${name} has paused sharing`,
  hidePeople: "Hide people",
  screenVolume: "Volume of the shared screen",
  screenOf: (name) => `${name}’s screen`,
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
} satisfies Partial<Words>;

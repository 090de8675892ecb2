import type { IconName } from "./icons.ts";

/** An audio route of a native host that the browser cannot select. */
export interface AudioRoute {
  readonly id: string;
  /** Name shown to the person. */
  readonly label: string;
  /** `true` for the route in use. */
  readonly selected: boolean;
  /** Kind of output, for its icon and its name. */
  readonly kind: "earpiece" | "speaker" | "headset" | "bluetooth" | "other";
}

/** Icon of each kind of route. */
export const routeIcons: Record<AudioRoute["kind"], IconName> = {
  earpiece: "phone",
  speaker: "volume-2",
  headset: "headphones",
  bluetooth: "bluetooth",
  other: "volume-2",
};

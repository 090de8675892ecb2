// Icons of a call.
import type { TemplateResult } from "lit";
import { renderIcon } from "./first-icons.ts";
import { paths as callIcons } from "./icon-paths/call.ts";
import { paths as firstIcons } from "./icon-paths/first.ts";

export const icons = { ...firstIcons, ...callIcons };

export type IconName = keyof typeof icons;

/** These have a direction. */
const directed: readonly string[] = ["volume-2", "message-square-text"];

/** An icon of a call. */
export const icon = (name: IconName, variant = ""): TemplateResult =>
  renderIcon(icons[name], directed.includes(name) ? `${variant} directed` : variant);

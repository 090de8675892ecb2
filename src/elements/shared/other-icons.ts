// All icons, those of the history, the connection check and the conversation included: the page of a call without them does not have these.
import type { TemplateResult } from "lit";
import { renderIcon } from "./first-icons.ts";
import { paths } from "./icon-paths/other.ts";
import { icons } from "./icons.ts";

const otherIcons = { ...icons, ...paths };

export type AnyIconName = keyof typeof otherIcons;

/** Any icon of the kit. */
export const anyIcon = (name: AnyIconName, variant = ""): TemplateResult =>
  renderIcon(otherIcons[name], variant);

import * as kit from "sx-call-kit";

/** A tag of the kit. */
export type Tag = keyof HTMLElementTagNameMap & `sx-${string}`;

/** The tags of all elements that the package exports. */
export const tags: readonly Tag[] = Object.values(kit).flatMap((value) =>
  typeof value === "function" && "tagName" in value ? [value.tagName] : [],
);
if (tags.length === 0) throw new Error("The package exports no element.");

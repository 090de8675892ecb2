import { english } from "./english.ts";
import { drawings } from "./icons.ts";
import { learn } from "./known.ts";

/** Called by every module that says or draws more than what comes first. */
export function learnAll(): void {
  learn(english, drawings);
}

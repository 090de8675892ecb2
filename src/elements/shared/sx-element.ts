import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { LocalizeController } from "@shoelace-style/localize";
import type { SxIntent } from "../../events/sx-intent.ts";
import { nearestCalls } from "./context.ts";
import { knownWord } from "./known.ts";
import { performIntent } from "./perform-intent.ts";
import { wordPrefix, type Say, type WordArguments, type Words } from "./words.ts";

/** What every element of the kit has: words in its language, and intents that a host can prevent. */
export abstract class SxElement extends LitElement {
  /** The language of the words, BCP 47. The document's where it is not set. */
  @property({ reflect: true }) override lang!: string;

  /** The direction of writing. The document's where it is not set. */
  @property({ reflect: true }) override dir!: string;

  readonly #localize = new LocalizeController(this);

  /** The language in use, for numbers, times and durations. */
  protected get language(): string {
    return this.#localize.lang();
  }

  /** Says a word in the element's language, or in English where no dictionary has it. */
  protected readonly say: Say = <Key extends keyof Words>(
    key: Key,
    ...given: WordArguments<Key>
  ): string => {
    const term = wordPrefix + key;
    // Asked first: the localiser itself would fall back to whichever language any library registered first, and log.
    if (this.#localize.exists(term, { lang: this.language }))
      return this.#localize.term(term, ...given);
    // A word of what has not been loaded: nothing of it is seen before it is drawn anew, with its words.
    const word = knownWord(key) ?? "";
    // A word and its arguments have the same key, which the compiler cannot follow through a mapped type.
    return typeof word === "string" ? word : (word as (...given: unknown[]) => string)(...given);
  };

  /**
   * Tells the page what a person asked for and, where nobody prevented it on any level, has the nearest call do it.
   * `dispatchEvent` returns after the last listener of the last ancestor, so every one of them was heard.
   * @returns whether it was allowed.
   */
  protected intend(event: SxIntent): boolean {
    if (!this.dispatchEvent(event)) return false;
    const calls = nearestCalls(this);
    if (calls !== null) void performIntent(event, calls);
    return true;
  }
}

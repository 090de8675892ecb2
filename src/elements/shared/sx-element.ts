import { LitElement, type CSSResult, type CSSResultOrNative } from "lit";
import { LocalizeController } from "@shoelace-style/localize";
import type { SxIntent } from "../../events/sx-intent.ts";
import { nearestCalls } from "./context.ts";
import { SxErrorEvent } from "../../events/sx-error.ts";
import { isAbsent, readLanguage } from "../../host-values/host-value.ts";
import { firstEnglish } from "../words/first-english.ts";
import { wordPrefix, type Localize, type WordArguments, type Words } from "../words/strings.ts";
import { performIntent } from "./perform-intent.ts";
import { property, readGiven } from "./property.ts";
import { byUsualValue, direction, language, type PropertyReaders } from "./read-property.ts";

/** Letters of Hebrew, Arabic and their like, and marks of direction. */
const turning = /[\u0590-\u08FF\u200E\u200F\uFB1D-\uFDFF\uFE70-\uFEFF]/;

/** Marks without an end would turn round whatever comes after the name. */
const openMarks = /[\u202A-\u202E\u2066-\u2069]/g;

/** A name of another direction stands in a sentence without turning it round (Unicode UAX 9, first strong isolate). */
function isolated(given: unknown): unknown {
  if (typeof given !== "string") return given;
  const name = given.replace(openMarks, "");
  return turning.test(name) ? `\u2068${name}\u2069` : name;
}

/** What every element of the kit has: words in its language, and intents that a host can prevent. */
export abstract class SxElement extends LitElement {
  /** The language of the words, BCP 47. The document's where it is not set. */
  @property({ reflect: true }) override lang!: string;

  /** The direction of writing. The document's where it is not set. */
  @property({ reflect: true }) override dir!: string;

  /**
   * How the properties are read whose usual value does not tell.
   * @internal
   */
  static readonly readers: PropertyReaders = { lang: language, dir: direction };

  /**
   * All styles of an element that gets more than its class has.
   * @internal
   */
  shownStyles: readonly CSSResultOrNative[] | null = null;

  readonly #localizer = new LocalizeController(this);
  /** What each property is where a host sets nothing: its first value, which its field gives it. */
  readonly #usual = new Map<string, unknown>();
  /** What was refused last of each property: a framework sets the same value at every turn. */
  readonly #refused = new Map<string, unknown>();
  #untold = new Set<string>();
  #knownLanguage: readonly [given: string, read: string] = ["", ""];

  /**
   * A style sheet belongs to the document that made it (CSSOM): in a pop-up, a frame or a picture-in-picture window the element has
   * none of its own any more, and back in the first one neither.
   */
  adoptedCallback(): void {
    const { defaultView: view } = this.ownerDocument;
    // Before the first update there is nothing to dress yet, and engines without constructed sheets have taken `<style>` along.
    if (view === null || this.shadowRoot === null || !("adoptedStyleSheets" in this.shadowRoot))
      return;
    const { elementStyles } = this.constructor as typeof SxElement;
    this.shadowRoot.adoptedStyleSheets = (this.shownStyles ?? elementStyles).map((style) => {
      const sheet = new view.CSSStyleSheet();
      // Every style of the kit is one of Lit's.
      sheet.replaceSync((style as CSSResult).cssText);
      return sheet;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tellRefused();
  }

  /** The language in use, for numbers, times and durations. A document's may be none: formats throw for that. */
  protected get language(): string {
    const given = this.#localizer.lang();
    if (given !== this.#knownLanguage[0])
      this.#knownLanguage = [given, readLanguage(given).value.toLowerCase() || "en"];
    return this.#knownLanguage[1] || "en";
  }

  /**
   * One door for what hosts set: `undefined` and `null` are the usual value, and what cannot be used is told by `sx-error`.
   * @internal
   */
  [readGiven](name: string, given: unknown): unknown {
    const { readers } = this.constructor as typeof SxElement;
    const reader = readers[name];
    const hasUsual = reader !== undefined && "usual" in reader;
    if (!hasUsual && !this.#usual.has(name)) {
      this.#usual.set(name, given);
      return given;
    }
    const usual = hasUsual ? reader.usual : this.#usual.get(name);
    if (isAbsent(given)) return usual;
    const { value, isRefused } = (reader?.read ?? byUsualValue)(given, usual);
    if (!isRefused) this.#refused.delete(name);
    else if (!this.#refused.has(name) || this.#refused.get(name) !== given) {
      this.#refused.set(name, given);
      this.#untold.add(name);
      this.#tellRefused();
    }
    return value;
  }

  /** Once the turn is over: an element that is being made or parsed has no listeners yet. */
  #tellRefused(): void {
    if (this.#untold.size === 0) return;
    queueMicrotask(() => {
      if (!this.isConnected || this.#untold.size === 0) return;
      const names = [...this.#untold].map((name) => `"${name}"`).join(", ");
      this.#untold.clear();
      this.#tell(`Of the wrong type or out of range in <${this.localName}>: ${names}.`);
    });
  }

  #tell(message: string): void {
    this.dispatchEvent(new SxErrorEvent({ code: "bad-argument", message }));
  }

  /** Returns a string of the kit in the element's language. */
  protected readonly localize: Localize = this.localizeWith(firstEnglish);

  /**
   * Returns what translates with a dictionary behind those that are registered.
   *
   * @param english what is used where no registered dictionary has the string. The first chunk has a few of them only; elements that
   * show more bring them all, and so does the screen of a running call. A string that is missing is empty.
   */
  protected localizeWith(english: Partial<Words>): Localize {
    return <Key extends keyof Words>(key: Key, ...given: WordArguments<Key>): string => {
      const term = wordPrefix + key;
      // Asked first: the localiser itself would fall back to whichever language any library registered first, and log.
      const named = given.map(isolated) as WordArguments<Key>;
      if (this.#localizer.exists(term, { lang: this.language }))
        return this.#localizer.term(term, ...named);
      const text: unknown = english[key] ?? "";
      // A string and its arguments have the same key, which the compiler cannot follow through a mapped type.
      return typeof text === "string" ? text : (text as (...given: unknown[]) => string)(...named);
    };
  }

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

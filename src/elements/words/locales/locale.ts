import type { Dictionary, Words } from "../strings.ts";

/** A language that ships with the kit: every word, none left to English. Hand it to `registerWords()`. */
export type Locale = Words & Pick<Dictionary, "$code" | "$name" | "$dir">;

/** The forms of a counted word, by the plural categories of the language (CLDR); `#` stands for the number. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/**
 * A word that depends on a number: the form that the language has for it, with the number in the language's digits.
 *
 * @param language - BCP 47.
 * @throws {RangeError} where the language tag is malformed.
 */
export function counted(language: string, forms: PluralForms): (number: number) => string {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language);
  return (number) =>
    (forms[rules.select(number)] ?? forms.other).replace("#", digits.format(number));
}
